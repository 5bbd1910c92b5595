//! Who is on call: layers of rotating groups, and overrides.
//!
//! ```
//! use oncall::PersonId;
//! use oncall::schedule::{Definition, LayerDefinition, Schedule};
//!
//! let weekdays = LayerDefinition {
//!     name: "Weekdays".to_owned(),
//!     users: vec![vec![PersonId::new("ada")], vec![PersonId::new("bo")]],
//!     frequency: "weekly".to_owned(),
//!     start: "2024-06-03T08:00".to_owned(),
//!     ..LayerDefinition::default()
//! };
//! let definition = Definition { timezone: "Europe/Oslo".to_owned(), layers: vec![weekdays], overrides: vec![] };
//! let schedule = Schedule::new(&definition).expect("a sound definition");
//!
//! let on_call = schedule.at("2024-06-10T08:00:00+02:00".parse().expect("an instant"));
//! let (person, reason) = on_call.reasons()[0];
//! assert_eq!((person.as_str(), reason.to_string().as_str()), ("bo", "layer Weekdays, group 2"));
//! ```
//!
//! # Rules
//! A shift starts at a time on the wall clock of the schedule's zone and ends at the time that the clock shows a length later, so
//! a day's shift lasts 23 or 25 hours when the clocks change. A time that the clock skips is moved later by the gap; of a time
//! that it shows twice, the first counts. Starts are included, ends are not.
//!
//! | | |
//! |---|---|
//! | monthly from day 29 to 31 | the month's last day if it has no such day |
//! | weekly or monthly with days | every such day of every `interval`th week or month, counted from Monday or the 1st; one group for all of them |
//! | daily with days | every such day; a group has `interval` shifts in a row |
//! | hourly with days | every `interval` hours from the start, without the shifts that start on other days; one group a shift |
//! | a start on another day, late in its week | its week may have no shift left: then it is nobody's turn, and the first group has the next |
//! | `handoff` | the layer is as if it started at the first such time of day at or after its start |
//! | no length | until the layer's next shift starts, or would if `until` let it; one shift (`none`) never ends |
//! | a length in months | the start's day of the later month, or its last: 31 January and a month end on the last of February |
//! | `until` | compared on the wall clock with the shift's start, which may be equal |
//! | a shift of 30 minutes at 02:30 when 02:00 becomes 03:00 | from 03:30 until 03:00: no shift that day, though it is its group's turn |
//!
//! # Cost
//! An answer costs the same whatever the age of the schedule: nothing walks through the shifts since the start, and overrides
//! stand in an interval tree.

mod alone;
mod answer;
mod calendar;
mod decode;
mod definition;
mod history;
mod layer;
mod length;
mod overrides;
mod pattern;
mod recurrence;
mod refusal;
mod render;
mod warning;
mod zone;

pub use alone::LoneLayer;
pub use answer::{Explanation, OnCall, Reason, Skip};
pub use definition::{Definition, LayerDefinition, OverrideDefinition};
pub use history::History;
pub use refusal::{Problem, Refusal};
pub use render::{FinalShift, WINDOW_DAYS, WindowTooLong};
pub use warning::{Caution, Warning};

use decode::Decoded;
use jiff::Timestamp;
use layer::{Groups, Layer, Standing};
use overrides::Overrides;
use zone::{Zone, whole_second};

/// A schedule that can be asked who is on call.
#[derive(Clone, Debug)]
pub struct Schedule {
    zone: Option<Zone>,
    /// The highest priority first, equal ones in the definition's order.
    layers: Vec<Layer>,
    overrides: Overrides,
    unusable_layers: Vec<(usize, Box<str>)>,
    empty_overrides: Vec<(Timestamp, Timestamp)>,
}

impl Schedule {
    /// A schedule that somebody wants to save.
    ///
    /// # Errors
    /// Everything that is wrong with the definition, each with its field.
    pub fn new(definition: &Definition) -> Result<Self, Vec<Refusal>> {
        let (schedule, refusals) = Self::stored(definition);
        if refusals.is_empty() { Ok(schedule) } else { Err(refusals) }
    }

