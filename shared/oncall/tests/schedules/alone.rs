//! Each layer as if there were nothing else.

use crate::typed::{any_definition, cases, instant, layer, names, schedule, second};
use oncall::PersonId;
use oncall::schedule::{Definition, History, LayerDefinition, Schedule};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn start(definition: &Definition) -> i64 {
    let local: jiff::civil::DateTime = definition.layers[0].start.parse().unwrap();
    local.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp().as_second()
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn of_those_that_have_somebody_the_highest_are_on_call(definition in any_definition(), hours in -10..6_000i64) {
        let definition = Definition { overrides: Vec::new(), ..definition };
        let at = second(start(&definition) + hours * 3_600);
        let whole = Schedule::new(&definition).unwrap();
        let history = History::new([(jiff::Timestamp::MIN, whole.clone())]);
        let layers = history.layers();
        prop_assert_eq!(layers.len(), definition.layers.len());
        let busy = layers.iter().filter(|layer| layer.history.at(at).people().next().is_some());
        let top = busy.clone().map(|layer| layer.priority).max();
        let expected: BTreeSet<PersonId> = busy
            .filter(|layer| Some(layer.priority) == top)
            .flat_map(|layer| layer.history.at(at).people().cloned().collect::<Vec<_>>())
            .collect();
        let on_call: BTreeSet<PersonId> = whole.at(at).people().cloned().collect();
        prop_assert_eq!(on_call, expected);
    }
}

fn named(name: &str, users: &str) -> LayerDefinition {
    LayerDefinition { name: name.to_owned(), ..layer("weekly", "2024-06-03T08:00", users) }
}

#[test]
fn a_layer_keeps_its_past_under_its_name() {
    let saves = [
        ("2024-06-01T00:00:00Z", vec![named("old", "A"), named("weeks", "B"), named("weeks", "C")]),
        ("2024-06-05T12:00:00Z", vec![named("new", "D"), named("weeks", "E"), named("weeks", "C")]),
    ];
    let history = History::new(saves.map(|(saved, layers)| (instant(saved), schedule("UTC", &layers))));
    let (from, to) = (instant("2024-06-02T00:00:00Z"), instant("2024-06-10T00:00:00Z"));
    let rows: Vec<String> = history
        .layers()
        .iter()
        .map(|layer| {
            let shifts = layer.history.shifts(from, to).unwrap();
            let busy = shifts.iter().filter(|shift| !shift.is_gap());
            let told: Vec<_> =
                busy.map(|shift| format!("{} from {}", names(shift.people.iter().copied()), shift.start)).collect();
            format!("{}: {}", layer.name, told.join(", "))
        })
        .collect();
    assert_eq!(
        rows,
        [
            "new: D from 2024-06-05T12:00:00Z",
            "weeks: B from 2024-06-03T08:00:00Z, E from 2024-06-05T12:00:00Z",
            "weeks: C from 2024-06-03T08:00:00Z",
            "old: A from 2024-06-03T08:00:00Z",
        ]
    );
    let gone = history.layers()[3].history.at(instant("2024-06-05T12:00:00Z")).people().count();
    assert_eq!(gone, 0);
}
