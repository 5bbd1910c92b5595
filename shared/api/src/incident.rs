//! Incidents.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Channel, Message, Target};

/// Something that is the matter, as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "id": "in_7f3k2m9qab", "number": 42, "kind": "usual", "service": "payments", "dedup_key": "disk db1",
    "summary": "Disk full on db1", "severity": "critical", "status": "acknowledged",
    "by": {"kind": "person", "id": "ada", "via": "sms"}, "until": null, "assignees": ["ada"], "events": 1,
    "opened_at": "2026-11-20T10:00:00Z", "changed_at": "2026-11-20T10:01:10Z",
    "details": {"pages": [{
        "number": 1, "person": "ada", "channel": "sms", "state": "delivered", "why_not": null,
        "ordered_at": "2026-11-20T10:00:00Z",
    }],
    "recent_events": [{
        "at": "2026-11-20T10:00:00Z", "source": "tool", "signal": "trigger", "summary": "Disk full on db1",
        "links": [{"href": "https://prometheus.example.org/graph", "text": "Prometheus"}],
    }],
    "log": [
        {"at": "2026-11-20T10:00:00Z", "by": {"kind": "source", "id": null, "via": null}, "what": "opened"},
        {
            "at": "2026-11-20T10:00:00Z", "by": {"kind": "dutyline", "id": null, "via": null}, "what": "paged",
            "page": 1, "people": ["ada"], "channel": "sms", "why": "named by the policy",
        },
        {"at": "2026-11-20T10:01:10Z", "by": {"kind": "person", "id": "ada", "via": "sms"}, "what": "acknowledged"},
    ],
    "log_left_out": 0, "conversations": []}, "next_at": null,
}))))]
pub struct Incident {
    /// Its opaque id.
    pub id: String,
    /// Counted within the organisation; what people call it.
    pub number: u64,
    /// What kind it is.
    pub kind: IncidentKind,
    /// The id of the service that it is about; null if people were paged directly.
    pub service: Option<String>,
    /// The deduplication key: events that have it belong here.
    pub dedup_key: String,
    /// What is the matter, in a line.
    pub summary: String,
    /// How bad it is.
    pub severity: IncidentSeverity,
    /// Where it stands.
    pub status: IncidentStatus,
    /// Who has acknowledged, silenced or resolved it; null while it is triggered.
    pub by: Option<Actor>,
    /// When the acknowledgement or the silence is over, so that people are paged again; null if it is not.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = "date-time"))]
    pub until: Option<Timestamp>,
    /// The ids of those whose it is.
    pub assignees: Vec<String>,
    /// How many events it has.
    pub events: u64,
    /// When it was opened.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "date-time"))]
    pub opened_at: Timestamp,
    /// When it last changed.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "date-time"))]
    pub changed_at: Timestamp,
    /// When something happens of itself; null if nothing does.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = "date-time"))]
    pub next_at: Option<Timestamp>,
    /// Its pages and everything that was done; lists leave it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub details: Option<IncidentDetails>,
}

/// What there is to know of an incident beside where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IncidentDetails {
    /// Its pages, in the order in which they were ordered; of those that are settled the last hundred.
    pub pages: Vec<IncidentPage>,
    /// The last events, oldest first.
    pub recent_events: Vec<IncidentEvent>,
    /// Everything that was done, oldest first.
    pub log: Vec<LogEntry>,
    /// How many entries were left out of the middle of the log.
    pub log_left_out: u32,
    /// The ids of the conversations with those who reported it by text.
    pub conversations: Vec<String>,
    /// The call that it is about, if it was opened by one; answers to actions leave it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub call: Option<IncidentCall>,
}

/// The call that an incident is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IncidentCall {
    /// Its id.
    pub id: String,
    /// What the caller left, if they did.
    pub message: Option<Message>,
}

/// What kind of incident it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum IncidentKind {
    /// One that pages.
    Usual,
    /// The one to which everything is attached that happens during a service's maintenance.
    Maintenance,
    /// One that was opened while its service was being tried out.
    Trial,
}

/// How bad an incident is. `critical` and `error` page by the rules for high urgency, the others by those for low.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum IncidentSeverity {
    /// For information.
    Info,
    /// Something may become a problem.
    Warning,
    /// Something does not work.
    Error,
    /// Something important does not work.
    Critical,
}

/// Where an incident stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum IncidentStatus {
    /// Nobody has it.
    Triggered,
    /// Somebody has it.
    Acknowledged,
    /// Nobody is paged for a while.
    Silenced,
    /// It is over.
    Resolved,
}

/// Who does something to an incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Actor {
    /// What they are.
    pub kind: ActorKind,
    /// The person's id, or the token's name.
    pub id: Option<String>,
    /// How a person told us.
    pub via: Option<Via>,
}

/// What somebody is who does something to an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// Dutyline itself: the policy, a rule, the passing of time.
    Dutyline,
    /// Whatever the incident came from.
    Source,
    /// A person.
    Person,
    /// Somebody with a token of the admin API.
    Token,
}

/// How a person told us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Via {
    /// By a text.
    Sms,
    /// By a key of their telephone.
    Voice,
    /// In the console, or by the admin API.
    Console,
    /// By taking the call that the incident is about.
    Call,
}