    /// A schedule as it was found, of which the sound parts count.
    ///
    /// A layer that cannot be understood is left out, all layers are if the zone is unknown, and so is an override without
    /// people. The refusals say so; somebody should be told.
    pub fn stored(definition: &Definition) -> (Self, Vec<Refusal>) {
        let Decoded { zone, mut layers, overrides, unusable_layers, empty_overrides, refusals } =
            decode::decode(definition);
        layers.sort_by_key(|layer| std::cmp::Reverse(layer.priority));
        let overrides = Overrides::new(overrides);
        (Self { zone, layers, overrides, unusable_layers, empty_overrides }, refusals)
    }

    /// What somebody who saves this should hear, though it may be meant so.
    pub fn warnings(&self) -> Vec<Warning> {
        warning::warnings(&self.layers)
    }

    /// Who is on call at this instant, and why.
    pub fn at(&self, instant: Timestamp) -> OnCall<'_> {
        let mut people = Vec::new();
        self.overrides.covering(instant, |one| {
            let reason = Reason::Override { start: one.start, end: one.end };
            people.extend(one.people.iter().map(|person| (person, reason)));
        });
        let Some(zone) = self.zone.as_ref().filter(|_| people.is_empty() && !self.layers.is_empty()) else {
            return OnCall::of(people);
        };
        let moment = zone.moment(whole_second(instant));
        for same_priority in self.layers.chunk_by(|one, next| one.priority == next.priority) {
            for layer in same_priority {
                layer.running(zone, &moment, |group| people.extend(layer.people(group)));
            }
            if !people.is_empty() {
                break;
            }
        }
        OnCall::of(people)
    }

    /// As `at`, and why the rest of the schedule does not count.
    pub fn explain(&self, instant: Timestamp) -> Explanation<'_> {
        let on_call = self.at(instant);
        let overridden = matches!(on_call.reasons().first(), Some((_, Reason::Override { .. })));
        let mut skipped: Vec<(usize, Skip<'_>)> =
            self.unusable_layers.iter().map(|(index, layer)| (*index, Skip::Unusable { layer })).collect();
        if let Some(zone) = &self.zone {
            let moment = zone.moment(whole_second(instant));
            let mut top: Option<&Layer> = None;
            for layer in &self.layers {
                let (mut busy, mut any) = (false, false);
                let name = &*layer.name;
                layer.running(zone, &moment, |group| {
                    any = true;
                    if !layer.groups.get(group).is_empty() {
                        busy = true;
                    } else if !layer.groups.nobody() {
                        skipped.push((layer.index, Skip::EmptyGroup { layer: name, group: group + 1 }));
                    }
                });
                let skip = match (busy, layer.standing(&moment)) {
                    (true, _) if overridden => Skip::Overridden { layer: name },
                    (true, _) => match top.filter(|top| top.priority > layer.priority) {
                        Some(top) => Skip::Hidden { layer: name, by: &top.name },
                        None => {
                            top = top.or(Some(layer));
                            continue;
                        }
                    },
                    (false, _) if layer.groups.nobody() => Skip::NoUsers { layer: name },
                    (false, _) if any => continue,
                    (false, Standing::NotStarted) => Skip::NotStarted { layer: name },
                    (false, Standing::BetweenShifts) => Skip::BetweenShifts { layer: name },
                    (false, Standing::Ended) => Skip::Ended { layer: name },
                };
                skipped.push((layer.index, skip));
            }
        }
        skipped.sort_by_key(|(index, _)| *index);
        let empty = self.empty_overrides.iter().filter(|(start, end)| *start <= instant && instant < *end);
        let empty = empty.map(|&(start, end)| Skip::EmptyOverride { start, end });
        Explanation { on_call, skipped: skipped.into_iter().map(|(_, skip)| skip).chain(empty).collect() }
    }
}

impl Layer {
    /// The people of a group, each with the reason.
    fn people(&self, group: usize) -> impl Iterator<Item = (&crate::PersonId, Reason<'_>)> {
        let turn = match self.groups {
            Groups::Rolling(_) => Some(group + 1),
            Groups::Plain(_) => None,
        };
        let reason = Reason::Layer { name: &self.name, group: turn };
        self.groups.get(group).iter().map(move |person| (person, reason))
    }
}
