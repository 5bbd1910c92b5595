//! One person, rule after rule.

use super::story::{Story, event, minutes, seconds};
use crate::{
    Channel,
    incident::{Bar, Cause, Failure, Happened, Sending, Severity, Signal, Wish},
    sketch::phone,
};

#[test]
fn a_text_at_once_and_a_call_two_minutes_later() {
    Story::of("ada 1", "ada").runs_until(minutes(9)).tells(&[
        "0:00 send ada Sms to phone 1 first",
        "0:00 policy done, reached true",
        "2:00 send ada Voice to phone 1",
    ]);
}

#[test]
fn what_can_wait_is_only_texted() {
    Story::with_rules("ada 1", "ada", "sms 0, voice 2", Severity::Warning)
        .runs_until(minutes(9))
        .tells(&["0:00 send ada Sms to phone 1 first", "0:00 policy done, reached true"]);
}

#[test]
fn what_becomes_urgent_goes_on_by_the_rules_for_that() {
    let mut story = Story::with_rules("ada 1", "ada; wait 60", "sms 0, voice 2", Severity::Warning);
    let mut worse = event("e2", minutes(10), Signal::Trigger);
    worse.severity = Some(Severity::Critical);
    story.all_sent().until(minutes(10)).cause(&Cause::Event(worse)).runs_until(minutes(20)).tells(&[
        "0:00 send ada Sms to phone 1 first",
        "10:00 became urgent",
        "12:00 send ada Voice to phone 1",
    ]);
}

#[test]
fn an_undelivered_text_brings_the_call_at_once() {
    let mut story = Story::of("ada 1", "ada; wait 60");
    story.sent(1).until(seconds(20)).failed(1, Failure::Undelivered).failed(1, Failure::Undelivered);
    story.runs_until(minutes(9)).tells(&[
        "0:00 send ada Sms to phone 1 first",
        "0:20 send ada Voice to phone 1",
        "0:20 page 1: not delivered",
    ]);
}

#[test]
fn an_undelivered_text_is_followed_by_a_call_and_not_by_another_text() {
    let mut story = Story::of("ada 1 2", "ada; wait 60");
    story.sent(1).until(seconds(20)).failed(1, Failure::Undelivered).runs_until(minutes(9)).tells(&[
        "0:00 send ada Sms to phone 1 first",
        "0:20 send ada Voice to phone 1",
        "0:20 page 1: not delivered",
    ]);
}

#[test]
fn a_call_that_nobody_took_goes_to_the_next_phone_and_then_the_next_rule() {
    let mut story = Story::with_rules("ada 1 2? 3", "ada; wait 60", "voice 0, sms 10", Severity::Error);
    story.sent(1).until(seconds(40)).failed(1, Failure::NoKey).sent(2);
    story.until(seconds(80)).failed(2, Failure::Busy).sent(3).until(minutes(30)).tells(&[
        "0:00 send ada Voice to phone 1 first",
        "0:40 send ada Voice to phone 3",
        "0:40 page 1: no key was pressed",
        "1:20 send ada Sms to phone 1",
        "1:20 page 2: busy",
    ]);
}

#[test]
fn whoever_has_opted_out_is_called_and_the_phone_is_remembered() {
    let mut story = Story::of("ada 1", "ada; wait 60");
    story.outcome(1, Sending::Failed(Failure::OptedOut)).tells(&[
        "0:00 send ada Sms to phone 1 first",
        "0:00 bar Sms: has opted out",
        "0:00 send ada Voice to phone 1",
        "0:00 page 1: its owner has opted out",
    ]);
    let mut story = Story::of("bo 2; ada 1 3", "bo; wait 5; ada; wait 60");
    story.phones.bar(phone(1), Channel::Sms, Bar::OptedOut);
    story.phones.bar(phone(3), Channel::Voice, Bar::Refused);
    story.runs_until(minutes(9)).tells(&[
        "0:00 send bo Sms to phone 1 first",
        "2:00 send bo Voice to phone 1",
        "5:00 send ada Sms to phone 2",
        "7:00 send ada Voice to phone 1",
    ]);
}

