//! What holds for every step in every state of a call.

use std::collections::BTreeMap;

use jiff::Timestamp;
use oncall::{
    Call, CallerIdPolicy, Destination, Directory, EscalationPolicy, Key, LegEnd, Line, LineId, Mode, NotificationRules,
    Notify, Order, Person, PersonId, Phone, Plan, PolicyId, Service, ServiceId, Stage, Step as PolicyStep, Target,
    Transcript, Voicemail, WithheldPolicy,
};
use proptest::prelude::*;

use super::{Contact, Decision, Facts, decide, untold};
use crate::{
    reply::Reply,
    step::{Recording, Step},
};

const LINE: &str = "+4721000000";

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

fn contact() -> Contact {
    Contact { call: oncall::CallId::new("CA1"), caller: Some("+4790000009".parse().unwrap()), withheld: false }
}

fn person(id: &str, numbers: &[&str]) -> Person {
    let phones = numbers.iter().map(|number| Phone { number: number.parse().unwrap(), verified: true });
    Person {
        id: PersonId::new(id),
        name: id.to_owned(),
        language: None,
        timezone: None,
        rules: NotificationRules::default(),
        phones: phones.collect(),
    }
}

/// Two destinations; payments finds Ada (two phones), then Bo, twice over; network finds nobody.
fn plan() -> Plan {
    let notify = |person: &str| {
        PolicyStep::Notify(Notify {
            targets: vec![Target::Person(PersonId::new(person))],
            order: Order::Listed,
            ring_seconds: None,
            channel: None,
        })
    };
    let policy =
        |id: &str, steps| EscalationPolicy { id: PolicyId::new(id), name: id.to_owned(), steps, fallback: None };
    let service = |id: &str| Service {
        id: ServiceId::new(id),
        name: id.to_owned(),
        policy: PolicyId::new(id),
        mode: Mode::Normal,
        acknowledged_minutes: None,
    };
    let destination = |key, service: &str| Destination {
        key: Key::from_char(key).unwrap(),
        service: ServiceId::new(service),
        label: service.to_owned(),
    };
    Plan {
        version: 1,
        line: Line {
            id: LineId::new("ln1"),
            number: LINE.parse().unwrap(),
            name: "Example".to_owned(),
            enabled: true,
            language: "en-GB".to_owned(),
            voice: None,
            prompts: BTreeMap::new(),
            destinations: vec![destination('1', "payments"), destination('2', "network")],
            default_destination: None,
            caller_id: CallerIdPolicy::Line,
            ring_seconds: 20,
            voicemail: Voicemail::default(),
            recording: false,
            support_hours: None,
            blocked: Vec::new(),
            allowed: Vec::new(),
            withheld: WithheldPolicy::Accept,
            opens_incidents: true,
            sms_notifications: false,
            voice_notifications: false,
        },
        services: vec![service("payments"), service("network")],
        policies: vec![
            policy("payments", vec![notify("ada"), notify("bo"), PolicyStep::Repeat { times: 1 }]),
            policy("network", vec![]),
        ],
        directory: Directory {
            people: vec![person("ada", &["+4791000001", "+4791000002"]), person("bo", &["+4792000001"])],
            ..Directory::default()
        },
    }
}

/// The table, as far as one call goes: what is decided is saved.
struct Story {
    plan: Plan,
    call: Option<Call>,
    second: i64,
    events: Vec<String>,
}

impl Story {
    fn new(plan: Plan) -> Self {
        Self { plan, call: None, second: 0, events: Vec::new() }
    }

    fn ask(&self, step: &Step) -> Decision {
        let facts = Facts { plan: Some(&self.plan), call: self.call.as_ref() };
        decide(facts, step, &contact(), at(self.second))
    }

    fn tell(&mut self, step: &Step) -> Reply {
        let decision = self.ask(step);
        if let Some(mut call) = decision.save {
            call.version += 1;
            self.call = Some(call);
        }
        self.events.extend(decision.event.map(|event| event.id));
        self.second += 7;
        decision.reply
    }

    fn call(&self) -> &Call {
        self.call.as_ref().unwrap()
    }
}

fn key() -> impl Strategy<Value = Option<char>> {
    prop::option::of(prop::sample::select(vec!['1', '2', '3', '9', '*', '#']))
}

fn leg_end() -> impl Strategy<Value = LegEnd> {
    prop_oneof![
        prop::option::of(any::<bool>()).prop_map(|bridged| LegEnd::Completed { bridged }),
        Just(LegEnd::NoAnswer),
        Just(LegEnd::Busy),
        Just(LegEnd::Failed),
        Just(LegEnd::Canceled),
    ]
}

