//! The one list of key patterns.
//!
//! | item | `pk` | `sk` | in `by_line` |
//! |---|---|---|---|
//! | plan, by the number that was dialled | `number#<E.164>` | `plan` | |
//! | plan, by the line's opaque id | `line#<LineId>` | `plan` | |
//! | line, in the list of lines | `lines` | `<LineId>` | |
//! | bearer token | `tokens` | `<token id>` | |
//! | calendar feed | `feeds` | `<feed id>` | |
//! | routing key, of a service | `routing_keys#<service>` | `<key id>` | |
//! | routing key, by what its bearer shows | `routing_key#<SHA-256>` | `service` | |
//! | events of a routing key in a minute | `event_rate#<SHA-256>` | the minute's beginning | |
//! | code that was sent to a phone | `verification#<E.164>` | `code` | |
//! | call | `call#<CallSid>` | `call` | `line` = LineId, `started_at` = `<instant>#<CallSid>` |

use jiff::Timestamp;
use oncall::{CallId, LineId, ServiceId};
use phone::PhoneNumber;

use crate::Reference;

/// The table's partition key, a string.
pub const PK: &str = "pk";
/// The table's sort key, a string.
pub const SK: &str = "sk";
/// The index of calls by line and time. It needs to hold no more than keys.
pub const BY_LINE: &str = "by_line";
/// The index's partition key, a string.
pub const LINE: &str = "line";
/// The index's sort key, a string.
pub const STARTED_AT: &str = "started_at";
/// When an item may go, in seconds since 1970: the table's TTL attribute.
pub const EXPIRES_AT: &str = "expires_at";

const CALL_PREFIX: &str = "call#";

/// The primary key of one item.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) pk: String,
    pub(crate) sk: String,
}

impl Key {
    /// Whether an item may have it: DynamoDB refuses a whole request for one key that is empty or too long. What has
    /// none cannot be there.
    pub(crate) fn is_possible(&self) -> bool {
        (1..=2048).contains(&self.pk.len()) && (1..=1024).contains(&self.sk.len())
    }

    pub(crate) fn plan_of_number(number: &PhoneNumber) -> Self {
        Self::new(format!("number#{}", number.as_e164()), "plan")
    }

    pub(crate) fn plan_of_line(line: &LineId) -> Self {
        Self::new(format!("line#{line}"), "plan")
    }

    pub(crate) fn listed_line(line: &LineId) -> Self {
        Self::new(all_lines(), line.as_str())
    }

    pub(crate) fn call(call: &CallId) -> Self {
        Self::new(format!("{CALL_PREFIX}{call}"), "call")
    }

    /// A bearer token.
    pub(crate) fn token(id: &str) -> Self {
        Self::new(all_tokens(), id)
    }

    /// The organisation's revision.
    pub(crate) fn revision() -> Self {
        Self::new("organisation".to_owned(), "revision")
    }

    /// A person, team, schedule, policy, service or line.
    pub(crate) fn object(of: &Reference) -> Self {
        Self::new(of.kind.partition().to_owned(), &of.id)
    }

    /// That one object may be named by another.
    pub(crate) fn edge(used: &Reference, user: &Reference) -> Self {
        Self::new(users(used), &user.key())
    }

    /// A schedule as it was saved at an instant.
    pub(crate) fn history(schedule: &str, saved_at: Timestamp) -> Self {
        Self::new(history(schedule), &format!("{saved_at:.9}"))
    }

    /// An entry of the audit log.
    pub(crate) fn audit(at: Timestamp, word: &str) -> Self {
        Self::new(audit(), &format!("{at:.9}#{word}"))
    }

    /// A connected Twilio account.
    pub(crate) fn integration(account: &str) -> Self {
        Self::new(all_integrations(), account)
    }

    /// The intent to buy a number.
    pub(crate) fn purchase(id: &str) -> Self {
        Self::new(all_purchases(), id)
    }

    /// That a number is being bought.
    pub(crate) fn claim(number: &PhoneNumber) -> Self {
        Self::new(format!("claim#{}", number.as_e164()), "claim")
    }

    /// How many numbers there are.
    pub(crate) fn quota() -> Self {
        Self::new("organisation".to_owned(), "quota")
    }

