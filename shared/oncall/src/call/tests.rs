//! How a call changes: whatever Twilio delivers, in whatever order and however often.

mod silence;

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, ToSpan};
use proptest::{collection::vec, prelude::*, sample::select};

use super::{Acceptance, AttemptResult, Call, LegEnd, Message, Outcome, Stage};
use crate::{
    CallId, Candidate, Ladder, LineId, LiveCall, Plan,
    sketch::{any_plan, at, cases, phone, plan, service},
};

const LEG_ENDS: [LegEnd; 7] = [
    LegEnd::Completed { bridged: None },
    LegEnd::Completed { bridged: Some(true) },
    LegEnd::Completed { bridged: Some(false) },
    LegEnd::NoAnswer,
    LegEnd::Busy,
    LegEnd::Failed,
    LegEnd::Canceled,
];

fn second(second: i64) -> Timestamp {
    at("2026-01-08T12:00Z") + second.seconds()
}

fn call() -> Call {
    Call::begin(CallId::new("CA1"), LineId::new("main"), Some(phone(99)), second(0))
}

/// The next phone to ring, at an instant.
fn next(call: &Call, plan: &Plan, at: Timestamp) -> Option<(u8, Candidate)> {
    let service = service();
    let rounds = plan.policy(&service.policy).unwrap().rounds();
    call.next_candidate(rounds, |round| {
        Ladder::of(plan, &service, at, LiveCall { caller: call.caller.as_ref(), seed: call.id.as_str(), round })
    })
}

/// Rings the next phone and lets each end as `end` says; writes down whose rang, round by round.
fn hunt(plan: &Plan, mut end: impl FnMut(&mut Call, u16, Timestamp)) -> String {
    let (mut call, mut log, mut clock) = (call(), Vec::new(), 0);
    while let Some((round, candidate)) = next(&call, plan, second(clock)) {
        log.push(format!("{round}:{}{}", candidate.name, candidate.phone + 1));
        call.ring(round, &candidate, second(clock));
        end(&mut call, u16::try_from(log.len()).unwrap(), second(clock + 10));
        clock += 20;
    }
    log.join(" ")
}

fn nobody_answers(call: &mut Call, attempt: u16, at: Timestamp) {
    call.leg_over(attempt, LegEnd::NoAnswer, at);
}

#[track_caller]
fn check_hunt(directory: &str, policy: &str, expected: &str) {
    assert_eq!(hunt(&plan(directory, policy), nobody_answers), expected);
}

#[test]
fn the_hunt_rings_everybody_once_a_round() {
    check_hunt("ada 1 2; bo 3", "ada; wait 5; bo", "0:ada1 0:ada2 0:bo1");
    check_hunt("ada 1 2; bo 3; cy 4", "ada; bo; repeat 1; cy", "0:ada1 0:ada2 0:bo1 1:ada1 1:ada2 1:bo1 1:cy1");
    check_hunt("ada 1?", "ada; repeat 5", "");
    check_hunt("", "-; repeat 255", "");
    check_hunt("ada 1; bo 2", "-; repeat 1; fallback bo", "0:bo1 1:bo1");
    check_hunt("ada 1; bo 2", "ada; resolve; repeat 3; bo", "0:ada1");
}

#[test]
fn a_round_that_rings_nobody_is_passed_over() {
    check_hunt("ada 1", "-; repeat 2; ada", "2:ada1");
}

#[test]
fn no_call_rings_more_than_sixty_phones() {
    let log = hunt(&plan("ada 1 2 3 4 5 6 7 8 9 10 11", "ada; repeat 5"), nobody_answers);
    assert_eq!(log.split(' ').count(), usize::from(Call::MOST_ATTEMPTS));
}

#[test]
fn whoever_declines_is_not_rung_on_another_phone_in_the_round() {
    let plan = plan("ada 1 2; bo 3 4", "ada bo; repeat 1");
    let log = hunt(&plan, |call, attempt, at| {
        if call.attempts.last().unwrap().person.as_str() == "ada" {
            call.answer(attempt, at);
            call.decline(attempt, at);
        }
        call.leg_over(attempt, LegEnd::Completed { bridged: Some(false) }, at);
    });
    assert_eq!(log, "0:ada1 0:bo1 0:bo2 1:ada1 1:bo1 1:bo2");
}

