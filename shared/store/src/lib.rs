//! The only place that knows DynamoDB.
//!
//! One table holds everything; `keys.rs` is the one list of key patterns, and `docs/data.md` explains each way in
//! which the table is asked. A [`Store`] is a client, the table's name and what is kept for how long:
//!
//! | what | requests |
//! |---|---|
//! | [`Store::facts`]: a line's plan and a call, for one webhook | one BatchGetItem |
//! | [`Store::save_call`]: a call, if nobody else saved it in between | one UpdateItem |
//! | [`Store::record_leg`]: what Twilio measured of one dialled leg | one UpdateItem |
//! | [`Store::save_plan`]: a line's plan, if nobody else saved it in between | one GetItem, one TransactWriteItems |
//! | [`Store::plan`], [`Store::call`] | one GetItem |
//! | [`Store::calls`]: the log of a line, newest first | one Query, one BatchGetItem |
//! | [`Store::lines`] | one Query for each MB |
//! | [`Store::token`], [`Store::add_token`], [`Store::revoke_token`]: a bearer token | one GetItem or one transaction |
//! | [`Store::tokens`]: all of them, a page at a time | one Query |
//! | [`Store::fallback`]: what is known of a line's fallback document | one GetItem |
//! | [`Store::address_fallback`]: where a line's fallback document stands | one UpdateItem |
//! | [`Store::record_fallback`]: which one stands there | one UpdateItem, two if somebody else wrote it meanwhile |
//! | [`Store::forget_fallback`]: that this is not known | one UpdateItem |
//! | [`Store::feed`], [`Store::add_feed`], [`Store::revoke_feed`]: a calendar feed | one GetItem or one transaction |
//! | [`Store::service_of_routing_key`]: what a tool's events are about | one GetItem |
//! | [`Store::count_events`]: how many events came with a routing key | one UpdateItem |
//! | [`Store::verification`], [`Store::save_verification`]: the code that was sent to a phone | one GetItem or one transaction |
//! | [`Store::known_key`], [`Store::open_incident`], [`Store::remember_early`]: what a deduplication key belongs to | one BatchGetItem and one GetItem; one transaction each |
//! | [`Store::incident`], [`Store::save_incident`]: an incident, if nobody else saved it in between | one GetItem; one UpdateItem, or one transaction if it ends or begins again |
//! | [`Store::due`]: what is due until an instant | one Query for each of four shards |
//! | [`Store::listed_incidents`]: those that are open, or of a service, latest first | one Query, one BatchGetItem |
//! | [`Store::around`]: what a step needs to know beside the incident | three to five BatchGetItem |
//! | [`Store::phone_log`], [`Store::save_phone_log`]: what a phone was sent | one GetItem, one PutItem |
//! | [`Store::known_phones`], [`Store::bar_phone`]: how phones cannot be reached | one BatchGetItem for each hundred, one UpdateItem |
//! | [`Store::texter`]: whose phone a number is, and what it was sent | one Query, and one BatchGetItem |
//! | [`Store::text_facts`], [`Store::save_conversation`], [`Store::save_text`]: a line's plan and its conversation with a number | one BatchGetItem; one UpdateItem, or one transaction if it begins, or with what was said |
//! | [`Store::thread`], [`Store::end_thread`]: a conversation by its id | one GetItem; two UpdateItem more |
//! | [`Store::threads_of_lines`]: conversations, newest first | one Query for each line, one BatchGetItem |
//! | [`Store::said`], [`Store::said_at`]: what was said in one; one text of it | one Query; one GetItem |
//! | [`Store::say`], [`Store::record_reply`], [`Store::reply_fares`]: a reply, and what becomes of it | one PutItem each, one UpdateItem |
//! | [`Store::claim_errand`]: what may not be done twice | one PutItem |
//! | [`Store::sent_pages`], [`Store::record_sent`]: which pages a text or call is | one GetItem, one PutItem |
//! | [`Store::sent`]: which pages or which reply a text is | one Query |
//! | [`Store::spend`], [`Store::exits`]: what may be spent, and from where it is sent | one transaction; one GetItem and one Query |
//! | [`Store::warm`]: nothing, so that the next request finds a connection | one BatchGetItem |
//!
//! Plans and calls are kept as one JSON text each: one parse, whatever they hold. What can be read of a damaged or
//! newer plan counts, and a [`Problem`] tells of the rest; a plan that lost a layer still rings somebody.
//!
//! What goes wrong is either [`Error::Unavailable`], which passes, or ours. No error repeats what an item holds:
//! items hold telephone numbers.

mod call_log;
mod calls;
mod document;
mod error;
mod event_rate;
mod facts;
mod fallbacks;
mod feeds;
mod incidents;
mod item;
mod keys;
mod legs;
mod lines;
mod numbers;
mod organisation;
mod page;
mod patience;
mod phones;
mod plans;
mod routing_keys;
mod save_plan;
mod sending;
mod store;
mod talks;
mod threads;
mod tokens;
mod transaction;
mod verifications;

pub use call_log::{CallPage, Cursor, LoggedCall};
pub use calls::Saved;
pub use document::Problem;
pub use error::{Cause, Error, Item};
pub use event_rate::Room;
pub use facts::Facts;
pub use fallbacks::{Address, Fallback, NotAnAddress, Written};
pub use feeds::{FeedOf, StoredFeed};
pub use incidents::{
    Due, DueItem, IncidentPage, IncidentSaved, Incidents, IncidentsOf, KnownKey, Opened, StoredIncident,
};
pub use keys::{BY_DUE, BY_LINE, DUE_AT, DUE_IN, EXPIRES_AT, LINE, PK, SK, STARTED_AT};
pub use legs::Leg;
pub use lines::ListedLine;
pub use numbers::{Finding, Integration, NumberRecord, Purchase, PurchaseState, Reservation, Sends};
pub use organisation::{
    About, Action, Around, AuditEntry, AuditQuery, Author, Configured, Expected, Kind, Object, Reference, SaveContext,
    SaveError, SavedObject, Standing, Stored, StoredObject, Whole,
};
pub use page::Page;
pub use patience::Patience;
pub use phones::{PhoneLog, PhoneSaved, Texter};
pub use plans::{PlanKey, StoredPlan};
pub use routing_keys::StoredRoutingKey;
pub use sending::{SendingSettings, Sent, SentPage, StoredSendingSettings};
pub use store::{Retention, Store};
pub use talks::TalkRecording;
pub use threads::{
    ConversationSaved, Fares, Said, SaidPage, SentReply, StoredConversation, TextFacts, Thread, ThreadPage,
};
pub use tokens::StoredToken;
pub use verifications::{SentCode, Verification};
