//! The one list of key patterns.
//!
//! | item | `pk` | `sk` | in an index |
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
//! | call | `call#<CallSid>` | `call` | `by_line`: `line` = LineId, `started_at` = `<instant>#<CallSid>` |
//! | incident | `incident#<IncidentId>` | `incident` | `by_due`: `due_in` = `<shard>`, `due_at` = `<instant>` |
//! | incident that a deduplication key belongs to | `incident_key#<key>` | `incident#<service>` | |
//! | what was said about a key early | `incident_key#<key>` | `early#<service>` | |
//! | incident, among the open ones | `incidents#open` | `<instant>#<IncidentId>` | |
//! | incident, among those of its service | `incidents#service#<service>` | `<instant>#<IncidentId>` | |
//! | how many incidents there have been | `organisation` | `incidents` | |
//! | what a phone was sent | `phone#<E.164>` | `sent` | `by_due`, while something is gathered for it |
//! | whose phone it may be | `phone#<E.164>` | `person#<PersonId>` | |
//! | how a phone cannot be reached | `phone#<E.164>` | `bars` | |
//! | pages of a text or call | `page#<sid>` | `page` | |
//! | reply that a text is | `page#<sid>` | `said` | |
//! | what was spent on a day | `spend` | `<date>` | |
//! | settings for sending | `organisation` | `sending` | |
//! | conversation of a line with a number | `texts#<E.164 of the line>` | `from#<E.164>` | `by_due`, while a text of it waits |
//! | conversation, by its id | `thread#<ThreadId>` | `thread` | |
//! | conversation, among those of its line | `threads#<LineId>` | `<instant>#<ThreadId>` | |
//! | what was said in a conversation | `thread#<ThreadId>` | `said#<instant>#<id>` | |
//! | that an errand is taken | `errand#<id>` | `errand` | |

use jiff::{Timestamp, civil::Date};
use oncall::{CallId, IncidentId, LineId, ServiceId, ThreadId};
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
/// The index of what is due. It needs to hold no more than keys.
pub const BY_DUE: &str = "by_due";
/// That index's partition key, a string: one of [`DUE_SHARDS`].
pub const DUE_IN: &str = "due_in";
/// That index's sort key, a string.
pub const DUE_AT: &str = "due_at";
/// When an item may go, in seconds since 1970: the table's TTL attribute.
pub const EXPIRES_AT: &str = "expires_at";

const CALL_PREFIX: &str = "call#";
const INCIDENT_PREFIX: &str = "incident#";
const PHONE_PREFIX: &str = "phone#";
const TEXTS_PREFIX: &str = "texts#";
const FROM_PREFIX: &str = "from#";
const SAID_PREFIX: &str = "said#";
/// The sort key of what a phone was sent.
pub(crate) const PHONE_LOG: &str = "sent";

