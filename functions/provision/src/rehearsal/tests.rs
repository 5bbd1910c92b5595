//! What holds for every story.

use std::collections::BTreeMap;

use api::{
    Awaited, Happening, HungUpBy, KeyLeadsTo, Move, MoveKind, Outcome, Party, PhoneBehaviour, Rehearsal, RehearsalWait,
    Rehearsed, RehearsedCaller,
};
use jiff::Timestamp;
use oncall::{
    CallerIdPolicy, Destination, Directory, EscalationPolicy, Hours, Key, Line, LineId, Mode, NotificationRules,
    Notify, Order, Person, PersonId, Phone, Plan, PolicyId, Service, ServiceId, Step, Target, Voicemail, Window,
    WithheldPolicy,
};
use proptest::{collection::vec, prelude::*, sample::select};

use super::played;

fn cases(cases: u32) -> ProptestConfig {
    let wanted = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { cases: wanted.unwrap_or(cases), failure_persistence: None, ..ProptestConfig::default() }
}

fn at() -> Timestamp {
    "2026-11-20T03:00:00Z".parse().unwrap()
}

/// How a plan differs from the usual one.
#[derive(Clone, Debug)]
struct Wishes {
    destinations: usize,
    voicemail: bool,
    recording: bool,
    closed: bool,
    enabled: bool,
    refuses_withheld: bool,
    maintenance: bool,
    repeats: u8,
    order: Order,
    named: Vec<&'static str>,
    fallback: bool,
}

impl Default for Wishes {
    fn default() -> Self {
        Self {
            destinations: 2,
            voicemail: true,
            recording: false,
            closed: false,
            enabled: true,
            refuses_withheld: false,
            maintenance: false,
            repeats: 1,
            order: Order::Listed,
            named: vec!["ada", "bo"],
            fallback: false,
        }
    }
}

fn wishes() -> impl Strategy<Value = Wishes> {
    let flags = (any::<bool>(), any::<bool>(), prop::bool::weighted(0.1), prop::bool::weighted(0.9));
    let more = (prop::bool::weighted(0.2), prop::bool::weighted(0.1), 0..3_u8, any::<bool>(), any::<bool>());
    let named = vec(select(vec!["ada", "bo", "cy", "nobody"]), 0..4);
    (0..4_usize, flags, more, named).prop_map(|(destinations, flags, more, named)| Wishes {
        destinations,
        voicemail: flags.0,
        recording: flags.1,
        closed: flags.2,
        enabled: flags.3,
        refuses_withheld: more.0,
        maintenance: more.1,
        repeats: more.2,
        order: if more.3 { Order::Random } else { Order::Listed },
        named,
        fallback: more.4,
    })
}

/// Ada has two phones, Bo one and another language, Cy one that is not verified.
fn directory() -> Directory {
    let person = |id: &str, language: Option<&str>, phones: &[(&str, bool)]| Person {
        id: PersonId::new(id),
        name: id.to_uppercase(),
        language: language.map(str::to_owned),
        timezone: None,
        rules: NotificationRules::default(),
        phones: phones
            .iter()
            .map(|(number, verified)| Phone { number: number.parse().unwrap(), verified: *verified })
            .collect(),
    };
    let people = vec![
        person("ada", None, &[("+4791000001", true), ("+4791000011", true)]),
        person("bo", Some("nb-NO"), &[("+4791000002", true)]),
        person("cy", None, &[("+4791000003", false)]),
    ];
    Directory { people, ..Directory::default() }
}

