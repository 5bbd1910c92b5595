//! Caps, lines and money.

use jiff::{SignedDuration, Timestamp};
use phone::PhoneNumber;
use proptest::{collection::vec, prelude::*};

use super::{DailySpend, Exits, NoExit, SpendState, cap};
use crate::{
    Channel, Line, LineId,
    incident::Failure,
    sketch::{at, cases, line},
};

fn minute(count: i64) -> Timestamp {
    at("2026-01-08T12:00:00Z") + SignedDuration::from_mins(count)
}

/// Pages of a phone that is paged whenever it may be, each minute for so long.
fn greedy(channel: Channel, minutes: i64) -> Vec<i64> {
    let mut got: Vec<i64> = Vec::new();
    for passed in 0..minutes {
        let instants: Vec<Timestamp> = got.iter().map(|count| minute(*count)).collect();
        if cap(channel, &instants, minute(passed), false).is_ok() {
            got.push(passed);
        }
    }
    got
}

#[test]
fn texts_and_calls_are_capped_as_in_goalert() {
    let sms = greedy(Channel::Sms, 180);
    assert_eq!(sms[..5], [0, 1, 2, 3, 4]);
    let within = |list: &[i64], from: i64, to: i64| list.iter().filter(|it| (from..to).contains(*it)).count();
    assert_eq!((within(&sms, 0, 15), within(&sms, 0, 60)), (5, 11));
    // what goes beyond five is spread over the rest of the hour
    assert_eq!(sms[5..11], [15, 23, 30, 38, 45, 53]);
    assert_eq!(sms.len(), 21);
    let voice = greedy(Channel::Voice, 180);
    assert_eq!((within(&voice, 0, 15), within(&voice, 0, 60), voice.len()), (3, 7, 15));
}

#[test]
fn a_cap_says_how_long_it_lasts_and_first_pages_are_exempt() {
    let got = [minute(0)];
    let reached = cap(Channel::Sms, &got, minute(0), false).unwrap_err();
    assert_eq!(reached.to_string(), "1 in 1 min are the most, the next one is allowed at 2026-01-08T12:01:00Z");
    assert_eq!(cap(Channel::Sms, &got, minute(0), true), Ok(()));
    assert_eq!(cap(Channel::Sms, &got, minute(1), false), Ok(()));
    let many: Vec<Timestamp> = (0..5).map(minute).collect();
    assert_eq!(cap(Channel::Sms, &many, minute(6), false).unwrap_err().until, minute(15));
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn a_cap_holds_until_it_says_and_no_longer(
        seconds in vec(0_i64..12_000, 0..40), now in 0_i64..12_000, sms in any::<bool>(),
    ) {
        let channel = if sms { Channel::Sms } else { Channel::Voice };
        let second = |count: i64| minute(0) + SignedDuration::from_secs(count);
        let got: Vec<Timestamp> = seconds.into_iter().filter(|it| *it <= now).map(second).collect();
        if let Err(reached) = cap(channel, &got, second(now), false) {
            prop_assert!(reached.until > second(now));
            let just_before = reached.until - SignedDuration::from_nanos(1);
            prop_assert!(cap(channel, &got, just_before, false).is_err());
            // a wider cap may follow, and then it says so; each wait leads on, and not for longer than is remembered
            let mut until = reached.until;
            while let Err(next) = cap(channel, &got, until, false) {
                prop_assert!(next.until > until);
                until = next.until;
            }
            prop_assert!(until <= second(now) + super::REMEMBERED);
        }
    }

    #[test]
    fn no_window_has_more_than_its_cap(sms in any::<bool>(), wishes in vec(0_i64..600, 0..200)) {
        let channel = if sms { Channel::Sms } else { Channel::Voice };
        let (mut now, mut got) = (minute(0), Vec::new());
        for wish in wishes {
            now += SignedDuration::from_secs(wish);
            if cap(channel, &got, now, false).is_ok() {
                got.push(now);
            }
        }
        let most = if sms { [(1, 1), (5, 15), (11, 60), (21, 180)] } else { [(1, 1), (3, 15), (7, 60), (15, 180)] };
        for (count, minutes) in most {
            let window = SignedDuration::from_mins(minutes);
            for pair in got.windows(count + 1) {
                prop_assert!(pair[count].duration_since(pair[0]) >= window);
            }
        }
    }
}

