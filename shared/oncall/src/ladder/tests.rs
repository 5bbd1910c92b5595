//! Whose phone rings, in which order, and why the others' do not.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::{Ladder, LiveCall, Rung};
use crate::{
    Line, Plan, SkipReason, Step, Target,
    schedule::Schedule,
    sketch::{any_instant, any_plan, at, cases, phone, plan, service},
};

/// A Thursday noon, the fourth day of every schedule.
const NOON: &str = "2026-01-08T12:00Z";

fn climbed(plan: &Plan, instant: &str, round: u8) -> Ladder {
    Ladder::of(plan, &service(), at(instant), LiveCall { caller: Some(&phone(99)), seed: "CA1", round })
}

/// A ladder, one rung a line: `rings ada 1 for 20 s: why` or the skip's own words.
fn written(ladder: &Ladder) -> Vec<String> {
    let line = |rung: &Rung| match rung {
        Rung::Ring(one) => {
            let (name, phone, seconds) = (&one.name, one.phone + 1, one.ring_seconds);
            let step = one.step.map_or("fallback".to_owned(), |step| format!("step {}", step + 1));
            format!("{step}: rings {name}'s phone {phone} for {seconds} s: {}", one.why)
        }
        Rung::Skip(skip) => skip.to_string(),
    };
    ladder.rungs.iter().map(line).collect()
}

fn check(directory: &str, policy: &str, expected: &[&str]) {
    assert_eq!(written(&climbed(&plan(directory, policy), NOON, 0)), expected);
}

#[test]
fn steps_and_people_ring_in_order_each_phone_on_its_own() {
    check(
        "ada 1 2; bo 3; cy 4; core: bo cy",
        "ada; ring:30 team:core",
        &[
            "step 1: rings ada's phone 1 for 20 s: named by the step",
            "step 1: rings ada's phone 2 for 20 s: named by the step",
            "step 2: rings bo's phone 1 for 30 s: in team core",
            "step 2: rings cy's phone 1 for 30 s: in team core",
        ],
    );
}

#[test]
fn whoever_is_on_call_rings_with_the_schedules_reason() {
    check(
        "ada 1; bo 2; night = ada | bo",
        "on:night",
        &["step 1: rings bo's phone 1 for 20 s: on call in schedule night: layer Nights, group 2"],
    );
}

#[test]
fn an_empty_step_is_skipped() {
    check(
        "ada 1; core: ; night = ada | - ",
        "-; team:core on:none nobody team:none; ada",
        &[
            "step 1: the step reaches nobody",
            "step 2: team core has no members",
            "step 2: schedule none does not exist",
            "step 2: person nobody does not exist",
            "step 2: team none does not exist",
            "step 2: the step reaches nobody",
            "step 3: rings ada's phone 1 for 20 s: named by the step",
        ],
    );
}

#[test]
fn a_gap_in_a_schedule_is_told_with_its_reasons() {
    check(
        "ada 1; night = ada | ",
        "on:night",
        &[
            "step 1: nobody is on call in schedule night (skipped: layer Nights: empty group 2)",
            "step 1: the step reaches nobody",
        ],
    );
}

#[test]
fn a_wait_is_not_waited_for_on_a_live_call() {
    check(
        "ada 1; bo 2",
        "wait 3; ada; wait 15; bo",
        &[
            "step 1: a wait of 3 min, not waited for on a live call",
            "step 2: rings ada's phone 1 for 20 s: named by the step",
            "step 3: a wait of 15 min, not waited for on a live call",
            "step 4: rings bo's phone 1 for 20 s: named by the step",
        ],
    );
}

#[test]
fn a_call_is_one_event() {
    check(
        "ada 1; bo 2",
        "events:2/10 ada; events:1/10 bo; events:0/10 ada",
        &[
            "step 1: ada: the step wants 2 events, there is 1",
            "step 2: rings bo's phone 1 for 20 s: named by the step",
            "step 3: rings ada's phone 1 for 20 s: named by the step",
        ],
    );
}

#[test]
fn a_step_counts_in_its_hours() {
    check(
        "ada 1; bo 2",
        "hours:22-06 ada; hours:08-16 bo; hours:22-06 -",
        &[
            "step 1: ada: outside the step's hours",
            "step 2: rings bo's phone 1 for 20 s: named by the step",
            "step 3: outside the step's hours",
        ],
    );
}

