//! Plans in a few words, for tests, and arbitrary ones.
//!
//! A directory: `ada 1 2?; bo 3; core: ada bo; night = ada | bo`. Ada has the phones 1 and 2, the second unverified;
//! `core` is a team; `night` a schedule that hands over from Ada to Bo each day at 08:00 UTC, Ada's first day being
//! 5 January 2026. A policy: `random core: bo; wait 5; repeat 1; fallback cy`, see `step`.

use jiff::{Timestamp, civil};
use phone::PhoneNumber;
use proptest::{collection::vec, prelude::*, sample::select};

use crate::{
    CalendarId, CallerIdPolicy, Channel, Directory, EscalationPolicy, Holiday, Hours, Line, LineId, Mode,
    NamedSchedule, NotificationRules, Notify, Order, Person, PersonId, Phone, Plan, PolicyId, ScheduleId, Service,
    ServiceId, Step, Target, Team, TeamId, Voicemail, Window, WithheldPolicy,
    schedule::{Definition, LayerDefinition},
};

/// Proptest without files of its own: so many cases, or as many as `PROPTEST_CASES` says.
pub(crate) fn cases(cases: u32) -> ProptestConfig {
    let wanted = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { cases: wanted.unwrap_or(cases), failure_persistence: None, ..ProptestConfig::default() }
}

/// An instant.
pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A date.
pub(crate) fn day(text: &str) -> civil::Date {
    text.parse().unwrap()
}

/// A holiday from one date to another.
pub(crate) fn holiday(name: &str, from: &str, to: &str, yearly: bool) -> Holiday {
    Holiday { name: name.to_owned(), from: day(from), to: day(to), yearly }
}

/// Phone 7 is +4790000007; phone 0 is the line's own.
pub(crate) fn phone(number: u32) -> PhoneNumber {
    format!("+479{number:07}").parse().unwrap()
}

/// A line with a policy for its one service.
pub(crate) fn plan(directory: &str, policy: &str) -> Plan {
    Plan {
        version: 1,
        line: line(),
        services: vec![service()],
        policies: vec![self::policy(policy)],
        directory: self::directory(directory),
    }
}

pub(crate) fn service() -> Service {
    let id = ServiceId::new("payments");
    Service {
        id,
        name: "Payments".to_owned(),
        policy: PolicyId::new("usual"),
        mode: Mode::Normal,
        acknowledged_minutes: None,
    }
}

pub(crate) fn line() -> Line {
    Line {
        id: LineId::new("main"),
        number: phone(0),
        name: "Main".to_owned(),
        enabled: true,
        language: "en-GB".to_owned(),
        voice: None,
        prompts: [].into(),
        destinations: vec![],
        default_destination: None,
        caller_id: CallerIdPolicy::Line,
        ring_seconds: Line::RING_SECONDS,
        voicemail: Voicemail::default(),
        recording: false,
        support_hours: None,
        blocked: vec![],
        allowed: vec![],
        withheld: WithheldPolicy::Accept,
        opens_incidents: true,
        sms_notifications: false,
        voice_notifications: false,
    }
}

fn people(words: &str) -> Vec<PersonId> {
    words.split_whitespace().map(PersonId::new).collect()
}

pub(crate) fn directory(text: &str) -> Directory {
    let mut directory = Directory::default();
    for entry in text.split(';').map(str::trim).filter(|entry| !entry.is_empty()) {
        if let Some((name, members)) = entry.split_once(':') {
            directory.teams.push(Team { id: TeamId::new(name), name: name.to_owned(), members: people(members) });
        } else if let Some((name, turns)) = entry.split_once(" =") {
            let layer = LayerDefinition {
                name: "Nights".to_owned(),
                users: turns.split('|').map(people).collect(),
                frequency: "daily".to_owned(),
                start: "2026-01-05T08:00".to_owned(),
                ..LayerDefinition::default()
            };
            let definition = Definition { timezone: "UTC".to_owned(), layers: vec![layer], overrides: vec![] };
            directory.schedules.push(NamedSchedule { id: ScheduleId::new(name), name: name.to_owned(), definition });
        } else {
            let mut words = entry.split_whitespace();
            let name = words.next().unwrap();
            let phones = words.map(|word| Phone {
                number: phone(word.trim_end_matches('?').parse().unwrap()),
                verified: !word.ends_with('?'),
            });
            directory.people.push(Person {
                id: PersonId::new(name),
                name: name.to_owned(),
                language: None,
                timezone: None,
                rules: NotificationRules::default(),
                phones: phones.collect(),
            });
        }
    }
    directory
}

pub(crate) fn policy(text: &str) -> EscalationPolicy {
    let (mut steps, mut fallback) = (Vec::new(), None);
    for words in text.split(';').map(str::trim).filter(|words| !words.is_empty()) {
        match words.strip_prefix("fallback ") {
            Some(person) => fallback = Some(PersonId::new(person)),
            None => steps.push(step(words)),
        }
    }
    EscalationPolicy { id: PolicyId::new("usual"), name: "Usual".to_owned(), steps, fallback }
}