#[test]
fn a_busy_phone_a_mailbox_and_a_dead_phone_lead_to_the_persons_next() {
    let bridged = LegEnd::Completed { bridged: Some(true) };
    for end in LEG_ENDS.into_iter().filter(|end| *end != bridged) {
        let log = hunt(&plan("ada 1 2; bo 3", "ada bo"), |call, attempt, at| {
            call.answer(attempt, at);
            assert!(!call.leg_over(attempt, end, at), "nobody accepted");
        });
        assert_eq!(log, "0:ada1 0:ada2 0:bo1", "{end:?}");
    }
}

#[test]
fn a_shift_that_hands_over_between_two_attempts_is_respected() {
    let plan = plan("ada 1 2; bo 3; cy 4; night = ada | bo", "on:night; cy");
    let (before, after) = (at("2026-01-06T07:59:50Z"), at("2026-01-06T08:00:10Z"));
    let mut call = call();
    let (round, ada) = next(&call, &plan, before).unwrap();
    assert_eq!((round, ada.name.as_str(), ada.phone), (0, "ada", 0));
    call.ring(round, &ada, before);
    call.leg_over(1, LegEnd::NoAnswer, after);
    let (round, bo) = next(&call, &plan, after).unwrap();
    assert_eq!((round, bo.name.as_str()), (0, "bo"), "not Ada's second phone");
    call.ring(round, &bo, after);
    call.leg_over(2, LegEnd::NoAnswer, after);
    assert_eq!(next(&call, &plan, after).unwrap().1.name, "cy");
}

/// A call whose first phone rings.
fn ringing() -> Call {
    let mut call = call();
    let (round, candidate) = next(&call, &two(), second(0)).unwrap();
    call.ring(round, &candidate, second(0));
    call
}

fn two() -> Plan {
    plan("ada 1; bo 2", "ada; bo; repeat 1")
}

#[test]
fn ring_and_talk_time_are_told_in_seconds() {
    let mut call = ringing();
    let seconds = |call: &Call| (call.attempts[0].ring_seconds(), call.attempts[0].talk_seconds());
    assert_eq!(seconds(&call), (None, None));
    call.answer(1, second(7));
    assert_eq!(seconds(&call), (Some(7), None));
    assert_eq!(call.accept(1, second(12)), Acceptance::Accepted);
    assert_eq!(seconds(&call), (Some(7), None));
    assert!(call.leg_over(1, LegEnd::Completed { bridged: Some(true) }, second(72)));
    assert_eq!(seconds(&call), (Some(7), Some(60)));
}

#[test]
fn each_end_of_a_leg_has_its_result() {
    use AttemptResult::{Accepted, Busy, CallerLeft, Failed, NoAnswer, NotBridged, NotConfirmed};
    type Before = fn(&mut Call);
    let cases: [(Before, [AttemptResult; 7]); 4] = [
        (|_| {}, [NotConfirmed, NotConfirmed, NotConfirmed, NoAnswer, Busy, Failed, CallerLeft]),
        (
            |call| call.answer(1, second(5)),
            [NotConfirmed, Accepted, NotConfirmed, NotConfirmed, NotConfirmed, NotConfirmed, CallerLeft],
        ),
        (|call| call.decline(1, second(5)), [AttemptResult::Declined; 7]),
        (
            |call| _ = call.accept(1, second(5)),
            [Accepted, Accepted, NotBridged, NotBridged, NotBridged, NotBridged, NotBridged],
        ),
    ];
    for (before, results) in cases {
        for (end, result) in LEG_ENDS.into_iter().zip(results) {
            let mut call = ringing();
            before(&mut call);
            let spoke = call.leg_over(1, end, second(9));
            assert_eq!((call.attempts[0].result, spoke), (result, result == Accepted), "{end:?}");
            assert_eq!(call.connected().is_some(), spoke, "{end:?}");
        }
    }
}

#[test]
fn whoever_accepts_and_is_not_bridged_has_not_spoken_and_the_hunt_goes_on() {
    let mut call = ringing();
    call.accept(1, second(5));
    assert!(!call.leg_over(1, LegEnd::Completed { bridged: Some(false) }, second(9)));
    assert_eq!((call.stage, call.attempts[0].talk_seconds()), (Stage::Ringing, None));
    assert_eq!(call.accept(1, second(10)), Acceptance::Late, "the key was pressed on a leg that is over");
    assert_eq!(next(&call, &two(), second(10)).unwrap().1.name, "bo");
}

