//! How an incident begins.

use jiff::Timestamp;

use super::{
    Actor, Answer, Escalation, Event, Events, Happened, Incident, Kind, Log, Severity, Signal, State, Stepped,
    Surroundings, forgetting::shortened, step::Turn,
};
use crate::{EscalationPolicy, IncidentId, Mode, ServiceId, Target};

/// What an incident keeps of its service's configuration as it was when it was opened: what the positions on the policy
/// count. Who is meant by it is asked anew at each step.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Snapshot {
    /// The policy; none if the service has none, or people were paged directly.
    pub policy: Option<EscalationPolicy>,
    /// After how many minutes an acknowledgement counts no more, if it ever does.
    pub acknowledged_minutes: Option<u32>,
}

/// What an incident begins with.
#[derive(Clone, PartialEq, Debug)]
pub struct Opening {
    /// Its id.
    pub id: IncidentId,
    /// Its number within the organisation.
    pub number: u64,
    /// Its deduplication key.
    pub key: String,
    /// What it is about.
    pub service: Option<ServiceId>,
    /// The configuration that it keeps.
    pub snapshot: Snapshot,
    /// Why it is opened.
    pub reason: Reason,
}

/// Why an incident is opened.
#[derive(Clone, PartialEq, Debug)]
pub enum Reason {
    /// Its source says something.
    Event {
        /// What.
        event: Event,
        /// What it said before there was an incident.
        early: Early,
    },
    /// Something happens during a service's maintenance.
    Maintenance {
        /// What.
        event: Event,
    },
    /// Somebody pages people directly.
    Person {
        /// Who pages.
        by: Actor,
        /// Whom.
        whom: Vec<Target>,
        /// What is the matter.
        summary: String,
        /// How bad it is.
        severity: Severity,
    },
}

/// What a tool has said about a key that no incident has: a resolution may overtake its trigger. Kept for an hour.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Early {
    /// When it last said that it is over.
    pub resolved_at: Option<Timestamp>,
    /// When it last said that somebody has it.
    pub acknowledged_at: Option<Timestamp>,
}

impl Early {
    /// Remembers an event that opens nothing. It may be remembered twice.
    pub fn remember(&mut self, event: &Event) {
        let place = match event.signal {
            Signal::Resolve => &mut self.resolved_at,
            Signal::Acknowledge { .. } => &mut self.acknowledged_at,
            _ => return,
        };
        *place = (*place).max(Some(event.at));
    }
}

/// Opens an incident and does what is due at once: the first page leaves with it.
pub fn open(opening: Opening, at: Timestamp, surroundings: &Surroundings<'_>) -> Stepped {
    let trial = matches!(surroundings.mode.at(at), Mode::Debug { .. });
    let (kind, summary, severity) = match &opening.reason {
        Reason::Maintenance { event } => (Kind::Maintenance, event.summary.clone(), Severity::Info),
        Reason::Event { event, .. } => {
            let kind = if trial { Kind::Trial } else { Kind::Usual };
            (kind, event.summary.clone(), event.severity.unwrap_or(Severity::Error))
        }
        Reason::Person { summary, severity, .. } => (Kind::Usual, Some(summary.clone()), *severity),
    };
    let since = match &opening.reason {
        // a note says nothing about where it stands
        Reason::Event { event, .. } if event.signal == Signal::Note => Timestamp::MIN,
        Reason::Event { event, .. } | Reason::Maintenance { event } => event.at.min(at),
        Reason::Person { .. } => at,
    };
    let incident = Incident {
        id: opening.id,
        number: opening.number,
        key: opening.key,
        kind,
        service: opening.service,
        summary: shortened(&summary.unwrap_or_default()),
        severity,
        opened_at: at,
        touched_at: at,
        version: 0,
        state: State::Triggered,
        since,
        snapshot: opening.snapshot,
        generation: 0,
        escalation: Escalation::default(),
        pursuits: Vec::new(),
        pages: Vec::new(),
        pages_ordered: 0,
        assignees: Vec::new(),
        events: Events::default(),
        log: Log::default(),
        threads: Vec::new(),
        held_until: None,
    };
    let mut turn = Turn::new(incident, at, surroundings);
    match opening.reason {
        Reason::Event { event, early } => {
            turn.log(Actor::Source, Happened::Opened);
            if trial {
                turn.note(Happened::Held);
            }
            turn.begin_generation(0);
            turn.event(&event);
            turn.recall_early(early);
        }
        Reason::Maintenance { event } => {
            turn.log(Actor::Source, Happened::Opened);
            turn.event(&event);
        }
        Reason::Person { by, whom, .. } => {
            turn.log(by.clone(), Happened::Opened);
            turn.begin_generation(0);
            if !turn.ask(&by, &whom) {
                turn.answer = Some(Answer::NobodyNamed);
            }
        }
    }
    turn.finish()
}
