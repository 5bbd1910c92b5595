//! Names of things, one type each, so that one cannot stand where another is meant.

macro_rules! id {
    ($(#[$doc:meta] $name:ident),+ $(,)?) => {$(
        #[$doc]
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name(Box<str>);

        impl $name {
            /// Takes the text as it is: ids are opaque and are only compared.
            pub fn new(id: impl Into<Box<str>>) -> Self {
                Self(id.into())
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

id! {
    /// A person who may be reached.
    PersonId,
    /// A team of people.
    TeamId,
    /// A schedule.
    ScheduleId,
    /// An escalation policy.
    PolicyId,
    /// A service: what people call about.
    ServiceId,
    /// A line. Opaque, so that it may stand in a URL where the line's number may not.
    LineId,
    /// A call: Twilio's CallSid of the caller's leg.
    CallId,
}
