//! The final shifts of a window: who is on call when, after priorities and overrides.

use super::layer::Layer;
use super::zone::{Moment, Zone, timestamp, whole_second};
use super::{Reason, Schedule};
use crate::PersonId;
use jiff::Timestamp;
use std::fmt;

/// The longest window that is rendered at once.
pub const WINDOW_DAYS: i64 = 800;

/// A time in which the same people are on call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FinalShift<'s> {
    /// Included.
    pub start: Timestamp,
    /// Excluded.
    pub end: Timestamp,
    /// Ordered by name; empty: a gap, nobody is on call.
    pub people: Vec<&'s PersonId>,
    /// Why, in the order of time, each once. They may change within the shift, as where somebody's turns follow each other.
    pub reasons: Vec<Reason<'s>>,
}

/// More than [`WINDOW_DAYS`] were asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WindowTooLong;

/// What one layer says, and until which second.
#[derive(Clone, Default)]
struct Track {
    groups: Vec<usize>,
    until: Option<i64>,
}

impl<'s> FinalShift<'s> {
    /// Nobody is on call.
    pub fn is_gap(&self) -> bool {
        self.people.is_empty()
    }

    /// The same people stay, perhaps for other reasons.
    fn extend(&mut self, end: Timestamp, reasons: &[Reason<'s>]) {
        self.end = end;
        for reason in reasons {
            if !self.reasons.contains(reason) {
                self.reasons.push(*reason);
            }
        }
    }
}

/// Adds a shift that begins where the last one ends.
pub(super) fn merged<'s>(shifts: &mut Vec<FinalShift<'s>>, next: FinalShift<'s>) {
    match shifts.last_mut().filter(|last| last.people == next.people) {
        Some(last) => last.extend(next.end, &next.reasons),
        None => shifts.push(next),
    }
}

/// Whether so long a window may be asked for.
pub(super) fn checked(from: Timestamp, to: Timestamp) -> Result<(), WindowTooLong> {
    let seconds = to.as_second() - from.as_second();
    if seconds > WINDOW_DAYS * 86_400 { Err(WindowTooLong) } else { Ok(()) }
}

impl Schedule {
    /// The final shifts from `from` until before `to`, without holes: what [`Schedule::at`] says of each instant, merged where
    /// the same people stay on call. None if the window is empty.
    ///
    /// # Errors
    /// [`WindowTooLong`] beyond [`WINDOW_DAYS`] days: an hourly rotation of all centuries would take minutes.
    pub fn shifts(&self, from: Timestamp, to: Timestamp) -> Result<Vec<FinalShift<'_>>, WindowTooLong> {
        checked(from, to)?;
        let mut shifts: Vec<FinalShift<'_>> = Vec::new();
        let mut tracks = vec![Track::default(); self.layers.len()];
        let (mut people, mut reasons) = (Vec::new(), Vec::new());
        let mut start = from;
        while start < to {
            people.clear();
            reasons.clear();
            let end = self.piece(start, &mut tracks, &mut people, &mut reasons).min(to);
            people.sort_unstable();
            people.dedup();
            match shifts.last_mut().filter(|last| last.people == people) {
                Some(last) => last.extend(end, &reasons),
                None => shifts.push(FinalShift { start, end, people: people.clone(), reasons: reasons.clone() }),
            }
            start = end;
        }
        Ok(shifts)
    }

    /// A later instant before which [`Schedule::at`] has the answer of this one. It may have it for longer.
    pub fn steady_until(&self, instant: Timestamp) -> Timestamp {
        let mut tracks = vec![Track::default(); self.layers.len()];
        self.piece(instant, &mut tracks, &mut Vec::new(), &mut Vec::new())
    }

    /// Who is on call from this instant, and until when that surely holds.
    fn piece<'s>(
        &'s self,
        start: Timestamp,
        tracks: &mut [Track],
        people: &mut Vec<&'s PersonId>,
        reasons: &mut Vec<Reason<'s>>,
    ) -> Timestamp {
        let mut end = self.overrides.next_start(start).unwrap_or(Timestamp::MAX);
        self.overrides.covering(start, |one| {
            people.extend(&one.people);
            reasons.push(Reason::Override { start: one.start, end: one.end });
            end = end.min(one.end);
        });
        let Some(zone) = self.zone.as_ref().filter(|_| people.is_empty()) else {
            return end;
        };
        let second = whole_second(start);
        let mut moment = None;
        let mut top = None;
        for (layer, track) in self.layers.iter().zip(tracks) {
            if top.is_some_and(|priority| priority > layer.priority) {
                break;
            }
            let until = track.renewed(layer, zone, second, &mut moment);
            end = end.min(timestamp(until));
            for (person, reason) in track.groups.iter().flat_map(|group| layer.people(*group)) {
                top = Some(layer.priority);
                people.push(person);
                if reasons.last() != Some(&reason) {
                    reasons.push(reason);
                }
            }
        }
        end
    }
}

impl Track {
    /// Asks the layer again if its last answer no longer holds at this second.
    fn renewed(&mut self, layer: &Layer, zone: &Zone, second: i64, moment: &mut Option<Moment>) -> i64 {
        if let Some(until) = self.until.filter(|until| second < *until) {
            return until;
        }
        let moment = moment.get_or_insert_with(|| zone.moment(second));
        self.groups.clear();
        layer.running(zone, moment, |group| self.groups.push(group));
        let until = layer.same_until(zone, moment);
        self.until = Some(until);
        until
    }
}

impl fmt::Display for WindowTooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at most {WINDOW_DAYS} days can be rendered at once")
    }
}

impl std::error::Error for WindowTooLong {}