fn plan(wishes: &Wishes) -> Plan {
    let destination = |key: char| Destination {
        key: Key::from_char(key).unwrap(),
        service: ServiceId::new("payments"),
        label: format!("payments {key}"),
    };
    let targets = wishes.named.iter().map(|id| Target::Person(PersonId::new(*id))).collect();
    let notify = Notify { targets, order: wishes.order, ring_seconds: None, channel: None };
    let steps = vec![Step::Notify(notify), Step::Wait { minutes: 5 }, Step::Repeat { times: wishes.repeats }];
    let window = Window {
        days: vec![jiff::civil::Weekday::Sunday],
        from: jiff::civil::time(8, 0, 0, 0),
        to: jiff::civil::time(16, 0, 0, 0),
    };
    let hours =
        Hours { timezone: "UTC".to_owned(), windows: vec![window], holidays: Vec::new(), calendars: Vec::new() };
    let fallback = wishes.fallback.then(|| PersonId::new("bo"));
    let payments = PolicyId::new("payments");
    Plan {
        version: 1,
        line: Line {
            id: LineId::new("ln1"),
            number: "+4721000000".parse().unwrap(),
            name: "Hotline".to_owned(),
            enabled: wishes.enabled,
            language: "en-GB".to_owned(),
            voice: Some("Polly.Amy".to_owned()),
            prompts: BTreeMap::new(),
            destinations: ['1', '2', '3'].into_iter().take(wishes.destinations).map(destination).collect(),
            default_destination: None,
            caller_id: CallerIdPolicy::Line,
            ring_seconds: 20,
            voicemail: Voicemail { enabled: wishes.voicemail, ..Voicemail::default() },
            recording: wishes.recording,
            support_hours: wishes.closed.then_some(hours),
            blocked: vec!["+4799*".parse().unwrap()],
            allowed: Vec::new(),
            withheld: if wishes.refuses_withheld { WithheldPolicy::Refuse } else { WithheldPolicy::Accept },
            opens_incidents: true,
            sms_notifications: false,
            voice_notifications: false,
        },
        services: vec![Service {
            id: ServiceId::new("payments"),
            name: "Payments".to_owned(),
            policy: payments.clone(),
            mode: if wishes.maintenance { Mode::Maintenance { until: None } } else { Mode::Normal },
            acknowledged_minutes: None,
        }],
        policies: vec![EscalationPolicy { id: payments, name: "Payments".to_owned(), steps, fallback }],
        directory: directory(),
    }
}

fn behaviour() -> impl Strategy<Value = PhoneBehaviour> {
    use PhoneBehaviour::{Accepts, Busy, Declines, Mailbox, NoAnswer, PicksUp, Unreachable};
    select(vec![Accepts, Declines, Busy, NoAnswer, Mailbox, Unreachable, PicksUp])
}

/// Nobody knows, somebody blocked, Ada herself, or somebody who hides.
fn from() -> impl Strategy<Value = Option<RehearsedCaller>> {
    let numbers = ["+4790000009", "+4790000009", "+4799000000", "+4791000001"];
    let number = |number: &str| RehearsedCaller { number: Some(api::Number(number.parse().unwrap())), phone: None };
    prop::option::of(select(numbers.to_vec()).prop_map(number))
}

/// One of the moves that count, chosen by a number.
type Choice = (usize, char, PhoneBehaviour, bool, u16);

fn choice() -> impl Strategy<Value = Choice> {
    (any::<usize>(), select("1234567890*#".chars().collect::<Vec<_>>()), behaviour(), any::<bool>(), 1..200_u16)
}

fn chosen(waits_for: &RehearsalWait, (which, key, does, flag, seconds): Choice) -> Move {
    match waits_for.moves[which % waits_for.moves.len()] {
        MoveKind::Press => Move::Press { key: key.to_string() },
        MoveKind::Wait => Move::Wait {},
        MoveKind::HangUp if flag && matches!(waits_for.what, Awaited::Question | Awaited::Conversation) => {
            Move::HangUp { by: Party::Person }
        }
        MoveKind::HangUp => Move::HangUp { by: Party::Caller },
        MoveKind::Message => Move::Message { seconds, hangs_up: flag },
        MoveKind::Phone => Move::Phone { does },
    }
}

fn play(plan: &Plan, story: &Rehearsal) -> Rehearsed {
    played(plan, story, at()).unwrap()
}

fn words_of<'r>(rehearsed: &'r Rehearsed, wanted: Party) -> Vec<&'r str> {
    let words = |scene: &'r api::Scene| match &scene.what {
        Happening::Hears { who, says, .. } if *who == wanted => says.as_slice(),
        _ => &[],
    };
    rehearsed.scenes.iter().flat_map(words).map(String::as_str).collect()
}

