//! What an incident's policy does, step after step.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{Action, Climber, Position, Rise, rise};
use crate::{
    CalendarId, EscalationPolicy, HolidayCalendar, Step,
    sketch::{any_instant, any_plan, at, cases, directory, holiday, plan, policy},
};

/// An incident with so many events in any window.
struct Events(u32);

impl Climber for Events {
    fn events_within(&self, _minutes: u32) -> u32 {
        self.0
    }

    fn seed(&self) -> &str {
        "incident 12"
    }
}

const NOON: &str = "2026-01-08T12:00Z";

fn written(rise: &Rise<'_>) -> String {
    let action = match &rise.action {
        Action::Page { step, people, channel } => {
            let who: Vec<String> = people.iter().map(|one| format!("{} ({})", one.person.name, one.why)).collect();
            let step = step.map_or("fallback".to_owned(), |step| format!("step {}", step + 1));
            let channel = channel.map_or(String::new(), |channel| format!(" by {channel:?}"));
            format!("{step}: page {}{channel}", who.join(", "))
        }
        Action::Wait { minutes } => format!("wait {minutes}"),
        Action::Resolve => "resolve".to_owned(),
        Action::Finish => "finish".to_owned(),
    };
    let skipped = rise.skipped.iter().map(|skip| format!("[{skip}] "));
    skipped.chain([action]).collect()
}

fn check(directory: &str, policy: &str, events: u32, expected: &[&str]) {
    let plan = plan(directory, policy);
    let (mut log, mut next) = (Vec::new(), Some(Position::default()));
    while let Some(position) = next {
        let rise = rise(&plan.policies[0], &plan.directory, position, at(NOON), &Events(events));
        log.push(written(&rise));
        next = rise.next;
    }
    assert_eq!(log, expected);
}

#[test]
fn steps_are_climbed_in_order_with_their_waits() {
    check(
        "ada 1; bo 2; cy 3; core: bo cy",
        "ada; wait 5; text team:core; wait 10; resolve",
        1,
        &[
            "step 1: page ada (named by the step)",
            "wait 5",
            "step 3: page bo (in team core), cy (in team core) by Sms",
            "wait 10",
            "resolve",
        ],
    );
}

#[test]
fn somebody_without_a_phone_is_paged_by_their_own_rules() {
    check("ada; bo 2?", "ada bo", 1, &["step 1: page ada (named by the step), bo (named by the step)", "finish"]);
}

#[test]
fn an_empty_step_is_skipped_and_its_wait_is_not() {
    check(
        "ada 1; night = ada | ",
        "on:night; wait 5; ada",
        1,
        &[
            "[step 1: nobody is on call in schedule night (skipped: layer Nights: empty group 2)] \
             [step 1: the step reaches nobody] wait 5",
            "step 3: page ada (named by the step)",
            "finish",
        ],
    );
}

#[test]
fn a_condition_on_events_holds_from_its_number_on() {
    let policy = "events:3/10 ada; bo";
    check(
        "ada 1; bo 2",
        policy,
        2,
        &["[step 1: the step wants 3 events, there is 2] step 2: page bo (named by the step)", "finish"],
    );
    check(
        "ada 1; bo 2",
        policy,
        3,
        &["step 1: page ada (named by the step)", "step 2: page bo (named by the step)", "finish"],
    );
}

#[test]
fn a_condition_on_time_holds_in_its_hours() {
    check(
        "ada 1; bo 2",
        "hours:22-06 ada; hours:08-16 bo",
        1,
        &["[step 1: outside the step's hours] step 2: page bo (named by the step)", "finish"],
    );
}

#[test]
fn a_holiday_of_a_step_is_named() {
    let mut plan = plan("ada 1; bo 2", "hours:00-00 ada; bo");
    let days = vec![holiday("Thursday off", "2020-01-08", "2020-01-08", true)];
    plan.directory.calendars.push(HolidayCalendar { id: CalendarId::new("cal"), name: "All".to_owned(), days });
    let Step::NotifyIfTime { hours, .. } = &mut plan.policies[0].steps[0] else { panic!("it has hours") };
    hours.calendars.push(CalendarId::new("cal"));
    let rise = rise(&plan.policies[0], &plan.directory, Position::default(), at(NOON), &Events(1));
    let expected = "[step 1: outside the step's hours: Thursday off is a holiday] step 2: page bo (named by the step)";
    assert_eq!(written(&rise), expected);
}

#[test]
fn hours_that_cannot_be_read_let_the_step_count() {
    let mut policy = policy("hours:22-06 ada");
    let Step::NotifyIfTime { hours, .. } = &mut policy.steps[0] else { panic!("a step with hours") };
    hours.timezone = "Europe/Atlantis".to_owned();
    let people = directory("ada 1");
    let rise = rise(&policy, &people, Position::default(), at(NOON), &Events(1));
    assert_eq!(
        written(&rise),
        "[step 1: the step's hours are ignored: timezone: \"Europe/Atlantis\" is not a known time zone] \
         step 1: page ada (named by the step)"
    );
}

#[test]
fn a_repeat_begins_again_and_what_is_below_comes_once() {
    check(
        "ada 1; bo 2",
        "ada; wait 5; repeat 2; bo; resolve",
        1,
        &[
            "step 1: page ada (named by the step)",
            "wait 5",
            "step 1: page ada (named by the step)",
            "wait 5",
            "step 1: page ada (named by the step)",
            "wait 5",
            "step 4: page bo (named by the step)",
            "resolve",
        ],
    );
}

