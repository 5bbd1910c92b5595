//! How long nothing may be heard of a call, and what it owes.

use jiff::ToSpan as _;

use super::{LegEnd, Outcome, call, next, ringing, second, two};
use crate::Call;

#[test]
fn a_call_is_over_when_it_cannot_still_go_on() {
    let minutes = |call: &Call, from: i64| call.due().map(|due| (due.as_second() - second(from).as_second()) / 60);
    let mut call = call();
    assert_eq!(minutes(&call, 0), Some(30), "in the menu");
    let (round, ada) = next(&call, &two(), second(10)).unwrap();
    call.ring(round, &ada, second(10));
    assert_eq!(minutes(&call, 10), Some(5), "a phone rings");
    call.answer(1, second(20));
    assert_eq!(minutes(&call, 20), Some(5), "its owner is asked");
    let mut talking = call.clone();
    talking.accept(1, second(25));
    assert_eq!(minutes(&talking, 25), Some(250), "they talk");
    let mut leaving = call.clone();
    leaving.leave_message(second(30));
    assert_eq!(minutes(&leaving, 30), Some(75), "a message may be left");

    let early = second(20 + 5 * 60 - 1);
    assert!(!call.lapse(early) && call.ended_at.is_none());
    let due = second(20 + 5 * 60);
    assert!(call.lapse(due));
    assert_eq!((call.ended_at, call.outcome(), call.owed_since), (Some(due), Outcome::Missed, Some(due)));
    assert!(!call.lapse(due + 1.hour()), "once");
}

#[test]
fn what_is_owed_is_due_before_the_silence_and_after_the_end() {
    let mut call = ringing();
    call.accept(1, second(5));
    call.owed_since = Some(second(5));
    assert_eq!(call.due(), Some(second(5 + 120)));
    call.leg_over(1, LegEnd::Completed { bridged: Some(true) }, second(60));
    call.end(second(60));
    assert_eq!(call.due(), Some(second(5 + 120)));
    call.owed_since = None;
    assert_eq!(call.due(), None);
}