/// The partitions of the index of what is due. One takes 1000 writes a second; a save that moves what is due is two.
pub(crate) const DUE_SHARDS: [&str; 4] = ["0", "1", "2", "3"];

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

    /// An incident.
    pub(crate) fn incident(id: &IncidentId) -> Self {
        Self::new(format!("{INCIDENT_PREFIX}{id}"), "incident")
    }

    /// Which incident a deduplication key belongs to.
    pub(crate) fn incident_key(service: Option<&ServiceId>, key: &str) -> Self {
        Self::new(format!("incident_key#{key}"), &of_service("incident", service))
    }

    /// What was said about a deduplication key before it had an incident.
    pub(crate) fn early(service: Option<&ServiceId>, key: &str) -> Self {
        Self::new(format!("incident_key#{key}"), &of_service("early", service))
    }

    /// An incident's place in a list of incidents.
    pub(crate) fn listed_incident(list: String, opened_at: Timestamp, id: &IncidentId) -> Self {
        Self::new(list, &format!("{opened_at:.9}#{id}"))
    }

    /// How many incidents there have been.
    pub(crate) fn incident_count() -> Self {
        Self::new("organisation".to_owned(), "incidents")
    }

    /// What a phone was sent.
    pub(crate) fn phone_log(phone: &PhoneNumber) -> Self {
        Self::new(all_of_phone(phone), PHONE_LOG)
    }

    /// That a phone may be somebody's.
    pub(crate) fn phone_owner(phone: &PhoneNumber, owner: &Reference) -> Self {
        Self::new(all_of_phone(phone), &owner.key())
    }

    /// How a phone cannot be reached.
    pub(crate) fn phone_bars(phone: &PhoneNumber) -> Self {
        Self::new(all_of_phone(phone), "bars")
    }

    /// The pages that a text or call of Twilio's is.
    pub(crate) fn sent_page(sid: &str) -> Self {
        Self::new(all_of_sent(sid), "page")
    }

    /// The reply that a text of Twilio's is.
    pub(crate) fn sent_reply(sid: &str) -> Self {
        Self::new(all_of_sent(sid), "said")
    }

    /// What was spent on a day.
    pub(crate) fn spend(day: Date) -> Self {
        Self::new("spend".to_owned(), &day.to_string())
    }

    /// The settings for sending.
    pub(crate) fn sending_settings() -> Self {
        Self::new("organisation".to_owned(), "sending")
    }

    /// The conversation of a line's number with whoever texts it.
    pub(crate) fn conversation(line: &PhoneNumber, reporter: &PhoneNumber) -> Self {
        Self::new(format!("{TEXTS_PREFIX}{}", line.as_e164()), &format!("{FROM_PREFIX}{}", reporter.as_e164()))
    }

    /// A conversation, by its id.
    pub(crate) fn thread(thread: &ThreadId) -> Self {
        Self::new(all_of_thread(thread), "thread")
    }

    /// A conversation's place among those of its line.
    pub(crate) fn listed_thread(line: &LineId, began_at: Timestamp, thread: &ThreadId) -> Self {
        Self::new(threads_of_line(line), &format!("{began_at:.9}#{thread}"))
    }

    /// What was said in a conversation, by its place there.
    pub(crate) fn said(thread: &ThreadId, place: &str) -> Self {
        Self::new(all_of_thread(thread), &said(place))
    }

    /// That an errand is taken.
    pub(crate) fn errand(id: &str) -> Self {
        Self::new(format!("errand#{id}"), "errand")
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

/// The partition of all that is known of a phone.
pub(crate) fn all_of_phone(phone: &PhoneNumber) -> String {
    format!("{PHONE_PREFIX}{}", phone.as_e164())
}

/// The partition of all that is known of a conversation by its id.
pub(crate) fn all_of_thread(thread: &ThreadId) -> String {
    format!("thread#{thread}")
}

/// The partition that lists the conversations of a line.
pub(crate) fn threads_of_line(line: &LineId) -> String {
    format!("threads#{line}")
}

/// The partition of all that a text or call of Twilio's is.
pub(crate) fn all_of_sent(sid: &str) -> String {
    format!("page#{sid}")
}

/// The sort key of what has this place in a conversation.
pub(crate) fn said(place: &str) -> String {
    format!("{SAID_PREFIX}{place}")
}

/// The place in a conversation of what has this sort key.
pub(crate) fn said_place(sk: &str) -> Option<&str> {
    sk.strip_prefix(SAID_PREFIX)
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

/// The partition that lists the open incidents.
pub(crate) fn open_incidents() -> String {
    "incidents#open".to_owned()
}

/// The partition that lists the incidents of a service.
pub(crate) fn incidents_of_service(service: &ServiceId) -> String {
    format!("incidents#service#{service}")
}

fn of_service(what: &str, service: Option<&ServiceId>) -> String {
    service.map_or_else(|| what.to_owned(), |service| format!("{what}#{service}"))
}

/// The incident whose item has this partition key.
pub(crate) fn incident_id(pk: &str) -> Option<IncidentId> {
    pk.strip_prefix(INCIDENT_PREFIX).map(IncidentId::new)
}

/// The incident that has this place in a list.
pub(crate) fn incident_of_place(sk: &str) -> Option<IncidentId> {
    sk.split_once('#').map(|(_, id)| IncidentId::new(id))
}

/// The conversation that has this place in a list.
pub(crate) fn thread_of_place(sk: &str) -> Option<ThreadId> {
    sk.split_once('#').map(|(_, id)| ThreadId::new(id))
}

/// The phone whose item has this partition key.
pub(crate) fn phone_number(pk: &str) -> Option<PhoneNumber> {
    pk.strip_prefix(PHONE_PREFIX)?.parse().ok()
}

/// The line's number and the other one whose conversation has this key.
pub(crate) fn conversation_numbers(pk: &str, sk: &str) -> Option<(PhoneNumber, PhoneNumber)> {
    Some((pk.strip_prefix(TEXTS_PREFIX)?.parse().ok()?, sk.strip_prefix(FROM_PREFIX)?.parse().ok()?))
}

/// An instant as `due_at` has it: all as wide as each other, so that they sort as text.
pub(crate) fn due_at(at: Timestamp) -> String {
    format!("{at:.9}")
}

/// In which partition of the index an item stands: always the same one, by FNV-1a of its key.
pub(crate) fn due_in(pk: &str) -> &'static str {
    let hash = pk.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let [first, ..] = DUE_SHARDS;
    // the low bits of FNV are its weakest
    usize::try_from(hash >> 16).ok().and_then(|hash| DUE_SHARDS.get(hash % DUE_SHARDS.len())).unwrap_or(&first)
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
