//! What people want, and what they are told.

use super::story::{Story, event, minutes, named, opening, person, seconds, triggered};
use crate::{
    Mode, PersonId, ThreadId,
    incident::{Act, Answer, Cause, Signal, Wish},
    sketch::{directory, policy},
};

#[test]
fn the_second_to_acknowledge_hears_who_was_first() {
    let mut story = Story::of("ada 1; bo 2", "ada bo; wait 5; ada");
    story.until(seconds(30)).wishes("bo", Wish::Acknowledge).until(seconds(31)).wishes("ada", Wish::Acknowledge);
    assert_eq!(story.answer, Some(Answer::AcknowledgedBy { by: person("bo"), at: seconds(30) }));
    assert_eq!(story.incident.assignees, [PersonId::new("bo")]);
    story.until(seconds(40)).wishes("bo", Wish::Acknowledge);
    assert_eq!(story.answer, Some(Answer::Done));
    story.wishes("ada", Wish::Resolve).until(seconds(50)).wishes("bo", Wish::Acknowledge);
    assert_eq!(story.answer, Some(Answer::ResolvedBy { by: person("ada"), at: seconds(40) }));
}

#[test]
fn what_is_delivered_twice_is_done_once_with_the_same_answer() {
    let mut story = Story::of("ada 1; bo 2; cy 3", "text ada; wait 5; text bo; wait 5; text cy");
    let act = Act { id: "SM1".to_owned(), by: person("ada"), wish: Wish::Escalate };
    story.all_sent().until(seconds(10)).cause(&Cause::Act(act.clone())).all_sent();
    story.until(minutes(4)).cause(&Cause::Act(act));
    assert_eq!(story.answer, Some(Answer::Done));
    story.tells(&["0:00 send ada Sms to phone 1 first", "0:10 send bo Sms to phone 1"]);
}

#[test]
fn two_who_escalate_in_the_same_minute_mean_the_same() {
    let mut story = Story::of("ada 1; bo 2; cy 3", "text ada bo; wait 5; text cy; wait 5; text ada; wait 5; text bo");
    story.all_sent().until(seconds(10)).wishes("ada", Wish::Escalate).until(seconds(12)).wishes("bo", Wish::Escalate);
    assert_eq!(story.answer, Some(Answer::JustEscalated));
    story.runs_until(minutes(2)).tells(&[
        "0:00 send ada Sms to phone 1 first",
        "0:00 send bo Sms to phone 1 first",
        "0:10 send cy Sms to phone 1",
    ]);
}

#[test]
fn whoever_escalates_is_not_paged_next_and_gives_away_what_they_had() {
    let mut story = Story::of("ada 1; bo 2", "ada; wait 5; repeat 1; bo; wait 60");
    story.all_sent().wishes("ada", Wish::Acknowledge).until(minutes(1)).wishes("ada", Wish::Escalate);
    story.runs_until(minutes(9)).tells(&[
        "0:00 send ada Sms to phone 1 first",
        "0:00 acknowledged",
        "1:00 send bo Sms to phone 1",
        "3:00 send bo Voice to phone 1",
    ]);
    story.wishes("bo", Wish::Escalate);
    assert_eq!(story.answer, Some(Answer::NobodyLeft));
}

#[test]
fn a_policy_that_would_resolve_is_not_escalated_to_its_end() {
    let mut story = Story::of("ada 1", "text ada; wait 5; resolve");
    story.all_sent().wishes("ada", Wish::Escalate);
    assert_eq!((story.answer.clone(), story.incident.is_triggered()), (Some(Answer::NobodyLeft), true));
}

#[test]
fn a_silence_comes_back_when_it_ends() {
    let mut story = Story::of("ada 1; bo 2", "text ada; wait 5; text bo");
    story.all_sent().until(minutes(1)).wishes("ada", Wish::Silence { until: minutes(30) });
    story.runs_until(minutes(36)).tells(&[
        "0:00 send ada Sms to phone 1 first",
        "30:00 send ada Sms to phone 1",
        "30:00 silence over",
        "35:00 send bo Sms to phone 1",
        "35:00 policy done, reached true",
    ]);
    story.wishes("ada", Wish::Silence { until: minutes(36) });
    assert_eq!(story.answer, Some(Answer::Senseless));
}

