//! Faults of the REST API and of webhooks.
use std::{collections::BTreeMap, time::Duration};

use axum::{extract::State, response::Response};
use serde::Deserialize;
use serde_json::json;

use super::{Shared, ok, read};
use crate::fault::{Fault, Mishap};

/// What goes wrong: at the REST API, as [`Mishap`] has it, and with webhooks, as [`Fault`] has it.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Does {
    ResetBefore,
    ResetAfter,
    Stalls,
    Refuses,
    FailsAfter,
    TooMany,
    Garbles,
    Html,
    HtmlAfter,
    Slow,
    Late,
    Unreachable,
    AnswerLost,
    Lost,
    Duplicated,
    DuplicatedAtOnce,
    Retried,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FaultForm {
    endpoint: String,
    does: Does,
    /// Of an answer that is not the usual one.
    #[serde(default = "unavailable")]
    status: u16,
    /// Of a refusal with a code of its own.
    code: Option<u32>,
    /// How long it stalls, how late it is, or when to come again.
    #[serde(default)]
    seconds: f64,
    #[serde(default = "once")]
    times: u32,
    #[serde(default = "once")]
    nth: u32,
    /// Parameters that the request must have.
    #[serde(default)]
    with: BTreeMap<String, String>,
}

fn unavailable() -> u16 {
    503
}

fn once() -> u32 {
    1
}

pub(super) async fn add(State(engine): Shared, body: String) -> Response {
    let form: FaultForm = match read(&body) {
        Ok(form) => form,
        Err(refusal) => return refusal,
    };
    let time = Duration::from_secs_f64(form.seconds.clamp(0.0, 600.0));
    let (endpoint, seconds) = (form.endpoint, time.as_secs());
    let rest = |mishap| Fault::rest(endpoint.clone(), mishap);
    let fault = match form.does {
        Does::ResetBefore => rest(Mishap::ResetBefore),
        Does::ResetAfter => rest(Mishap::ResetAfter),
        Does::Stalls => rest(Mishap::Stalls(time)),
        Does::Refuses => rest(match form.code {
            Some(code) => Mishap::RefusedWith(form.status, code),
            None => Mishap::Refused(form.status),
        }),
        Does::FailsAfter => rest(Mishap::FailedAfter(form.status)),
        Does::TooMany => rest(Mishap::TooMany { retry_after: seconds }),
        Does::Garbles => rest(Mishap::Garbled),
        Does::Html => rest(Mishap::Html(form.status)),
        Does::HtmlAfter => rest(Mishap::HtmlAfter(form.status)),
        Does::Slow => Fault::slow(endpoint, seconds),
        Does::Late => Fault::late(endpoint, seconds),
        Does::Unreachable => Fault::unreachable(endpoint),
        Does::AnswerLost => Fault::answer_lost(endpoint),
        Does::Lost => Fault::lost(endpoint),
        Does::Duplicated => Fault::duplicated(endpoint),
        Does::DuplicatedAtOnce => Fault::duplicated_at_once(endpoint),
        Does::Retried => Fault::retried(endpoint),
    };
    let fault = form.with.into_iter().fold(fault, |fault, (name, value)| fault.with(name, value));
    engine.change(|w| w.faults.push(fault.times(form.times).nth(form.nth)));
    ok(&json!({}))
}

pub(super) async fn clear(State(engine): Shared) -> Response {
    engine.change(|w| w.faults.clear());
    ok(&json!({}))
}
