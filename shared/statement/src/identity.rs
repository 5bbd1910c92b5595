//! By what a repeated statement is recognised.

use std::fmt::Write as _;

use jiff::Timestamp;
use ring::digest::{Context, SHA256};

/// What makes a statement another one than the last.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Identity {
    /// The tool has given it a name.
    Named(String),
    /// What was said, and when by the tool's clock.
    Stamped {
        /// What was said, as far as another text is another statement.
        content: String,
        /// The tool's time, as it is written.
        stamp: String,
        /// The same, if it can be read.
        instant: Option<Timestamp>,
    },
    /// The tool gives neither: each is another one, since two real alarms may read the same.
    Unknown,
}

/// The id of a message: the same when a request is sent again, another one for whatever is news.
///
/// What a tool repeats an hour later is news, though nothing in it has changed: somebody may have closed the incident
/// while the tool still sees the problem. So the hours since the tool's own time are a part of it.
pub(crate) fn message_id(identity: &Identity, about: [&str; 3], at: Timestamp, place: usize) -> String {
    let [service, kind, dedup_key] = about;
    let hash = match identity {
        Identity::Named(name) => hash(&["named", service, name]),
        Identity::Stamped { content, stamp, instant } => {
            let hours = instant.map_or(0, |instant| (at.as_second() - instant.as_second()).max(0) / 3600);
            hash(&["stamped", service, kind, dedup_key, content, stamp, &hours.to_string()])
        }
        Identity::Unknown => {
            hash(&["unknown", service, kind, dedup_key, &at.as_nanosecond().to_string(), &place.to_string()])
        }
    };
    format!("t-{hash}")
}

/// A deduplication key for what came without one: what reads the same is the same problem, as long as it is open.
pub fn dedup_key_of(content: &str) -> String {
    hash(&["key", content])
}

/// 128 bits of the parts' SHA-256, in hexadecimal. No part runs into the next one.
pub fn hash(parts: &[&str]) -> String {
    let mut context = Context::new(&SHA256);
    for part in parts {
        context.update(&part.len().to_be_bytes());
        context.update(part.as_bytes());
    }
    context.finish().as_ref().iter().take(16).fold(String::with_capacity(32), |mut hex, byte| {
        let _infallible = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOON: &str = "2026-11-20T12:00:00Z";

    fn stamped(content: &str, stamp: &str) -> Identity {
        Identity::Stamped { content: content.to_owned(), stamp: stamp.to_owned(), instant: stamp.parse().ok() }
    }

    fn id(identity: &Identity, at: &str) -> String {
        message_id(identity, ["payments", "tool.trigger", "k"], at.parse().unwrap(), 0)
    }

    #[test]
    fn a_repeated_request_has_the_same_id_and_news_have_not() {
        let said = stamped("down", NOON);
        assert_eq!(id(&said, "2026-11-20T12:00:01Z"), id(&said, "2026-11-20T12:59:59Z"));
        assert_ne!(id(&said, "2026-11-20T12:00:01Z"), id(&said, "2026-11-20T13:00:00Z"));
        assert_eq!(id(&said, "2026-11-20T11:00:00Z"), id(&said, NOON), "the tool's clock may be ahead");
        let unread = stamped("down", "at noon");
        assert_eq!(id(&unread, NOON), id(&unread, "2026-11-22T12:00:00Z"));
        let named = Identity::Named("1".to_owned());
        assert_eq!(id(&named, NOON), id(&named, "2026-11-22T12:00:00Z"));
        assert_ne!(id(&Identity::Unknown, NOON), id(&Identity::Unknown, "2026-11-20T12:00:00.000000001Z"));
    }

    proptest! {
        #[test]
        fn another_part_is_another_id(
            a in prop::array::uniform5("[a-c]{0,2}"),
            b in prop::array::uniform5("[a-c]{0,2}"),
        ) {
            let of = |parts: &[String; 5]| {
                let [service, kind, key, content, stamp] = parts;
                message_id(&stamped(content, stamp), [service, kind, key], NOON.parse().unwrap(), 0)
            };
            prop_assert_eq!(of(&a) == of(&b), a == b);
            prop_assert_eq!(of(&a).len(), 34);
        }

        #[test]
        fn what_is_in_one_request_is_told_apart(places in prop::collection::btree_set(0_usize..1000, 2)) {
            let id = |place| message_id(&Identity::Unknown, ["s", "k", "d"], NOON.parse().unwrap(), place);
            let ids: Vec<_> = places.into_iter().map(id).collect();
            prop_assert_ne!(&ids[0], &ids[1]);
        }
    }
}