fn recording() -> impl Strategy<Value = Recording> {
    prop::option::of(0..90_u32).prop_map(|seconds| Recording { sid: "RE1".to_owned(), seconds })
}

/// Any step, with attempts that may or may not exist.
fn step() -> impl Strategy<Value = Step> {
    let attempt = 0..6_u16;
    prop_oneof![
        1 => Just(Step::Incoming),
        1 => key().prop_map(|key| Step::Offered { key }),
        2 => (0..5_u8, key()).prop_map(|(asking, key)| Step::Chose { asking, key }),
        2 => (attempt.clone(), key()).prop_map(|(attempt, key)| Step::Interrupted { attempt, key }),
        6 => (attempt.clone(), leg_end(), prop::bool::weighted(0.1))
            .prop_map(|(attempt, end, caller_gone)| Step::LegOver { attempt, end, caller_gone }),
        2 => (0..4_u8, prop::option::of(recording()), any::<bool>())
            .prop_map(|(asking, recording, caller_gone)| Step::Recorded { asking, recording, caller_gone }),
        1 => recording().prop_map(|recording| Step::Stored { recording }),
        1 => prop_oneof![Just(Transcript::Failed), Just(Transcript::Text("hello".to_owned()))]
            .prop_map(|transcript| Step::Transcribed { transcript }),
        1 => Just(Step::Ended),
        4 => attempt.clone().prop_map(|attempt| Step::PickedUp { attempt }),
        4 => (attempt, 0..4_u8, key()).prop_map(|(attempt, asking, key)| Step::Answered { attempt, asking, key }),
    ]
}

/// Steps in an order that Twilio could bring them in, or not.
fn steps() -> impl Strategy<Value = Vec<Step>> {
    (prop::collection::vec(step(), 1..40), any::<bool>()).prop_map(|(mut steps, orderly)| {
        if orderly {
            steps.splice(0..0, [Step::Incoming, Step::Chose { asking: 1, key: Some('1') }]);
        }
        steps
    })
}

/// Whether somebody listens to the answer.
fn has_a_listener(step: &Step) -> bool {
    !matches!(
        step,
        Step::Ended
            | Step::Stored { .. }
            | Step::Transcribed { .. }
            | Step::LegOver { caller_gone: true, .. }
            | Step::Recorded { caller_gone: true, .. }
    )
}

fn words_of(reply: &Reply) -> &[String] {
    match reply {
        Reply::Nothing | Reply::Reject | Reply::Desk => &[],
        Reply::Goodbye { says }
        | Reply::Offer { says }
        | Reply::Menu { says, .. }
        | Reply::TakeMessage { says, .. }
        | Reply::Screen { says, .. }
        | Reply::Bridge { says } => says,
        Reply::Ring(ring) => &ring.says,
    }
}

