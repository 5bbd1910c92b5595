//! No input panics or takes long.

use crate::typed::{Typed, any_definition, any_layer, cases, definition, layer, second};
use jiff::Timestamp;
use oncall::PersonId;
use oncall::schedule::{Definition, LayerDefinition, OverrideDefinition, Schedule};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

fn text() -> impl Strategy<Value = String> {
    let known = &[
        "",
        "rolling",
        "none",
        "daily",
        "monthly",
        "2024-06-03T08:00",
        "9999-12-31T23:59",
        "0000-01-01T00:00",
        "P1M",
        "P19998Y",
        "PT175307616H",
        "08:00",
        "24:00",
        "-P1D",
        "MO",
        "SU",
        "2024-06-05T12:00:00Z",
        "9999-12-30T22:00:00Z",
        "Europe/Oslo",
        "Pacific/Apia",
        "+02:00",
    ][..];
    prop_oneof![3 => select(known).prop_map(str::to_owned), 1 => any::<String>()]
}

fn typed_layer() -> impl Strategy<Value = LayerDefinition> {
    let texts = (text(), text(), text(), option::of(text()), option::of(text()), option::of(text()));
    (texts, any::<i64>(), any::<i64>(), prop::collection::vec(text(), 0..3)).prop_map(
        |(texts, priority, interval, by_day)| {
            let (rotation, frequency, start, handoff, shift_length, until) = texts;
            LayerDefinition {
                priority,
                interval,
                rotation,
                frequency,
                handoff,
                shift_length,
                until,
                by_day,
                ..layer("", &start, "A B")
            }
        },
    )
}

fn typed_override() -> impl Strategy<Value = OverrideDefinition> {
    (text(), text(), prop::collection::vec(text(), 0..2)).prop_map(|(start, end, users)| OverrideDefinition {
        start,
        end,
        users: users.into_iter().map(PersonId::new).collect(),
    })
}

fn any_instant() -> impl Strategy<Value = Timestamp> {
    let seconds = Timestamp::MIN.as_second()..=Timestamp::MAX.as_second();
    prop_oneof![
        seconds.prop_map(second),
        Just(Timestamp::MIN),
        Just(Timestamp::MAX),
        (0..3_000_000_000i64).prop_map(second)
    ]
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn whatever_is_typed_is_refused_or_resolved(
        timezone in text(), layers in prop::collection::vec(typed_layer(), 0..3),
        overrides in prop::collection::vec(typed_override(), 0..3), instant in any_instant(),
    ) {
        let definition = Definition { timezone, layers, overrides };
        let (stored, refusals) = Schedule::stored(&definition);
        prop_assert_eq!(Schedule::new(&definition).err().unwrap_or_default(), refusals);
        prop_assert_eq!(&stored.explain(instant).on_call, &stored.at(instant));
    }

    #[test]
    fn a_sound_definition_has_an_answer_for_all_time(
        definition in any_definition(), start in select(&["0000-01-01T00:00", "1883-11-18T12:00", "9999-12-31T23:59", "9998-01-31T02:30"][..]),
        length in select(&["P19998Y", "P7304484D", "PT175307616H", "PT1S", "P239976M"][..]), interval in 1..=9_000i64,
        instant in any_instant(),
    ) {
        let mut definition = definition;
        for layer in &mut definition.layers {
            start.clone_into(&mut layer.start);
            layer.interval = interval;
            layer.until = None;
            layer.shift_length = Some(length.to_owned());
        }
        let (schedule, _) = Schedule::stored(&definition);
        prop_assert_eq!(&schedule.explain(instant).on_call, &schedule.at(instant));
        let end = instant.as_second().saturating_add(86_400 * 40).min(Timestamp::MAX.as_second());
        let shifts = schedule.shifts(instant, second(end)).unwrap();
        prop_assert_eq!(shifts.is_empty(), instant.as_second() >= end);
        schedule.warnings();
    }

    #[test]
    fn the_same_question_has_the_same_answer(layer in any_layer(), instant in any_instant()) {
        let definition = definition("Europe/Oslo", &[layer]);
        let (one, other) = (Schedule::stored(&definition).0, Schedule::stored(&definition).0);
        prop_assert_eq!(one.at(instant), other.at(instant));
    }
}

/// Many thousands of shifts at once, each of many groups, asked near a clock change, where they are looked at one by one.
#[test]
fn a_very_long_shift_of_very_many_groups_is_answered_at_once() {
    let users: String =
        (0..1_000).map(|number| format!("{} ", char::from_u32(0x4E00 + number).unwrap_or('x'))).collect();
    for frequency in ["hourly", "daily", "weekly", "monthly"] {
        for days in [&[][..], &["MO", "SA"][..]] {
            let mut layer = layer(frequency, "0001-01-01T00:30", &users).lasting("PT175307616H").on(days);
            layer.interval = if frequency == "daily" && !days.is_empty() { 9_000 } else { 1 };
            let schedule = Schedule::new(&definition("Europe/Oslo", &[layer])).unwrap();
            for second_ in (1_711_700_000..1_712_000_000).step_by(20_000) {
                let people = schedule.at(second(second_)).len();
                assert!(people == 1_000 || (days.len() == 2 && frequency == "daily"), "{frequency} {people}");
            }
        }
    }
}

#[test]
fn no_more_layers_or_groups_than_can_be_meant() {
    let layers = vec![layer("daily", "2024-06-03T08:00", "A"); 101];
    let (schedule, refusals) = Schedule::stored(&definition("UTC", &layers));
    assert_eq!(refusals[0].to_string(), "layers are too many: at most 100 layers, and 1000 groups in each");
    assert_eq!(schedule.at(second(1_800_000_000)).len(), 1);
    let many: String = "A ".repeat(1_001);
    let refusals = Schedule::new(&definition("UTC", &[layer("daily", "2024-06-03T08:00", &many)])).unwrap_err();
    assert_eq!(refusals[0].field, "layers[0].users");
}
