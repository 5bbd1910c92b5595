use std::collections::BTreeMap;

use oncall::{
    CallerIdPolicy, Destination, Directory, PolicyId, Service, Voicemail, WithheldPolicy, texting::Attachment,
};
use proptest::{collection::vec, prelude::*, sample::select};

use super::*;

fn at(minutes: i64) -> Timestamp {
    let noon: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
    noon + SignedDuration::from_mins(minutes)
}

/// A line with so many destinations, the keys 1, 2, ….
fn plan(destinations: usize) -> Plan {
    let services: Vec<_> = (1..=destinations).map(|number| ServiceId::new(format!("s{number}"))).collect();
    let service = |id: &ServiceId| Service {
        id: id.clone(),
        name: id.to_string(),
        policy: PolicyId::new("usual"),
        mode: Mode::Normal,
        acknowledged_minutes: None,
    };
    let destination = |(key, service): (char, &ServiceId)| Destination {
        key: Key::from_char(key).unwrap(),
        service: service.clone(),
        label: format!("the {service}"),
    };
    let line = Line {
        id: LineId::new("hotline"),
        number: "+4721000000".parse().unwrap(),
        name: "Acme".to_owned(),
        enabled: true,
        language: "en-GB".to_owned(),
        voice: None,
        prompts: BTreeMap::new(),
        destinations: ('1'..).zip(&services).map(destination).collect(),
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
        sms_notifications: true,
        voice_notifications: true,
    };
    let services = services.iter().map(service).collect();
    Plan { version: 1, line, services, policies: Vec::new(), directory: Directory::default() }
}

fn letter(id: &str, words: &str) -> Letter {
    Letter {
        id: id.to_owned(),
        from: "+4799999999".parse().unwrap(),
        to: "+4721000000".parse().unwrap(),
        words: words.to_owned(),
        media: vec![Attachment { href: format!("https://example.org/{id}"), content_type: String::new() }],
        reply: Reply::of(words),
        is_answered: false,
    }
}

/// Everything that somebody texts, one after the other, as the table would keep it.
struct Talk {
    plan: Plan,
    conversation: Option<Conversation>,
    is_over: bool,
    began: u32,
    events: Vec<TextEvent>,
    answers: Vec<Option<String>>,
}

impl Talk {
    fn with(destinations: usize) -> Self {
        let (events, answers) = (Vec::new(), Vec::new());
        Self { plan: plan(destinations), conversation: None, is_over: false, began: 0, events, answers }
    }

    fn text(&mut self, letter: &Letter, minute: i64) -> Decision {
        self.began += 1;
        let fresh = ThreadId::new(format!("th_{}", self.began));
        let found = Found { conversation: self.conversation.as_ref(), is_over: self.is_over };
        let decision = decide(Some(&self.plan), found, letter, fresh, "Dutyline", at(minute));
        if let Some((_, conversation)) = &decision.save {
            let same = self.conversation.as_ref().is_some_and(|before| before.thread == conversation.thread);
            self.is_over &= same;
            self.conversation = Some(conversation.clone());
        }
        self.events.extend(decision.events.clone());
        self.answers.push(decision.answer.clone());
        decision
    }
}

