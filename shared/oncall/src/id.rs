//! Names of things, one type each, so that a team can never be rung where a person was meant.

use std::fmt;

macro_rules! id {
    ($(#[doc = $doc:literal] $name:ident),+ $(,)?) => {$(
        #[doc = $doc]
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Box<str>);

        impl $name {
            /// Takes the text as it is: whoever stores things decides what their names look like.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into().into_boxed_str())
            }

            /// The text it was made from.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
    )+};
}

id! {
    /// Somebody who can be reached.
    PersonId,
    /// A schedule of who is on call.
    ScheduleId,
    /// Holidays that hours refer to.
    CalendarId,
    /// What people call about, or what an incident is about.
    ServiceId,
    /// An escalation policy.
    PolicyId,
    /// A team of people.
    TeamId,
    /// A phone number that we own and its configuration.
    LineId,
    /// A call: Twilio's CallSid of the caller's leg.
    CallId,
    /// An incident.
    IncidentId,
    /// A conversation with somebody outside the team: what an incident knows of whoever reported it.
    ThreadId,
}