proptest! {
    #[test]
    fn nobody_who_listens_meets_silence(steps in steps()) {
        let mut story = Story::new(plan());
        for step in &steps {
            let reply = story.tell(step);
            let speaks = !words_of(&reply).is_empty() || matches!(reply, Reply::Ring(_));
            prop_assert_eq!(speaks, has_a_listener(step), "{:?} was answered {:?}", step, reply);
        }
    }

    #[test]
    fn a_step_that_is_repeated_changes_nothing_and_tells_nobody(steps in steps()) {
        let mut story = Story::new(plan());
        for step in &steps {
            // of a call that is unknown, the end of a leg begins a hunt, whose legs are counted anew
            let counted_anew = story.call.is_none() && matches!(step, Step::LegOver { .. });
            story.tell(step);
            if counted_anew {
                continue;
            }
            let repeated = story.ask(step);
            prop_assert_eq!(repeated.save, None, "{:?}", step);
            prop_assert_eq!(repeated.event, None, "{:?}", step);
        }
    }

    #[test]
    fn what_was_told_is_owed_and_would_be_told_again_as_it_was(steps in steps()) {
        let plan = plan();
        let mut story = Story::new(plan.clone());
        for step in &steps {
            story.tell(step);
        }
        let Some(call) = &story.call else { return Ok(()) };
        prop_assert_eq!(call.owed_since.is_some(), !story.events.is_empty());
        let again: Vec<_> = untold(&plan, call).into_iter().map(|event| event.id).collect();
        // what a message or a later acceptance has overtaken is not said any more
        let overtaken = |id: &String| id.ends_with(":missed") || id.contains(":accepted:");
        for id in story.events.iter().filter(|id| !overtaken(id)) {
            prop_assert!(again.contains(id), "{id} is not in {again:?}");
        }
        // but for an acceptance that could not be saved
        for id in again.iter().filter(|id| !id.contains(":accepted:")) {
            prop_assert!(story.events.contains(id), "{id} was never told: {:?}", story.events);
        }
    }

    #[test]
    fn each_thing_is_told_once(steps in steps()) {
        let mut story = Story::new(plan());
        for step in &steps {
            story.tell(step);
        }
        let mut told = story.events.clone();
        told.sort_unstable();
        told.dedup();
        prop_assert_eq!(told.len(), story.events.len(), "{:?}", story.events);
        let both = ["CA1:ended", "CA1:missed"].iter().filter(|id| told.iter().any(|told| told == *id)).count();
        prop_assert!(both <= 1, "resolved and triggered: {told:?}");
    }

    #[test]
    fn nobody_is_rung_twice_in_a_round(steps in steps()) {
        let mut story = Story::new(plan());
        for step in &steps {
            story.tell(step);
        }
        let Some(call) = &story.call else { return Ok(()) };
        let mut rung: Vec<_> = call.attempts.iter().map(|a| (a.round, a.person.as_str(), a.phone)).collect();
        prop_assert!(rung.len() <= 6, "two rounds of three phones: {rung:?}");
        rung.sort_unstable();
        let phones = rung.len();
        rung.dedup();
        prop_assert_eq!(rung.len(), phones);
    }

    #[test]
    fn nobody_is_rung_once_a_human_has_the_call(steps in steps()) {
        let mut story = Story::new(plan());
        for step in &steps {
            let connected = story.call.as_ref().is_some_and(|call| call.connected().is_some());
            let bridging_failed = matches!(step, Step::LegOver { end, .. } if !matches!(end, LegEnd::Completed { bridged: None | Some(true) }));
            let reply = story.tell(step);
            prop_assert!(!connected || bridging_failed || !matches!(reply, Reply::Ring(_)), "{step:?}: {reply:?}");
        }
    }

    #[test]
    fn a_call_that_is_over_stays_over(steps in steps()) {
        let mut story = Story::new(plan());
        for step in &steps {
            let ended = story.call.as_ref().and_then(|call| call.ended_at);
            story.tell(step);
            if ended.is_some() {
                prop_assert_eq!(story.call().ended_at, ended);
            }
        }
    }

    #[test]
    fn an_unknown_number_is_answered_and_leaves_no_trace(step in step()) {
        let decision = decide(Facts { plan: None, call: None }, &step, &contact(), at(0));
        prop_assert_eq!(words_of(&decision.reply).is_empty(), !has_a_listener(&step));
        prop_assert_eq!(decision.save, None);
    }
}

proptest! {
    #[test]
    fn nobody_is_recorded_who_was_not_told(steps in steps(), switched in prop::collection::vec(any::<bool>(), 40)) {
        let mut story = Story::new(plan());
        let (mut caller_told, mut responders_told) = (false, false);
        for (step, recording) in steps.iter().zip(switched) {
            story.plan.line.recording = recording;
            let reply = story.tell(step);
            caller_told |= words_of(&reply).iter().any(|words| words.contains("it may be recorded"));
            match &reply {
                Reply::Ring(ring) => {
                    prop_assert!(!ring.recorded || caller_told && recording, "{step:?}: {reply:?}");
                    responders_told |= ring.recorded;
                }
                Reply::Screen { says, .. } if responders_told => {
                    prop_assert!(says.iter().any(|words| words == "The call may be recorded."), "{says:?}");
                }
                _ => {}
            }
        }
    }
}

#[test]
fn three_answers_that_lead_nowhere_lead_to_the_default_destination() {
    let mut story = Story::new(plan());
    let first = story.tell(&Step::Incoming);
    assert_eq!(
        words_of(&first),
        ["Welcome to Example.", "For payments, press 1.", "For network, press 2.", "To hear this again, press star."]
    );
    let second = story.tell(&Step::Chose { asking: 1, key: Some('9') });
    assert_eq!(words_of(&second)[0], "Sorry, that is not one of the choices.");
    assert!(matches!(second, Reply::Menu { asking: 2, .. }));
    let third = story.tell(&Step::Chose { asking: 2, key: None });
    assert_eq!(words_of(&third)[0], "Sorry, I did not hear a key.");
    assert!(matches!(third, Reply::Menu { asking: 3, .. }));
    let Reply::Ring(ring) = story.tell(&Step::Chose { asking: 3, key: Some('#') }) else { panic!("it rings") };
    assert_eq!(ring.says, ["Sorry, that is not one of the choices.", "Connecting you to payments. Please hold."]);
    assert_eq!((ring.attempt, ring.to.as_e164(), ring.caller_id.as_e164()), (1, "+4791000001", LINE));
}

