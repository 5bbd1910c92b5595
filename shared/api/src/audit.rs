//! The audit log.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Role;

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "at": "2026-11-20T09:00:00Z", "by": "k7f3m2q9abcd", "by_name": "nightly backup", "action": "updated", "kind": "schedule", "id": "primary",
    "fields": ["overrides"], "name": null, "role": null,
}))))]
pub struct AuditEntry {
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "date-time"))]
    pub at: Timestamp,
    /// The id of the token with which it was made; `bootstrap` is the first administrator's. Who came
    /// with a JWT is `oidc:` and its subject.
    pub by: String,
    /// What whoever made it was called then: a token's name, or a person's. Null if that is not known.
    #[serde(default)]
    pub by_name: Option<String>,
    /// What was done: `created`, `updated`, `deleted` …
    pub action: String,
    /// To what kind of thing: `person`, `token` … (those of [`AuditKind`]).
    pub kind: String,
    /// To which one of them.
    pub id: String,
    /// The names of the fields that changed.
    #[serde(default)]
    pub fields: Vec<String>,
    /// What it is called, of a token or a routing key, which may be gone.
    #[serde(default)]
    pub name: Option<String>,
    /// The role of a token.
    #[serde(default)]
    pub role: Option<Role>,
}

/// A kind of thing that the audit log tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AuditKind {
    /// Somebody who can be reached.
    Person,
    /// People who are notified together.
    Team,
    /// Who is on call.
    Schedule,
    /// Holidays that hours refer to.
    HolidayCalendar,
    /// Who is found, in which order.
    EscalationPolicy,
    /// What people call about.
    Service,
    /// A number that we own.
    Line,
    /// A bearer token of this API.
    Token,
    /// A key by which tools say which service their events are about.
    RoutingKey,
    /// A calendar feed.
    Feed,
    /// A connected Twilio account.
    Integration,
    /// A postal address.
    Address,
    /// A number that was to be bought.
    Purchase,
    /// The settings for what may be sent.
    Sending,
}

impl AuditKind {
    /// Every kind.
    pub const ALL: [Self; 14] = [
        Self::Person,
        Self::Team,
        Self::Schedule,
        Self::HolidayCalendar,
        Self::EscalationPolicy,
        Self::Service,
        Self::Line,
        Self::Token,
        Self::RoutingKey,
        Self::Feed,
        Self::Integration,
        Self::Address,
        Self::Purchase,
        Self::Sending,
    ];

    /// As it is written in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Team => "team",
            Self::Schedule => "schedule",
            Self::HolidayCalendar => "holiday_calendar",
            Self::EscalationPolicy => "escalation_policy",
            Self::Service => "service",
            Self::Line => "line",
            Self::Token => "token",
            Self::RoutingKey => "routing_key",
            Self::Feed => "feed",
            Self::Integration => "integration",
            Self::Address => "address",
            Self::Purchase => "purchase",
            Self::Sending => "sending",
        }
    }
}

/// Which changes to tell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct AuditQuery {
    /// Those of this kind of thing alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(inline))]
    pub kind: Option<AuditKind>,
    /// Those of this one thing alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Those made with this token alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// `next` of the page before; the first page without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many items at most: 1 to 200, 50 if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 200))]
    pub limit: Option<u16>,
}
