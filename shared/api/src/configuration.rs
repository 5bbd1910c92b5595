//! The whole organisation as one document, and what applying one changes.

use serde::{Deserialize, Serialize};

use crate::{EscalationPolicy, HolidayCalendar, Kind, Line, Notice, Person, Problem, Schedule, Sending, Service, Team};

/// The organisation, for a file that is kept under version control. Every object has its id; secrets and versions are
/// not in it. A list that is left out is not looked at when the document is applied.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "people": [{
        "id": "ada", "name": "Ada Lovelace", "language": null, "timezone": null,
        "phones": [{"number": "+447700900123", "verified": false}],
    }],
    "teams": [{"id": "leads", "name": "Leads", "members": ["ada"]}],
}))))]
#[serde(deny_unknown_fields)]
pub struct Configuration {
    /// Everybody who may be reached. Whether a phone is verified is shown and cannot be set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub people: Option<Vec<Person>>,
    /// People who are notified together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub teams: Option<Vec<Team>>,
    /// Who is on call. The overrides of a schedule that has no member `overrides` stay as they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub schedules: Option<Vec<Schedule>>,
    /// Calendars of holidays that hours refer to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub holidays: Option<Vec<HolidayCalendar>>,
    /// Who is found, in which order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub escalation_policies: Option<Vec<EscalationPolicy>>,
    /// What people call about. The mode of a service that has no member `mode` stays as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub services: Option<Vec<Service>>,
    /// The numbers that we own. They are configured here, and neither made nor removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub lines: Option<Vec<Line>>,
    /// What may be sent, and where to. It stays as it is, if this is left out; what was spent is not in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub sending: Option<Sending>,
}

/// How a document is applied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct ApplyQuery {
    /// Whether only to say what would change.
    #[serde(default)]
    pub dry_run: bool,
    /// Whether objects go that the document's lists do not name; never lines.
    #[serde(default)]
    pub prune: bool,
}

/// What a document changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "dry_run": false,
    "complete": true,
    "changes": [{"action": "update", "kind": "person", "id": "ada", "fields": ["phones"], "outcome": "done"}],
    "warnings": [{"field": "people[0].phones", "message": "none of them is verified"}],
    "rebuilding": [],
}))))]
pub struct Applied {
    /// Whether nothing was to be written.
    pub dry_run: bool,
    /// Whether nothing is left to change. If it is false, applying the document again does the rest.
    pub complete: bool,
    /// Each object that differs from what is kept, in the order in which they are changed.
    pub changes: Vec<Change>,
    /// Fields of the document that may not mean what somebody meant.
    pub warnings: Vec<Notice>,
    /// Lines that do not follow the changes yet; they will within a minute.
    pub rebuilding: Vec<String>,
}

/// An object that differs from what is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Change {
    /// What is to be done.
    pub action: ChangeAction,
    /// To what kind of object.
    pub kind: Kind,
    /// To which.
    pub id: String,
    /// The names of the members that differ; none if the object is new or goes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    /// What became of it.
    pub outcome: ChangeOutcome,
    /// Why it has failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub problem: Option<Problem>,
}

/// What is to be done to an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChangeAction {
    /// It is new.
    Create,
    /// It is kept, and differs.
    Update,
    /// The document lacks it.
    Delete,
}

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChangeOutcome {
    /// Nothing yet: it was only asked for.
    Planned,
    /// It counts.
    Done,
    /// It does not count.
    Failed,
    /// There was no time for it, or the table was away. Apply the document again.
    Postponed,
}
