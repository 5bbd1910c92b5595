//! The kinds of objects that make up the configuration.

use std::fmt;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A kind of object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
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
    /// What may be sent, and where to: one for all, called `sending`.
    SendingSettings,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Person => "person",
            Self::Team => "team",
            Self::Schedule => "schedule",
            Self::HolidayCalendar => "holiday calendar",
            Self::EscalationPolicy => "escalation policy",
            Self::Service => "service",
            Self::Line => "line",
            Self::SendingSettings => "sending settings",
        })
    }
}

/// An object of the configuration, which is listed, read and replaced in the same way whatever it is.
pub trait Resource: Serialize + DeserializeOwned {
    /// What it is.
    const KIND: Kind;
    /// Where it stands under `/api/v1/`.
    const PATH: &'static str;

    /// Its id, unless the server is to make one.
    fn id(&self) -> Option<&str>;
}

macro_rules! resources {
    ($($type:ident at $path:literal),+ $(,)?) => {$(
        impl Resource for crate::$type {
            const KIND: Kind = Kind::$type;
            const PATH: &'static str = $path;

            fn id(&self) -> Option<&str> {
                self.id.as_deref()
            }
        }
    )+};
}

resources! {
    Person at "people",
    Team at "teams",
    Schedule at "schedules",
    HolidayCalendar at "holidays",
    EscalationPolicy at "escalation-policies",
    Service at "services",
    Line at "lines",
}
