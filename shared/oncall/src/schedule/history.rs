//! Editing never changes the past: a schedule with what it was before each save.

use super::render::{FinalShift, WindowTooLong, checked, merged};
use super::{OnCall, Schedule};
use jiff::Timestamp;

/// The versions of one schedule. Each counts from the instant at which it was saved until the next one was.
#[derive(Clone, Debug, Default)]
pub struct History {
    versions: Vec<(Timestamp, Schedule)>,
}

impl History {
    /// In any order, each with the instant of its save; of two saved at the same instant the later in the list counts.
    pub fn new(versions: impl IntoIterator<Item = (Timestamp, Schedule)>) -> Self {
        let mut versions: Vec<(Timestamp, Schedule)> = versions.into_iter().collect();
        versions.sort_by_key(|(saved, _)| *saved);
        Self { versions }
    }

    pub(super) fn versions(&self) -> &[(Timestamp, Schedule)] {
        &self.versions
    }

    /// The version in force at this instant; none before the first save.
    pub fn version(&self, instant: Timestamp) -> Option<&Schedule> {
        let saved = self.versions.partition_point(|(saved, _)| *saved <= instant);
        saved.checked_sub(1).and_then(|last| self.versions.get(last)).map(|(_, schedule)| schedule)
    }

    /// Who was, is or will be on call at this instant; nobody before the first save.
    pub fn at(&self, instant: Timestamp) -> OnCall<'_> {
        self.version(instant).map(|schedule| schedule.at(instant)).unwrap_or_default()
    }

    /// As [`Schedule::shifts`], each version's for its time.
    ///
    /// # Errors
    /// [`WindowTooLong`], as there.
    pub fn shifts(&self, from: Timestamp, to: Timestamp) -> Result<Vec<FinalShift<'_>>, WindowTooLong> {
        checked(from, to)?;
        let mut shifts = Vec::new();
        let mut start = from;
        while start < to {
            let next = self.versions.partition_point(|(saved, _)| *saved <= start);
            let end = self.versions.get(next).map_or(to, |(saved, _)| to.min(*saved));
            let part = match self.version(start) {
                Some(schedule) => schedule.shifts(start, end)?,
                None => vec![FinalShift { start, end, people: Vec::new(), reasons: Vec::new() }],
            };
            part.into_iter().for_each(|shift| merged(&mut shifts, shift));
            start = end;
        }
        Ok(shifts)
    }
}
