//! Whatever the domain can say, a document says too: written and read again it is the same.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil};
use oncall::{
    Attempt, AttemptResult, Call, CallerIdPolicy, Channel, Destination, Directory, EscalationPolicy, Holiday,
    HolidayCalendar, Hours, Key, Line, Message, Mode, NamedSchedule, NotificationRule, NotificationRules, Notify,
    Order, Person, Phone, Plan, Service, Stage, Step, Target, Team, Transcript, Voicemail, Window, WithheldPolicy,
    schedule::{Definition, LayerDefinition, OverrideDefinition},
};
use phone::{NumberPattern, PhoneNumber};
use proptest::{collection::vec, option::of, prelude::*, sample::select};

use super::{read_call, read_plan, write_call, write_plan};

proptest! {
    #[test]
    fn a_plan(plan in plan()) {
        let document = write_plan(&plan).unwrap();
        prop_assert_eq!(read_plan(&document, plan.version).unwrap(), (plan, vec![]));
    }

    #[test]
    fn a_call(call in call()) {
        let document = write_call(&call).unwrap();
        prop_assert_eq!(read_call(&document, call.version).unwrap(), call);
    }

    #[test]
    fn a_document_is_written_the_same_each_time(call in call()) {
        let document = write_call(&call).unwrap();
        let read = read_call(&document, call.version).unwrap();
        prop_assert_eq!(write_call(&read).unwrap(), document);
    }

    #[test]
    fn damage_anywhere_is_no_panic(plan in plan(), place in any::<prop::sample::Index>(), damage in "[\\[\\]{}\",:0a]{0,2}") {
        let mut document = write_plan(&plan).unwrap();
        let place = document.floor_char_boundary(place.index(document.len()));
        let end = document.ceil_char_boundary(place + 1);
        document.replace_range(place..end, &damage);
        let _ = read_plan(&document, 1);
        let _ = read_call(&document, 1);
    }
}

pub(super) fn text() -> impl Strategy<Value = String> + Clone {
    prop_oneof!["[a-z]{0,6}", "\\PC{0,8}", "[\"\\\\\\n\\x00\u{2028}]{1,3}"]
}

macro_rules! id {
    ($type:ident) => {
        $crate::document::round_trip::text().prop_map(oncall::$type::new)
    };
}
pub(super) use id;

pub(super) fn phone_number() -> impl Strategy<Value = PhoneNumber> {
    "\\+[1-9][0-9]{6,14}".prop_map(|text| text.parse().unwrap())
}

pub(super) fn pattern() -> impl Strategy<Value = NumberPattern> {
    prop_oneof!["\\+[1-9][0-9]{0,5}\\*[0-9]{0,4}", "\\*[0-9]{1,6}", "\\+[1-9][0-9]{6,14}"]
        .prop_map(|text| text.parse().unwrap())
}

pub(super) fn instant() -> impl Strategy<Value = Timestamp> {
    let nanoseconds = Timestamp::MIN.as_nanosecond()..=Timestamp::MAX.as_nanosecond();
    prop_oneof![nanoseconds, 1_700_000_000_000_000_000..1_800_000_000_000_000_000_i128]
        .prop_map(|nanoseconds| Timestamp::from_nanosecond(nanoseconds).unwrap())
}

fn window() -> impl Strategy<Value = Window> {
    let time = || {
        (0..24_i8, 0..60_i8, 0..60_i8, prop_oneof![Just(0), 0..1_000_000_000])
            .prop_map(|(hour, minute, second, nanosecond)| civil::time(hour, minute, second, nanosecond))
    };
    let day = (1..=7_i8).prop_map(|day| civil::Weekday::from_monday_one_offset(day).unwrap());
    (vec(day, 0..4), time(), time()).prop_map(|(days, from, to)| Window { days, from, to })
}

fn hours() -> impl Strategy<Value = Hours> {
    (text(), vec(window(), 0..3), vec(date(), 0..3), vec(id!(CalendarId), 0..3))
        .prop_map(|(timezone, windows, holidays, calendars)| Hours { timezone, windows, holidays, calendars })
}

fn date() -> impl Strategy<Value = civil::Date> {
    (-9999..=9999_i16, 1..=12_i8, 1..=28_i8).prop_map(|(year, month, day)| civil::date(year, month, day))
}