fn has_ended(rehearsed: &Rehearsed) -> bool {
    let ends = |happening: &Happening| match happening {
        Happening::HangsUp { by, person } => *by == HungUpBy::Caller || *by == HungUpBy::Line && person.is_none(),
        Happening::Rejected {} | Happening::Desk {} => true,
        _ => false,
    };
    rehearsed.scenes.iter().any(|scene| ends(&scene.what))
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn every_story_ends_or_waits_for_something_and_is_never_silent(
        wishes in wishes(), from in from(), others in behaviour(), choices in vec(choice(), 0..30),
    ) {
        let plan = plan(&wishes);
        let mut story = Rehearsal { from, others, ..Rehearsal::default() };
        let mut before = play(&plan, &story);
        for choice in choices {
            for scene in &before.scenes {
                if let Happening::Hears { says, language, .. } = &scene.what {
                    prop_assert!(!says.is_empty() && says.iter().all(|words| !words.trim().is_empty()), "{scene:?}");
                    prop_assert!(language.is_some());
                }
            }
            let is_rejected = before.scenes.iter().any(|scene| scene.what == Happening::Rejected {});
            prop_assert!(is_rejected || !words_of(&before, Party::Caller).is_empty(), "{before:?}");
            prop_assert_eq!(before.waits_for.is_none(), has_ended(&before), "{:?}", before);
            let Some(waits_for) = &before.waits_for else { break };
            prop_assert!(!waits_for.moves.is_empty() && before.call.as_ref().is_none_or(|call| call.ended_at.is_none()));
            story.moves.push(chosen(waits_for, choice));
            let after = play(&plan, &story);
            prop_assert!(after.scenes.len() > before.scenes.len(), "a move happens: {after:?}");
            prop_assert_eq!(&after.scenes[..before.scenes.len()], &before.scenes[..], "what was stays");
            prop_assert!(after.scenes.windows(2).all(|two| two[0].at <= two[1].at));
            before = after;
        }
        if before.waits_for.is_none() {
            story.moves.push(Move::Wait {});
            prop_assert!(played(&plan, &story, at()).is_err(), "nothing comes after the end");
        }
    }

    #[test]
    fn whoever_waits_long_enough_comes_to_an_end(wishes in wishes(), from in from(), others in behaviour()) {
        let plan = plan(&wishes);
        let mut story = Rehearsal { from, others, ..Rehearsal::default() };
        while play(&plan, &story).waits_for.is_some() {
            story.moves.push(Move::Wait {});
            prop_assert!(story.moves.len() <= Rehearsal::MOST_MOVES, "{story:?}");
        }
    }

    #[test]
    fn a_key_does_what_was_said_that_it_would(
        wishes in wishes(), from in from(), others in behaviour(), choices in vec(choice(), 0..12), which in 0..13_usize,
    ) {
        let plan = plan(&wishes);
        let mut story = Rehearsal { from, others, ..Rehearsal::default() };
        let mut before = play(&plan, &story);
        for choice in choices {
            let Some(waits_for) = &before.waits_for else { break };
            let keys = &waits_for.keys;
            if let Some(would) = keys.get(which) {
                let done = would.key.as_ref().map_or(Move::Wait {}, |key| Move::Press { key: key.clone() });
                let tried = Rehearsal { moves: [story.moves.clone(), vec![done]].concat(), ..story.clone() };
                let after = play(&plan, &tried);
                let news = &after.scenes[before.scenes.len()..];
                let said = |words: &String| news.iter().any(|scene| {
                    matches!(&scene.what, Happening::Hears { who, says, .. } if *who == waits_for.who && says.contains(words))
                });
                prop_assert!(would.says.iter().all(said), "{would:?}: {news:?}");
                let what = after.waits_for.as_ref().map(|waits_for| waits_for.what);
                let leads_there = match would.leads_to {
                    KeyLeadsTo::Menu => what == Some(Awaited::Menu),
                    KeyLeadsTo::Ring => matches!(what, Some(Awaited::Ringing | Awaited::BetweenAttempts)),
                    KeyLeadsTo::Message => what == Some(Awaited::Message),
                    KeyLeadsTo::Question => matches!(what, Some(Awaited::Question | Awaited::Offer)),
                    KeyLeadsTo::Conversation => what == Some(Awaited::Conversation),
                    KeyLeadsTo::Desk => news.iter().any(|scene| scene.what == Happening::Desk {}),
                    KeyLeadsTo::End => what != Some(waits_for.what) || after.waits_for != before.waits_for,
                };
                prop_assert!(leads_there, "{would:?}: {after:?}");
                if would.leads_to == KeyLeadsTo::Ring {
                    prop_assert_eq!(&after.waits_for.as_ref().unwrap().person, &would.person);
                }
            }
            story.moves.push(chosen(waits_for, choice));
            before = play(&plan, &story);
        }
    }

    #[test]
    fn moves_that_do_not_count_are_refused_by_their_place(
        key in ".{0,3}", seconds in prop::sample::select(vec![0_u16, 3601, 65535]),
    ) {
        let plan = plan(&Wishes::default());
        let refused = |moves: Vec<Move>, field: &str| {
            let story = Rehearsal { from: None, moves, ..Rehearsal::default() };
            let problem = played(&plan, &story, at()).map(|answer| format!("{answer:?}")).unwrap_err().into_problem();
            assert_eq!(problem.errors.iter().map(|error| error.field.as_str()).collect::<Vec<_>>(), [field]);
        };
        if key.chars().count() != 1 || !key.chars().all(|key| key.is_ascii_digit() || key == '*' || key == '#') {
            refused(vec![Move::Press { key }], "moves[0].key");
        }
        refused(vec![Move::Message { seconds: 1, hangs_up: false }], "moves[0]");
        refused(vec![Move::Phone { does: PhoneBehaviour::Busy }], "moves[0]");
        refused(vec![Move::HangUp { by: Party::Person }], "moves[0]");
        refused(vec![Move::Press { key: "1".to_owned() }, Move::Press { key: "1".to_owned() }], "moves[1]");
        let mut long = vec![Move::Press { key: "*".to_owned() }; Rehearsal::MOST_MOVES + 1];
        refused(long.clone(), "moves");
        long.pop();
        let story = Rehearsal { moves: long, ..Rehearsal::default() };
        prop_assert_eq!(play(&plan, &story).waits_for.unwrap().what, Awaited::Menu);
        let nobody = Plan { policies: Vec::new(), ..plan.clone() };
        let story = Rehearsal { moves: vec![Move::Press { key: "1".to_owned() }, Move::Message { seconds, hangs_up: false }], ..Rehearsal::default() };
        let problem = played(&nobody, &story, at()).map(|answer| format!("{answer:?}")).unwrap_err().into_problem();
        prop_assert_eq!(problem.errors[0].field.as_str(), "moves[1].seconds");
    }
}

