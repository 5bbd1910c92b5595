//! Reading.

use serde::Deserialize;

use crate::{CallEvent, Errand, TextEvent, ToolEvent};

/// A message on the queue.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Message {
    /// Something has happened to a call.
    Call(CallEvent),
    /// A tool says something.
    Tool(ToolEvent),
    /// Somebody has texted a line.
    Text(TextEvent),
    /// Something is to be done for an incident.
    Errand(Errand),
}

#[derive(Deserialize)]
struct Head {
    kind: String,
}

const CALLS: [&str; 5] = ["call.accepted", "call.ended", "call.missed", "call.message", "call.transcribed"];
const TOOLS: [&str; 3] = ["tool.trigger", "tool.acknowledge", "tool.resolve"];
const TEXTS: [&str; 1] = ["text.received"];
const ERRANDS: [&str; 6] =
    ["incident.due", "phone.due", "incident.recall", "incident.tell", "incident.over", "incident.call_back"];

impl Message {
    /// Reads a message's body; none if it is of a kind that is not known, which a reader ignores.
    ///
    /// # Errors
    /// If it is not what a message of its kind is. The error repeats nothing of what the message holds but names.
    pub fn read(body: &str) -> Result<Option<Self>, serde_json::Error> {
        let Head { kind } = serde_json::from_str(body)?;
        match kind.as_str() {
            kind if CALLS.contains(&kind) => serde_json::from_str(body).map(|event| Some(Self::Call(event))),
            kind if TOOLS.contains(&kind) => serde_json::from_str(body).map(|event| Some(Self::Tool(event))),
            kind if TEXTS.contains(&kind) => serde_json::from_str(body).map(|event| Some(Self::Text(event))),
            kind if ERRANDS.contains(&kind) => serde_json::from_str(body).map(|errand| Some(Self::Errand(errand))),
            _ => Ok(None),
        }
    }

    /// What tells it from other messages: a reader that has handled one of this id does nothing.
    pub fn id(&self) -> &str {
        match self {
            Self::Call(event) => &event.id,
            Self::Tool(event) => &event.id,
            Self::Text(event) => &event.id,
            Self::Errand(errand) => &errand.id,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of the document, one a line.
    fn examples() -> Vec<&'static str> {
        let document = include_str!("../../../docs/incident-events.md");
        document.lines().filter(|line| line.starts_with('{')).collect()
    }

    #[test]
    fn every_example_of_the_document_is_read_and_written_as_it_stands_there() {
        let mut calls = 0;
        for example in examples() {
            let written = match Message::read(example).unwrap().unwrap() {
                Message::Call(event) => {
                    calls += 1;
                    assert!(!format!("{event:?}").contains("+47"), "a number shows itself");
                    serde_json::to_string(&event)
                }
                Message::Tool(event) => serde_json::to_string(&event),
                Message::Text(event) => serde_json::to_string(&event),
                Message::Errand(errand) => {
                    assert!(!format!("{errand:?}").contains("+47"), "a number shows itself");
                    serde_json::to_string(&errand)
                }
            };
            assert_eq!(written.unwrap(), example);
        }
        assert!(calls >= 5 && examples().len() >= calls + 2, "the examples are not where they were");
    }

    #[test]
    fn every_kind_is_known_and_no_other_one() {
        for example in examples() {
            let kind: Head = serde_json::from_str(example).unwrap();
            let known = [&CALLS[..], &TOOLS, &TEXTS, &ERRANDS];
            assert!(known.iter().any(|kinds| kinds.contains(&kind.kind.as_str())));
        }
        let shown: Vec<String> =
            examples().iter().map(|example| serde_json::from_str::<Head>(example).unwrap().kind).collect();
        for kind in TEXTS.iter().chain(&ERRANDS) {
            assert!(shown.iter().any(|shown| shown == kind), "{kind} has no example");
        }
        for kind in CALLS {
            assert!(serde_json::from_str::<crate::CallKind>(&format!("{kind:?}")).is_ok(), "{kind}");
        }
        for kind in TOOLS {
            assert!(serde_json::from_str::<crate::ToolKind>(&format!("{kind:?}")).is_ok(), "{kind}");
        }
        assert_eq!(Message::read(r#"{"kind":"fax.received","id":"1"}"#).unwrap(), None);
    }

    #[test]
    fn members_that_are_not_known_are_ignored_and_missing_ones_are_not() {
        let example = examples()[0];
        let more = example.replacen('{', r#"{"colour":"red","#, 1);
        assert_eq!(Message::read(&more).unwrap(), Message::read(example).unwrap());
        assert!(Message::read(r#"{"kind":"call.ended","id":"1"}"#).is_err());
        assert!(Message::read(r#"{"id":"1"}"#).is_err() && Message::read("[").is_err());
    }
}