fn calendar() -> impl Strategy<Value = HolidayCalendar> {
    let holiday =
        (text(), date(), date(), any::<bool>()).prop_map(|(name, from, to, yearly)| Holiday { name, from, to, yearly });
    (id!(CalendarId), text(), vec(holiday, 0..3)).prop_map(|(id, name, days)| HolidayCalendar { id, name, days })
}

fn key() -> impl Strategy<Value = Key> {
    select(('0'..='9').map(|digit| Key::from_char(digit).unwrap()).collect::<Vec<_>>())
}

fn line() -> impl Strategy<Value = Line> {
    let destination =
        (key(), id!(ServiceId), text()).prop_map(|(key, service, label)| Destination { key, service, label });
    let voicemail = (any::<bool>(), any::<u16>(), any::<bool>())
        .prop_map(|(enabled, max_seconds, transcribe)| Voicemail { enabled, max_seconds, transcribe });
    let named = (id!(LineId), phone_number(), text(), any::<bool>(), text(), of(text()));
    let said = (prop::collection::btree_map(text(), text(), 0..3), vec(destination, 0..4), of(key()));
    let caller_id = select(vec![CallerIdPolicy::Line, CallerIdPolicy::Caller]);
    let rung = (caller_id, any::<u16>(), voicemail, any::<bool>(), of(hours()));
    let kept_out = (
        vec(pattern(), 0..3),
        vec(pattern(), 0..3),
        select(vec![WithheldPolicy::Accept, WithheldPolicy::Refuse]),
        any::<[bool; 3]>(),
    );
    (named, said, rung, kept_out).prop_map(|(named, said, rung, kept_out)| {
        let (id, number, name, enabled, language, voice) = named;
        let (prompts, destinations, default_destination): (BTreeMap<_, _>, _, _) = said;
        let (caller_id, ring_seconds, voicemail, recording, support_hours) = rung;
        let (blocked, allowed, withheld, [opens_incidents, sms_notifications, voice_notifications]) = kept_out;
        Line {
            id,
            number,
            name,
            enabled,
            language,
            voice,
            prompts,
            destinations,
            default_destination,
            caller_id,
            ring_seconds,
            voicemail,
            recording,
            support_hours,
            blocked,
            allowed,
            withheld,
            opens_incidents,
            sms_notifications,
            voice_notifications,
        }
    })
}

fn service() -> impl Strategy<Value = Service> {
    let mode = prop_oneof![
        Just(Mode::Normal),
        of(instant()).prop_map(|until| Mode::Debug { until }),
        of(instant()).prop_map(|until| Mode::Maintenance { until }),
    ];
    (id!(ServiceId), text(), id!(PolicyId), mode, of(any::<u32>())).prop_map(
        |(id, name, policy, mode, acknowledged_minutes)| Service { id, name, policy, mode, acknowledged_minutes },
    )
}

fn notify() -> impl Strategy<Value = Notify> {
    let target = prop_oneof![
        id!(PersonId).prop_map(Target::Person),
        id!(TeamId).prop_map(Target::Team),
        id!(ScheduleId).prop_map(Target::Schedule),
    ];
    let order = select(vec![Order::Listed, Order::Random]);
    let channel = of(select(vec![Channel::Sms, Channel::Voice]));
    (vec(target, 0..3), order, of(any::<u16>()), channel).prop_map(|(targets, order, ring_seconds, channel)| Notify {
        targets,
        order,
        ring_seconds,
        channel,
    })
}

pub(super) fn policy() -> impl Strategy<Value = EscalationPolicy> {
    let step = prop_oneof![
        notify().prop_map(Step::Notify),
        (any::<u32>(), any::<u32>(), notify())
            .prop_map(|(events, minutes, notify)| { Step::NotifyIfEvents { events, minutes, notify } }),
        (hours(), notify()).prop_map(|(hours, notify)| Step::NotifyIfTime { hours, notify }),
        any::<u32>().prop_map(|minutes| Step::Wait { minutes }),
        any::<u8>().prop_map(|times| Step::Repeat { times }),
        Just(Step::Resolve),
    ];
    (id!(PolicyId), text(), vec(step, 0..5), of(id!(PersonId)))
        .prop_map(|(id, name, steps, fallback)| EscalationPolicy { id, name, steps, fallback })
}

