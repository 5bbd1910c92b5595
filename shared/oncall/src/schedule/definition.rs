//! A schedule as somebody typed it: text wherever text was typed, so that a refusal can name the field.

use crate::PersonId;

/// A schedule before it is checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Definition {
    /// An IANA name, as `Europe/Oslo`; an offset is refused.
    pub timezone: String,
    /// In any order: `priority` decides which one counts.
    pub layers: Vec<LayerDefinition>,
    /// In any order.
    pub overrides: Vec<OverrideDefinition>,
}

/// Who takes turns, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerDefinition {
    /// What people call it; it appears in reasons.
    pub name: String,
    /// A layer hides those of a smaller priority where it has a shift; those of the same priority are on call together.
    pub priority: i64,
    /// Groups in their order. An empty group's turn falls through to the lower layers.
    pub users: Vec<Vec<PersonId>>,
    /// `rolling`: one group a period, in order. `plain`: everyone in every shift.
    pub rotation: String,
    /// `none` (one shift), `hourly`, `daily`, `weekly` or `monthly`.
    pub frequency: String,
    /// Every so many hours, days, weeks or months: 1 to 9000.
    pub interval: i64,
    /// Local wall-clock time, as `2024-06-03T08:00`.
    pub start: String,
    /// Local time of day, as `08:00`; the first shift begins at the first such time at or after `start`.
    pub handoff: Option<String>,
    /// An ISO 8601 duration read on the wall clock, as `P1DT12H`; absent: until the next shift begins.
    pub shift_length: Option<String>,
    /// Local wall-clock time; the last shift that starts at or before it runs its full length.
    pub until: Option<String>,
    /// `MO` to `SU`: the days on which shifts start; empty: the start's own.
    pub by_day: Vec<String>,
}

impl Default for LayerDefinition {
    /// One shift without an end, of nobody, at no time: a base for `..Default::default()`.
    fn default() -> Self {
        Self {
            name: String::new(),
            priority: 0,
            users: Vec::new(),
            rotation: "rolling".to_owned(),
            frequency: "none".to_owned(),
            interval: 1,
            start: String::new(),
            handoff: None,
            shift_length: None,
            until: None,
            by_day: Vec::new(),
        }
    }
}

/// Who is on call instead of all layers for a while.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OverrideDefinition {
    /// An instant with its offset, as `2024-06-05T12:00:00Z`; included.
    pub start: String,
    /// An instant with its offset; excluded.
    pub end: String,
    /// At least one person.
    pub users: Vec<PersonId>,
}
