//! Proving that a phone is its owner's: a code is sent to it, and typed here.

use api::{Channel, Confirmation, NewVerification, Person, VerificationOutcome, client::ClientError};
use axum::{
    Router,
    extract::Path,
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use http::StatusCode;

use super::Phones;
use crate::{
    App,
    choices::Choices,
    editor::{Edited, Editing},
    failure::Failure,
    form::Form,
    frame::Frame,
    visitor::Submitted,
};

/// What has just become of a phone.
#[derive(Debug)]
pub(super) struct Said {
    /// Which.
    pub(super) phone: String,
    pub(super) words: String,
    /// Whether it is what was wanted.
    pub(super) is_good: bool,
    /// Whether it is about the code that was typed.
    pub(super) of_code: bool,
}

pub(super) fn routes() -> Router<App> {
    Router::new().route("/console/people/{id}/phones/{phone}", get(person).post(verify))
}

/// A form's own address, if somebody loads it again.
async fn person(Path((id, _)): Path<(String, String)>) -> Redirect {
    Redirect::to(&format!("{}/{id}", Person::SECTION))
}

async fn verify(Path((id, phone)): Path<(String, String)>, submitted: Submitted) -> Result<Response, Failure> {
    let Submitted { visitor, fields } = submitted;
    let client = &visitor.client;
    let of_code = fields.text("_do") == "confirm";
    let outcome = if of_code {
        let code = Confirmation { code: fields.text("_code").to_owned() };
        client.confirm_phone(&id, &phone, &code).await.map(|_| "Verified. This phone can be reached from now on.")
    } else {
        let channel = if fields.text("_do") == "voice" { Channel::Voice } else { Channel::Sms };
        let sent = client.verify_phone(&id, &phone, &NewVerification { channel }).await;
        sent.map(|sent| match (sent.outcome, channel) {
            (VerificationOutcome::Sent, Channel::Sms) => {
                "A text with a code is on its way. The code counts for ten minutes."
            }
            (VerificationOutcome::Sent, Channel::Voice) => {
                "A call is on its way and says a code. It counts for ten minutes."
            }
            (VerificationOutcome::Unknown, _) => UNKNOWN,
        })
    };
    let (status, words) = match outcome {
        Ok(words) => (StatusCode::OK, words.to_owned()),
        Err(ClientError::Problem(problem)) if problem.status == 401 || problem.status == 403 => {
            return Err(ClientError::Problem(problem).into());
        }
        Err(ClientError::Problem(problem)) => {
            let wrong: Vec<String> =
                problem.errors.iter().map(|error| format!("The code {}.", error.message)).collect();
            let why = if wrong.is_empty() {
                problem.detail.unwrap_or_else(|| format!("{}.", problem.title))
            } else {
                wrong.join(" ")
            };
            (StatusCode::from_u16(problem.status).unwrap_or(StatusCode::CONFLICT), why)
        }
        Err(_) if of_code => (StatusCode::BAD_GATEWAY, "Dutyline does not answer. Try the same code again.".to_owned()),
        Err(_) => (StatusCode::BAD_GATEWAY, UNKNOWN.to_owned()),
    };
    let said = Said { phone, words, is_good: status == StatusCode::OK, of_code };
    let (stored, phones) = tokio::try_join!(client.read::<Person>(&id), Person::beside(client, &id))?;
    let form = Form::showing(&serde_json::to_value(&stored.value).unwrap_or_default());
    let frame = Frame::of(&visitor, Person::SECTION, stored.value.name.as_str());
    let beside = Phones { said: Some(said), ..phones };
    let choices = Choices::default();
    let (version, now) = (Some(stored.version), visitor.app.now());
    let editing = Editing::<Person> { frame, form, id: Some(id), version, choices, beside, now };
    Ok((status, Html(Person::page(&editing)?)).into_response())
}

const UNKNOWN: &str = "It is not known whether the code was sent: there was no answer. It may have arrived, and then it \
                       counts. If nothing comes within a minute, send another one.";
