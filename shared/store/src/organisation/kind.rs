//! What an organisation is made of.

use std::fmt;

/// A kind of object.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    /// Somebody who may be reached.
    Person,
    /// People who are notified together.
    Team,
    /// Who is on call.
    Schedule,
    /// Holidays that hours refer to.
    Calendar,
    /// Who is found, in which order.
    Policy,
    /// What people call about.
    Service,
    /// A number that we own.
    Line,
}

impl Kind {
    /// All of them: what is referred to comes before what refers to it.
    pub const ALL: [Self; 7] =
        [Self::Person, Self::Team, Self::Schedule, Self::Calendar, Self::Policy, Self::Service, Self::Line];

    /// The partition of its items.
    pub(crate) fn partition(self) -> &'static str {
        match self {
            Self::Person => "people",
            Self::Team => "teams",
            Self::Schedule => "schedules",
            Self::Calendar => "holidays",
            Self::Policy => "policies",
            Self::Service => "services",
            Self::Line => "lines",
        }
    }

    /// Its name in keys.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Team => "team",
            Self::Schedule => "schedule",
            Self::Calendar => "calendar",
            Self::Policy => "policy",
            Self::Service => "service",
            Self::Line => "line",
        }
    }

    pub(crate) fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Calendar => "holiday calendar",
            Self::Policy => "escalation policy",
            kind => kind.name(),
        })
    }
}

/// The name of one object.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Reference {
    /// What it is.
    pub kind: Kind,
    /// Its id.
    pub id: String,
}

impl Reference {
    /// The object of that kind and id.
    pub fn new(kind: Kind, id: impl Into<String>) -> Self {
        Self { kind, id: id.into() }
    }

    /// As it stands in keys and sets: `person#ada`.
    pub(crate) fn key(&self) -> String {
        format!("{}#{}", self.kind.name(), self.id)
    }

    pub(crate) fn of_key(key: &str) -> Option<Self> {
        let (kind, id) = key.split_once('#')?;
        Some(Self::new(Kind::of_name(kind)?, id))
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind, self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_read_as_it_was_written() {
        for kind in Kind::ALL {
            let reference = Reference::new(kind, "a#b");
            assert_eq!(Reference::of_key(&reference.key()), Some(reference));
        }
        assert_eq!(Reference::of_key("thing#1"), None);
        assert_eq!(Reference::of_key("person"), None);
    }
}
