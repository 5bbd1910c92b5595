//! Faults of the REST API.
use std::time::Duration;

use axum::{extract::State, response::Response};
use serde::Deserialize;
use serde_json::json;

use super::{Shared, ok, read};
use crate::fault::{Fault, Mishap};

/// What goes wrong, as [`Mishap`] has it.
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
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FaultForm {
    endpoint: String,
    does: Does,
    /// Of an answer that is not the usual one.
    #[serde(default = "unavailable")]
    status: u16,
    /// How long it stalls, or when to come again.
    #[serde(default)]
    seconds: f64,
    #[serde(default = "once")]
    times: u32,
    #[serde(default = "once")]
    nth: u32,
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
    let mishap = match form.does {
        Does::ResetBefore => Mishap::ResetBefore,
        Does::ResetAfter => Mishap::ResetAfter,
        Does::Stalls => Mishap::Stalls(time),
        Does::Refuses => Mishap::Refused(form.status),
        Does::FailsAfter => Mishap::FailedAfter(form.status),
        Does::TooMany => Mishap::TooMany { retry_after: time.as_secs() },
        Does::Garbles => Mishap::Garbled,
        Does::Html => Mishap::Html(form.status),
        Does::HtmlAfter => Mishap::HtmlAfter(form.status),
    };
    engine.change(|w| w.faults.push(Fault::rest(form.endpoint, mishap).times(form.times).nth(form.nth)));
    ok(&json!({}))
}

pub(super) async fn clear(State(engine): Shared) -> Response {
    engine.change(|w| w.faults.clear());
    ok(&json!({}))
}
