//! What callers left and what was said, as sound.

use axum::extract::State;
use oncall::CallId;
use store::LoggedCall;

use crate::{
    app::App,
    argument::{Id, Part},
    caller::{Caller, Reader},
    endpoint::{Endpoint, get},
    failure::{Cause, Failure},
    kept::{IN_PARTS, Kept, Sort},
};

const MEDIA_TYPE: &str = "audio/mpeg";

#[derive(Debug)]
struct Sound;

impl Sort for Sound {
    const MEDIA_TYPES: &'static [&'static str] = &[MEDIA_TYPE];
}

pub(crate) fn endpoints() -> Vec<Endpoint> {
    let about = format!("From the Twilio account that keeps it, as MP3. {IN_PARTS}");
    vec![
        get("/calls/{id}/message/audio", message).says("Plays what a caller left", &about),
        get("/calls/{id}/recording/audio", recording).says("Plays what caller and responder said", &about),
    ]
    .into_iter()
    .map(|endpoint| endpoint.asks_twilio().refuses(&[Cause::Malformed]))
    .collect()
}

async fn message(_: Caller<Reader>, State(app): State<App>, Id(id): Id, part: Part) -> Result<Kept<Sound>, Failure> {
    let found = app.logged(id).await?;
    let message = found.call.message.ok_or_else(|| none("the call has no message"))?;
    let sid = message.recording.ok_or_else(|| none("the message was not recorded"))?;
    let account = app.number_of(found.call.line.as_str()).await?.account;
    app.played(&account, &sid, part).await
}

async fn recording(_: Caller<Reader>, State(app): State<App>, Id(id): Id, part: Part) -> Result<Kept<Sound>, Failure> {
    let found = app.logged(id).await?;
    let talk = found.recording().ok_or_else(|| none("the call was not recorded, or Twilio has not stored it yet"))?;
    app.played(&talk.account, &talk.sid, part).await
}

fn none(detail: &str) -> Failure {
    Failure::from(Cause::NotFound).detail(detail)
}

impl App {
    async fn logged(&self, id: String) -> Result<LoggedCall, Failure> {
        Ok(self.store.call(&CallId::new(id)).await?.ok_or(Cause::NotFound)?)
    }

    async fn played(&self, account: &str, sid: &str, part: Part) -> Result<Kept<Sound>, Failure> {
        let sid = sid.parse().map_err(|error| Failure::internal(&error))?;
        let client = self.twilio(account).await?;
        Kept::of(client.fetch_recording(&sid, part.wanted()).await, &part, MEDIA_TYPE)
    }
}
