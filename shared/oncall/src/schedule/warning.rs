//! What is odd about a sound schedule.

use super::layer::{Groups, Layer};
use std::fmt;

/// One field that may not mean what somebody meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Its path in the definition: `layers[1].shift_length`.
    pub field: String,
    /// What it leads to.
    pub caution: Caution,
}

/// What a field may lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Caution {
    /// A shift is longer than its period.
    ShiftsOverlap,
    /// A group has no people.
    EmptyGroup,
    /// A layer has no people.
    NoUsers,
    /// `until` comes before the first shift.
    NeverAShift,
}

/// All warnings, in the definition's order.
pub(super) fn warnings(layers: &[Layer]) -> Vec<Warning> {
    let mut layers: Vec<&Layer> = layers.iter().collect();
    layers.sort_by_key(|layer| layer.index);
    layers.into_iter().flat_map(of_layer).collect()
}

fn of_layer(layer: &Layer) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let mut warn = |field: String, caution| {
        warnings.push(Warning { field: format!("layers[{}].{field}", layer.index), caution });
    };
    if layer.groups.nobody() {
        warn("users".to_owned(), Caution::NoUsers);
    } else if let Groups::Rolling(groups) = &layer.groups {
        for (number, _) in groups.iter().enumerate().filter(|(_, group)| group.is_empty()) {
            warn(format!("users[{number}]"), Caution::EmptyGroup);
        }
    }
    if layer.recurrence.first_if_any().is_none() {
        warn("until".to_owned(), Caution::NeverAShift);
    }
    if layer.overlaps() {
        warn("shift_length".to_owned(), Caution::ShiftsOverlap);
    }
    warnings
}

impl fmt::Display for Caution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Caution::ShiftsOverlap => "is longer than the time to the next shift: both are on call in the overlap",
            Caution::EmptyGroup => "is empty: its turn falls through to the lower layers",
            Caution::NoUsers => "name nobody: the layer never has anybody on call",
            Caution::NeverAShift => "comes before the first shift: there is none",
        })
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.field, self.caution)
    }
}
