//! Shifts as events of a calendar.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use oncall::{
    NamedSchedule, PersonId, ScheduleId,
    schedule::{FinalShift, History, Schedule},
};

use super::icalendar::Event;
use crate::secret::opaque_id;

/// How far a feed reaches back.
const BACK: SignedDuration = SignedDuration::from_hours(60 * 24);
/// How far a feed reaches ahead.
const AHEAD: SignedDuration = SignedDuration::from_hours(90 * 24);
/// How much further shifts are looked for, so that those that reach across an edge have their true ends.
const MARGIN: SignedDuration = SignedDuration::from_hours(32 * 24);

/// The window of a feed: whole days, so that a feed is the same text all day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reach {
    from: Timestamp,
    to: Timestamp,
}

/// A schedule, with what it was.
pub(super) struct Told {
    id: ScheduleId,
    name: String,
    /// When it was last saved, if that was before the feed was asked for.
    stamp: Timestamp,
    history: History,
}

impl Reach {
    pub(super) fn around(now: Timestamp) -> Self {
        let second = now.as_second();
        let midnight = Timestamp::from_second(second - second.rem_euclid(86_400)).unwrap_or(now);
        let moved = |by: SignedDuration| midnight.checked_add(by).unwrap_or(midnight);
        Self { from: moved(-BACK), to: moved(AHEAD + SignedDuration::from_hours(24)) }
    }

    /// From when on a schedule's versions matter.
    pub(super) fn first(self) -> Timestamp {
        self.from.checked_sub(MARGIN).unwrap_or(self.from)
    }

    fn last(self) -> Timestamp {
        self.to.checked_add(MARGIN).unwrap_or(self.to)
    }

    /// Whether a shift is in the window, and as long as what a calendar can say: whole seconds.
    fn shows(self, shift: &FinalShift<'_>) -> bool {
        shift.end > self.from && shift.start < self.to && shift.end.as_second() > shift.start.as_second()
    }
}

impl Told {
    pub(super) fn new(named: &NamedSchedule, versions: &[(Timestamp, NamedSchedule)]) -> Self {
        let history = versions.iter().map(|(saved, named)| (*saved, Schedule::stored(&named.definition).0));
        Self {
            id: named.id.clone(),
            name: named.name.clone(),
            stamp: versions.iter().map(|(saved, _)| *saved).max().unwrap_or(Timestamp::UNIX_EPOCH),
            history: History::new(history),
        }
    }

    fn shifts(&self, reach: Reach) -> Vec<FinalShift<'_>> {
        // the window is far shorter than what can be rendered
        let shifts = self.history.shifts(reach.first(), reach.last()).unwrap_or_default();
        shifts.into_iter().filter(|shift| !shift.is_gap()).collect()
    }

    /// Everybody who has a shift in the window.
    pub(super) fn people(&self, reach: Reach) -> BTreeSet<PersonId> {
        self.shifts(reach).iter().flat_map(|shift| shift.people.iter().copied().cloned()).collect()
    }

    /// All shifts, each with the names of whoever has it.
    pub(super) fn events(&self, reach: Reach, names: &BTreeMap<PersonId, String>) -> Vec<Event> {
        let shifts = self.shifts(reach);
        let in_window = shifts.iter().filter(|shift| reach.shows(shift));
        let event = |shift: &FinalShift<'_>| {
            let name = |id: &&PersonId| names.get(*id).map_or(id.as_str(), String::as_str).to_owned();
            let summary: Vec<String> = shift.people.iter().map(name).collect();
            self.event(shift, reach, summary.join(", "), &shift.people)
        };
        in_window.map(event).collect()
    }

    /// One person's shifts. Colleagues who come and go do not divide them.
    pub(super) fn events_of(&self, person: &PersonId, reach: Reach) -> Vec<Event> {
        let mut own: Vec<FinalShift<'_>> = Vec::new();
        for shift in self.shifts(reach).into_iter().filter(|shift| shift.people.contains(&person)) {
            match own.last_mut().filter(|last| last.end == shift.start) {
                Some(last) => {
                    last.end = shift.end;
                    last.reasons.extend(shift.reasons);
                }
                None => own.push(shift),
            }
        }
        let in_window = own.iter().filter(|shift| reach.shows(shift));
        let event = |shift: &FinalShift<'_>| self.event(shift, reach, format!("On call: {}", self.name), &[person]);
        in_window.map(event).collect()
    }

    fn event(&self, shift: &FinalShift<'_>, reach: Reach, summary: String, people: &[&PersonId]) -> Event {
        // a shift without an end begins wherever the window does: it stays one event while the window moves
        let start = if shift.start <= reach.first() { String::new() } else { shift.start.to_string() };
        let people = people.iter().map(|id| id.as_str());
        let parts: Vec<&str> = [self.id.as_str(), start.as_str()].into_iter().chain(people).collect();
        let mut reasons: Vec<String> = Vec::new();
        for reason in shift.reasons.iter().map(ToString::to_string) {
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        let description = format!("{}: {}", self.name, reasons.join("; "));
        let uid = format!("{}@dutyline", opaque_id(&parts));
        Event { uid, stamp: self.stamp, start: shift.start, end: shift.end, summary, description }
    }
}
