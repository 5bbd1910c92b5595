//! Why somebody is on call, and why a layer is not.

use crate::typed::{Typed, any_definition, cases, definition, instant, layer, one_override, schedule, second};
use oncall::schedule::{Definition, LayerDefinition, Reason, Schedule};
use proptest::prelude::*;
use std::collections::BTreeSet;

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn an_explanation_has_the_same_answer_and_a_word_on_every_layer(definition in any_definition(), hours in -100..9_000i64) {
        let mut definition = definition;
        for (number, layer) in definition.layers.iter_mut().enumerate() {
            layer.name = format!("{number}:");
        }
        let schedule = Schedule::new(&definition).unwrap();
        let start: jiff::civil::DateTime = definition.layers[0].start.parse().unwrap();
        let at = start.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp().as_second() + hours * 3_600;
        let explanation = schedule.explain(second(at));
        prop_assert_eq!(&explanation.on_call, &schedule.at(second(at)));
        let reasons = explanation.on_call.reasons().iter().map(|(_, reason)| reason.to_string());
        let words: Vec<String> = reasons.chain(explanation.skipped.iter().map(ToString::to_string)).collect();
        let top = definition.layers.iter().filter(|layer| words.iter().any(|word| word.starts_with(&format!("layer {}", layer.name))));
        let top: BTreeSet<i64> = top.map(|layer| layer.priority).collect();
        for layer in &definition.layers {
            let told = words.iter().any(|word| word.contains(&format!("layer {}", layer.name)));
            // somebody on call by two layers of one priority has the first as the reason
            prop_assert!(told || top.contains(&layer.priority), "{} in {:?}", layer.name, words);
        }
    }

    #[test]
    fn nobody_is_named_twice(definition in any_definition(), hours in -100..9_000i64) {
        let schedule = Schedule::new(&definition).unwrap();
        let start: jiff::civil::DateTime = definition.layers[0].start.parse().unwrap();
        let at = start.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp().as_second() + hours * 3_600;
        let on_call = schedule.at(second(at));
        prop_assert_eq!(on_call.people().collect::<BTreeSet<_>>().len(), on_call.len());
    }
}

fn check(definition: &Definition, at: &str, expected: &[&str]) {
    let (schedule, _) = Schedule::stored(definition);
    let explanation = schedule.explain(instant(at));
    let on_call = explanation.on_call.reasons().iter().map(|(person, reason)| format!("{person}: {reason}"));
    let words: Vec<String> = on_call.chain(explanation.skipped.iter().map(ToString::to_string)).collect();
    assert_eq!(words, expected);
}

#[test]
fn reasons_are_sentences() {
    let named = |name: &str, layer: LayerDefinition| LayerDefinition { name: name.to_owned(), ..layer };
    let mut definition = definition(
        "UTC",
        &[
            named("Weekdays", layer("weekly", "2024-06-03T08:00", "A B").priority(1)),
            named("Nights", layer("daily", "2024-06-03T20:00", "C -").lasting("PT10H").priority(2)),
            named("Summer", layer("none", "2024-07-01T00:00", "D").lasting("P7D").priority(3)),
            named("Nobody", layer("daily", "2024-06-01T00:00", "-").priority(4)),
            named("", layer("daily", "2024-06-01T00:00", "E F").plain().until("2024-05-01T00:00").priority(5)),
            named("Broken", LayerDefinition { interval: 0, ..layer("daily", "2024-06-01T00:00", "G") }),
        ],
    );
    let rest = [
        "skipped: layer Summer: not started",
        "skipped: layer Nobody: nobody in it",
        "skipped: layer 5: ended",
        "skipped: layer Broken: not understood",
    ];
    let with_rest = |words: &[&'static str]| [words, &rest[..]].concat();
    check(
        &definition,
        "2024-06-11T12:00:00Z",
        &with_rest(&["B: layer Weekdays, group 2", "skipped: layer Nights: between shifts"]),
    );
    check(
        &definition,
        "2024-06-11T21:00:00Z",
        &with_rest(&["C: layer Nights, group 1", "skipped: layer Weekdays: hidden by layer Nights"]),
    );
    check(
        &definition,
        "2024-06-12T21:00:00Z",
        &with_rest(&["B: layer Weekdays, group 2", "skipped: layer Nights: empty group 2"]),
    );
    definition.overrides.push(one_override(instant("2024-06-11T20:30:00Z"), instant("2024-06-11T22:00:00Z"), "X"));
    check(
        &definition,
        "2024-06-11T21:00:00Z",
        &with_rest(&[
            "X: override from 2024-06-11T20:30:00Z until 2024-06-11T22:00:00Z",
            "skipped: layer Weekdays: hidden by an override",
            "skipped: layer Nights: hidden by an override",
        ]),
    );
}

#[test]
fn everyone_is_the_reason_of_a_plain_layer() {
    let schedule = schedule("UTC", &[layer("daily", "2024-06-01T00:00", "E F").plain()]);
    let on_call = schedule.at(instant("2024-06-11T21:00:00Z"));
    assert_eq!(on_call.reasons()[1].1, Reason::Layer { name: "daily E F", group: None });
    assert_eq!(on_call.reasons()[1].1.to_string(), "layer daily E F, everyone");
}
