//! Pages on their way to Twilio: lost workers, doubt, and Twilio away.

use super::story::{Story, minutes, seconds};
use crate::incident::{Cause, Failure, Page, PageState, Receipt, Sending, Wish};

#[test]
fn what_nobody_accounts_for_is_looked_up_before_it_is_sent_again_once() {
    let mut story = Story::of("ada 1", "text ada");
    story.tells(&["0:00 send ada Sms to phone 1 first", "0:00 policy done, reached true"]);
    story.until(seconds(60)).tells(&["1:00 ask for ada Sms to phone 1 first"]);
    story.outcome(1, Sending::NotFound).tells(&["1:00 send ada Sms to phone 1 first"]);
    story.outcome(1, Sending::Unknown).until(seconds(70)).tells(&["1:10 ask for ada Sms to phone 1 first"]);
    story.outcome(1, Sending::NotFound).outcome(1, Sending::NotFound);
    story.until(minutes(60)).tells(&["1:10 page 1: it is not known whether it was sent"]);
}

#[test]
fn a_text_that_twilio_has_after_all_is_not_sent_again() {
    let mut story = Story::of("ada 1", "text ada");
    story.outcome(1, Sending::Unknown).until(seconds(10)).sent(1).until(minutes(60));
    story.tells(&[
        "0:00 send ada Sms to phone 1 first",
        "0:00 policy done, reached true",
        "0:10 ask for ada Sms to phone 1 first",
    ]);
    assert_eq!(story.incident.page(1).map(|page| page.state.clone()), Some(PageState::Sent { sid: "SM1".to_owned() }));
}

#[test]
fn a_call_in_doubt_is_not_repeated() {
    let mut story = Story::of("ada 1", "ada; wait 60");
    story.sent(1).until(minutes(2)).outcome(2, Sending::Unknown).until(minutes(9));
    story.tells(&[
        "0:00 send ada Sms to phone 1 first",
        "2:00 send ada Voice to phone 1",
        "2:10 ask for ada Voice to phone 1",
        "3:10 page 2: it is not known whether it was sent",
    ]);
}

#[test]
fn twilio_away_is_tried_again_until_it_is_too_often() {
    let mut story = Story::of("ada 1", "text ada");
    let mut sent = 1;
    for attempt in 1..=i64::from(Page::MOST_DELAYS) {
        story.outcome(1, Sending::Later { at: seconds(attempt * 10) }).until(seconds(attempt * 10));
        sent += 1;
    }
    story.outcome(1, Sending::Later { at: seconds(999) }).until(minutes(60));
    let told: Vec<String> = (0..sent)
        .map(|second| format!("{}:{:02} send ada Sms to phone 1 first", second / 6, second % 6 * 10))
        .chain(["1:00 page 1: Twilio could not be reached".to_owned()])
        .collect();
    let mut told: Vec<&str> = told.iter().map(String::as_str).collect();
    told.insert(1, "0:00 policy done, reached true");
    story.tells(&told);
}

#[test]
fn a_receipt_may_come_before_the_sending_is_saved_and_late_ones_change_nothing() {
    let mut story = Story::of("ada 1", "text ada");
    story.cause(&Cause::Receipt { page: 1, receipt: Receipt::Delivered }).sent(1).failed(1, Failure::Undelivered);
    assert_eq!(story.incident.page(1).map(|page| page.state.clone()), Some(PageState::Delivered));
    story.cause(&Cause::Receipt { page: 99, receipt: Receipt::Delivered }).sent(99).until(minutes(60));
    story.tells(&["0:00 send ada Sms to phone 1 first", "0:00 policy done, reached true"]);
}

#[test]
fn a_call_that_leaves_while_somebody_acknowledges_is_recalled_once() {
    let mut story = Story::of("ada 1", "ada; wait 60");
    story.sent(1).until(minutes(2)).wishes("ada", Wish::Acknowledge).sent(2).sent(2).until(minutes(60));
    story.tells(&[
        "0:00 send ada Sms to phone 1 first",
        "2:00 send ada Voice to phone 1",
        "2:00 acknowledged",
        "2:00 recall 2",
    ]);
}

#[test]
fn a_delayed_page_is_called_off_by_an_acknowledgement() {
    let mut story = Story::of("ada 1", "text ada");
    story.outcome(1, Sending::Later { at: seconds(30) }).until(seconds(20)).wishes("ada", Wish::Acknowledge);
    assert_eq!(story.incident.due(), None);
    story.tells(&["0:00 send ada Sms to phone 1 first", "0:00 policy done, reached true", "0:20 acknowledged"]);
}

#[test]
fn a_page_that_is_gathered_waits_without_a_delay_and_is_settled_with_the_others() {
    let mut story = Story::of("ada 1", "text ada");
    story.outcome(1, Sending::Gathered { at: seconds(45) }).outcome(1, Sending::Gathered { at: seconds(45) });
    assert_eq!(story.incident.due(), Some(seconds(105)));
    assert_eq!(story.incident.page(1).map(|page| page.delays), Some(0));
    story.until(seconds(45)).sent(1).until(minutes(60));
    story.tells(&["0:00 send ada Sms to phone 1 first", "0:00 policy done, reached true"]);
    assert_eq!(story.incident.page(1).map(|page| page.state.clone()), Some(PageState::Sent { sid: "SM1".to_owned() }));
}

#[test]
fn a_gathered_page_that_nobody_accounts_for_is_asked_about_and_may_be_gathered_on() {
    let mut story = Story::of("ada 1", "text ada");
    story.outcome(1, Sending::Gathered { at: seconds(45) }).until(seconds(105));
    // nobody has sent it yet
    story.outcome(1, Sending::Gathered { at: seconds(45) }).until(seconds(165));
    story.outcome(1, Sending::NotFound).outcome(1, Sending::Gathered { at: seconds(200) });
    story.outcome(1, Sending::Unknown).until(seconds(175)).outcome(1, Sending::NotFound).until(minutes(60));
    story.tells(&[
        "0:00 send ada Sms to phone 1 first",
        "0:00 policy done, reached true",
        "1:45 ask for ada Sms to phone 1 first",
        "2:45 ask for ada Sms to phone 1 first",
        "2:45 send ada Sms to phone 1 first",
        "2:55 ask for ada Sms to phone 1 first",
        "2:55 page 1: it is not known whether it was sent",
    ]);
}

#[test]
fn a_gathered_page_is_called_off_by_an_acknowledgement() {
    let mut story = Story::of("ada 1", "text ada");
    story.outcome(1, Sending::Gathered { at: seconds(45) }).until(seconds(20)).wishes("ada", Wish::Acknowledge);
    assert_eq!(story.incident.due(), None);
    story.outcome(1, Sending::Gathered { at: seconds(90) }).until(minutes(60));
    story.tells(&["0:00 send ada Sms to phone 1 first", "0:00 policy done, reached true", "0:20 acknowledged"]);
}