#[test]
fn whoever_comes_second_is_told_why() {
    let mut late = ringing();
    late.leg_over(1, LegEnd::NoAnswer, second(20));
    assert_eq!(late.accept(1, second(21)), Acceptance::Late, "the leg is over");
    let (round, bo) = next(&late, &two(), second(21)).unwrap();
    late.ring(round, &bo, second(21));
    assert_eq!(late.accept(1, second(22)), Acceptance::Late, "another phone rings");
    assert_eq!(late.accept(0, second(22)), Acceptance::Late);
    assert_eq!(late.accept(3, second(22)), Acceptance::Late);
    assert_eq!(late.accept(2, second(23)), Acceptance::Accepted);
    assert_eq!(late.accept(1, second(24)), Acceptance::Taken);
    late.end(second(30));
    assert_eq!(late.accept(2, second(31)), Acceptance::Gone);

    let mut declined = ringing();
    declined.decline(1, second(5));
    assert_eq!(declined.accept(1, second(6)), Acceptance::Late, "they have said no");
    let mut leaving = ringing();
    leaving.leave_message(second(5));
    assert_eq!(leaving.accept(1, second(6)), Acceptance::Gone);
}

#[test]
fn a_call_is_told_by_its_outcome() {
    let check = |call: &Call, expected| assert_eq!(call.outcome(), expected, "{:?}", call.stage);
    let ended = |mut call: Call| {
        call.end(second(60));
        call
    };
    let with = |change: fn(&mut Call), mut call: Call| {
        change(&mut call);
        call
    };
    check(&call(), Outcome::Open);
    check(&ended(call()), Outcome::Abandoned);
    check(&ringing(), Outcome::Open);
    check(&ended(ringing()), Outcome::Missed);
    let accepted = with(|call| _ = call.accept(1, second(5)), ringing());
    check(&accepted, Outcome::Accepted);
    check(&ended(accepted), Outcome::Accepted);
    let voicemail = with(|call| call.leave_message(second(5)), ringing());
    check(&voicemail, Outcome::Open);
    check(&ended(voicemail.clone()), Outcome::Missed);
    let message = |seconds| Some(Message { recording: Some("RE1".to_owned()), seconds, ..Message::default() });
    check(&ended(Call { message: message(Some(4)), ..voicemail.clone() }), Outcome::Message);
    check(&ended(Call { message: message(None), ..voicemail.clone() }), Outcome::Message);
    check(&ended(Call { message: Some(Message::default()), ..voicemail.clone() }), Outcome::Missed);
    check(&ended(Call { message: message(Some(0)), ..voicemail }), Outcome::Missed);
    check(&with(Call::turn_away, call()), Outcome::TurnedAway);
    let closed = with(Call::after_hours, call());
    check(&closed, Outcome::Open);
    check(&ended(closed.clone()), Outcome::TurnedAway);
    check(&ended(Call { message: message(Some(4)), ..closed }), Outcome::Message);
}

#[test]
fn an_attempt_that_twilio_never_heard_of_failed() {
    let mut call = ringing();
    let (round, bo) = next(&call, &two(), second(1)).unwrap();
    call.ring(round, &bo, second(1));
    let results: Vec<AttemptResult> = call.attempts.iter().map(|attempt| attempt.result).collect();
    assert_eq!(results, [AttemptResult::Failed, AttemptResult::Ringing]);
}

/// Something that happens on a call, as often as Twilio delivers it.
#[derive(Clone, Copy, Debug)]
enum News {
    Ring,
    Answer(u16),
    Accept(u16),
    Decline(u16),
    LegOver(u16, LegEnd),
    LeaveMessage,
    AfterHours,
    TurnAway,
    End,
}

fn any_news() -> impl Strategy<Value = News> {
    let attempt = || 0_u16..6;
    prop_oneof![
        6 => Just(News::Ring),
        2 => attempt().prop_map(News::Answer),
        4 => attempt().prop_map(News::Accept),
        2 => attempt().prop_map(News::Decline),
        6 => (attempt(), select(&LEG_ENDS[..])).prop_map(|(attempt, end)| News::LegOver(attempt, end)),
        1 => select(&[News::LeaveMessage, News::AfterHours, News::TurnAway, News::End][..]),
    ]
}

