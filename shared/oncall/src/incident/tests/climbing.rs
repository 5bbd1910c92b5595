//! The policy of an incident, with its waits.

use super::story::{Story, event, minutes, named, opening, seconds, triggered};
use crate::{
    Mode,
    incident::{Actor, Early, Kind, Reason, Severity, Signal, Wish},
    sketch::{directory, policy},
};

#[test]
fn people_are_paged_step_by_step_until_the_policy_ends() {
    Story::with_rules("ada 1; bo 2", "ada; wait 5; bo; wait 5; resolve", "sms 0", Severity::Error)
        .runs_until(minutes(30))
        .tells(&["0:00 send ada Sms to phone 1 first", "5:00 send bo Sms to phone 1", "10:00 resolved"]);
}

#[test]
fn nobody_is_paged_by_the_step_that_ends_the_incident() {
    Story::with_rules("ada 1; bo 2", "ada; wait 5; bo; resolve", "sms 0", Severity::Error)
        .runs_until(minutes(30))
        .tells(&["0:00 send ada Sms to phone 1 first", "5:00 resolved"]);
}

#[test]
fn a_policy_is_repeated_and_then_done() {
    Story::with_rules("ada 1", "ada; wait 5; repeat 2", "sms 0", Severity::Error).runs_until(minutes(60)).tells(&[
        "0:00 send ada Sms to phone 1 first",
        "5:00 send ada Sms to phone 1",
        "10:00 send ada Sms to phone 1",
        "15:00 policy done, reached true",
    ]);
}

#[test]
fn a_repeat_without_a_wait_takes_a_minute() {
    Story::with_rules("ada 1", "ada; repeat 2", "sms 0", Severity::Error).runs_until(minutes(60)).tells(&[
        "0:00 send ada Sms to phone 1 first",
        "1:00 send ada Sms to phone 1",
        "2:00 send ada Sms to phone 1",
        "2:00 policy done, reached true",
    ]);
}

#[test]
fn an_empty_step_is_passed_over() {
    Story::of("bo 2", "-; text bo").runs_until(minutes(60)).tells(&[
        "0:00 send bo Sms to phone 1 first",
        "0:00 skipped step 1: the step reaches nobody",
        "0:00 policy done, reached true",
    ]);
}

#[test]
fn nobody_waits_for_people_who_cannot_be_paged() {
    Story::of("ada; bo 2?; cy 3", "ada bo; wait 30; text cy").runs_until(minutes(40)).tells(&[
        "0:00 send cy Sms to phone 1 first",
        "0:00 ada has no phone",
        "0:00 ada has no phone",
        "0:00 bo has no verified phone",
        "0:00 bo has no verified phone",
        "0:00 wait cut short",
        "0:00 policy done, reached true",
    ]);
    // nothing below is left, so the wait stays: meanwhile a number may be verified
    Story::of("ada", "text ada; wait 30; repeat 1")
        .runs_until(minutes(40))
        .tells(&["0:00 ada has no phone", "30:00 ada has no phone", "60:00 policy done, reached true"][..2]);
}

#[test]
fn a_condition_on_events_is_looked_at_again_with_each_event() {
    let mut story = Story::of("ada 1; bo 2", "text events:3/10 ada; wait 60; text bo");
    story.all_sent().tells(&["0:00 skipped step 1: the step wants 3 events, there is 1"]);
    story.until(minutes(2)).says("e2", minutes(2), Signal::Trigger).tells(&[]);
    story.until(minutes(3)).says("e2", minutes(2), Signal::Trigger).tells(&[]);
    story.until(minutes(4)).says("e3", minutes(4), Signal::Trigger).tells(&["4:00 send ada Sms to phone 1 first"]);
    story.all_sent().says("e4", minutes(4), Signal::Trigger).tells(&[]);
    story.runs_until(minutes(60)).tells(&["60:00 send bo Sms to phone 1", "60:00 policy done, reached true"]);
}

#[test]
fn a_handover_and_a_corrected_number_count_for_the_next_step_and_the_steps_do_not_change() {
    let mut story = Story::of("ada 1; bo 2; night = ada | bo", "text on:night; wait 60; repeat 1");
    story.all_sent().tells(&["0:00 send bo Sms to phone 1 first"]);
    story.directory = directory("ada 1; bo 2; night = ada");
    story.runs_until(minutes(60)).tells(&["60:00 send ada Sms to phone 1"]);
}