#[test]
fn hours_that_cannot_be_read_let_the_step_count() {
    let mut plan = plan("ada 1", "hours:22-06 ada");
    let Step::NotifyIfTime { hours, .. } = &mut plan.policies[0].steps[0] else { panic!("a step with hours") };
    hours.timezone = "Europe/Atlantis".to_owned();
    assert_eq!(
        written(&climbed(&plan, NOON, 0)),
        [
            "step 1: the step's hours are ignored: timezone: \"Europe/Atlantis\" is not a known time zone",
            "step 1: rings ada's phone 1 for 20 s: named by the step",
        ]
    );
}

#[test]
fn a_step_that_sends_texts_does_not_ring() {
    check(
        "ada 1; bo 2",
        "text ada; bo",
        &[
            "step 1: ada: the step sends texts, it does not ring",
            "step 2: rings bo's phone 1 for 20 s: named by the step",
        ],
    );
}

#[test]
fn phones_that_must_not_ring_say_why() {
    check(
        "ada 1? 99 0 2; bo 2; cy; dan 5",
        "ada; bo cy; ada; dan",
        &[
            "step 1: ada: phone 1 is not verified",
            "step 1: ada: phone 2 is the caller's own",
            "step 1: ada: phone 3 is the line itself",
            "step 1: rings ada's phone 4 for 20 s: named by the step",
            "step 2: bo: phone 1 is somebody's who was named before",
            "step 2: cy: has no phone",
            "step 3: ada: already named in this round",
            "step 4: rings dan's phone 1 for 20 s: named by the step",
        ],
    );
}

#[test]
fn a_part_of_a_schedule_that_cannot_be_read_is_told_and_the_rest_counts() {
    let mut plan = plan("ada 1; night = ada", "on:night");
    let layers = &mut plan.directory.schedules[0].definition.layers;
    let mut broken = layers[0].clone();
    broken.name = "Days".to_owned();
    broken.interval = 0;
    layers.push(broken);
    assert_eq!(
        written(&climbed(&plan, NOON, 0)),
        [
            "step 1: schedule night: layers[1].interval must be between 1 and 9000",
            "step 1: rings ada's phone 1 for 20 s: on call in schedule night: layer Nights, group 1",
        ]
    );
}

#[test]
fn the_steps_below_a_repeat_come_after_the_last_round() {
    let plan = plan("ada 1; bo 2", "ada; repeat 2; bo");
    let early = ["step 1: rings ada's phone 1 for 20 s: named by the step", "step 3: bo: comes after the last repeat"];
    assert_eq!(written(&climbed(&plan, NOON, 0)), early);
    assert_eq!(written(&climbed(&plan, NOON, 1)), early);
    let last = [
        "step 1: rings ada's phone 1 for 20 s: named by the step",
        "step 3: rings bo's phone 1 for 20 s: named by the step",
    ];
    assert_eq!(written(&climbed(&plan, NOON, 2)), last);
    assert_eq!(written(&climbed(&plan, NOON, u8::MAX)), last);
}

#[test]
fn nothing_comes_after_the_step_that_resolves() {
    check(
        "ada 1; bo 2; cy 3",
        "ada; resolve; bo; repeat 2; cy",
        &[
            "step 1: rings ada's phone 1 for 20 s: named by the step",
            "step 3: bo: comes after the policy's end",
            "step 5: cy: comes after the policy's end",
        ],
    );
}

#[test]
fn the_fallback_rings_when_the_round_rings_nobody() {
    check(
        "ada 1?; bo 2 3",
        "ada; fallback bo",
        &[
            "step 1: ada: phone 1 is not verified",
            "fallback: rings bo's phone 1 for 20 s: fallback of the policy",
            "fallback: rings bo's phone 2 for 20 s: fallback of the policy",
        ],
    );
    check(
        "ada 1; bo 2",
        "ada; fallback bo",
        &[
            "step 1: rings ada's phone 1 for 20 s: named by the step",
            "fallback: bo: not needed, the steps reach somebody",
        ],
    );
    check(
        "ada 99",
        "-; fallback ada",
        &["step 1: the step reaches nobody", "fallback: ada: phone 1 is the caller's own"],
    );
    check("", "fallback bo", &["fallback: person bo does not exist"]);
}