fn schedule() -> impl Strategy<Value = NamedSchedule> {
    let people = || vec(id!(PersonId), 0..3);
    let who = (text(), any::<i64>(), vec(people(), 0..3), text());
    let when = (text(), any::<i64>(), text(), of(text()), of(text()), of(text()), vec(text(), 0..3));
    let layer = (who, when).prop_map(|((name, priority, users, rotation), when)| {
        let (frequency, interval, start, handoff, shift_length, until, by_day) = when;
        LayerDefinition {
            name,
            priority,
            users,
            rotation,
            frequency,
            interval,
            start,
            handoff,
            shift_length,
            until,
            by_day,
        }
    });
    let instead = (text(), text(), people()).prop_map(|(start, end, users)| OverrideDefinition { start, end, users });
    (id!(ScheduleId), text(), text(), vec(layer, 0..3), vec(instead, 0..3)).prop_map(
        |(id, name, timezone, layers, overrides)| NamedSchedule {
            id,
            name,
            definition: Definition { timezone, layers, overrides },
        },
    )
}

fn directory() -> impl Strategy<Value = Directory> {
    let phone = (phone_number(), any::<bool>()).prop_map(|(number, verified)| Phone { number, verified });
    let rule = || {
        (select(vec![Channel::Sms, Channel::Voice]), any::<u16>())
            .prop_map(|(channel, after_minutes)| NotificationRule { channel, after_minutes })
    };
    let rules = (vec(rule(), 0..3), vec(rule(), 0..3)).prop_map(|(high, low)| NotificationRules { high, low });
    let person = (id!(PersonId), text(), of(text()), of(text()), vec(phone, 0..3), rules).prop_map(
        |(id, name, language, timezone, phones, rules)| Person { id, name, language, timezone, phones, rules },
    );
    let team =
        (id!(TeamId), text(), vec(id!(PersonId), 0..3)).prop_map(|(id, name, members)| Team { id, name, members });
    let named = (vec(person, 0..4), vec(team, 0..3), vec(schedule(), 0..3), vec(calendar(), 0..3));
    named.prop_map(|(people, teams, schedules, calendars)| Directory { people, teams, schedules, calendars })
}

fn plan() -> impl Strategy<Value = Plan> {
    (any::<u64>(), line(), vec(service(), 0..3), vec(policy(), 0..3), directory()).prop_map(
        |(version, line, services, policies, directory)| Plan { version, line, services, policies, directory },
    )
}

fn attempt() -> impl Strategy<Value = Attempt> {
    let result = select(vec![
        AttemptResult::Ringing,
        AttemptResult::Answered,
        AttemptResult::Accepted,
        AttemptResult::Declined,
        AttemptResult::NotConfirmed,
        AttemptResult::NoAnswer,
        AttemptResult::Busy,
        AttemptResult::Failed,
        AttemptResult::NotBridged,
        AttemptResult::CallerLeft,
    ]);
    let whom = (any::<u8>(), of(any::<usize>()), id!(PersonId), any::<usize>(), text());
    let times = (instant(), of(instant()), of(instant()), of(instant()));
    (whom, times, result).prop_map(|((round, step, person, phone, why), times, result)| {
        let (started_at, answered_at, accepted_at, ended_at) = times;
        Attempt { round, step, person, phone, why, started_at, answered_at, accepted_at, ended_at, result }
    })
}

fn call() -> impl Strategy<Value = Call> {
    let stage = prop_oneof![
        Just(Stage::Menu),
        Just(Stage::Ringing),
        any::<u16>().prop_map(|attempt| Stage::Connected { attempt }),
        Just(Stage::Voicemail),
        Just(Stage::AfterHours),
        Just(Stage::TurnedAway),
    ];
    let transcript = prop_oneof![Just(Transcript::None), Just(Transcript::Failed), text().prop_map(Transcript::Text)];
    let message = (of(text()), of(any::<u32>()), transcript).prop_map(|(recording, seconds, transcript)| Message {
        recording,
        seconds,
        transcript,
    });
    let came = (id!(CallId), id!(LineId), of(phone_number()), instant(), any::<u64>(), any::<bool>());
    let went =
        (stage, of(id!(ServiceId)), any::<u8>(), vec(attempt(), 0..4), of(message), of(instant()), of(instant()));
    (came, went).prop_map(|((id, line, caller, started_at, version, recording_announced), went)| {
        let (stage, service, round, attempts, message, ended_at, owed_since) = went;
        Call {
            id,
            line,
            caller,
            started_at,
            version,
            stage,
            service,
            round,
            recording_announced,
            attempts,
            message,
            ended_at,
            owed_since,
        }
    })
}