fn cases(cases: u32) -> ProptestConfig {
    let wanted = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { cases: wanted.unwrap_or(cases), failure_persistence: None, ..ProptestConfig::default() }
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        select(vec!["1", "2", "9", "0", "*", " 1.", "12", "a", "help", "yes", "stop", "", "the site is down"])
            .prop_map(str::to_owned),
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(cases(256))]

    /// Nothing that somebody wrote about a matter is lost, told twice or told under two names, whatever they write
    /// and however often each text is delivered; and whoever keeps writing comes through to somebody.
    #[test]
    fn whatever_is_written_is_told_once(
        destinations in 1_usize..4,
        texts in vec((words(), 0_i64..30, 1_usize..3, any::<bool>()), 1..12),
    ) {
        let mut talk = Talk::with(destinations);
        let mut minute = 0;
        for (number, (words, wait, deliveries, ends)) in texts.iter().enumerate() {
            minute += wait;
            let letter = letter(&format!("SM{number}"), words);
            let first = talk.text(&letter, minute);
            for _ in 1..*deliveries {
                let again = talk.text(&letter, minute);
                if first.save.is_some() {
                    prop_assert_eq!(&again, &Decision::only(first.answer.clone()));
                }
            }
            talk.is_over |= *ends && first.events.len() == 1;
        }
        let mut told: Vec<_> = talk.events.iter().map(|event| event.id.clone()).collect();
        let count = told.len();
        told.sort();
        told.dedup();
        prop_assert_eq!(told.len(), count, "told twice");
        // what is not told waits, answers a menu, or is a word for Twilio
        let waiting: Vec<_> = talk.conversation.iter().flat_map(|it| &it.waiting).map(|text| &text.id).collect();
        for (number, (words, ..)) in texts.iter().enumerate() {
            let id = format!("SM{number}");
            let letter = letter(&id, words);
            let is_for_us = is_a_key(letter.key()) || matches!(letter.reply, Reply::Intercepted(_));
            prop_assert!(told.contains(&id) || waiting.contains(&&id) || is_for_us, "{words:?} is lost");
        }
        // of one conversation all is about one service
        let mut about: BTreeMap<&str, &str> = BTreeMap::new();
        for event in &talk.events {
            prop_assert_eq!(*about.entry(&event.thread).or_insert(&event.service), &event.service);
            prop_assert_eq!(event.media.len(), 1);
        }
    }

    /// Nobody is kept from a human by a menu: after three questions a text goes where calls go by default.
    #[test]
    fn a_menu_lets_everybody_through(destinations in 2_usize..4, texts in vec("[b-z ]{2,20}", 4)) {
        let mut talk = Talk::with(destinations);
        for (number, words) in texts.iter().enumerate() {
            let mut letter = letter(&format!("SM{number}"), words);
            letter.reply = Reply::Unknown;
            talk.text(&letter, 0);
        }
        prop_assert_eq!(talk.events.len(), texts.len());
        prop_assert!(talk.events.iter().all(|event| event.service == "s1"));
    }

    /// A machine that answers each of our texts at once comes to an end of ours.
    #[test]
    fn two_machines_do_not_talk_for_ever(destinations in 1_usize..4) {
        let mut talk = Talk::with(destinations);
        for number in 0..30 {
            talk.text(&letter(&format!("SM{number}"), "I am out of office"), number / 10);
        }
        let answered = talk.answers.iter().flatten().count();
        prop_assert!(answered <= 4, "{answered} answers");
    }
}

#[test]
fn what_waited_for_the_queue_goes_with_the_next_text() {
    let mut talk = Talk::with(1);
    talk.text(&letter("SM1", "Down"), 0);
    let mut kept = talk.conversation.clone().unwrap();
    let lost = talk.events.pop().unwrap();
    kept.wait(Waiting { id: lost.id, at: lost.at, words: lost.words, media: Vec::new() });
    talk.conversation = Some(kept);
    let decision = talk.text(&letter("SM2", "Hello?"), 1);
    let told: Vec<_> = decision.events.iter().map(|event| event.words.as_str()).collect();
    assert_eq!(told, ["Down", "Hello?"]);
    assert_eq!(talk.conversation.unwrap().waiting, []);
}

#[test]
fn a_line_whose_choices_shrink_to_one_asks_no_more() {
    let mut talk = Talk::with(2);
    talk.text(&letter("SM1", "Down"), 0);
    talk.plan = plan(1);
    let decision = talk.text(&letter("SM2", "Hello?"), 1);
    assert_eq!(decision.events.len(), 2);
    assert_eq!(
        decision.answer.as_deref(),
        Some("Acme: Thank you. Your message is with the team, who will reply here.")
    );
}

#[test]
fn a_conversation_does_not_last_for_ever() {
    let mut talk = Talk::with(1);
    talk.text(&letter("SM1", "Down"), 0);
    talk.text(&letter("SM2", "Still"), 59 * 24 * 60);
    talk.text(&letter("SM3", "Down"), 60 * 24 * 60);
    let threads: Vec<_> = talk.events.iter().map(|event| event.thread.as_str()).collect();
    assert_eq!(threads, ["th_1", "th_1", "th_3"]);
}
