//! What several causes do that are saved together.

use proptest::prelude::*;

use super::{
    promises::{World, any_mode, any_turns},
    story::{Story, event, minutes, opening, seconds, triggered},
};
use crate::{
    Mode,
    incident::{Cause, Effect, Severity, Signal, Surroundings, open, step, steps},
    sketch::{any_plan, cases},
};

fn says(id: &str, second: i64, signal: Signal) -> Cause {
    Cause::Event(event(id, seconds(second), signal))
}

#[test]
fn each_event_counts_and_the_one_that_makes_them_enough_pages() {
    let story = Story::of("ada 1", "text events:4/10 ada");
    let around = Surroundings { directory: &story.directory, mode: Mode::Normal, phones: &story.phones };
    let events: Vec<Cause> = ["e2", "e3", "e3", "e4"].iter().map(|id| says(id, 1, Signal::Trigger)).collect();
    let (stepped, taken) = steps(&story.incident, &events, seconds(2), &around);
    assert_eq!((taken, stepped.incident.events.count), (4, 4));
    assert!(matches!(&stepped.effects[..], [Effect::Send(page)] if page.number == 1), "{:?}", stepped.effects);
}

#[test]
fn what_is_over_by_the_end_of_a_batch_pages_nobody_and_what_comes_after_is_left() {
    let mut story = Story::of("ada 1", "wait 5; text ada");
    story.now = minutes(6);
    let around = Surroundings { directory: &story.directory, mode: Mode::Normal, phones: &story.phones };
    let causes = [says("e2", 300, Signal::Trigger), says("e3", 330, Signal::Resolve), says("e4", 350, Signal::Trigger)];
    let (stepped, taken) = steps(&story.incident, &causes, minutes(6), &around);
    assert!(stepped.incident.is_resolved());
    assert_eq!((taken, stepped.effects), (2, vec![]));
    let (stepped, taken) = steps(&stepped.incident, &causes[2..], minutes(6), &around);
    assert!(taken == 1 && stepped.incident.is_triggered(), "the first one is taken in any case");
}

#[test]
fn an_opening_is_taken_together_with_what_comes_after_it() {
    let story = Story::of("ada 1", "text ada");
    let around = Surroundings { directory: &story.directory, mode: Mode::Normal, phones: &story.phones };
    let opened = || open(opening(story.incident.snapshot.policy.clone(), triggered()), minutes(0), &around);
    let (stepped, taken) = opened().then(&[says("e2", 1, Signal::Trigger)], minutes(0), &around);
    assert_eq!((taken, stepped.incident.events.count, stepped.effects.len()), (1, 2, 1));
    let (stepped, _) = opened().then(&[says("e2", 1, Signal::Resolve)], minutes(0), &around);
    assert_eq!((stepped.incident.is_resolved(), stepped.effects.len()), (true, 0));
}

#[test]
fn one_more_event_of_an_incident_that_waits_is_only_kept() {
    let check = |story: &mut Story, cause: Cause, expected: bool| {
        story.all_sent();
        assert_eq!(story.incident.only_keeps(&[cause], seconds(30)), expected);
    };
    let trigger = || says("e2", 20, Signal::Trigger);
    check(&mut Story::of("ada 1", "text ada; wait 5"), trigger(), true);
    check(&mut Story::of("ada 1", "text ada; wait 5"), says("e2", 20, Signal::Note), true);
    check(&mut Story::of("ada 1", "text ada; wait 5"), says("e2", 20, Signal::Resolve), false);
    check(&mut Story::of("ada 1", "text ada; wait 5"), Cause::Time, false);
    // it may be the one that makes them enough, or the one that makes it urgent
    check(&mut Story::of("ada 1", "text events:2/10 ada; wait 5"), trigger(), false);
    let mut low = Story::with_rules("ada 1", "notify ada; wait 5", "voice 0", Severity::Info);
    check(&mut low, trigger(), false);
    // something is due
    let mut late = Story::of("ada 1", "text ada; wait 5");
    late.all_sent();
    assert!(!late.incident.only_keeps(&[trigger()], minutes(6)));
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn together_they_do_what_each_does_alone_but_send_nothing_that_is_called_off(
        plan in any_plan(), mode in any_mode(), before in any_turns(), together in any_turns(),
    ) {
        let mut alone = World::new(plan, mode);
        for (seconds, cause) in before {
            alone.now += jiff::SignedDuration::from_secs(seconds);
            alone.step(&cause);
        }
        let causes: Vec<Cause> = together.into_iter().map(|(_, cause)| cause).collect();
        let (stepped, taken) = alone.steps(&causes);
        let (before_all, now) = (alone.incident.clone(), alone.now);
        let first = alone.steps(causes.get(..1).unwrap_or_default()).0.incident;
        let mut effects = Vec::new();
        let mut changed = false;
        for cause in &causes[..taken] {
            let was = alone.incident.clone();
            effects.extend(alone.step(cause));
            changed |= alone.incident != was;
        }
        prop_assert_eq!((&stepped.incident, stepped.changed), (&alone.incident, changed));
        for effect in &effects {
            let wanted = match effect {
                Effect::Send(page) | Effect::AskTwilio(page) => alone.incident.still_wants(page),
                _ => true,
            };
            prop_assert_eq!(stepped.effects.contains(effect), wanted, "{:?}", effect);
        }
        prop_assert!(stepped.effects.iter().all(|effect| effects.contains(effect)));
        let only = causes.first().filter(|cause| before_all.only_keeps(std::slice::from_ref(cause), now));
        if let Some(only) = only {
            let nothing = (Default::default(), Default::default());
            for mode in [Mode::Normal, Mode::Maintenance { until: None }, Mode::Debug { until: None }] {
                let around = Surroundings { directory: &nothing.0, mode, phones: &nothing.1 };
                let kept = step(&before_all, only, now, &around);
                prop_assert_eq!((&kept.incident, &kept.effects), (&first, &vec![]), "{:?}", only);
            }
        }
        let stopped = causes.get(taken).is_none_or(|next| {
            matches!(next, Cause::Event(_)) && alone.incident.is_resolved()
        });
        prop_assert!(stopped && (taken > 0 || causes.is_empty()));
    }
}