    /// The number of a line, as Twilio knows it.
    pub(crate) fn number_record(line: &str) -> Self {
        Self::new(all_numbers(), line)
    }

    /// What a sweep has found, by what it is about.
    pub(crate) fn finding(about: &str) -> Self {
        Self::new(all_findings(), about)
    }

    /// A calendar feed.
    pub(crate) fn feed(id: &str) -> Self {
        Self::new(all_feeds(), id)
    }

    /// A routing key among those of its service.
    pub(crate) fn routing_key(service: &ServiceId, id: &str) -> Self {
        Self::new(routing_keys(service), id)
    }

    /// A routing key by the hash of what its bearer shows.
    pub(crate) fn routing_key_by_hash(hash: &str) -> Self {
        Self::new(format!("routing_key#{hash}"), "service")
    }

    /// How many events came with a routing key in the minute that begins there, in seconds since 1970.
    pub(crate) fn event_rate(hash: &str, minute: i64) -> Self {
        let begins = Timestamp::from_second(minute).unwrap_or_default();
        Self::new(format!("event_rate#{hash}"), &begins.to_string())
    }

    /// What was sent to a phone to verify it.
    pub(crate) fn verification(number: &PhoneNumber) -> Self {
        Self::new(format!("verification#{}", number.as_e164()), "code")
    }

    /// A key that no item has.
    pub(crate) fn nobodys() -> Self {
        Self::new("nobody".to_owned(), "nobody")
    }

    fn new(pk: String, sk: &str) -> Self {
        Self { pk, sk: sk.to_owned() }
    }
}

/// The partition that lists all lines.
pub(crate) fn all_lines() -> String {
    "lines".to_owned()
}

/// The partition of all bearer tokens.
pub(crate) fn all_tokens() -> String {
    "tokens".to_owned()
}

/// The partition of whatever may name an object.
pub(crate) fn users(used: &Reference) -> String {
    format!("used#{}", used.key())
}

/// The partition of a schedule's versions.
pub(crate) fn history(schedule: &str) -> String {
    format!("history#{schedule}")
}

/// The partition of the audit log.
pub(crate) fn audit() -> String {
    "audit".to_owned()
}

/// The partition of connected Twilio accounts.
pub(crate) fn all_integrations() -> String {
    "integrations".to_owned()
}

/// The partition of purchases.
pub(crate) fn all_purchases() -> String {
    "purchases".to_owned()
}

/// The partition of numbers as Twilio knows them.
pub(crate) fn all_numbers() -> String {
    "numbers".to_owned()
}

/// The partition of what sweeps have found.
pub(crate) fn all_findings() -> String {
    "findings".to_owned()
}

/// The partition of all calendar feeds.
pub(crate) fn all_feeds() -> String {
    "feeds".to_owned()
}

/// The partition of a service's routing keys.
pub(crate) fn routing_keys(service: &ServiceId) -> String {
    format!("routing_keys#{service}")
}

/// The call whose item has this partition key.
pub(crate) fn call_id(pk: &str) -> Option<CallId> {
    pk.strip_prefix(CALL_PREFIX).map(CallId::new)
}

/// A call's place among the calls of its line: instants as wide as each other, so that they sort as text, and the
/// call's id, so that no two are the same.
pub(crate) fn started_at(at: Timestamp, call: &CallId) -> String {
    format!("{at:.9}#{call}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_sort_as_their_instants_do() {
        let instants = [
            "2026-10-25T00:59:59.999999999Z",
            "2026-10-25T01:00:00Z",
            "2026-10-25T01:00:00.000000001Z",
            "2026-10-25T01:00:00.5Z",
            "2026-10-25T01:00:01Z",
        ];
        let places = instants.map(|at| started_at(at.parse().unwrap(), &CallId::new("CA1")));
        assert!(places.is_sorted(), "{places:?}");
        assert_eq!(places[1], "2026-10-25T01:00:00.000000000Z#CA1");
    }

    #[test]
    fn a_calls_key_tells_its_id() {
        let id = CallId::new("CA1");
        assert_eq!(call_id(&Key::call(&id).pk), Some(id));
        assert_eq!(call_id("lines"), None);
    }
}
