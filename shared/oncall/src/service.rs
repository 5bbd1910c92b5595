//! What people call about.

use jiff::Timestamp;

use crate::{PolicyId, ServiceId};

/// What people call about or what incidents are about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Service {
    /// Its id.
    pub id: ServiceId,
    /// What it is called, in lists and in the responder's ear.
    pub name: String,
    /// Who is found, and in which order.
    pub policy: PolicyId,
    /// Whether it escalates at the moment.
    pub mode: Mode,
    /// After how many minutes an acknowledgement of its incidents counts no more, so that people are paged again; if
    /// none, it counts until the end.
    pub acknowledged_minutes: Option<u32>,
}

/// Whether a service escalates.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Mode {
    /// As configured.
    #[default]
    Normal,
    /// Being tried out: incidents are recorded, nobody is rung or paged.
    Debug {
        /// When it ends by itself.
        until: Option<Timestamp>,
    },
    /// Planned work: incidents are attached to one maintenance incident, nobody is rung or paged.
    Maintenance {
        /// When it ends by itself.
        until: Option<Timestamp>,
    },
}

impl Mode {
    /// The mode that counts at an instant: one that has run out is normal.
    pub fn at(self, at: Timestamp) -> Self {
        match self {
            Self::Debug { until: Some(end) } | Self::Maintenance { until: Some(end) } if end <= at => Self::Normal,
            mode => mode,
        }
    }

    /// A later instant before which [`Mode::at`] has the answer of this one.
    pub fn steady_until(self, at: Timestamp) -> Timestamp {
        match self {
            Self::Debug { until: Some(end) } | Self::Maintenance { until: Some(end) } if end > at => end,
            _ => Timestamp::MAX,
        }
    }
}
