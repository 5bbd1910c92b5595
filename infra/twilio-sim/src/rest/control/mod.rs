//! The simulator's own API, under `/_sim`, in JSON: for a laptop, where people are a terminal.
//!
//! | request | does |
//! |---|---|
//! | `GET /_sim/state` | the account, its numbers, the time, the live calls |
//! | `PUT /_sim/numbers/{number}` | owns a number: `voice_url`, `fallback_url`, `status_callback`, `sms_url`, `friendly_name` |
//! | `PATCH /_sim/numbers/{number}` | in Twilio's console: sets `{"VoiceUrl": "…"}`, by REST names |
//! | `DELETE /_sim/numbers/{number}` | in Twilio's console: releases it |
//! | `POST /_sim/accounts` | opens an account: `kind` (`full`, `trial`, `test`), `balance`; its credentials |
//! | `PATCH /_sim/accounts/{sid}` | `balance`, `suspended` |
//! | `GET /_sim/inventory` | everything that is for sale |
//! | `PUT /_sim/inventory/{number}` | one more: `kind`, `address`, `bundle`, `sms`, `beta` |
//! | `DELETE /_sim/inventory/{number}` | another customer buys it |
//! | `POST /_sim/bundles` | an account gets a bundle: `country`, `kind`, `end_user`, `status`, `account` |
//! | `PUT /_sim/bundles/{sid}` | Twilio has looked at it: `status` |
//! | `POST /_sim/identities` | an account gets a verified identity: `account` |
//! | `POST /_sim/faults` | REST or a webhook fails: `endpoint`, `does`, `status`, `code`, `seconds`, `times`, `nth`, `with` |
//! | `DELETE /_sim/faults` | and does no more |
//! | `PUT /_sim/phones/{number}` | what a phone does at its next calls: a list of behaviours |
//! | `GET /_sim/phones/{number}/texts` | the texts that have reached it |
//! | `PUT /_sim/phones/{number}/texting` | what becomes of the next ones: `does`, `code` |
//! | `PUT`, `DELETE /_sim/phones/{number}/opt-outs/{from}` | it wants no more texts, or wants them again |
//! | `POST /_sim/texts` | a phone texts a number: `from`, `to`, `body`, `media` |
//! | `POST /_sim/calls` | places a call: `from`, `to`, `press`, `says`, `talks_for`, `hangs_up_after`, `speed` |
//! | `GET /_sim/calls/{sid}/transcript` | its lines as they happen, one JSON object a line, until it is over |
//! | `POST /_sim/calls/{sid}/keys`, `/says`, `/hang-up` | acts for the person at the far end of a leg |
//! | `PUT /_sim/pace` | `{"speed": 10}` or `{"fast": true}` |
//! | `GET /_sim/transcript`, `/journal`, `/ledger`, `/alerts` | everything so far |
//!
//! Where an account can be meant, `account` names it; without it the main one is meant.
mod act;
mod estate;
mod faults;
mod show;
mod stream;
mod texts;

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, patch, post, put},
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::engine::Engine;

pub(super) fn routes() -> Router<Arc<Engine>> {
    Router::new()
        .route("/_sim/state", get(show::state))
        .route("/_sim/transcript", get(show::transcript))
        .route("/_sim/journal", get(show::journal))
        .route("/_sim/ledger", get(show::ledger))
        .route("/_sim/alerts", get(show::alerts))
        .route("/_sim/numbers/{number}", put(estate::own).patch(estate::drift).delete(estate::release))
        .route("/_sim/accounts", post(estate::open))
        .route("/_sim/accounts/{sid}", patch(estate::change))
        .route("/_sim/inventory", get(estate::inventory))
        .route("/_sim/inventory/{number}", put(estate::stock).delete(estate::sell_elsewhere))
        .route("/_sim/bundles", post(estate::bundle))
        .route("/_sim/bundles/{sid}", put(estate::set_bundle))
        .route("/_sim/identities", post(estate::identity))
        .route("/_sim/faults", post(faults::add).delete(faults::clear))
        .route("/_sim/phones/{number}", put(act::behave))
        .route("/_sim/phones/{number}/texts", get(texts::all))
        .route("/_sim/phones/{number}/texting", put(texts::texting))
        .route("/_sim/phones/{number}/opt-outs/{from}", put(texts::opt_out).delete(texts::opt_in))
        .route("/_sim/pace", put(act::pace))
        .route("/_sim/texts", post(texts::send))
        .route("/_sim/calls", post(act::place))
        .route("/_sim/calls/{sid}/transcript", get(stream::transcript))
        .route("/_sim/calls/{sid}/keys", post(act::keys))
        .route("/_sim/calls/{sid}/says", post(act::says))
        .route("/_sim/calls/{sid}/hang-up", post(act::hang_up))
}

type Shared = State<Arc<Engine>>;
type Named = Path<String>;

/// JSON, with the status.
fn json_answer(status: StatusCode, body: &Value) -> Response {
    (status, [("content-type", "application/json")], body.to_string()).into_response()
}

fn ok(body: &Value) -> Response {
    json_answer(StatusCode::OK, body)
}

/// The body read as JSON, or the refusal that says what is wrong with it.
#[expect(clippy::result_large_err, reason = "the error is the answer itself")]
fn read<T: DeserializeOwned>(body: &str) -> Result<T, Response> {
    let text = if body.trim().is_empty() { "{}" } else { body };
    serde_json::from_str(text)
        .map_err(|error| json_answer(StatusCode::BAD_REQUEST, &json!({ "error": error.to_string() })))
}

fn unknown(what: &str) -> Response {
    json_answer(StatusCode::NOT_FOUND, &json!({ "error": format!("no such {what}") }))
}
