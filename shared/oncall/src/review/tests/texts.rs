//! What people write: how long it may be, and in which language.

use super::{check, check_line, directory, line, policy};
use crate::{CalendarId, HolidayCalendar, Line, Voicemail, review::text::is_language_tag, sketch};

#[test]
fn a_language_tag_is_letters_and_digits_between_hyphens() {
    for tag in ["en", "en-GB", "nb-NO", "cmn-Hans-CN", "es-419", "en-GB-WLS", "arb"] {
        assert!(is_language_tag(tag), "{tag}");
    }
    for tag in [
        "",
        "e",
        "klingon",
        "en_GB",
        "en-",
        "-GB",
        "en--GB",
        "en GB",
        "e1",
        "englishes",
        "en-nineteeny",
        "en-GB\n",
        "blå",
    ] {
        assert!(!is_language_tag(tag), "{tag}");
    }
}

#[test]
fn a_language_without_words_is_said_to_be_one() {
    let none = "language is none that we have words in: what is not replaced is said in English words";
    let in_language = |tag: &str| Line {
        language: tag.to_owned(),
        voicemail: Voicemail { transcribe: false, ..Voicemail::default() },
        ..line()
    };
    for (tag, warnings) in
        [("nb-NO", vec![]), ("EN", vec![]), ("es-MX", vec![]), ("ja-JP", vec![none]), ("tlh", vec![none])]
    {
        check_line(&in_language(tag), &[], &warnings);
    }
    let long = format!("en{}", "-aaaaaaaa".repeat(4));
    check_line(&in_language(&long), &["language is not a language tag, such as en-GB"], &[]);
}

#[test]
fn what_people_write_has_an_end() {
    let name = |more: usize| "å".repeat(100 + more);
    let with = |more: usize| {
        let mut line = line();
        (line.name, line.voice) = (name(more), Some("v".repeat(64 + more)));
        line.destinations[0].label = name(more);
        line.prompts = [("greeting".to_owned(), "å".repeat(3_000 + more))].into();
        line
    };
    check_line(&with(0), &[], &[]);
    check_line(
        &with(1),
        &[
            "name is too long: at most 100 characters",
            "voice is too long: at most 64 characters",
            "prompts.greeting is too long: at most 3000 characters",
            "destinations[0].label is too long: at most 100 characters",
        ],
        &[],
    );
    let mut people = directory("ada 1; core: ada; night = ada");
    (people.people[0].name, people.teams[0].name) = (name(1), name(1));
    (people.schedules[0].name, people.schedules[0].definition.layers[0].name) = (name(1), name(1));
    let too_long = |field: &str| format!("{field} is too long: at most 100 characters");
    let fields = ["people[0].name", "teams[0].name", "schedules[0].name", "schedules[0].definition.layers[0].name"];
    let expected = fields.map(too_long);
    check(&people.review(), &expected.each_ref().map(String::as_str), &[]);
    let mut policy = policy("ada");
    policy.name = name(1);
    assert_eq!(policy.review(&people).refusals[0].to_string(), too_long("name"));
    let day = sketch::holiday(&name(1), "2026-12-25", "2026-12-25", false);
    let calendar = HolidayCalendar { id: CalendarId::new("x"), name: name(1), days: vec![day] };
    check(&calendar.review(), &[&too_long("name"), &too_long("days[0].name")], &[]);
}
