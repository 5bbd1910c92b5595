//! From a verified request to its answer.

use axum::{
    Router, extract::State, http::StatusCode, middleware::from_fn_with_state, response::Response, routing::post,
};
use entry::{Chain, Signed, reply, trace};
use tokio::time::timeout;
use twilio::{
    twiml::TextResponse,
    webhook::messaging::{IncomingText, TextStatus},
};
use words::{Language, Text};

use crate::{
    app::App,
    letter::Letter,
    public::Found,
    responder::{Meaning, Told, meaning},
};

/// The routes under `/sms`, each request with its line in the log.
pub fn router(app: App) -> Router {
    let log = from_fn_with_state(app.carrier.clock.clone(), trace::requests);
    Router::new().route("/sms/incoming", post(incoming)).route("/sms/receipt", post(receipt)).layer(log).with_state(app)
}

/// Why somebody is told to try again.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The table.
    #[error("the table failed")]
    Store(#[from] store::Error),
    /// An incident was not carried on.
    #[error("an incident was not carried on")]
    Carrier(#[from] carrier::Failed),
    /// The queue.
    #[error("the queue failed")]
    Queue(#[from] entry::NotQueued),
    /// A message cannot be written.
    #[error("a message cannot be written")]
    Unwritable(#[from] serde_json::Error),
    /// Others.
    #[error("the conversation was changed by others all the time")]
    Races,
    /// Time.
    #[error("it took too long")]
    Late,
}

/// Somebody has texted one of our numbers.
async fn incoming(State(app): State<App>, Signed(form): Signed) -> Response {
    let text = match form.parse::<IncomingText>() {
        Ok(text) => text.into_inner(),
        Err(error) => {
            tracing::error!(error = %Chain(&error), "a text lacks what it needs");
            return say(None);
        }
    };
    let Some(letter) = Letter::of(&text) else {
        tracing::warn!(text = text.sid.as_str(), "a text is not between two telephone numbers");
        return say(None);
    };
    let answered = timeout(app.deadline, app.answer(&letter)).await.unwrap_or(Err(Failure::Late));
    let words = answered.unwrap_or_else(|failure| {
        tracing::error!(error = %Chain(&failure), text = letter.id, "a text could not be handled");
        Some(Text::TryAgain.say(Language::English, &[("app", &app.app_name)]))
    });
    say(words.filter(|_| !letter.is_answered))
}

/// Twilio says how a text of ours fares.
async fn receipt(State(app): State<App>, Signed(form): Signed) -> Response {
    let status = match form.parse::<TextStatus>() {
        Ok(status) => status.into_inner(),
        Err(error) => {
            tracing::error!(error = %Chain(&error), "a receipt lacks what it needs");
            return reply::empty(StatusCode::BAD_REQUEST);
        }
    };
    match timeout(app.deadline, app.note(&status)).await.unwrap_or(Err(Failure::Late)) {
        Ok(()) => reply::noted(),
        Err(failure) => {
            tracing::error!(error = %Chain(&failure), text = status.sid.as_str(), "a receipt was not noted");
            reply::empty(StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}

impl App {
    /// What whoever wrote is answered; none if nothing.
    async fn answer(&self, letter: &Letter) -> Result<Option<String>, Failure> {
        let store = &self.carrier.store;
        let (texter, facts) =
            tokio::join!(Box::pin(store.texter(&letter.from)), Box::pin(store.text_facts(&letter.to, &letter.from)),);
        let texter = texter?;
        let Some(person) = texter.people.first() else { return self.converse(facts?, letter).await };
        // a line that cannot be read does not keep a responder from their incidents
        let found = facts.as_ref().ok().map(|facts| Found::of(&facts.conversation));
        let told = Told { codes: &texter.log.codes, answered: &texter.log.answered };
        match meaning(told, found, letter, self.carrier.clock.now()) {
            Meaning::Caller => self.converse(facts?, letter).await,
            meaning => {
                let line = facts.as_ref().ok().and_then(|facts| facts.plan.as_ref()).map(|plan| &plan.line);
                self.respond(person, line, &texter.log, letter, meaning).await
            }
        }
    }
}

/// A text back, or none.
fn say(words: Option<String>) -> Response {
    let response = words.iter().fold(TextResponse::new(), TextResponse::message);
    reply::twiml(response.into_xml())
}
