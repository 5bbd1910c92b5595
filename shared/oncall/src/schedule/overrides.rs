//! Overrides, found by the instant without looking at each.

use crate::PersonId;
use jiff::Timestamp;

/// Who is on call instead of all layers from `start` until before `end`.
#[derive(Clone, Debug)]
pub(super) struct Override {
    pub(super) start: Timestamp,
    pub(super) end: Timestamp,
    pub(super) people: Vec<PersonId>,
}

/// An interval tree without pointers: sorted by start, the middle of a range is its root, and each root knows the last end in
/// its range.
#[derive(Clone, Debug, Default)]
pub(super) struct Overrides {
    sorted: Vec<Override>,
    last_end: Vec<Timestamp>,
}

impl Overrides {
    pub(super) fn new(mut overrides: Vec<Override>) -> Self {
        overrides.sort_by_key(|one| (one.start, one.end));
        let mut last_end = vec![Timestamp::MIN; overrides.len()];
        note_last_ends(&overrides, &mut last_end);
        Self { sorted: overrides, last_end }
    }

    /// Calls `visit` with each override that covers the instant, by start.
    pub(super) fn covering<'s>(&'s self, instant: Timestamp, mut visit: impl FnMut(&'s Override)) {
        visit_covering(&self.sorted, &self.last_end, instant, &mut visit);
    }

    /// When the next override starts.
    pub(super) fn next_start(&self, after: Timestamp) -> Option<Timestamp> {
        let next = self.sorted.partition_point(|one| one.start <= after);
        self.sorted.get(next).map(|one| one.start)
    }
}

fn note_last_ends(overrides: &[Override], last_end: &mut [Timestamp]) -> Timestamp {
    let middle = overrides.len() / 2;
    let (Some((left, root, right)), Some((left_ends, root_end, right_ends))) =
        (around(overrides, middle), around_mut(last_end, middle))
    else {
        return Timestamp::MIN;
    };
    *root_end = root.end.max(note_last_ends(left, left_ends)).max(note_last_ends(right, right_ends));
    *root_end
}

fn visit_covering<'s>(
    overrides: &'s [Override],
    last_end: &[Timestamp],
    instant: Timestamp,
    visit: &mut impl FnMut(&'s Override),
) {
    let middle = overrides.len() / 2;
    let (Some((left, root, right)), Some((left_ends, root_end, right_ends))) =
        (around(overrides, middle), around(last_end, middle))
    else {
        return;
    };
    if *root_end <= instant {
        return;
    }
    visit_covering(left, left_ends, instant, visit);
    if root.start <= instant {
        if instant < root.end {
            visit(root);
        }
        visit_covering(right, right_ends, instant, visit);
    }
}

fn around<T>(all: &[T], middle: usize) -> Option<(&[T], &T, &[T])> {
    let (left, rest) = all.split_at_checked(middle)?;
    rest.split_first().map(|(root, right)| (left, root, right))
}

fn around_mut<T>(all: &mut [T], middle: usize) -> Option<(&mut [T], &mut T, &mut [T])> {
    let (left, rest) = all.split_at_mut_checked(middle)?;
    rest.split_first_mut().map(|(root, right)| (left, root, right))
}