#[test]
fn each_round_that_reached_nobody_ends_with_the_fallback() {
    check(
        "bo 2",
        "-; wait 5; repeat 1; fallback bo",
        1,
        &[
            "[step 1: the step reaches nobody] wait 5",
            "fallback: page bo (fallback of the policy)",
            "[step 1: the step reaches nobody] wait 5",
            "fallback: page bo (fallback of the policy)",
            "finish",
        ],
    );
    check("ada 1; bo 2", "ada; fallback bo", 1, &["step 1: page ada (named by the step)", "finish"]);
    check("", "fallback bo", 1, &["[fallback: person bo does not exist] finish"]);
}

#[test]
fn a_policy_that_resolves_needs_no_fallback() {
    check("bo 2", "hours:22-06 bo; resolve; fallback bo", 1, &["[step 1: outside the step's hours] resolve"]);
}

#[test]
fn whoever_comes_on_call_between_two_rounds_is_paged() {
    let plan = plan("ada 1; bo 2; night = ada | bo", "on:night; wait 60; repeat 1");
    let page = |position, instant| rise(&plan.policies[0], &plan.directory, position, at(instant), &Events(1));
    let first = page(Position::default(), "2026-01-05T10:00Z");
    assert_eq!(written(&first), "step 1: page ada (on call in schedule night: layer Nights, group 1)");
    let wait = page(first.next.unwrap(), "2026-01-05T10:00Z");
    assert_eq!(written(&wait), "wait 60");
    let second = page(wait.next.unwrap(), "2026-01-06T10:00Z");
    assert_eq!(written(&second), "step 1: page bo (on call in schedule night: layer Nights, group 2)");
}

#[test]
fn a_position_that_the_policy_has_no_longer_is_beyond_its_end() {
    let (policy, people) = (policy("ada; fallback ada"), directory("ada 1"));
    let beyond = Position { round: u8::MAX, step: usize::MAX, reached_somebody: true };
    assert_eq!(
        rise(&policy, &people, beyond, at(NOON), &Events(1)),
        Rise { action: Action::Finish, skipped: vec![], next: None }
    );
}

fn steps_of_climb(policy: &EscalationPolicy) -> usize {
    // each step once a round, and the fallback at the end of each
    usize::from(EscalationPolicy::MOST_REPEATS + 1) * (policy.steps.len() + 1) + 1
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn every_climb_of_an_incident_ends(
        plan in any_plan(),
        instant in any_instant(),
        events in 0_u32..5,
        round: u8,
        step in 0_usize..9,
        reached_somebody: bool,
    ) {
        let policy = &plan.policies[0];
        let mut next = Some(Position { round, step, reached_somebody });
        for _ in 0..steps_of_climb(policy) {
            let Some(position) = next else { break };
            let rise = rise(policy, &plan.directory, position, instant, &Events(events));
            if let Some(next) = rise.next {
                let (before, after) = ((position.round, position.step), (next.round, next.step));
                prop_assert!(before < after || next.reached_somebody && !position.reached_somebody);
            }
            prop_assert_eq!(rise.next.is_none(), matches!(rise.action, Action::Resolve | Action::Finish));
            next = rise.next;
        }
        prop_assert_eq!(next, None);
    }

    #[test]
    fn an_incident_climbs_a_policy_at_most_six_times(plan in any_plan(), instant in any_instant()) {
        let policy = &plan.policies[0];
        let mut next = Some(Position::default());
        while let Some(position) = next {
            prop_assert!(position.round < policy.rounds() && policy.rounds() <= 6);
            next = rise(policy, &plan.directory, position, instant, &Events(1)).next;
        }
    }

    #[test]
    fn a_page_reaches_somebody_and_nobody_twice(plan in any_plan(), instant in any_instant(), events in 0_u32..5) {
        let mut next = Some(Position::default());
        while let Some(position) = next {
            let rise = rise(&plan.policies[0], &plan.directory, position, instant, &Events(events));
            if let Action::Page { people, .. } = &rise.action {
                let mut ids: Vec<_> = people.iter().map(|one| &one.person.id).collect();
                prop_assert!(!ids.is_empty());
                ids.sort();
                ids.dedup();
                prop_assert_eq!(ids.len(), people.len());
            }
            next = rise.next;
        }
    }

    #[test]
    fn the_fallback_is_paged_only_in_a_round_that_reached_nobody(
        plan in any_plan(),
        instant in any_instant(),
        events in 0_u32..5,
    ) {
        let (mut next, mut rounds_with_pages) = (Some(Position::default()), BTreeSet::new());
        while let Some(position) = next {
            let rise = rise(&plan.policies[0], &plan.directory, position, instant, &Events(events));
            if let (Action::Page { step, .. }, Some(after)) = (&rise.action, rise.next) {
                // the fallback person of a round that is repeated is paged on the way to the next one
                let round = if after.reached_somebody { after.round } else { after.round - 1 };
                prop_assert!(rounds_with_pages.insert((round, *step)));
                let of_round = rounds_with_pages.iter().filter(|(one, _)| *one == round);
                prop_assert!(of_round.clone().count() == 1 || of_round.clone().all(|(_, step)| step.is_some()));
            }
            next = rise.next;
        }
    }
}
