use oncall::{NotificationRules, incident::Via};
use twilio::segments::Encoding;

use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn said(language: Language, timezone: Option<&str>, came: &Came) -> String {
    let person = Person {
        id: PersonId::new("bo"),
        name: "Bo".to_owned(),
        language: None,
        timezone: timezone.map(str::to_owned),
        phones: Vec::new(),
        rules: NotificationRules::default(),
    };
    let names = BTreeMap::from([(PersonId::new("ada"), "Ada \u{201c}L\u{201d} Ovelace".to_owned())]);
    let now = at("2026-11-20T23:30:00Z");
    Ear { app: "Dutyline", language, person: &person, now, names: &names, last_code: None }.answer(came)
}

fn outcome(verb: Verb, code: u32, answers: &[Answer]) -> Outcome {
    Outcome { wanted: Wanted::Done(verb), code, answers: answers.to_vec() }
}

fn taken_by(by: Actor, instant: &str) -> Answer {
    Answer::AcknowledgedBy { by, at: at(instant) }
}

fn person(id: &str) -> Actor {
    Actor::Person { id: PersonId::new(id), via: Via::Voice }
}

#[test]
fn the_time_is_theirs_and_the_day_is_named_if_it_is_another_one() {
    let one = |answer| Came::Of(vec![outcome(Verb::Acknowledge, 12, &[answer])]);
    for (timezone, by, instant, expected) in [
        (
            Some("Europe/Oslo"),
            person("ada"),
            "2026-11-20T23:05:00Z",
            "Ada \"L\" Ovelace has alert 12 already, since 00:05.",
        ),
        (
            Some("Europe/Oslo"),
            person("ada"),
            "2026-11-20T22:05:00Z",
            "Ada \"L\" Ovelace has alert 12 already, since 2026-11-20 23:05.",
        ),
        (None, person("ada"), "2026-11-20T22:05:00Z", "Ada \"L\" Ovelace has alert 12 already, since 22:05 UTC."),
        (Some("Nowhere"), Actor::Source, "2026-11-20T22:05:00Z", "its source has alert 12 already, since 22:05 UTC."),
        (None, person("gone"), "2026-11-20T22:05:00Z", "an admin has alert 12 already, since 22:05 UTC."),
        (
            None,
            Actor::Token("k1".to_owned()),
            "2026-11-20T22:05:00Z",
            "an admin has alert 12 already, since 22:05 UTC.",
        ),
    ] {
        let text = said(Language::English, timezone, &one(taken_by(by, instant)));
        assert_eq!(text, format!("Dutyline: {expected}"));
    }
}

#[test]
fn what_others_have_done_comes_first_and_is_said_once() {
    let taken = taken_by(person("ada"), "2026-11-20T23:05:00Z");
    let came = Came::Of(vec![
        outcome(Verb::Acknowledge, 10, &[Answer::Done]),
        outcome(Verb::Acknowledge, 12, std::slice::from_ref(&taken)),
        outcome(Verb::Acknowledge, 12, &[taken]),
        outcome(Verb::Acknowledge, 11, &[Answer::Done]),
        outcome(Verb::Escalate, 11, &[Answer::JustEscalated]),
        outcome(Verb::Close, 99, &[]),
    ]);
    assert_eq!(
        said(Language::English, None, &came),
        "Dutyline: Ada \"L\" Ovelace has alert 12 already, since 23:05 UTC. Alert 11 has just been escalated. \
         There is no alert 99 for you. 2 alerts 10, 11 are yours."
    );
}

#[test]
fn an_answer_is_one_text_of_few_segments_in_every_language() {
    let many = (10..30).map(|code| {
        let answers: &[Answer] = match code % 4 {
            0 => &[Answer::Done],
            1 => &[Answer::NobodyLeft],
            2 => &[Answer::NoReporter],
            _ => &[],
        };
        outcome(Verb::Escalate, code, answers)
    });
    let came = Came::Of(many.collect());
    for language in Language::ALL.iter().copied() {
        let text = said(language, None, &came);
        let segments = Segments::of(&text);
        assert_eq!(segments.encoding, Encoding::Gsm7, "{text}");
        assert!((2..=MOST_SEGMENTS).contains(&segments.count), "{} in {language:?}: {text}", segments.count);
        assert_eq!(text.matches("Dutyline").count(), 1, "{text}");
        for came in [Came::NothingTold, Came::NotUnderstood] {
            assert_eq!(Segments::of(&said(language, None, &came)).count, 1, "{came:?} in {language:?}");
        }
    }
}