#[test]
fn while_a_service_is_tried_out_nobody_is_paged_nor_later() {
    let opening = opening(Some(policy("text ada")), triggered());
    let mode = Mode::Debug { until: Some(minutes(30)) };
    let mut story = Story::told_of(directory("ada 1"), opening, mode);
    story.tells(&["0:00 held"]);
    assert_eq!((story.incident.kind, story.incident.due()), (Kind::Trial, None));
    story.until(minutes(20)).says("e2", minutes(20), Signal::Trigger).tells(&[]);
    // what happens after that is in earnest
    story.until(minutes(40)).says("e3", minutes(40), Signal::Trigger).tells(&[
        "40:00 send ada Sms to phone 1 first",
        "40:00 resumed",
        "40:00 policy done, reached true",
    ]);
}

#[test]
fn maintenance_that_begins_meanwhile_holds_pages_back_until_it_ends() {
    let mut story = Story::of("ada 1; bo 2", "text ada; wait 5; text bo");
    story.all_sent().tells(&["0:00 send ada Sms to phone 1 first"]);
    story.mode = Mode::Maintenance { until: Some(minutes(12)) };
    story.until(minutes(11)).tells(&["5:00 held"]);
    story.runs_until(minutes(13)).tells(&[
        "12:00 send bo Sms to phone 1",
        "12:00 resumed",
        "12:00 policy done, reached true",
    ]);
}

#[test]
fn maintenance_that_is_ended_by_hand_is_noticed() {
    let mut story = Story::of("ada 1; bo 2", "text ada; wait 5; text bo");
    story.mode = Mode::Maintenance { until: None };
    story.all_sent().until(minutes(8)).mode = Mode::Normal;
    story.runs_until(minutes(20)).tells(&[
        "0:00 send ada Sms to phone 1 first",
        "5:00 held",
        "10:00 send bo Sms to phone 1",
        "10:00 resumed",
        "10:00 policy done, reached true",
    ]);
}

#[test]
fn the_maintenance_incident_is_over_with_the_maintenance() {
    let reason = Reason::Maintenance { event: event("e1", minutes(0), Signal::Trigger) };
    let mode = Mode::Maintenance { until: Some(minutes(30)) };
    let mut story = Story::told_of(directory("ada 1"), opening(Some(policy("ada")), reason), mode);
    story.until(minutes(3)).says("e2", minutes(3), Signal::Resolve).tells(&["0:00 held"]);
    assert_eq!(story.incident.events.count, 2);
    story.until(minutes(60)).tells(&["30:00 resolved"]);
    assert_eq!(story.incident.due(), None);
}

#[test]
fn people_are_paged_directly_without_a_policy() {
    let by = Actor::Token("laptop".to_owned());
    let summary = "Come and see".to_owned();
    let reason = Reason::Person { by, whom: named("ada"), summary, severity: Severity::Warning };
    let mut story = Story::told_of(directory("ada 1; bo 2"), opening(None, reason), Mode::Normal);
    story.runs_until(minutes(60)).tells(&["0:00 send ada Sms to phone 1 first"]);
    assert_eq!(story.incident.due(), None);
    // whoever has acknowledged may still ask somebody to join
    story.wishes("ada", Wish::Acknowledge).wishes("ada", Wish::Ask { whom: named("bo") });
    story.all_sent().tells(&["60:00 acknowledged", "60:00 send bo Sms to phone 1"]);
    assert_eq!(story.incident.assignees, [crate::PersonId::new("ada")]);
}

#[test]
fn a_resolution_that_overtakes_its_trigger_ends_it() {
    let early = Early { resolved_at: Some(seconds(1)), acknowledged_at: None };
    let reason = Reason::Event { event: event("e1", minutes(0), Signal::Trigger), early };
    let mut story = Story::told_of(directory("ada 1"), opening(Some(policy("ada")), reason), Mode::Normal);
    story.tells(&["0:00 resolved"]);
    assert_eq!(story.incident.due(), None);
}

#[test]
fn a_wait_across_a_change_of_the_clocks_is_as_long_as_ever() {
    let mut story = Story::of("ada 1; bo 2", "text ada; wait 10080; text bo");
    story.all_sent().until(minutes(10079)).tells(&["0:00 send ada Sms to phone 1 first"]);
    assert_eq!(story.incident.due(), Some(minutes(10080)));
}
