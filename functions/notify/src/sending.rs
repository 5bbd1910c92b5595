//! How a page leaves, and how it is found out whether it did.

mod announcing;
mod asking;
mod bundle;
mod calling;
pub(crate) mod estimate;
mod recall;
pub(crate) mod text;
mod verdict;

use entry::Chain;
use jiff::SignedDuration;
use oncall::{
    Channel,
    incident::{Incident, Page, Sending},
};
use store::Around;

use crate::{app::App, message::NotTaken};

/// When something is tried again that failed before anything was sent.
const SOON: SignedDuration = SignedDuration::from_secs(5);

impl App {
    /// Sends a page and says what became of it. None if it is not to be sent any more: then somebody else accounts for
    /// it.
    pub(crate) async fn send(&self, incident: &Incident, around: &Around, page: &Page) -> Option<Sending> {
        let sent = match page.channel {
            Channel::Sms => Box::pin(self.text(incident, around, page)).await,
            Channel::Voice => Box::pin(self.call(incident, page)).await,
        };
        sent.unwrap_or_else(|error| Some(self.not_yet(incident, page, &error)))
    }

    /// Nothing has been sent, and may be later: the table was away, or the secret.
    fn not_yet(&self, incident: &Incident, page: &Page, error: &NotTaken) -> Sending {
        tracing::error!(incident = incident.id.as_str(), page = page.number, error = %Chain(error), "a page could not be prepared");
        let now = self.now();
        Sending::Later { at: now.checked_add(SOON).unwrap_or(now) }
    }
}