#[test]
fn a_seed_draws_the_same_order_again_and_another_one_another() {
    let plan = plan(&Wishes { order: Order::Random, named: vec!["ada", "bo"], repeats: 0, ..Wishes::default() });
    let first = |seed: String| {
        let story =
            Rehearsal { seed: Some(seed), moves: vec![Move::Press { key: "1".to_owned() }], ..Rehearsal::default() };
        play(&plan, &story).waits_for.unwrap().person.unwrap().id
    };
    let drawn: Vec<String> = (0..20).map(|seed| first(format!("call-{seed}"))).collect();
    assert_eq!(drawn, (0..20).map(|seed| first(format!("call-{seed}"))).collect::<Vec<_>>());
    assert!(drawn.contains(&"ada".to_owned()) && drawn.contains(&"bo".to_owned()), "{drawn:?}");
}

#[test]
fn a_responder_is_spoken_to_in_their_own_language_and_voice() {
    let plan = plan(&Wishes { named: vec!["bo"], ..Wishes::default() });
    let people = [("bo".to_owned(), PhoneBehaviour::PicksUp)].into();
    let moves = vec![Move::Press { key: "1".to_owned() }, Move::Wait {}];
    let rehearsed = play(&plan, &Rehearsal { people, moves, ..Rehearsal::default() });
    let voices: Vec<_> = rehearsed
        .scenes
        .iter()
        .filter_map(|scene| match &scene.what {
            Happening::Hears { who, language, voice, .. } => Some((*who, language.as_deref(), voice.as_deref())),
            _ => None,
        })
        .collect();
    let caller = (Party::Caller, Some("en-GB"), Some("Polly.Amy"));
    assert_eq!(voices, [caller, caller, (Party::Person, Some("nb-NO"), None)]);
}

#[test]
fn a_call_that_nobody_takes_is_an_incident_that_pages_after_what_the_policy_waits_for() {
    let mut plan = plan(&Wishes { destinations: 1, repeats: 0, named: vec!["cy", "bo"], ..Wishes::default() });
    plan.policies[0].steps.insert(0, Step::Wait { minutes: 3 });
    let moves = vec![Move::Phone { does: PhoneBehaviour::Busy }, Move::Message { seconds: 500, hangs_up: true }];
    let rehearsed = play(&plan, &Rehearsal { moves, ..Rehearsal::default() });
    let call = rehearsed.call.unwrap();
    assert_eq!((call.outcome, call.message.unwrap().seconds), (Outcome::Message, Some(120)), "the longest there is");
    let incident = rehearsed.incident.unwrap();
    let pages: Vec<_> = incident.pages.iter().map(|page| page.person.name.as_str()).collect();
    assert_eq!((incident.after_minutes, pages), (3, vec!["CY", "BO"]));
    assert_eq!(incident.status, api::IncidentStatus::Triggered);
}