#[test]
fn a_cap_brings_the_next_rule_but_not_the_next_person() {
    let mut story = Story::of("ada 1; bo 2", "text ada; wait 5; text bo");
    story
        .outcome(1, Sending::Failed(Failure::Capped))
        .runs_until(minutes(4))
        .tells(&["0:00 send ada Sms to phone 1 first", "0:00 page 1: the phone's cap is reached"]);
}

#[test]
fn a_phone_of_two_people_is_paged_once_by_a_step() {
    Story::of("ada 1; bo 1 2", "ada bo; wait 60").runs_until(minutes(9)).tells(&[
        "0:00 send ada Sms to phone 1 first",
        "0:00 send bo Sms to phone 2 first",
        "2:00 send ada Voice to phone 1",
        "2:00 send bo Voice to phone 2",
    ]);
    Story::of("ada 1; bo 1", "ada bo; wait 60").runs_until(minutes(9)).tells(&[
        "0:00 send ada Sms to phone 1 first",
        "0:00 bo shares a phone with somebody who is being paged",
        "2:00 send ada Voice to phone 1",
        "2:00 bo shares a phone with somebody who is being paged",
    ]);
}

#[test]
fn nobody_is_out_of_reach_by_an_empty_list_of_what_cannot_wait() {
    Story::with_rules("ada 1", "ada; wait 60", "", Severity::Critical)
        .runs_until(minutes(9))
        .tells(&["0:00 send ada Sms to phone 1 first", "2:00 send ada Voice to phone 1"]);
}

#[test]
fn after_an_acknowledgement_nothing_more_is_sent_and_what_rings_is_recalled() {
    let mut story = Story::of("ada 1; bo 2", "ada bo; wait 5; ada");
    story.runs_until(minutes(2));
    story.tells(&[
        "0:00 send ada Sms to phone 1 first",
        "0:00 send bo Sms to phone 1 first",
        "2:00 send ada Voice to phone 1",
        "2:00 send bo Voice to phone 1",
    ]);
    story.wishes("bo", Wish::Acknowledge).failed(3, Failure::NoAnswer).failed(1, Failure::Undelivered);
    story.tells(&["2:00 recall 3", "2:00 recall 4", "2:00 acknowledged", "2:00 page 1: not delivered"]);
    story.runs_until(minutes(600)).tells(&[]);
}

/// So many people, each with a phone.
fn crowd(many: usize) -> String {
    (0..many).map(|place| format!("p{place} {place}")).collect::<Vec<_>>().join("; ")
}

#[test]
fn of_too_many_the_first_ones_are_paged_and_the_next_step_goes_before_those_of_the_last() {
    let names: Vec<String> = (0..600).map(|place| format!("p{place}")).collect();
    let policy = format!("notify {}; wait 1; notify p599; wait 5", names.join(" "));
    let mut story = Story::with_rules(&crowd(600), &policy, "sms 0, voice 30", Severity::Critical);
    let left_out = |story: &Story| {
        let entries = story.incident.log.entries.iter().filter_map(|entry| match entry.what {
            Happened::LeftOut { people } => Some(people),
            _ => None,
        });
        entries.collect::<Vec<_>>()
    };
    assert_eq!((story.incident.pursuits.len(), left_out(&story)), (250, vec![350]));
    assert_eq!(story.incident.pages.len(), 250);
    story.runs_until(minutes(2));
    let pursued: Vec<&str> = story.incident.pursuits.iter().map(|pursuit| pursuit.person.as_str()).collect();
    assert_eq!((pursued.len(), pursued.first(), pursued.last()), (250, Some(&"p1"), Some(&"p599")));
    assert_eq!(left_out(&story), [350, 1]);
}