/// What the news does to a call; the candidate is chosen by whoever delivers, so that it stays the same if repeated.
fn deliver(call: &mut Call, news: News, candidate: Option<&(u8, Candidate)>, at: Timestamp) -> Option<Acceptance> {
    match news {
        News::Ring => {
            if let Some((round, candidate)) = candidate {
                call.ring(*round, candidate, at);
            }
        }
        News::Answer(attempt) => call.answer(attempt, at),
        News::Accept(attempt) => return Some(call.accept(attempt, at)),
        News::Decline(attempt) => call.decline(attempt, at),
        News::LegOver(attempt, end) => _ = call.leg_over(attempt, end, at),
        News::LeaveMessage => call.leave_message(at),
        News::AfterHours => call.after_hours(),
        News::TurnAway => call.turn_away(),
        News::End => call.end(at),
    }
    None
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn repeated_news_change_nothing(all in vec((any_news(), -5_i64..60), 0..30)) {
        let (mut call, plan) = (call(), plan("ada 1 2; bo 3; cy 4", "ada bo; cy; repeat 2"));
        for (news, clock) in all {
            let candidate = next(&call, &plan, second(clock));
            let said = deliver(&mut call, news, candidate.as_ref(), second(clock));
            let before = call.clone();
            let again = deliver(&mut call, news, candidate.as_ref(), second(clock + 1));
            prop_assert_eq!(&call, &before);
            prop_assert_eq!(again, said);
        }
    }

    #[test]
    fn whoever_is_told_that_they_have_the_call_is_the_only_one_in_any_interleaving(
        all in vec((any_news(), -5_i64..60), 0..30),
    ) {
        let (mut call, plan) = (call(), plan("ada 1 2; bo 3; cy 4", "ada bo; cy; repeat 2"));
        let mut has_it = None;
        for (news, clock) in all {
            let candidate = next(&call, &plan, second(clock));
            let said = deliver(&mut call, news, candidate.as_ref(), second(clock));
            if let (News::Accept(attempt), Some(Acceptance::Accepted)) = (news, said) {
                prop_assert!(has_it.is_none() || has_it == Some(attempt), "{attempt} takes it from {has_it:?}");
                has_it = Some(attempt);
            }
            // an acceptance that could not be saved is known by the leg that was bridged
            if let (None, Some((attempt, _)), News::LegOver(over, end)) = (has_it, call.connected(), news) {
                prop_assert_eq!((attempt, end), (over, LegEnd::Completed { bridged: Some(true) }));
                has_it = Some(attempt);
            }
            // it is given up only by a leg that was not bridged
            if let Some(attempt) = has_it.filter(|_| call.connected().is_none()) {
                prop_assert!(matches!(news, News::LegOver(over, _) if over == attempt));
                prop_assert_eq!(call.attempt(attempt).unwrap().result, AttemptResult::NotBridged);
                has_it = None;
            }
            prop_assert_eq!(call.connected().map(|(attempt, _)| attempt), has_it);
            let accepted = call.attempts.iter().filter(|one| one.result == AttemptResult::Accepted);
            prop_assert_eq!(accepted.count(), usize::from(has_it.is_some()));
        }
    }

    #[test]
    fn at_most_one_attempt_is_open_and_none_after_the_end(all in vec((any_news(), -5_i64..60), 0..30)) {
        let (mut call, plan) = (call(), plan("ada 1 2; bo 3; cy 4", "ada bo; cy; repeat 2"));
        for (news, clock) in all {
            let candidate = next(&call, &plan, second(clock));
            deliver(&mut call, news, candidate.as_ref(), second(clock));
            let open = call.attempts.iter().rposition(|attempt| attempt.ended_at.is_none());
            prop_assert!(open.is_none_or(|last| last + 1 == call.attempts.len()));
            prop_assert!(call.attempts.iter().filter(|attempt| attempt.ended_at.is_none()).count() <= 1);
            if call.ended_at.is_some() || call.stage == Stage::Voicemail {
                prop_assert_eq!(open, None);
                prop_assert!(call.attempts.iter().all(|attempt| !attempt.result.is_open()));
            }
        }
    }

    #[test]
    fn an_attempt_that_is_over_changes_no_more(all in vec((any_news(), -5_i64..60), 0..30)) {
        let (mut call, plan) = (call(), plan("ada 1 2; bo 3; cy 4", "ada bo; cy; repeat 2"));
        for (news, clock) in all {
            let candidate = next(&call, &plan, second(clock));
            let before = call.attempts.clone();
            deliver(&mut call, news, candidate.as_ref(), second(clock));
            for (before, after) in before.iter().zip(&call.attempts).filter(|(before, _)| before.ended_at.is_some()) {
                prop_assert_eq!(before, after);
            }
        }
    }

    #[test]
    fn a_call_that_has_ended_changes_no_more(all in vec((any_news(), 0_i64..60), 0..20), late in vec(any_news(), 1..9)) {
        let (mut call, plan) = (call(), plan("ada 1 2; bo 3", "ada bo; repeat 2"));
        for (news, clock) in all {
            let candidate = next(&call, &plan, second(clock));
            deliver(&mut call, news, candidate.as_ref(), second(clock));
        }
        let candidate = next(&call, &plan, second(60)).or_else(|| next(&ringing(), &two(), second(60)));
        call.end(second(61));
        let before = call.clone();
        prop_assert_eq!(next(&call, &plan, second(62)), None);
        for news in late {
            deliver(&mut call, news, candidate.as_ref(), second(62));
            prop_assert_eq!(&call, &before);
        }
    }

    #[test]
    fn ring_and_talk_seconds_are_never_negative(all in vec((any_news(), -100_i64..100), 0..30)) {
        let (mut call, plan) = (call(), plan("ada 1 2; bo 3; cy 4", "ada bo; cy; repeat 2"));
        for (news, clock) in all {
            let candidate = next(&call, &plan, second(clock));
            deliver(&mut call, news, candidate.as_ref(), second(clock));
            for attempt in &call.attempts {
                prop_assert!(attempt.ring_seconds().is_none_or(|seconds| seconds >= 0));
                prop_assert!(attempt.talk_seconds().is_none_or(|seconds| seconds >= 0));
                let spoke = attempt.result == AttemptResult::Accepted && attempt.ended_at.is_some();
                prop_assert_eq!(attempt.talk_seconds().is_some(), spoke);
            }
        }
    }

    #[test]
    fn the_hunt_ends_and_rings_everybody_of_each_round_exactly_once(plan in any_plan()) {
        let log = hunt(&plan, nobody_answers);
        let rung: Vec<&str> = log.split_whitespace().collect();
        let mut expected = BTreeSet::new();
        for round in 0..plan.policies[0].rounds() {
            let (caller, clock) = (phone(99), second(0));
            let call = LiveCall { caller: Some(&caller), seed: "CA1", round };
            let ladder = Ladder::of(&plan, &service(), clock, call);
            expected.extend(ladder.candidates().map(|one| format!("{round}:{}{}", one.name, one.phone + 1)));
        }
        let unique: BTreeSet<String> = rung.iter().map(|one| (*one).to_owned()).collect();
        prop_assert_eq!(rung.len(), unique.len(), "nobody twice: {}", log);
        if rung.len() < usize::from(Call::MOST_ATTEMPTS) {
            prop_assert_eq!(unique, expected);
        } else {
            prop_assert!(unique.is_subset(&expected));
        }
    }

    #[test]
    fn rounds_never_go_back_and_decliners_are_asked_once_in_each(plan in any_plan(), declines: u64) {
        let mut declined: BTreeMap<String, u32> = BTreeMap::new();
        let log = hunt(&plan, |call, attempt, at| {
            if declines >> (attempt % 64) & 1 == 1 {
                call.decline(attempt, at);
                let attempt = call.attempts.last().unwrap();
                *declined.entry(format!("{}:{}", attempt.round, attempt.person)).or_default() += 1;
            }
            call.leg_over(attempt, LegEnd::NoAnswer, at);
        });
        let rounds: Vec<&str> = log.split_whitespace().filter_map(|one| one.split(':').next()).collect();
        prop_assert!(rounds.is_sorted());
        prop_assert!(declined.values().all(|times| *times == 1), "{:?}", declined);
    }
}
