//! One layer: whose turn it is at a moment, and until when that holds.

use super::length::Length;
use super::pattern::Position;
use super::recurrence::Recurrence;
use super::zone::{Moment, NEVER, Zone};
use crate::PersonId;

/// A layer that can be resolved.
#[derive(Clone, Debug)]
pub(super) struct Layer {
    /// Where it stands in the definition, from 0.
    pub(super) index: usize,
    pub(super) name: Box<str>,
    pub(super) priority: i64,
    pub(super) groups: Groups,
    pub(super) recurrence: Recurrence,
    pub(super) length: Length,
}

/// The people of a layer.
#[derive(Clone, Debug)]
pub(super) enum Groups {
    /// In turn.
    Rolling(Vec<Vec<PersonId>>),
    /// All in every shift.
    Plain(Vec<PersonId>),
}

/// Where a layer stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    NotStarted,
    Ended,
    BetweenShifts,
}

impl Groups {
    /// The people of this group, counted from 0.
    pub(super) fn get(&self, group: usize) -> &[PersonId] {
        match self {
            Groups::Rolling(groups) => groups.get(group).map_or(&[], Vec::as_slice),
            Groups::Plain(everyone) => everyone,
        }
    }

    /// How many take turns.
    fn count(&self) -> usize {
        match self {
            Groups::Rolling(groups) => groups.len(),
            Groups::Plain(_) => 1,
        }
    }

    pub(super) fn nobody(&self) -> bool {
        match self {
            Groups::Rolling(groups) => groups.iter().all(Vec::is_empty),
            Groups::Plain(everyone) => everyone.is_empty(),
        }
    }
}

impl Layer {
    /// Calls `visit` with each group whose shift runs at this moment, the one that began first first, each once.
    pub(super) fn running(&self, zone: &Zone, moment: &Moment, mut visit: impl FnMut(usize)) {
        let count = self.groups.count();
        if count == 0 {
            return;
        }
        if moment.unrest == 0 {
            let (Some(first), Some(last)) =
                (self.first_ending_after(moment.local), self.recurrence.latest(moment.local))
            else {
                return;
            };
            return self.turns(first, last).for_each(visit);
        }
        // near a clock change: what may be running is asked one by one, what surely is running (a long shift) is not
        let (early, late) = (moment.local - moment.unrest, moment.local + moment.unrest);
        let (Some(oldest), Some(newest)) = (self.first_ending_after(early), self.recurrence.latest(late)) else {
            return;
        };
        let surely = self.first_ending_after(late).zip(self.recurrence.latest(early)).filter(|(from, to)| from <= to);
        let mut seen = Vec::new();
        let mut once = |group: usize| {
            if !seen.contains(&group) {
                seen.push(group);
                visit(group);
            }
        };
        let mut position = Some(oldest);
        while let Some(asked) = position.filter(|position| *position <= newest) {
            match surely {
                Some((from, to)) if asked == from => {
                    self.turns(from, to).for_each(&mut once);
                    position = self.recurrence.following(to);
                }
                _ => {
                    if self.runs(zone, asked, moment.second) {
                        self.turns(asked, asked).for_each(&mut once);
                    }
                    position = self.recurrence.following(asked);
                }
            }
        }
    }

    /// An instant after this moment up to which `running` says the same. It may say the same after it too.
    pub(super) fn same_until(&self, zone: &Zone, moment: &Moment) -> i64 {
        let calm = moment.calm_until;
        if self.groups.nobody() {
            return NEVER;
        }
        if moment.unrest == 0 {
            let next = match self.recurrence.latest(moment.local) {
                Some(latest) => self.recurrence.following(latest),
                None => self.recurrence.first_if_any(),
            };
            let start = next.map_or(NEVER, |next| self.recurrence.start(next));
            let end = match self.first_ending_after(moment.local) {
                Some(first) if self.recurrence.start(first) <= moment.local => self.end(first),
                _ => NEVER,
            };
            let next = start.min(end);
            return if next == NEVER { NEVER } else { calm.min(moment.second + (next - moment.local)) };
        }
        let (early, late) = (moment.local - moment.unrest, moment.local + (calm - moment.second) + moment.unrest);
        let mut change = calm;
        let mut consider = |local: i64| {
            let instant = zone.instant(local);
            if instant > moment.second {
                change = change.min(instant);
            }
        };
        let mut started = self.recurrence.latest(late);
        while let Some(position) = started.filter(|position| self.recurrence.start(*position) >= early) {
            consider(self.recurrence.start(position));
            started = self.recurrence.preceding(position);
        }
        let mut ending = self.first_ending_after(early);
        while let Some(position) = ending.filter(|position| self.end(*position) <= late) {
            consider(self.end(position));
            ending = self.recurrence.following(position);
        }
        change
    }

    /// Why nobody of this layer has a shift at this moment.
    pub(super) fn standing(&self, moment: &Moment) -> Standing {
        let Some(latest) = self.recurrence.latest(moment.local) else {
            let ever = self.recurrence.first_if_any().is_some();
            return if ever { Standing::NotStarted } else { Standing::Ended };
        };
        match self.recurrence.following(latest) {
            Some(_) => Standing::BetweenShifts,
            None => Standing::Ended,
        }
    }

    /// Whether a shift begins before an earlier one has ended. The first sixty shifts tell: four years of months.
    pub(super) fn overlaps(&self) -> bool {
        let mut position = self.recurrence.first_if_any();
        for _ in 0..60 {
            let Some((shift, next)) = position.and_then(|shift| Some((shift, self.recurrence.following(shift)?)))
            else {
                return false;
            };
            if self.end(shift) > self.recurrence.start(next) {
                return true;
            }
            position = Some(next);
        }
        false
    }

    fn runs(&self, zone: &Zone, position: Position, second: i64) -> bool {
        zone.instant(self.recurrence.start(position)) <= second && second < zone.instant(self.end(position))
    }

    fn end(&self, position: Position) -> i64 {
        self.length.end(&self.recurrence, position)
    }

    fn first_ending_after(&self, local: i64) -> Option<Position> {
        self.length.first_ending_after(&self.recurrence, local)
    }

    /// The groups of these shifts, both included, each once; none if the first comes after the last.
    fn turns(&self, first: Position, last: Position) -> impl Iterator<Item = usize> {
        let count = self.groups.count() as i64;
        let (from, to) = (self.recurrence.turn(first), self.recurrence.turn(last));
        let to = if first > last { from - 1 } else { to };
        let from = from.max(to - count + 1); // earlier turns are of the same groups
        (from..=to).map(move |turn| usize::try_from(turn.rem_euclid(count)).unwrap_or_default())
    }
}
