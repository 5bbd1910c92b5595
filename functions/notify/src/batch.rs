//! What is to be done for a batch of messages: what it says of one key is said together.
//!
//! A storm says much of the same thing. Taken one by one, events of one incident would read it each for itself, and
//! would overtake one another at its save.

use std::collections::BTreeMap;

use oncall::{ServiceId, incident::Event};
use pipeline::Message;

use crate::{said, trigger::QueuedMessage};

/// Something to be done; it succeeds or fails for all of its messages.
#[derive(Debug)]
pub(crate) struct Job {
    /// SQS's ids of the messages.
    pub(crate) ids: Vec<String>,
    pub(crate) what: What,
}

/// What is to be done.
#[derive(Debug)]
pub(crate) enum What {
    /// What tools say of a key of a service, in the order in which it was said.
    Said { service: ServiceId, key: String, events: Vec<Event> },
    /// Any other message; none if it is of a kind that is not known.
    Message(Option<Box<Message>>),
    /// A message that cannot be read.
    Unreadable(serde_json::Error),
}

/// What is to be done for some messages.
pub(crate) fn jobs(messages: Vec<QueuedMessage>) -> Vec<Job> {
    let mut said: BTreeMap<(String, String), (Vec<String>, Vec<Event>)> = BTreeMap::new();
    let mut jobs = Vec::new();
    for QueuedMessage { id, body } in messages {
        let what = match Message::read(&body) {
            Ok(Some(Message::Tool(event))) => {
                let (ids, events) = said.entry((event.service.clone(), event.dedup_key.clone())).or_default();
                ids.push(id);
                events.push(said::by_tool(event));
                continue;
            }
            Ok(message) => What::Message(message.map(Box::new)),
            Err(error) => What::Unreadable(error),
        };
        jobs.push(Job { ids: vec![id], what });
    }
    jobs.extend(said.into_iter().map(|((service, key), (ids, mut events))| {
        events.sort_by_key(|event| event.at);
        Job { ids, what: What::Said { service: ServiceId::new(service), key, events } }
    }));
    jobs
}