#[test]
fn a_service_without_a_policy_rings_nobody_and_says_so() {
    let mut plan = plan("ada 1", "ada");
    plan.policies.clear();
    assert_eq!(written(&climbed(&plan, NOON, 0)), ["the service's escalation policy does not exist"]);
}

#[test]
fn a_phone_rings_no_shorter_and_no_longer_than_twilio_lets_it() {
    for (configured, rings) in [(0, 5), (4, 5), (5, 5), (600, 600), (601, 600), (u16::MAX, 600)] {
        let by_step = plan("ada 1", &format!("ring:{configured} ada"));
        let mut by_line = plan("ada 1", "ada");
        by_line.line.ring_seconds = configured;
        for plan in [by_step, by_line] {
            let seconds: Vec<u16> = climbed(&plan, NOON, 0).candidates().map(|one| one.ring_seconds).collect();
            assert_eq!(seconds, [rings], "{configured}");
        }
    }
}

fn shuffled(seed: &str, round: u8) -> String {
    let plan = plan("ada 1; bo 2; cy 3", "random ada bo cy");
    let ladder = Ladder::of(&plan, &service(), at(NOON), LiveCall { caller: None, seed, round });
    ladder.candidates().map(|one| one.name.as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn random_order_is_the_same_at_each_webhook_of_a_call_and_fair_over_calls() {
    let calls = 6_000;
    for round in 0..2 {
        let mut orders: BTreeMap<String, u32> = BTreeMap::new();
        for call in 0..calls {
            let seed = format!("CA{call:032x}");
            let order = shuffled(&seed, round);
            assert_eq!(shuffled(&seed, round), order);
            *orders.entry(order).or_default() += 1;
        }
        assert_eq!(orders.len(), 6, "every order comes");
        // 1000 each are expected, with a standard deviation of 29
        assert!(orders.values().all(|count| (850..1_150).contains(count)), "round {round}: {orders:?}");
    }
    let changed = (0..calls).map(|call| format!("CA{call:032x}")).filter(|seed| shuffled(seed, 0) != shuffled(seed, 1));
    assert!((4_700..5_300).contains(&changed.count()), "a round's order says nothing of the next");
}

#[test]
fn who_joins_a_random_step_does_not_shuffle_the_others() {
    let order = |policy: &str| {
        let ladder = climbed(&plan("ada 1; bo 2; cy 3; dan 4", policy), NOON, 0);
        ladder.candidates().map(|one| one.name.clone()).filter(|name| name != "dan").collect::<Vec<_>>()
    };
    assert_eq!(order("random ada bo cy"), order("random cy dan bo ada"));
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn nobody_is_rung_twice_in_a_round(plan in any_plan(), instant in any_instant(), round: u8) {
        let ladder = Ladder::of(&plan, &service(), instant, LiveCall { caller: None, seed: "CA1", round });
        let phones: BTreeSet<_> = ladder.candidates().map(|one| (&one.person, one.phone)).collect();
        let numbers: BTreeSet<_> = ladder.candidates().map(|one| &one.number).collect();
        prop_assert_eq!(phones.len(), ladder.candidates().count());
        prop_assert_eq!(numbers.len(), ladder.candidates().count());
        // a person's phones ring one after the other
        let people: Vec<_> = ladder.candidates().map(|one| &one.person).collect();
        let runs = people.chunk_by(|one, next| one == next).count();
        prop_assert_eq!(runs, people.iter().collect::<BTreeSet<_>>().len());
    }

    #[test]
    fn an_unverified_phone_is_never_rung(plan in any_plan(), instant in any_instant(), round: u8) {
        let ladder = Ladder::of(&plan, &service(), instant, LiveCall { caller: None, seed: "CA1", round });
        for one in ladder.candidates() {
            let phone = &plan.directory.person(&one.person).unwrap().phones[one.phone];
            prop_assert_eq!((phone.verified, &phone.number), (true, &one.number));
        }
    }

    #[test]
    fn the_caller_is_never_rung_for_their_own_call(plan in any_plan(), instant in any_instant(), caller in 0_u32..9) {
        let caller = phone(caller);
        let call = LiveCall { caller: Some(&caller), seed: "CA1", round: 0 };
        let ladder = Ladder::of(&plan, &service(), instant, call);
        prop_assert!(ladder.candidates().all(|one| one.number != caller));
    }

    #[test]
    fn the_line_never_rings_itself(plan in any_plan(), instant in any_instant(), round: u8) {
        let ladder = Ladder::of(&plan, &service(), instant, LiveCall { caller: None, seed: "CA1", round });
        prop_assert!(ladder.candidates().all(|one| one.number != plan.line.number));
    }

    #[test]
    fn the_fallback_is_reached_only_when_nobody_else_was(plan in any_plan(), instant in any_instant(), round: u8) {
        let ladder = Ladder::of(&plan, &service(), instant, LiveCall { caller: None, seed: "CA1", round });
        let by_step = ladder.candidates().filter(|one| one.step.is_some()).count();
        let fallback = plan.policies[0].fallback.as_ref();
        prop_assert!(ladder.candidates().filter(|one| one.step.is_none()).all(|one| Some(&one.person) == fallback));
        if by_step > 0 {
            prop_assert!(ladder.candidates().all(|one| one.step.is_some()));
        }
    }

    #[test]
    fn a_calls_explanation_lists_every_person_the_policy_names(
        plan in any_plan(),
        instant in any_instant(),
        round in 0_u8..8,
    ) {
        let ladder = Ladder::of(&plan, &service(), instant, LiveCall { caller: None, seed: "CA1", round });
        let listed = |step: Option<usize>, name: &str| {
            ladder.rungs.iter().any(|rung| match rung {
                Rung::Ring(one) => one.step == step && one.name == name,
                Rung::Skip(skip) => skip.step == step && skip.name.as_deref() == Some(name),
            })
        };
        let known = |id: &crate::PersonId| plan.directory.person(id).is_some();
        let policy = &plan.policies[0];
        for (index, step) in policy.steps.iter().enumerate() {
            for target in step.notify().into_iter().flat_map(|notify| &notify.targets) {
                let people: Vec<_> = match target {
                    Target::Person(id) => vec![id.clone()],
                    Target::Team(id) => plan.directory.team(id).map_or(vec![], |team| team.members.clone()),
                    Target::Schedule(id) => plan.directory.schedule(id).map_or(vec![], |named| {
                        let (schedule, _) = Schedule::stored(&named.definition);
                        schedule.at(instant).people().cloned().collect()
                    }),
                };
                for person in people.iter().filter(|id| known(id)) {
                    prop_assert!(listed(Some(index), person.as_str()), "{person} of step {index} in {ladder:?}");
                }
            }
            if step.notify().is_some() || matches!(step, Step::Wait { .. }) {
                let stands = ladder.rungs.iter().any(|rung| match rung {
                    Rung::Ring(one) => one.step == Some(index),
                    Rung::Skip(skip) => skip.step == Some(index),
                });
                prop_assert!(stands, "step {index} in {ladder:?}");
            }
        }
        for person in policy.fallback.iter().filter(|id| known(id)) {
            prop_assert!(listed(None, person.as_str()), "fallback in {ladder:?}");
        }
    }

    #[test]
    fn a_policy_is_climbed_at_most_six_times(plan in any_plan()) {
        prop_assert!((1..=6).contains(&plan.policies[0].rounds()));
    }

    #[test]
    fn every_phone_rings_within_twilios_limits(plan in any_plan(), instant in any_instant(), seconds: u16) {
        let mut plan = plan;
        plan.line.ring_seconds = seconds;
        let ladder = Ladder::of(&plan, &service(), instant, LiveCall { caller: None, seed: "CA1", round: 0 });
        prop_assert!(ladder.candidates().all(|one| Line::RING_RANGE.contains(&one.ring_seconds)));
    }

    #[test]
    fn a_ladder_is_the_same_whenever_it_is_made(plan in any_plan(), instant in any_instant(), round: u8) {
        let made = || Ladder::of(&plan, &service(), instant, LiveCall { caller: None, seed: "CA1", round });
        prop_assert_eq!(made(), made());
    }

    #[test]
    fn every_skip_says_why_without_a_number(plan in any_plan(), instant in any_instant()) {
        let ladder = Ladder::of(&plan, &service(), instant, LiveCall { caller: None, seed: "CA1", round: 0 });
        for skip in ladder.skips() {
            prop_assert!(!skip.to_string().contains("+479"));
            prop_assert_eq!(skip.why == SkipReason::NoPolicy, false);
        }
    }
}