#[test]
fn a_star_repeats_the_menu_without_counting() {
    let mut story = Story::new(plan());
    story.tell(&Step::Incoming);
    for _ in 0..9 {
        let menu = story.tell(&Step::Chose { asking: 2, key: Some('*') });
        assert!(matches!(menu, Reply::Menu { asking: 2, .. }), "{menu:?}");
    }
}

#[test]
fn a_decline_passes_over_the_persons_other_phone_until_the_next_round() {
    let mut story = Story::new(plan());
    story.tell(&Step::Incoming);
    story.tell(&Step::Chose { asking: 1, key: Some('1') });
    story.tell(&Step::PickedUp { attempt: 1 });
    story.tell(&Step::Answered { attempt: 1, asking: 1, key: Some('2') });
    let over = |attempt| Step::LegOver { attempt, end: LegEnd::Completed { bridged: Some(false) }, caller_gone: false };
    let mut rung = Vec::new();
    for attempt in 1..6 {
        if let Reply::Ring(ring) = story.tell(&over(attempt)) {
            rung.push(ring.to.as_e164().to_owned());
        }
    }
    assert_eq!(rung, ["+4792000001", "+4791000001", "+4791000002", "+4792000001"]);
    assert_eq!(story.call().stage, Stage::Voicemail);
}

#[test]
fn an_acceptance_that_twilio_did_not_bridge_goes_on() {
    let mut story = Story::new(plan());
    story.tell(&Step::Incoming);
    story.tell(&Step::Chose { asking: 1, key: Some('1') });
    story.tell(&Step::Answered { attempt: 1, asking: 1, key: Some('1') });
    let end = LegEnd::Completed { bridged: Some(false) };
    let reply = story.tell(&Step::LegOver { attempt: 1, end, caller_gone: false });
    assert!(matches!(&reply, Reply::Ring(ring) if ring.to.as_e164() == "+4791000002"), "{reply:?}");
}

#[test]
fn a_responder_is_asked_once_before_the_call_begins() {
    let ada = Contact { caller: Some("+4791000002".parse().unwrap()), ..contact() };
    let plan = plan();
    let ask = |call: Option<&Call>, step: &Step| decide(Facts { plan: Some(&plan), call }, step, &ada, at(0));
    let offer = ask(None, &Step::Incoming);
    assert!(matches!(offer.reply, Reply::Offer { .. }) && offer.save.is_none() && offer.event.is_none());
    let desk = ask(None, &Step::Offered { key: Some('*') });
    assert!(desk.reply == Reply::Desk && desk.save.is_none() && desk.event.is_none());
    for key in [None, Some('1')] {
        let menu = ask(None, &Step::Offered { key });
        assert!(matches!(menu.reply, Reply::Menu { asking: 1, .. }), "{menu:?}");
        // and once the call has begun, star repeats the menu
        let call = menu.save.as_ref();
        assert!(matches!(ask(call, &Step::Incoming).reply, Reply::Menu { .. }));
        assert!(matches!(ask(call, &Step::Offered { key: Some('*') }).reply, Reply::Menu { .. }));
    }
}

#[test]
fn a_recording_of_a_call_that_came_while_the_table_was_away_is_kept_and_told() {
    let mut story = Story::new(plan());
    story.tell(&Step::Stored { recording: Recording { sid: "RE1".to_owned(), seconds: Some(12) } });
    assert_eq!(story.events, ["CA1:message"]);
    assert_eq!(story.call().message.as_ref().unwrap().recording.as_deref(), Some("RE1"));
}

#[test]
fn a_silent_recording_whose_transcription_failed_is_no_message_and_the_call_is_missed() {
    let mut story = Story::new(plan());
    story.tell(&Step::Incoming);
    story.tell(&Step::Chose { asking: 1, key: Some('2') });
    let silence = Recording { sid: "RE1".to_owned(), seconds: Some(0) };
    story.tell(&Step::Recorded { asking: 1, recording: Some(silence), caller_gone: true });
    story.tell(&Step::Transcribed { transcript: Transcript::Failed });
    story.tell(&Step::Ended);
    assert_eq!(story.events.last().map(String::as_str), Some("CA1:missed"));
}
