//! A queue's messages, handed to a function: what Lambda's event source mapping does in AWS.
//!
//! Messages are held back in real time, while the pretend Twilio's clock may be faster: what is late by that clock, the
//! sweep finds.

use std::sync::Arc;
use std::time::Duration;

use aws_sdk_sqs::types::{DeleteMessageBatchRequestEntry, Message};
use aws_sdk_sqs::{Client, Error};
use entry::Chain;
use futures_util::future::BoxFuture;
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

/// A function with a payload and an answer; none if the invocation failed.
pub(crate) type Function = Arc<dyn Fn(Value) -> BoxFuture<'static, Option<Value>> + Send + Sync>;

/// How long it waits after it found nothing: each time longer, up to the second one.
const WAITS: (Duration, Duration) = (Duration::from_millis(50), Duration::from_millis(200));

/// A queue and the function that its messages go to.
#[derive(Clone)]
pub(crate) struct Consumer {
    pub(crate) sqs: Client,
    pub(crate) url: String,
    pub(crate) batch: u8,
    pub(crate) concurrency: usize,
    pub(crate) function: Function,
}

impl Consumer {
    /// Hands over messages, some batches at the same time, until it is told to stop; then those that are on their way.
    pub(crate) fn start(self, mut stopped: watch::Receiver<bool>) -> JoinHandle<()> {
        tokio::spawn(async move {
            let mut under_way = JoinSet::new();
            let mut wait = Duration::ZERO;
            while tokio::time::timeout(wait, stopped.wait_for(|stopped| *stopped)).await.is_err() {
                while under_way.try_join_next().is_some() {}
                if under_way.len() >= self.concurrency {
                    under_way.join_next().await;
                }
                wait = match self.receive().await {
                    Ok(messages) if messages.is_empty() => (wait * 2).clamp(WAITS.0, WAITS.1),
                    Ok(messages) => {
                        let consumer = self.clone();
                        under_way.spawn(async move { consumer.hand_over_logged(messages).await });
                        Duration::ZERO
                    }
                    Err(error) => {
                        tracing::error!(error = %Chain(&error), "the queue cannot be read");
                        WAITS.1
                    }
                };
            }
            while under_way.join_next().await.is_some() {}
        })
    }

    async fn receive(&self) -> Result<Vec<Message>, Error> {
        let receive = self.sqs.receive_message().queue_url(&self.url).max_number_of_messages(self.batch.into());
        Ok(receive.message_attribute_names("All").send().await?.messages.unwrap_or_default())
    }

    async fn hand_over_logged(&self, messages: Vec<Message>) {
        if let Err(error) = self.hand_over(messages).await {
            tracing::error!(error = %Chain(&error), "messages that were handled could not be deleted");
        }
    }

    /// One batch. Those that the function has handled are deleted; the others come back when they are visible again, and
    /// at last go where the queue's failed messages go.
    async fn hand_over(&self, messages: Vec<Message>) -> Result<(), Error> {
        let event = json!({ "Records": messages.iter().map(record).collect::<Vec<_>>() });
        let Some(answer) = (self.function)(event).await else { return Ok(()) };
        let mut delete = self.sqs.delete_message_batch().queue_url(&self.url);
        let mut handled = false;
        for (place, message) in messages.iter().enumerate() {
            let (Some(id), Some(handle)) = (message.message_id(), message.receipt_handle()) else { continue };
            if !has_failed(&answer, id) {
                let entry = DeleteMessageBatchRequestEntry::builder().id(place.to_string()).receipt_handle(handle);
                delete = delete.entries(entry.build()?);
                handled = true;
            }
        }
        if handled {
            delete.send().await?;
        }
        Ok(())
    }
}

/// As Lambda writes it.
fn record(message: &Message) -> Value {
    json!({
        "messageId": message.message_id(),
        "receiptHandle": message.receipt_handle(),
        "body": message.body(),
        "eventSource": "aws:sqs",
    })
}

fn has_failed(answer: &Value, id: &str) -> bool {
    let failures = answer.get("batchItemFailures").and_then(Value::as_array);
    failures.is_some_and(|failures| failures.iter().any(|failure| failure["itemIdentifier"] == id))
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::aws::Services;
    use crate::template::{DeadLetters, Queue};

    fn queue(name: &str, dead_letters: Option<DeadLetters>) -> Queue {
        let visibility_timeout = Some("0".to_owned());
        Queue { resource: name.to_owned(), name: name.to_owned(), visibility_timeout, dead_letters }
    }

    #[tokio::test]
    async fn what_fails_comes_again_and_then_goes_where_failed_messages_go() {
        let services = Services::start();
        let dead_letters = DeadLetters { queue: "Failed".to_owned(), after: "3".to_owned() };
        let queues = [queue("Events", Some(dead_letters)), queue("Failed", None)];
        let urls = services.make_queues(&queues).await.unwrap();
        let (sqs, url) = (services.sqs.clone(), urls["Events"].clone());
        for number in 0..12 {
            sqs.send_message().queue_url(&url).message_body(format!("{number}")).send().await.unwrap();
        }
        let seen: Arc<Mutex<Vec<String>>> = Arc::default();
        let noted = seen.clone();
        let function: Function = Arc::new(move |event| {
            let records = event["Records"].as_array().unwrap().clone();
            assert!(!records.is_empty() && records.len() <= 10);
            let mut failed = Vec::new();
            for record in &records {
                noted.lock().unwrap().push(record["body"].as_str().unwrap().to_owned());
                if record["body"] == "7" {
                    failed.push(json!({ "itemIdentifier": record["messageId"] }));
                }
            }
            Box::pin(async move { Some(json!({ "batchItemFailures": failed })) })
        });
        let (stop, stopped) = watch::channel(false);
        let consumer = Consumer { sqs: sqs.clone(), url, batch: 10, concurrency: 3, function }.start(stopped);
        let failed = loop {
            let received = sqs.receive_message().queue_url(&urls["Failed"]).send().await.unwrap();
            if let Some(message) = received.messages().first() {
                break message.body().unwrap().to_owned();
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        };
        stop.send_replace(true);
        consumer.await.unwrap();
        assert_eq!(failed, "7");
        let mut seen = seen.lock().unwrap().clone();
        assert_eq!(seen.iter().filter(|body| *body == "7").count(), 3);
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 12);
    }
}
