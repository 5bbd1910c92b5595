//! What would become of a call: the incident, and who would be paged.

use api::{IncidentKind, IncidentStatus, Named, RehearsedIncident, RehearsedPage};
use jiff::{SignedDuration, Timestamp};
use oncall::{
    Mode, Plan, Service,
    climb::{Action, Climber, Position, rise},
};
use pipeline::{CallEvent, CallKind};

use super::stage::named;
use crate::explain;

/// How its incident stands, after all that the incident pipeline was told; none if it was told nothing.
pub(super) fn status(events: &[CallEvent]) -> Option<IncidentStatus> {
    events.iter().fold(None, |before, event| match event.kind {
        CallKind::Accepted => Some(IncidentStatus::Acknowledged),
        CallKind::Ended => Some(IncidentStatus::Resolved),
        CallKind::Missed | CallKind::Message => Some(IncidentStatus::Triggered),
        CallKind::Transcribed => before,
    })
}

/// A call is one event.
struct OneCall<'c>(&'c str);

impl Climber for OneCall<'_> {
    fn events_within(&self, _minutes: u32) -> u32 {
        1
    }

    fn seed(&self) -> &str {
        self.0
    }
}

/// The incident that nobody has, and whom its policy pages first.
pub(super) fn incident(plan: &Plan, service: Option<&Service>, seed: &str, at: Timestamp) -> RehearsedIncident {
    let mode = service.map(|service| service.mode.at(at)).unwrap_or_default();
    let mut incident = RehearsedIncident {
        kind: match mode {
            Mode::Normal => IncidentKind::Usual,
            Mode::Debug { .. } => IncidentKind::Trial,
            Mode::Maintenance { .. } => IncidentKind::Maintenance,
        },
        status: IncidentStatus::Triggered,
        service: service.map(named),
        pages: Vec::new(),
        after_minutes: 0,
        skipped: Vec::new(),
    };
    let policy = service.filter(|_| mode == Mode::Normal).and_then(|service| plan.policy(&service.policy));
    let Some(policy) = policy else { return incident };
    let (mut next, mut now) = (Some(Position::default()), at);
    while let Some(position) = next {
        let risen = rise(policy, &plan.directory, position, now, &OneCall(seed));
        incident.skipped.extend(risen.skipped.into_iter().map(|skip| explain::rung(&oncall::Rung::Skip(skip))));
        match risen.action {
            Action::Page { people, .. } => {
                incident.pages = people
                    .into_iter()
                    .map(|reached| RehearsedPage {
                        person: Named { id: reached.person.id.to_string(), name: reached.person.name.clone() },
                        why: reached.why.to_string(),
                    })
                    .collect();
                return incident;
            }
            Action::Wait { minutes } => {
                incident.after_minutes = incident.after_minutes.saturating_add(minutes);
                now = now.checked_add(SignedDuration::from_mins(minutes.into())).unwrap_or(now);
            }
            Action::Resolve => {
                incident.status = IncidentStatus::Resolved;
                return incident;
            }
            Action::Finish => return incident,
        }
        next = risen.next;
    }
    incident
}
