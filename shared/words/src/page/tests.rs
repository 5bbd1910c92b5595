//! Pages, in the words that a phone shows.

use proptest::{prelude::*, sample::select};
use twilio::segments::Encoding;

use super::*;

#[track_caller]
fn check(language: Language, summary: &str, segments: usize, expected: &str) {
    let text = page(language, "Dutyline", 12, summary);
    assert_eq!(text, expected);
    assert_eq!(Segments::of(&text).count, segments, "{text}");
}

#[test]
fn a_page_says_what_is_the_matter_and_how_to_reply() {
    check(
        Language::English,
        "Disk full on db-1.",
        1,
        "Dutyline: Alert 12: Disk full on db-1. Reply 12a to ack, 12e to escalate, 12c to close.",
    );
    check(
        Language::Norwegian,
        "Betaling svarer ikke",
        1,
        "Dutyline: Alarm 12: Betaling svarer ikke. Svar 12a for å ta den, 12e for å eskalere, 12c for å lukke.",
    );
    check(
        Language::German,
        "",
        1,
        "Dutyline: Alarm 12: ohne Beschreibung. Antwort 12a nimmt an, 12e eskaliert, 12c schließt.",
    );
}

#[test]
fn typographic_signs_and_pictures_cost_nothing() {
    check(
        Language::English,
        "🔥 “API” doesn’t answer –\n5xx",
        1,
        "Dutyline: Alert 12: \"API\" doesn't answer - 5xx. Reply 12a to ack, 12e to escalate, 12c to close.",
    );
}

#[test]
fn a_long_summary_is_cut_at_a_word_to_fit_one_segment() {
    check(
        Language::English,
        "HTTP 502 from checkout in eu-west-1: 37 percent of requests failed in the last five minutes, threshold is 2",
        1,
        "Dutyline: Alert 12: HTTP 502 from checkout in eu-west-1: 37 percent of requests failed in the last five... \
         Reply 12a to ack, 12e to escalate, 12c to close.",
    );
}

#[test]
fn another_script_takes_the_segments_that_it_needs() {
    check(
        Language::English,
        "Диск полон на db-1",
        2,
        "Dutyline: Alert 12: Диск полон на db-1. Reply 12a to ack, 12e to escalate, 12c to close.",
    );
}

#[test]
fn a_bundle_says_how_many() {
    assert_eq!(
        bundle(Language::English, "Dutyline", 13, 47, "Payments, Search"),
        "Dutyline: 47 alerts 13: Payments, Search. Reply 13a to ack all, 13e to escalate all, 13c to close all."
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_summary_its_page_can_be_answered(
        summary in "\\PC{0,300}", code in 10_u32..400, language in select(Language::ALL.to_vec()), app in "\\PC{1,40}",
    ) {
        let text = page(language, &app, code, &summary);
        let keys = ["a", "e", "c"].map(|key| format!("{code}{key}"));
        prop_assert!(keys.iter().all(|key| text.contains(key)), "{}", text);
        let segments = Segments::of(&text);
        prop_assert!(segments.count <= MOST_SEGMENTS, "{}", text);
    }

    #[test]
    fn a_page_in_the_plain_alphabet_takes_one_segment(
        summary in "[ -Z_a-zæøåÆØÅäöüß’“”…🔥]{0,400}", code in 10_u32..400, language in select(Language::ALL.to_vec()),
    ) {
        let segments = Segments::of(&page(language, "Dutyline", code, &summary));
        prop_assert_eq!((segments.encoding, segments.count), (Encoding::Gsm7, 1));
    }
}
