//! What an answer costs: `cargo bench -p oncall`.
//!
//! The schedule is that of a busy team: five layers of weekly rotation, five people each, and 200 overrides of eight hours
//! within 200 days. Times are per answer; the allocations are counted.
#![allow(clippy::unwrap_used, reason = "a benchmark may fail loudly")]

use divan::{AllocProfiler, Bencher, black_box};
use jiff::Timestamp;
use oncall::PersonId;
use oncall::schedule::{Definition, LayerDefinition, OverrideDefinition, Schedule};

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

/// 2026-11-22T12:00:00Z
const NOW: i64 = 1_795_348_800;

fn main() {
    divan::main();
}

/// A point in time, by the age of the schedule in years: the cost must not grow.
#[divan::bench(args = [5, 50])]
fn point(bencher: Bencher<'_, '_>, age: i16) {
    let schedule = Schedule::new(&definition(age, &[0; 5])).unwrap();
    let mut at = NOW;
    bencher.bench_local(|| {
        at += 61;
        black_box(schedule.at(second(at)).len())
    });
}

/// All five layers are looked at because the upper four have nobody.
#[divan::bench(args = [5, 50])]
fn point_through_five_layers(bencher: Bencher<'_, '_>, age: i16) {
    let mut definition = definition(age, &[5, 4, 3, 2, 1]);
    for layer in &mut definition.layers[..4] {
        layer.users = vec![Vec::new(); 5];
    }
    let schedule = Schedule::new(&definition).unwrap();
    let mut at = NOW;
    bencher.bench_local(|| {
        at += 61;
        black_box(schedule.at(second(at)).len())
    });
}

/// On a Sunday when the clock changes, where shifts are looked at more closely.
#[divan::bench]
fn point_near_a_clock_change(bencher: Bencher<'_, '_>) {
    let definition = Definition { overrides: Vec::new(), ..definition(5, &[0; 5]) };
    let schedule = Schedule::new(&definition).unwrap();
    let mut at = 1_793_512_800; // 2026-11-01T06:00:00Z
    bencher.bench_local(|| {
        at += 1;
        black_box(schedule.at(second(at)).len())
    });
}

/// The same with the reasons of all that does not count.
#[divan::bench]
fn explained(bencher: Bencher<'_, '_>) {
    let schedule = Schedule::new(&definition(5, &[5, 4, 3, 2, 1])).unwrap();
    bencher.bench_local(|| black_box(schedule.explain(second(black_box(NOW))).skipped.len()));
}

/// Ninety days, by the age of the schedule in years.
#[divan::bench(args = [5, 50])]
fn ninety_days(bencher: Bencher<'_, '_>, age: i16) {
    let schedule = Schedule::new(&definition(age, &[5, 4, 3, 2, 1])).unwrap();
    bencher.bench_local(|| black_box(schedule.shifts(second(NOW), second(NOW + 90 * 86_400)).unwrap().len()));
}

/// From the typed definition, as a function does for each call.
#[divan::bench]
fn decode(bencher: Bencher<'_, '_>) {
    let definition = definition(5, &[5, 4, 3, 2, 1]);
    bencher.bench_local(|| Schedule::stored(black_box(&definition)));
}

fn second(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

/// The layers take turns on Mondays, Tuesdays, … at 09:00 in New York.
fn definition(age: i16, priorities: &[i64]) -> Definition {
    let layer = |(number, priority): (usize, &i64)| LayerDefinition {
        name: format!("layer {number}"),
        priority: *priority,
        users: (0..5).map(|person| vec![PersonId::new(format!("{number}-{person}"))]).collect(),
        frequency: "weekly".to_owned(),
        start: format!("{}-11-{}T09:00", 2026 - age, 20 + number),
        ..LayerDefinition::default()
    };
    let one_override = |number: i64| {
        let start = NOW + (number * 7_919 % 4_800 - 2_400) * 3_600;
        let users = vec![PersonId::new(format!("stand-in-{}", number % 7))];
        OverrideDefinition { start: second(start).to_string(), end: second(start + 8 * 3_600).to_string(), users }
    };
    Definition {
        timezone: "America/New_York".to_owned(),
        layers: priorities.iter().enumerate().map(layer).collect(),
        overrides: (0..200).map(one_override).collect(),
    }
}
