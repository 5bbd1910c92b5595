//! Sending to an SQS queue.

use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};

use aws_sdk_sqs::Client;
use aws_sdk_sqs::error::BuildError;
use aws_sdk_sqs::operation::send_message::SendMessageError;
use aws_sdk_sqs::operation::send_message_batch::SendMessageBatchError;
use aws_sdk_sqs::types::{MessageAttributeValue, SendMessageBatchRequestEntry};
use aws_types::SdkConfig;

/// The longest time for which SQS holds a message back (`DelaySeconds`, at most 900).
pub const LONGEST_DELAY: Duration = Duration::from_secs(900);

/// The message attribute that carries a message's id.
pub const ID_ATTRIBUTE: &str = "id";

/// How many messages SQS takes in one request.
const MOST_IN_A_BATCH: usize = 10;

/// A message, and the id of its effect.
#[derive(Clone, Copy, Debug)]
pub struct Outgoing<'a> {
    /// Names the effect, not the attempt.
    pub id: &'a str,
    /// A JSON text.
    pub body: &'a str,
}

/// A queue that we send to. Clones share their connections.
#[derive(Clone, Debug)]
pub struct Queue {
    client: Arc<LazyLock<Client, MakeClient>>,
    url: String,
}

type MakeClient = Box<dyn FnOnce() -> Client + Send>;

/// A message may not have been queued. It may also have been, with the answer lost: send it again under the same id.
#[derive(Debug, thiserror::Error)]
pub enum NotQueued {
    /// SQS did not accept it, or did not say that it did.
    #[error("the message was not queued")]
    NotAccepted(#[source] Box<aws_sdk_sqs::error::SdkError<SendMessageError>>),
    /// SQS did not accept several at once, or did not say that it did.
    #[error("the messages were not queued")]
    NoneAccepted(#[source] Box<aws_sdk_sqs::error::SdkError<SendMessageBatchError>>),
    /// SQS accepted some of several.
    #[error("{failed} of {of} messages were not queued: {code}")]
    SomeRefused {
        /// How many were not.
        failed: usize,
        /// Of how many.
        of: usize,
        /// Why the first one of them was not, as a code of SQS.
        code: String,
    },
    /// The id is empty.
    #[error("the message's id is not usable")]
    Id(#[source] BuildError),
}

impl Queue {
    /// The queue at `url`.
    #[must_use]
    pub fn new(client: Client, url: impl Into<String>) -> Self {
        Self::made(Box::new(move || client), url.into())
    }

    /// The queue at `url`, for which a client is made when something is sent: for who answers before it ever sends.
    #[must_use]
    pub fn made_when_used(sdk: &SdkConfig, url: impl Into<String>) -> Self {
        let sdk = sdk.clone();
        Self::made(Box::new(move || Client::new(&sdk)), url.into())
    }

    fn made(client: MakeClient, url: String) -> Self {
        Self { client: Arc::new(LazyLock::new(client)), url }
    }

    /// Sends a JSON `body` to be worked on at once. `id` names the effect, not the attempt: SQS delivers at least
    /// once, so the receiver does nothing for an id that it has seen.
    ///
    /// # Errors
    /// [`NotQueued`].
    pub async fn send(&self, body: &str, id: &str) -> Result<(), NotQueued> {
        self.send_after(Duration::ZERO, body, id).await
    }

    /// Like [`send`](Self::send), to be delivered after `delay` in whole seconds, rounded up, or after
    /// [`LONGEST_DELAY`] if that is less: a message that comes early must find out by itself that nothing is due.
    ///
    /// # Errors
    /// [`NotQueued`].
    pub async fn send_after(&self, delay: Duration, body: &str, id: &str) -> Result<(), NotQueued> {
        let id = attribute(id)?;
        let sent = self.client.send_message().queue_url(&self.url).message_body(body);
        let sent = sent.delay_seconds(delay_seconds(delay)).message_attributes(ID_ATTRIBUTE, id).send().await;
        sent.map(|_| ()).map_err(|error| NotQueued::NotAccepted(Box::new(error)))
    }

    /// Sends all of them, at once or in groups of ten, one request each. Together ten may have 256 KiB.
    ///
    /// # Errors
    /// [`NotQueued`], at the first group of which not all were accepted. Some may have been: send all of them again,
    /// under the same ids.
    pub async fn send_all(&self, messages: &[Outgoing<'_>]) -> Result<(), NotQueued> {
        if let [one] = messages {
            return self.send(one.body, one.id).await;
        }
        for group in messages.chunks(MOST_IN_A_BATCH) {
            let mut batch = self.client.send_message_batch().queue_url(&self.url);
            for (place, message) in group.iter().enumerate() {
                let entry = SendMessageBatchRequestEntry::builder().id(place.to_string()).message_body(message.body);
                let entry = entry.message_attributes(ID_ATTRIBUTE, attribute(message.id)?);
                batch = batch.entries(entry.build().map_err(NotQueued::Id)?);
            }
            let answer = batch.send().await.map_err(|error| NotQueued::NoneAccepted(Box::new(error)))?;
            // who is not among those that were accepted was not, whatever else the answer says
            let failed = group.len().saturating_sub(answer.successful().len());
            if failed > 0 {
                let code = answer.failed().first().map_or("without a code", |refused| refused.code()).to_owned();
                return Err(NotQueued::SomeRefused { failed, of: group.len(), code });
            }
        }
        Ok(())
    }
}

fn attribute(id: &str) -> Result<MessageAttributeValue, NotQueued> {
    MessageAttributeValue::builder().data_type("String").string_value(id).build().map_err(NotQueued::Id)
}

fn delay_seconds(delay: Duration) -> i32 {
    let whole = delay.min(LONGEST_DELAY).as_millis().div_ceil(1000);
    i32::try_from(whole).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_are_rounded_up_and_bounded() {
        let check = |millis, seconds| assert_eq!(delay_seconds(Duration::from_millis(millis)), seconds, "{millis}");
        check(0, 0);
        check(1, 1);
        check(60_000, 60);
        check(60_001, 61);
        check(899_001, 900);
        check(900_001, 900);
        check(u64::MAX, 900);
    }
}
