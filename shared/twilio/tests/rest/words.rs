//! The sentences for Twilio's codes.

use std::collections::BTreeSet;

use twilio::rest::meaning;

use crate::fixture;

#[test]
fn there_is_a_sentence_for_each_code_that_we_meet_and_for_no_other() {
    let codes = fixture::read("error_codes.json");
    let listed: BTreeSet<u32> = codes.as_object().unwrap().keys().map(|code| code.parse().unwrap()).collect();
    let known: BTreeSet<u32> = (0..100_000).filter(|code| meaning(*code).is_some()).collect();
    assert_eq!(known, listed);
}

#[test]
fn they_are_sentences() {
    for sentence in (0..100_000).filter_map(meaning) {
        assert!(sentence.ends_with('.') && sentence.starts_with(char::is_uppercase), "{sentence}");
    }
}