/// One attempt to reach one person by one channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IncidentPage {
    /// Counted within the incident from 1.
    pub number: u32,
    /// The id of the person.
    pub person: String,
    /// How.
    pub channel: Channel,
    /// How it fares.
    pub state: PageState,
    /// Why it came to nothing, if it did.
    pub why_not: Option<String>,
    /// When it was ordered.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "date-time"))]
    pub ordered_at: Timestamp,
}

/// How a page fares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PageState {
    /// On its way to Twilio, or to be tried again.
    Pending,
    /// It is not known whether it was sent; Twilio is asked.
    InDoubt,
    /// Twilio has it.
    Sent,
    /// It reached the phone; for a call, somebody pressed a key.
    Delivered,
    /// It came to nothing.
    Failed,
    /// Nobody needed it any more.
    CalledOff,
}

/// One thing that a source has said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IncidentEvent {
    /// When it was taken.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "date-time"))]
    pub at: Timestamp,
    /// Who said it: `tool`, `call` or `text`.
    pub source: String,
    /// What they want: `trigger`, `missed`, `acknowledge`, `resolve` or `note`.
    pub signal: String,
    /// What is the matter, if they say so.
    pub summary: Option<String>,
    /// Where to look: what a tool points at, pictures that came with a text (at Twilio, behind the account's
    /// credentials).
    pub links: Vec<EventLink>,
}

/// Where to look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventLink {
    /// The address.
    pub href: String,
    /// What it is called, or what it is.
    pub text: Option<String>,
}

/// One thing that was done. Members that have no value are left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LogEntry {
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "date-time"))]
    pub at: Timestamp,
    /// By whom.
    pub by: Actor,
    /// What: `opened`, `reopened`, `became_urgent`, `paged`, `sent`, `delivered`, `failed`, `delayed`, `not_paged`,
    /// `left_out`, `skipped`, `waits`, `wait_cut_short`, `policy_done`, `held`, `resumed`, `acknowledged`,
    /// `acknowledgement_over`, `lost`, `silenced`, `silence_over`, `escalated`, `reassigned`, `asked`, `replied`,
    /// `calls_back` or `resolved`.
    pub what: String,
    /// The page's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The ids of those to whom it was done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<String>,
    /// How they were, or were to be, reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// Why, or why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = "date-time"))]
    pub until: Option<Timestamp>,
    /// What was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

/// Which incidents to tell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct IncidentQuery {
    /// All of this service, over or not, by its id. Without it: those of all services that are not over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// `next` of the page before; the first page without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many items at most: 1 to 50, 50 if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 50))]
    pub limit: Option<u16>,
}

/// People who are to be paged directly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "summary": "Please look at the checkout", "severity": "critical", "whom": [{"type": "team", "id": "leads"}],
}))))]
#[serde(deny_unknown_fields)]
pub struct NewIncident {
    /// What is the matter, in a line.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 1024))]
    pub summary: String,
    /// How bad it is.
    pub severity: IncidentSeverity,
    /// Whom to page, by their own rules.
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 20))]
    pub whom: Vec<Target>,
}

/// What is to be done with an incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", schema(examples(json!({"acknowledge": {}}), json!({"silence": {"minutes": 60}}))))]
pub enum IncidentAction {
    /// Whoever asks has it: nobody is paged any more.
    Acknowledge {},
    /// It is over.
    Resolve {},
    /// The next step of the policy, at once.
    Escalate {},
    /// Nobody is paged for a while; then it comes back.
    Silence {
        /// For how long.
        #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 43_200))]
        minutes: u32,
    },
    /// Others are to have it.
    Reassign {
        /// Whom.
        #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 20))]
        to: Vec<Target>,
    },
    /// Others are paged, too.
    Ask {
        /// Whom.
        #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 20))]
        whom: Vec<Target>,
    },
    /// Whoever reported it is told something, by text.
    Reply {
        /// What.
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 1000))]
        words: String,
    },
}

/// What became of an action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "outcome": "acknowledged_before", "by": {"kind": "person", "id": "ada", "via": "sms"},
    "incident": {
        "id": "in_7f3k2m9qab", "number": 42, "kind": "usual", "service": "payments", "dedup_key": "disk db1",
        "summary": "Disk full on db1", "severity": "critical", "status": "acknowledged",
        "by": {"kind": "person", "id": "ada", "via": "sms"}, "until": null, "assignees": ["ada"], "events": 1,
        "opened_at": "2026-11-20T10:00:00Z", "changed_at": "2026-11-20T10:01:10Z", "next_at": null,
        "details": {"pages": [], "recent_events": [], "log": [], "log_left_out": 0},
    },
}))))]
pub struct ActionAnswer {
    /// Whether it is done, or why not.
    pub outcome: ActionOutcome,
    /// Who was first, if somebody was.
    pub by: Option<Actor>,
    /// The incident as it stands now.
    pub incident: Incident,
}

/// Whether an action was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ActionOutcome {
    /// It is done, or was done before by the same.
    Done,
    /// Somebody else has acknowledged already.
    AcknowledgedBefore,
    /// It was over already.
    ResolvedBefore,
    /// Somebody else has just escalated it.
    EscalatedBefore,
    /// The policy has nobody left, or there is none.
    NobodyLeft,
    /// None of those who were named exists, or can be reached.
    NobodyNamed,
    /// Nobody waits for a reply.
    NoReporter,
    /// It makes no sense.
    Senseless,
}
