//! One invocation, whatever called.

use entry::Chain;
use futures_util::{StreamExt as _, stream};
use oncall::Service;
use serde_json::{Value, json};
use tokio::time::{Instant, timeout_at};

use crate::{
    app::App,
    batch::{self, Job},
    sweep::NotSwept,
    trigger::{QueuedMessage, SaidBody, Trigger},
};

/// How many things are done at the same time.
pub(crate) const AT_ONCE: usize = 8;

/// An invocation failed. Whoever called may call again.
#[derive(Debug, thiserror::Error)]
pub enum NotHandled {
    /// The payload is nothing that this function knows.
    #[error("{0}")]
    Payload(String),
    /// What is said is not said rightly.
    #[error("the event is refused: {0}")]
    Refused(String),
    /// No service has this id.
    #[error("there is no such service")]
    NoService,
    /// The table is away.
    #[error("the table failed")]
    Store(#[from] store::Error),
    /// The queue is away.
    #[error("the event was not queued")]
    NotQueued(#[from] entry::NotQueued),
    /// The event cannot be written as a message.
    #[error("the event cannot be written")]
    NotWritten(#[from] serde_json::Error),
    /// What is due could not be carried on.
    #[error(transparent)]
    Sweep(#[from] NotSwept),
}

impl App {
    /// Handles what Lambda was called with, and gives what it answers: of a batch of messages which have failed, of an
    /// event its id and deduplication key.
    ///
    /// # Errors
    /// [`NotHandled`].
    pub async fn handle(&self, payload: Value) -> Result<Value, NotHandled> {
        match Trigger::of(payload).map_err(|unknown| NotHandled::Payload(unknown.to_string()))? {
            Trigger::Messages(messages) => Ok(self.take_all(messages).await),
            Trigger::Sweep => Box::pin(self.sweep()).await.map(|()| Value::Null).map_err(NotHandled::from),
            Trigger::Said(said) => {
                let mut answer = Value::Null;
                for said in said {
                    answer = self.take_said(said).await?;
                }
                Ok(answer)
            }
        }
    }

    /// A message that fails, or that there is no time for, is delivered again; the others are done. What several say of
    /// one key fails or is done together.
    async fn take_all(&self, messages: Vec<QueuedMessage>) -> Value {
        let deadline = Instant::now() + self.pace.whole;
        let taken = stream::iter(batch::jobs(messages)).map(async |Job { ids, what }| {
            let failed = match timeout_at(deadline, Box::pin(self.take(what))).await {
                Ok(Ok(())) => return Vec::new(),
                Ok(Err(error)) => Chain(&error).to_string(),
                Err(_) => "there was no time for it".to_owned(),
            };
            for id in &ids {
                tracing::error!(message = id, error = failed, "a message was not handled");
            }
            ids
        });
        let failed: Vec<Vec<String>> = taken.buffer_unordered(AT_ONCE).collect().await;
        let failed: Vec<Value> = failed.into_iter().flatten().map(|id| json!({ "itemIdentifier": id })).collect();
        json!({ "batchItemFailures": failed })
    }

    /// Puts on the queue what somebody says who may call this function: from there it goes the way of all others.
    async fn take_said(&self, said: SaidBody) -> Result<Value, NotHandled> {
        let SaidBody { mut body, id } = said;
        if let (Some(members), Some(id)) = (body.as_object_mut(), id) {
            members.entry("id").or_insert(id.into());
        }
        let (service, said) = statement::own::read_with_service(&body).map_err(|errors| {
            let named: Vec<String> = errors.iter().map(|error| format!("{} {}", error.field, error.message)).collect();
            NotHandled::Refused(named.join("; "))
        })?;
        if self.store().find::<Service>(&service).await?.is_none() {
            return Err(NotHandled::NoService);
        }
        let event = said.event(&service, self.now(), 0);
        self.carrier.queue.send(&serde_json::to_string(&event)?, &event.id).await?;
        Ok(json!({ "id": event.id, "dedup_key": event.dedup_key }))
    }
}