/// `wait 5`, `repeat 2`, `resolve`, or whom to notify (`ada`, `team:core`, `on:night`, `-` for nobody) and how
/// (`random`, `text`, `ring:30`, `events:3/10`, `hours:22-06`, every day in UTC).
fn step(words: &str) -> Step {
    let number = |text: &str| text.parse().unwrap();
    match words.split_once(' ') {
        Some(("wait", minutes)) => return Step::Wait { minutes: number(minutes) },
        Some(("repeat", times)) => return Step::Repeat { times: u8::try_from(number(times)).unwrap() },
        None if words == "resolve" => return Step::Resolve,
        _ => {}
    }
    let mut notify = Notify { targets: vec![], order: Order::Listed, ring_seconds: None, channel: None };
    let (mut hours, mut events) = (None, None);
    for word in words.split_whitespace() {
        match word.split_once(':') {
            None if word == "-" => {}
            None if word == "random" => notify.order = Order::Random,
            None if word == "text" => notify.channel = Some(Channel::Sms),
            None => notify.targets.push(Target::Person(PersonId::new(word))),
            Some(("team", id)) => notify.targets.push(Target::Team(TeamId::new(id))),
            Some(("on", id)) => notify.targets.push(Target::Schedule(ScheduleId::new(id))),
            Some(("ring", seconds)) => notify.ring_seconds = Some(seconds.parse().unwrap()),
            Some(("hours", window)) => hours = Some(self::hours("UTC", &format!("MO-SU {window}"))),
            Some(("events", condition)) => events = condition.split_once('/'),
            Some(other) => panic!("{other:?} is no part of a step"),
        }
    }
    match (events, hours) {
        (Some((events, minutes)), _) => {
            Step::NotifyIfEvents { events: number(events), minutes: number(minutes), notify }
        }
        (None, Some(hours)) => Step::NotifyIfTime { hours, notify },
        (None, None) => Step::Notify(notify),
    }
}

/// `MO-FR 08-16, SA 10:30-12, not 2026-12-25, calendar norway`.
pub(crate) fn hours(timezone: &str, text: &str) -> Hours {
    let mut hours = Hours { timezone: timezone.to_owned(), windows: vec![], holidays: vec![], calendars: vec![] };
    for words in text.split(',').map(str::trim).filter(|words| !words.is_empty()) {
        let (days, span) = words.split_once(' ').unwrap();
        if days == "not" {
            hours.holidays.push(span.parse().unwrap());
            continue;
        }
        if days == "calendar" {
            hours.calendars.push(CalendarId::new(span));
            continue;
        }
        let (from, to) = span.split_once('-').unwrap();
        hours.windows.push(Window { days: self::days(days), from: time(from), to: time(to) });
    }
    hours
}

fn days(text: &str) -> Vec<civil::Weekday> {
    let day = |name: &str| {
        let names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
        let offset = names.iter().position(|one| *one == name).unwrap();
        civil::Weekday::from_monday_zero_offset(i8::try_from(offset).unwrap()).unwrap()
    };
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last) = (day(first), day(last));
    first.cycle_forward().take(usize::try_from(last.since(first)).unwrap() + 1).collect()
}

fn time(text: &str) -> civil::Time {
    let (hour, minute) = text.split_once(':').unwrap_or((text, "0"));
    civil::time(hour.parse().unwrap(), minute.parse().unwrap(), 0, 0)
}

pub(crate) const PEOPLE: [&str; 6] = ["ada", "bo", "cy", "dan", "eve", "fay"];

/// Six people with up to three phones each, some shared, unverified or the line's own, a few teams and schedules
/// with gaps, and any policy for them, unsound ones included.
pub(crate) fn any_plan() -> impl Strategy<Value = Plan> {
    let phones = vec((0_u32..9, any::<bool>()), 0..4).prop_map(|all| {
        all.iter().map(|(n, sure)| format!(" {n}{}", if *sure { "" } else { "?" })).collect::<String>()
    });
    let crowd = || vec(select(&PEOPLE[..]), 0..4).prop_map(|all| all.join(" "));
    let turns = vec(crowd(), 1..4).prop_map(|all| all.join(" | "));
    let directory = (vec(phones, 6), crowd(), crowd(), turns).prop_map(|(phones, core, rest, turns)| {
        let people: String = PEOPLE.iter().zip(phones).map(|(name, phones)| format!("{name}{phones};")).collect();
        format!("{people} core: {core}; rest: {rest}; night = {turns}")
    });
    (directory, any_policy()).prop_map(|(directory, policy)| plan(&directory, &policy))
}

/// Any policy for those people, unsound ones included.
pub(crate) fn any_policy() -> impl Strategy<Value = String> {
    let target = prop_oneof![
        select(&PEOPLE[..]).prop_map(str::to_owned),
        select(&["team:core", "team:rest", "on:night", "nobody", "team:none", "on:none"][..]).prop_map(str::to_owned),
    ];
    let how =
        select(&["", "", "", "random", "text", "ring:0", "events:1/5", "events:3/5", "hours:08-16", "hours:22-06"][..]);
    let notify = (how, vec(target, 0..4)).prop_map(|(how, targets)| format!("{how} {} -", targets.join(" ")));
    let step = prop_oneof![
        6 => notify,
        1 => (0..9).prop_map(|minutes| format!("wait {minutes}")),
        1 => any::<u8>().prop_map(|times| format!("repeat {times}")),
        1 => (0..3).prop_map(|times| format!("repeat {times}")),
        1 => Just("resolve".to_owned()),
    ];
    let fallback = prop_oneof![
        Just(String::new()),
        select(&PEOPLE[..]).prop_map(|name| format!("; fallback {name}")),
        Just("; fallback nobody".to_owned()),
    ];
    (vec(step, 0..7), fallback).prop_map(|(steps, fallback)| format!("{}{fallback}", steps.join(";")))
}

/// An instant of 2026.
pub(crate) fn any_instant() -> impl Strategy<Value = Timestamp> {
    (1_767_225_600_i64..1_798_761_600).prop_map(|second| Timestamp::from_second(second).unwrap())
}