#[test]
fn an_acknowledgement_that_is_not_renewed_escalates_again() {
    let mut opening = opening(Some(policy("text ada; wait 60")), triggered());
    opening.snapshot.acknowledged_minutes = Some(10);
    let mut story = Story::told_of(directory("ada 1"), opening, Mode::Normal);
    story.all_sent().wishes("ada", Wish::Acknowledge).until(minutes(9)).wishes("ada", Wish::Acknowledge);
    story.runs_until(minutes(20)).tells(&[
        "0:00 send ada Sms to phone 1 first",
        "0:00 acknowledged",
        "9:00 acknowledged",
        "19:00 send ada Sms to phone 1",
        "19:00 acknowledgement over",
    ]);
}

#[test]
fn whoever_it_is_given_to_is_paged_and_the_policy_goes_on_if_they_say_nothing() {
    let mut story = Story::of("ada 1; bo 2; cy 3", "text ada; wait 60; text cy");
    story.all_sent().until(minutes(1)).wishes("ada", Wish::Reassign { to: named("bo") });
    assert_eq!(story.incident.assignees, [PersonId::new("bo")]);
    story.runs_until(minutes(20)).tells(&[
        "0:00 send ada Sms to phone 1 first",
        "1:00 send bo Sms to phone 1",
        "3:00 send bo Voice to phone 1",
        "16:00 send cy Sms to phone 1",
        "16:00 policy done, reached true",
    ]);
    story.wishes("ada", Wish::Reassign { to: named("nobody") });
    assert_eq!(story.answer, Some(Answer::NobodyNamed));
}

#[test]
fn what_is_given_to_somebody_without_a_phone_goes_on_at_once() {
    let mut story = Story::of("ada 1; bo; cy 3", "text ada; wait 60; text cy; wait 60");
    story.all_sent().until(minutes(1)).wishes("ada", Wish::Reassign { to: named("bo") });
    story.runs_until(minutes(2)).tells(&[
        "0:00 send ada Sms to phone 1 first",
        "1:00 send cy Sms to phone 1",
        "1:00 bo has no phone",
        "1:00 bo has no phone",
        "1:00 wait cut short",
    ]);
}

#[test]
fn whoever_was_asked_to_join_and_answers_is_not_paged_again() {
    let mut story = Story::of("ada 1; bo 2", "text ada; wait 60");
    story.all_sent().wishes("ada", Wish::Acknowledge).wishes("ada", Wish::Ask { whom: named("bo") }).all_sent();
    story.until(minutes(1)).wishes("bo", Wish::Acknowledge);
    assert_eq!(story.answer, Some(Answer::AcknowledgedBy { by: person("ada"), at: minutes(0) }));
    story.runs_until(minutes(60)).tells(&[
        "0:00 send ada Sms to phone 1 first",
        "0:00 acknowledged",
        "0:00 send bo Sms to phone 1",
    ]);
}

#[test]
fn a_reply_goes_to_whoever_reported_it_until_it_is_over() {
    let mut story = Story::of("ada 1", "text ada");
    let reply = || Wish::Reply { words: "We are on it".to_owned() };
    story.all_sent().wishes("ada", reply());
    assert_eq!(story.answer, Some(Answer::NoReporter));
    let mut asks = event("SM1", minutes(1), Signal::Trigger);
    asks.thread = Some(ThreadId::new("th_1"));
    story
        .until(minutes(1))
        .cause(&Cause::Event(asks))
        .wishes("ada", reply())
        .until(minutes(2))
        .wishes("bo", Wish::Resolve);
    story.until(minutes(3)).wishes("ada", reply()).tells(&[
        "0:00 send ada Sms to phone 1 first",
        "0:00 policy done, reached true",
        "1:00 tell th_1: We are on it",
        "2:00 end th_1",
        "2:00 resolved",
    ]);
}
