use oncall::texting::{About, Codes, Conversation, Handled, Verb};
use phone::PhoneNumber;
use proptest::prelude::*;

use super::*;

fn at(minutes: i64) -> Timestamp {
    let noon: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
    noon + jiff::SignedDuration::from_mins(minutes)
}

fn letter(words: &str) -> Letter {
    let number = |text: &str| text.parse::<PhoneNumber>().unwrap();
    Letter {
        id: "SM1".to_owned(),
        from: number("+4790000001"),
        to: number("+4721000000"),
        words: words.to_owned(),
        media: Vec::new(),
        reply: Reply::of(words),
        is_answered: false,
    }
}

/// A phone that was told of one alert, 10, at noon; or of none.
fn codes(told: bool) -> Codes {
    let mut codes = Codes::default();
    if told {
        codes.announce(&oncall::IncidentId::new("in_1"), at(0));
    }
    codes
}

fn asked(minute: i64) -> Conversation {
    Conversation {
        thread: oncall::ThreadId::new("th_1"),
        stage: Stage::Choosing { asked: 1 },
        waiting: Vec::new(),
        began_at: at(minute),
        touched_at: at(minute),
        answered_at: Some(at(minute)),
        handled: Vec::new(),
    }
}

#[track_caller]
fn check(words: &str, told: bool, conversation: Option<Conversation>, is_over: bool, expected: &Meaning) {
    let found = Found { conversation: conversation.as_ref(), is_over };
    let known = Told { codes: &codes(told), answered: &[] };
    assert_eq!(meaning(known, Some(found), &letter(words), at(5)), *expected, "{words:?}");
}

fn command(verb: Verb, about: About) -> Meaning {
    Meaning::Commands(vec![Command { verb, about }])
}

#[test]
fn a_text_means_what_its_phone_was_last_told() {
    let latest = |verb| command(verb, About::Latest);
    let service = Stage::Open { service: oncall::ServiceId::new("payments") };
    let open = Conversation { stage: service, ..asked(1) };
    let help = Meaning::Unknown;
    let say = Meaning::Say { code: 10, words: "on it".to_owned() };
    for (words, told, conversation, is_over, expected) in [
        ("a", true, None, false, &latest(Verb::Acknowledge)),
        ("a", false, None, false, &latest(Verb::Acknowledge)),
        ("on my way", true, None, false, &help),
        ("on my way", false, None, false, &Meaning::Caller),
        ("10 on it", true, None, false, &say),
        ("10 on it", false, None, false, &Meaning::Caller),
        ("12 on it", true, None, false, &Meaning::Say { code: 12, words: "on it".to_owned() }),
        // in a conversation
        ("on my way", true, Some(open.clone()), false, &Meaning::Caller),
        ("12 on it", true, Some(open.clone()), false, &Meaning::Caller),
        ("10 on it", true, Some(open.clone()), false, &say),
        ("4", true, Some(open.clone()), false, &latest(Verb::Acknowledge)),
        ("on my way", true, Some(open), true, &help),
        // a menu
        ("4", true, Some(asked(1)), false, &Meaning::Caller),
        ("*", true, Some(asked(1)), false, &Meaning::Caller),
        ("4", true, Some(asked(-1)), false, &latest(Verb::Acknowledge)),
        ("4", true, Some(asked(1)), true, &latest(Verb::Acknowledge)),
        ("a", true, Some(asked(1)), false, &latest(Verb::Acknowledge)),
        ("STOP", true, Some(asked(1)), false, &Meaning::Intercepted(Keyword::OptOut)),
    ] {
        check(words, told, conversation, is_over, expected);
    }
}

proptest! {
    #![proptest_config(cases(256))]

    /// Whoever has been told of an alert can always acknowledge it, whatever else is under way.
    #[test]
    fn a_letter_is_always_a_command(minute in -2000_i64..10, is_open: bool, is_over: bool, code in prop_oneof![Just(None), (10_u32..99).prop_map(Some)]) {
        let service = Stage::Open { service: oncall::ServiceId::new("payments") };
        let conversation = Conversation { stage: if is_open { service } else { asked(0).stage }, ..asked(minute) };
        let found = Found { conversation: Some(&conversation), is_over };
        let words = code.map_or_else(|| "a".to_owned(), |code| format!("{code}a"));
        let about = code.map_or(About::Latest, About::Code);
        let known = Told { codes: &codes(true), answered: &[] };
        prop_assert_eq!(meaning(known, Some(found), &letter(&words), at(5)), command(Verb::Acknowledge, about));
    }

    /// Whatever it was: the second time it is what it was the first time.
    #[test]
    fn what_was_answered_is_answered_again(words: String, answer in proptest::option::of(any::<String>())) {
        let handled = [Handled { id: "SM1".to_owned(), answer: answer.clone() }];
        let known = Told { codes: &codes(true), answered: &handled };
        prop_assert_eq!(meaning(known, None, &letter(&words), at(5)), Meaning::Again(answer));
    }
}

fn cases(cases: u32) -> ProptestConfig {
    let wanted = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { cases: wanted.unwrap_or(cases), failure_persistence: None, ..ProptestConfig::default() }
}
