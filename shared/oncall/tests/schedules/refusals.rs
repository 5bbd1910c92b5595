//! What is refused or warned of when saving.

use crate::typed::{Typed, definition, layer, one_override, second};
use oncall::schedule::{Definition, LayerDefinition, OverrideDefinition, Schedule};

fn check(layer: LayerDefinition, expected: &str) {
    let refusals = Schedule::new(&definition("Europe/Oslo", &[layer])).err().unwrap_or_default();
    let sentences: Vec<String> = refusals.iter().map(ToString::to_string).collect();
    assert_eq!(sentences.join("; "), expected);
}

fn base() -> LayerDefinition {
    layer("weekly", "2024-06-03T08:00", "A B")
}

#[test]
fn everything_that_is_wrong_is_told_at_once_each_with_its_field() {
    let layer = LayerDefinition {
        rotation: "random".to_owned(),
        frequency: "yearly".to_owned(),
        interval: 0,
        start: "tomorrow".to_owned(),
        handoff: Some("noon".to_owned()),
        shift_length: Some("P-1D".to_owned()),
        until: Some("2024-06-03T08:00Z".to_owned()),
        by_day: vec!["MO".to_owned(), "XX".to_owned()],
        ..base()
    };
    let one = OverrideDefinition { start: "2024-06-05T12:00:00".to_owned(), ..one_override(second(0), second(1), "") };
    let definition = Definition { timezone: "CEST+1".to_owned(), layers: vec![base(), layer], overrides: vec![one] };
    let refusals = Schedule::new(&definition).unwrap_err();
    let fields: Vec<&str> = refusals.iter().map(|refusal| refusal.field.as_str()).collect();
    assert_eq!(
        fields,
        [
            "timezone",
            "layers[1].rotation",
            "layers[1].interval",
            "layers[1].start",
            "layers[1].handoff",
            "layers[1].shift_length",
            "layers[1].until",
            "layers[1].by_day[1]",
            "layers[1].frequency",
            "overrides[0].start",
            "overrides[0].users",
        ]
    );
}

#[test]
fn a_length_is_a_positive_whole_duration() {
    for sound in ["P1D", "P1W", "PT24H", "P2DT15H", "PT8H30M", "P1M", "P1Y", "PT1S"] {
        check(base().lasting(sound), "");
    }
    let not = "layers[0].shift_length must be an ISO 8601 duration, such as P7D or PT12H";
    for wrong in ["", "P", "PT", "7D", "1 week", "P1.5D", "PT0.5S", "P1D2H", "P99999999999999999999D", " P1D"] {
        check(base().lasting(wrong), not);
    }
    for nothing in ["PT0S", "P0D", "-P7D"] {
        check(base().lasting(nothing), "layers[0].shift_length must be longer than nothing");
    }
    let hourly = LayerDefinition { frequency: "hourly".to_owned(), ..base() };
    check(hourly.lasting("P1M"), "layers[0].shift_length cannot be in months in an hourly rotation");
}

#[test]
fn a_local_time_has_no_offset_and_whole_seconds() {
    for sound in ["2024-06-03T08:00", "2024-06-03T08:00:30", "9999-12-31T23:59"] {
        check(LayerDefinition { start: sound.to_owned(), ..base() }, "");
    }
    for wrong in [
        "",
        "2024-06-03",
        "2024-06-03T08:00Z",
        "2024-06-03T08:00+02:00",
        "2024-06-03T08:00-02:00",
        "2024-06-03T08:00:00.5",
        "2024-02-30T08:00",
        "2024-06-03T25:00",
        "-009999-01-01T00:00",
        "2024-06-03T08:00[Europe/Oslo]",
    ] {
        let expected = "layers[0].start must be a local time without an offset, such as 2024-06-03T08:00";
        check(LayerDefinition { start: wrong.to_owned(), ..base() }, expected);
    }
}

#[test]
fn days_need_a_frequency_and_a_chance() {
    let one_shift = LayerDefinition { frequency: "none".to_owned(), ..base() };
    check(one_shift.on(&["MO"]), "layers[0].by_day needs a frequency: without one there is a single shift");
    let weekly_in_hours = LayerDefinition { frequency: "hourly".to_owned(), ..base() }.every(168);
    check(weekly_in_hours.clone().on(&["MO"]), "");
    check(weekly_in_hours.on(&["TU"]), "layers[0].by_day leaves no shift at all: none ever starts on such a day");
}

#[test]
fn a_zone_is_a_name() {
    for sound in ["Europe/Oslo", "europe/oslo", "UTC", "Asia/Calcutta"] {
        assert!(Schedule::new(&definition(sound, &[base()])).is_ok(), "{sound}");
    }
    for wrong in
        ["", "+02:00", "Europe/Atlantis", "Etc/Unknown", "CET-1CEST,M3.5.0,M10.5.0/3", "../etc/passwd", "Europe/Oslo "]
    {
        assert_eq!(Schedule::new(&definition(wrong, &[base()])).unwrap_err()[0].field, "timezone", "{wrong}");
    }
}

#[test]
fn a_stored_layer_that_cannot_be_understood_leaves_the_others() {
    let broken = LayerDefinition { name: "Broken".to_owned(), interval: -1, ..base() }.priority(9);
    let (schedule, refusals) = Schedule::stored(&definition("UTC", &[broken, base()]));
    assert_eq!(refusals.len(), 1);
    assert_eq!(crate::typed::who(&schedule, crate::typed::instant("2024-06-05T08:00:00Z")), "A");
}

fn check_warnings(layer: LayerDefinition, expected: &[&str]) {
    let schedule = Schedule::new(&definition("UTC", &[layer])).unwrap();
    let warnings: Vec<String> = schedule.warnings().iter().map(ToString::to_string).collect();
    assert_eq!(warnings, expected);
}

#[test]
fn what_may_not_be_meant_is_warned_of() {
    let overlap = "layers[0].shift_length is longer than the time to the next shift: both are on call in the overlap";
    check_warnings(base().lasting("P7D"), &[]);
    check_warnings(base(), &[]);
    check_warnings(base().lasting("P7DT1S"), &[overlap]);
    check_warnings(base().every(2).lasting("P7DT1H"), &[]);
    check_warnings(base().on(&["MO", "TU"]).lasting("PT36H"), &[overlap]);
    let monthly = layer("monthly", "2024-01-31T08:00", "A");
    check_warnings(monthly.clone().lasting("P1M"), &[]);
    check_warnings(monthly.clone().lasting("P28D"), &[]);
    check_warnings(monthly.lasting("P29DT1H"), &[overlap]);
    let empty = "layers[0].users[1] is empty: its turn falls through to the lower layers";
    check_warnings(layer("daily", "2024-06-03T08:00", "A - B"), &[empty]);
    check_warnings(
        layer("daily", "2024-06-03T08:00", ""),
        &["layers[0].users name nobody: the layer never has anybody on call"],
    );
    check_warnings(base().until("2024-06-03T07:59"), &["layers[0].until comes before the first shift: there is none"]);
}
