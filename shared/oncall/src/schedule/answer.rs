//! Who is on call, and why.

use crate::PersonId;
use jiff::Timestamp;
use std::collections::HashSet;
use std::fmt;

/// The people on call at an instant, in the order in which they came on call, each once with the first reason. Empty: a gap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OnCall<'s> {
    people: Vec<(&'s PersonId, Reason<'s>)>,
}

/// Why somebody is on call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason<'s> {
    /// A layer's shift.
    Layer {
        /// The layer's name, or its number counted from 1 if it has none.
        name: &'s str,
        /// Whose turn it is, counted from 1; none where everyone is in every shift.
        group: Option<usize>,
    },
    /// An override, which hides all layers.
    Override {
        /// Its first instant.
        start: Timestamp,
        /// The instant after its last.
        end: Timestamp,
    },
}

/// An answer with the reasons of those who do not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation<'s> {
    /// The same answer as `Schedule::at`.
    pub on_call: OnCall<'s>,
    /// What else the schedule holds, in its order: layers, then overrides.
    pub skipped: Vec<Skip<'s>>,
}

/// Why a layer or an override has nobody on call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Skip<'s> {
    /// The turn of a group without people: lower layers count.
    EmptyGroup {
        /// The layer's name.
        layer: &'s str,
        /// Counted from 1.
        group: usize,
    },
    /// A layer without people.
    NoUsers {
        /// The layer's name.
        layer: &'s str,
    },
    /// A layer of a higher priority has a shift.
    Hidden {
        /// The layer's name.
        layer: &'s str,
        /// The name of the first layer that hides it.
        by: &'s str,
    },
    /// An override hides the layer's shift.
    Overridden {
        /// The layer's name.
        layer: &'s str,
    },
    /// The layer's first shift is still to come.
    NotStarted {
        /// The layer's name.
        layer: &'s str,
    },
    /// The layer's next shift is still to come.
    BetweenShifts {
        /// The layer's name.
        layer: &'s str,
    },
    /// The layer's last shift is over, or `until` leaves it none.
    Ended {
        /// The layer's name.
        layer: &'s str,
    },
    /// The stored layer could not be understood.
    Unusable {
        /// The layer's name.
        layer: &'s str,
    },
    /// A stored override without people.
    EmptyOverride {
        /// Its first instant.
        start: Timestamp,
        /// The instant after its last.
        end: Timestamp,
    },
}

impl<'s> OnCall<'s> {
    /// Each person once, with the first reason.
    pub(super) fn of(mut people: Vec<(&'s PersonId, Reason<'s>)>) -> Self {
        keep_first(&mut people, |(person, _)| *person);
        Self { people }
    }

    /// The people, each with the reason.
    pub fn reasons(&self) -> &[(&'s PersonId, Reason<'s>)] {
        &self.people
    }

    /// The people.
    pub fn people(&self) -> impl ExactSizeIterator<Item = &'s PersonId> + '_ {
        self.people.iter().map(|(person, _)| *person)
    }

    /// Nobody is on call.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// How many are on call.
    pub fn len(&self) -> usize {
        self.people.len()
    }
}

/// Drops what has come before: pairwise for the few of a usual shift, by hashing for a crowd.
fn keep_first<T, K: Eq + std::hash::Hash>(all: &mut Vec<T>, key: impl Fn(&T) -> K) {
    if all.len() > 32 {
        let mut seen = HashSet::with_capacity(all.len());
        return all.retain(|one| seen.insert(key(one)));
    }
    let mut kept = 0;
    for next in 0..all.len() {
        let (before, rest) = all.split_at(next);
        let Some(one) = rest.first() else { return };
        if !before.iter().take(kept).any(|earlier| key(earlier) == key(one)) {
            all.swap(kept, next);
            kept += 1;
        }
    }
    all.truncate(kept);
}

impl fmt::Display for Reason<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::Layer { name, group: Some(group) } => write!(f, "layer {name}, group {group}"),
            Reason::Layer { name, group: None } => write!(f, "layer {name}, everyone"),
            Reason::Override { start, end } => write!(f, "override from {start} until {end}"),
        }
    }
}

impl fmt::Display for Skip<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Skip::EmptyGroup { layer, group } => {
                write!(f, "skipped: layer {layer}: empty group {group}")
            }
            Skip::NoUsers { layer } => write!(f, "skipped: layer {layer}: nobody in it"),
            Skip::Hidden { layer, by } => write!(f, "skipped: layer {layer}: hidden by layer {by}"),
            Skip::Overridden { layer } => {
                write!(f, "skipped: layer {layer}: hidden by an override")
            }
            Skip::NotStarted { layer } => write!(f, "skipped: layer {layer}: not started"),
            Skip::BetweenShifts { layer } => write!(f, "skipped: layer {layer}: between shifts"),
            Skip::Ended { layer } => write!(f, "skipped: layer {layer}: ended"),
            Skip::Unusable { layer } => write!(f, "skipped: layer {layer}: not understood"),
            Skip::EmptyOverride { start, end } => {
                write!(f, "skipped: override from {start} until {end}: empty, ignored")
            }
        }
    }
}
