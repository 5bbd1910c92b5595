//! One message of the queue.

use oncall::ServiceId;
use pipeline::Message;

use crate::{app::App, batch::What, intake::About, said};

/// A message could not be handled. It is delivered again, and after five times it waits where an alarm is.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotTaken {
    /// It is not what a message of its kind is.
    #[error("the message cannot be read")]
    Malformed(#[from] serde_json::Error),
    /// It names a telephone number that is none.
    #[error("the message names a number that is none")]
    NotANumber,
    /// The table.
    #[error("the table failed")]
    Store(#[from] store::Error),
    /// A step.
    #[error(transparent)]
    Step(#[from] carrier::Failed),
    /// Somebody else was first, again and again.
    #[error("the key or the phone was changed by others all the time")]
    Contended,
    /// There are no random bytes.
    #[error("there are no random bytes to make an id of")]
    NoRandomness,
    /// Something could not be asked of Twilio.
    #[error("Twilio did not do what it was asked")]
    Twilio(#[from] twilio::rest::Error),
    /// There is no line to do it with.
    #[error(transparent)]
    Closed(#[from] crate::outlets::Closed),
}

impl App {
    /// Does what messages want. One of a kind that is not known is nothing to do.
    pub(crate) async fn take(&self, what: What) -> Result<(), NotTaken> {
        match what {
            What::Said { service, key, events } => {
                let about = About { service: Some(&service), key: &key };
                Box::pin(self.take_events(about, &events)).await
            }
            What::Message(Some(message)) => Box::pin(self.take_message(*message)).await,
            What::Message(None) => {
                tracing::info!("a message of a kind that is not known is left alone");
                Ok(())
            }
            What::Unreadable(error) => Err(error.into()),
        }
    }

    pub(crate) async fn take_message(&self, message: Message) -> Result<(), NotTaken> {
        match message {
            Message::Tool(event) => {
                let (service, key) = (ServiceId::new(event.service.as_str()), event.dedup_key.clone());
                let about = About { service: Some(&service), key: &key };
                Box::pin(self.take_events(about, &[said::by_tool(event)])).await
            }
            Message::Call(event) => {
                let (service, key) = (event.service.as_deref().map(ServiceId::new), event.call.clone());
                let language = self.language_of(&event.line).await;
                let about = About { service: service.as_ref(), key: &key };
                Box::pin(self.take_events(about, &[said::by_call(event, language)])).await
            }
            Message::Text(event) => {
                let (service, key) = (ServiceId::new(event.service.as_str()), event.thread.clone());
                let about = About { service: Some(&service), key: &key };
                Box::pin(self.take_events(about, &[said::by_text(event.clone())])).await?;
                Box::pin(self.pass_on(about, &event)).await
            }
            Message::Errand(errand) => Box::pin(self.run(errand)).await,
        }
    }

    /// The language of a line, for what its calls are called.
    async fn language_of(&self, line: &str) -> words::Language {
        let lines = self.outlets.lines().await.ok();
        let found = lines.as_ref().and_then(|lines| lines.exits.lines.iter().find(|known| known.id.as_str() == line));
        words::Language::of(found.map_or("", |line| &line.language))
    }
}
