//! Which layers count.

use crate::typed::{Typed, any_definition, cases, instant, layer, schedule, who};
use oncall::schedule::{Definition, Schedule};
use proptest::prelude::*;
use proptest::sample::Index;

/// Every start of a shift is a good time to ask; so are the two days around it.
fn some_instant(definition: &Definition, pick: &Index, hours: i64) -> jiff::Timestamp {
    let layer = &definition.layers[pick.index(definition.layers.len())];
    let start: jiff::civil::DateTime = layer.start.parse().unwrap();
    (start + jiff::Span::new().hours(hours)).to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp()
}

/// The people that this layer alone has on call.
fn alone(definition: &Definition, number: usize, instant: jiff::Timestamp) -> String {
    who(&schedule(&definition.timezone, &definition.layers[number..=number]), instant)
}

fn union(people: impl Iterator<Item = String>) -> String {
    let mut all: Vec<char> = people.flat_map(|people| people.chars().collect::<Vec<_>>()).collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter().collect()
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn the_highest_priority_with_people_counts_and_equal_ones_together(
        definition in any_definition(), pick in any::<Index>(), hours in -30..9_000i64,
    ) {
        let definition = Definition { overrides: Vec::new(), ..definition };
        let asked = some_instant(&definition, &pick, hours);
        let numbers = || 0..definition.layers.len();
        let with_people = numbers().filter(|number| !alone(&definition, *number, asked).is_empty());
        let top = with_people.map(|number| definition.layers[number].priority).max();
        let of_top = numbers().filter(|number| Some(definition.layers[*number].priority) == top);
        let expected = union(of_top.map(|number| alone(&definition, number, asked)));
        prop_assert_eq!(who(&Schedule::new(&definition).unwrap(), asked), expected);
    }

    #[test]
    fn the_order_of_layers_does_not_matter(definition in any_definition(), pick in any::<Index>(), hours in -30..9_000i64) {
        let asked = some_instant(&definition, &pick, hours);
        let mut reversed = definition.clone();
        reversed.layers.reverse();
        reversed.overrides.reverse();
        prop_assert_eq!(who(&Schedule::new(&definition).unwrap(), asked), who(&Schedule::new(&reversed).unwrap(), asked));
    }

    #[test]
    fn only_the_order_of_priorities_matters(
        definition in any_definition(), pick in any::<Index>(), hours in -30..9_000i64, by in select_shift(),
    ) {
        let asked = some_instant(&definition, &pick, hours);
        let mut moved = definition.clone();
        moved.layers.iter_mut().for_each(|layer| layer.priority += by);
        let (before, after) = (Schedule::new(&definition).unwrap(), Schedule::new(&moved).unwrap());
        prop_assert_eq!(before.at(asked), after.at(asked));
    }
}

fn select_shift() -> impl Strategy<Value = i64> {
    prop_oneof![Just(i64::MIN), Just(i64::MAX - 2), -1_000..1_000i64]
}

#[test]
fn an_empty_groups_turn_falls_through_to_the_lower_layers() {
    let low = layer("daily", "2024-06-03T00:00", "L").lasting("P1D");
    let high = layer("daily", "2024-06-03T00:00", "H -").lasting("P1D").priority(2);
    let schedule = schedule("UTC", &[low, high]);
    let on_call = ["03", "04", "05"].map(|day| who(&schedule, instant(&format!("2024-06-{day}T12:00:00Z"))));
    assert_eq!(on_call, ["H", "L", "H"]);
}

#[test]
fn people_come_in_the_order_in_which_their_shifts_began() {
    let overlapping = layer("daily", "2024-06-03T08:00", "B A C").lasting("PT36H");
    let other = layer("daily", "2024-06-03T00:00", "A D");
    let schedule = schedule("UTC", &[overlapping, other]);
    let on_call = schedule.at(instant("2024-06-04T12:00:00Z"));
    let people: Vec<String> = on_call.people().map(ToString::to_string).collect();
    assert_eq!(people, ["B", "A", "D"]);
}
