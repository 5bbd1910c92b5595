//! Whether everything is there that a call or a page will need.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Whether the next days are prepared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "from": "2026-11-20T09:00:00Z",
    "to": "2026-12-04T09:00:00Z",
    "ready": false,
    "findings": [{
        "severity": "critical",
        "code": "nobody_on_call",
        "kind": "line",
        "id": "ln_7f3k2m9qab",
        "key": "1",
        "what": "nobody could be rung for Payments; first: step 1: nobody is on call in schedule Primary",
        "mend": "add an override or a layer to a schedule, or a fallback to the escalation policy",
        "gaps": [{"start": "2026-11-21T07:00:00Z", "end": "2026-11-21T09:00:00Z"}],
    }],
}))))]
pub struct Readiness {
    /// The first instant that was looked at.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "date-time"))]
    pub from: Timestamp,
    /// The instant after the last.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "date-time"))]
    pub to: Timestamp,
    /// Whether nothing critical was found.
    pub ready: bool,
    /// What was found, the gravest first.
    pub findings: Vec<ReadinessFinding>,
}

/// Something that is missing or odd.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReadinessFinding {
    /// How grave it is.
    pub severity: Severity,
    /// What kind of thing it is.
    pub code: ReadinessCode,
    /// What it is about: `line`, `person`, `service`, `integration`, `organisation`; of what differs at Twilio, how:
    /// `drift`, `fallback` or `lost` of a line, `orphan` of a number.
    pub kind: String,
    /// Which.
    pub id: String,
    /// Behind which key of a line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub key: Option<String>,
    /// What it is, in words.
    pub what: String,
    /// When it was found, if it could not be looked at just now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "date-time", nullable = false))]
    pub since: Option<Timestamp>,
    /// How to mend it, in words.
    pub mend: String,
    /// When it is so, if not all the time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gaps: Vec<Gap>,
}

/// A time in which something is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Gap {
    /// Included.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "date-time"))]
    pub start: Timestamp,
    /// Excluded.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "date-time"))]
    pub end: Timestamp,
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Somebody who calls or is to be told will reach nobody.
    Critical,
    /// Less works than was meant to.
    Warning,
    /// It may be meant so.
    Note,
}

/// What kind of thing a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReadinessCode {
    /// At some time nobody could be rung.
    NobodyOnCall,
    /// The Twilio account that has a line's number is not connected.
    AccountGone,
    /// At Twilio something is not as it should be: it was looked at just now, or at `since`.
    DiffersAtTwilio,
    /// Part of what is kept cannot be read.
    Unreadable,
    /// No Twilio account is connected.
    NoAccount,
    /// Twilio has not said how an account's numbers are.
    NotAsked,
    /// A line has no fallback document that counts.
    NoFallback,
    /// Somebody has no verified phone.
    NoVerifiedPhone,
    /// A phone is not verified.
    PhoneNotVerified,
    /// A line is to send what its number cannot.
    CannotSend,
    /// No line may send texts, and somebody is to be texted.
    NoSenderOfTexts,
    /// No line may place calls, and somebody is to be called.
    NoSenderOfCalls,
    /// A line does not follow the last saves yet.
    Rebuilding,
    /// A service does not escalate.
    ServicePaused,
    /// A line is disabled.
    LineDisabled,
    /// There is no line.
    NoLine,
}