fn number(text: &str) -> PhoneNumber {
    text.parse().unwrap()
}

/// Lines by number; `s` texts, `v` calls. The default is the second.
fn exits(lines: &[(&str, &str)]) -> Exits {
    let one = |(place, (text, switches)): (usize, &(&str, &str))| Line {
        id: LineId::new(place.to_string()),
        number: number(text),
        sms_notifications: switches.contains('s'),
        voice_notifications: switches.contains('v'),
        ..line()
    };
    Exits {
        lines: lines.iter().enumerate().map(one).collect(),
        default: Some(LineId::new("1")),
        allowed: vec!["+45*".parse().unwrap()],
        refused: vec!["+4790000666".parse().unwrap()],
    }
}

#[track_caller]
fn chosen(exits: &Exits, to: &str, channel: Channel) -> Result<String, NoExit> {
    exits.choose(&number(to), channel).map(|line| line.id.to_string())
}

#[test]
fn a_line_of_the_recipient_s_country_sends_else_the_default_one() {
    let some = exits(&[("+4721000000", "s"), ("+46710000000", "sv"), ("+4721000001", "sv"), ("+4721000002", "v")]);
    for (to, sms, voice) in [("+4790000001", "0", "2"), ("+46700000001", "1", "1"), ("+4540000001", "1", "1")] {
        assert_eq!(chosen(&some, to, Channel::Sms), Ok(sms.to_owned()), "{to}");
        assert_eq!(chosen(&some, to, Channel::Voice), Ok(voice.to_owned()), "{to}");
    }
    let mut without = some.clone();
    without.default = None;
    assert_eq!(chosen(&without, "+4540000001", Channel::Voice), Ok("1".to_owned()));
    // of several in one country, the default one
    let two = exits(&[("+4721000000", "s"), ("+4721000001", "s")]);
    assert_eq!(chosen(&two, "+4790000001", Channel::Sms), Ok("1".to_owned()));
    let deaf = exits(&[("+4721000000", "s")]);
    assert_eq!(chosen(&deaf, "+4790000001", Channel::Voice), Err(NoExit::NoLine));
}

#[test]
fn nothing_is_sent_where_it_is_dear_or_not_wanted() {
    let some = exits(&[("+4721000000", "sv"), ("+14155550100", "sv")]);
    for (to, why) in [
        ("+4721000000", NoExit::Own),
        ("+4782000000", NoExit::Premium),
        ("+4790000666", NoExit::Premium),
        ("+19005550100", NoExit::Premium),
        ("+881612345678", NoExit::Premium),
        ("+18765550100", NoExit::Country),
        ("+33612345678", NoExit::Country),
    ] {
        assert_eq!(chosen(&some, to, Channel::Voice), Err(why), "{to}");
    }
    assert_eq!(chosen(&some, "+12125550100", Channel::Voice), Ok("1".to_owned()));
    assert_eq!(chosen(&some, "+4540000001", Channel::Voice), Ok("1".to_owned()));
}

#[test]
fn what_may_not_be_sent_has_failed_for_good_unless_a_line_is_missing() {
    for (why, failure, for_good) in [
        (NoExit::Own, Failure::NotAllowed, true),
        (NoExit::Premium, Failure::NotAllowed, true),
        (NoExit::Country, Failure::NotAllowed, true),
        (NoExit::NoLine, Failure::NoLine, false),
    ] {
        assert_eq!((Failure::from(why), failure.is_for_good()), (failure, for_good));
    }
}

#[test]
fn a_day_s_money_is_spent_and_comes_back_with_the_next_day() {
    let mut today = DailySpend::none(minute(0));
    assert_eq!(today.state(Some(100), minute(0)), SpendState::Fine);
    assert!(today.spend(80, Some(100), minute(1)));
    assert_eq!(today.state(Some(100), minute(1)), SpendState::Low);
    assert!(today.spend(70, Some(100), minute(2)));
    assert!(!today.spend(1, Some(100), minute(3)));
    assert_eq!((today.spent, today.state(Some(100), minute(3))), (150, SpendState::Reached));
    assert!(today.spend(1, None, minute(4)));
    assert!(today.spend(60, Some(100), minute(12 * 60)));
    assert_eq!((today.spent, today.day.to_string()), (60, "2026-01-09".to_owned()));
    assert_eq!(today.state(Some(0), minute(0)), SpendState::Reached);
}
