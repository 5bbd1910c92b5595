//! What responders write, and which code means what.

use jiff::{SignedDuration, Timestamp};
use proptest::{collection::vec, prelude::*, sample::select};

use super::{About, Announcement, Codes, Command, Keyword, Reply, Verb};
use crate::{
    IncidentId,
    sketch::{at, cases},
};

fn written(reply: &Reply) -> String {
    let command = |command: &Command| {
        let verb = match command.verb {
            Verb::Acknowledge => "ack",
            Verb::Escalate => "escalate",
            Verb::Close => "close",
            Verb::CallBack => "call back",
        };
        match command.about {
            About::Latest => format!("{verb} latest"),
            About::Code(code) => format!("{verb} {code}"),
        }
    };
    match reply {
        Reply::Commands(all) => all.iter().map(command).collect::<Vec<_>>().join(", "),
        Reply::Say { code, words } => format!("say {code}: {words}"),
        Reply::Intercepted(keyword) => format!("{keyword:?}"),
        Reply::Unknown => "unknown".to_owned(),
    }
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(written(&Reply::of(text)), *expected, "{text:?}");
    }
}

#[test]
fn a_code_stands_before_or_behind_what_to_do() {
    check(&[
        ("12a", "ack 12"),
        ("12A", "ack 12"),
        ("a12", "ack 12"),
        ("12 a", "ack 12"),
        ("A 12", "ack 12"),
        (" 12  e ", "escalate 12"),
        ("\"12c\"", "close 12"),
        ("“12c”", "close 12"),
        ("'12c'.", "close 12"),
        ("«12e»!", "escalate 12"),
        ("#12 a", "ack 12"),
        ("a #12", "ack 12"),
        ("12-a", "ack 12"),
        ("12: ack", "ack 12"),
        ("ack 12", "ack 12"),
        ("Acknowledge 12.", "ack 12"),
        ("resolve 12", "close 12"),
        ("12\na", "ack 12"),
        ("012a", "ack 12"),
        ("12\u{a0}a", "ack 12"),
        ("12cb", "call back 12"),
        ("12 cb", "call back 12"),
        ("CB 12", "call back 12"),
    ]);
}

#[test]
fn without_a_code_the_latest_is_meant() {
    check(&[
        ("a", "ack latest"),
        ("A.", "ack latest"),
        ("\"e\"", "escalate latest"),
        ("Close", "close latest"),
        ("ACK", "ack latest"),
        ("4", "ack latest"),
        ("5", "escalate latest"),
        ("6", "close latest"),
        ("'4'", "ack latest"),
        ("cb", "call back latest"),
    ]);
}

#[test]
fn keys_work_with_a_code() {
    check(&[("12 4", "ack 12"), ("12 6", "close 12"), ("12, 5", "escalate 12"), ("124", "unknown"), ("4 4", "ack 4")]);
}

#[test]
fn several_at_once() {
    check(&[
        ("12a 13a", "ack 12, ack 13"),
        ("12a13c", "ack 12, close 13"),
        ("12 13 a", "ack 12, ack 13"),
        ("a 12, 13 and", "unknown"),
        ("a 12, 13", "ack 12, ack 13"),
        ("a12 c13", "ack 12, close 13"),
        ("a a", "unknown"),
        ("12 13", "say 12: 13"),
    ]);
}

#[test]
fn other_words_behind_a_code_are_for_the_reporter() {
    check(&[
        ("12 we are on it", "say 12: we are on it"),
        ("12: We are on it, 5 min!", "say 12: We are on it, 5 min!"),
        ("12 – på vei", "say 12: på vei"),
        ("#12 \"soon\"", "say 12: \"soon\""),
        ("12 a plumber is on the way", "say 12: a plumber is on the way"),
        ("12 close the door", "say 12: close the door"),
        ("12 🔥", "unknown"),
        ("12", "unknown"),
        ("12a thanks", "ack 12"),
        ("12 ack thanks", "ack 12"),
    ]);
}

#[test]
fn what_is_not_wholly_understood_does_nothing() {
    check(&[
        ("", "unknown"),
        ("   ", "unknown"),
        ("a moment", "unknown"),
        ("c'est fini", "unknown"),
        ("e.g. 12", "unknown"),
        ("please 12a", "unknown"),
        ("who is this", "unknown"),
        ("7", "unknown"),
        ("1234567a", "unknown"),
        ("99999999999999999999999999 a", "unknown"),
        ("😀", "unknown"),
    ]);
}

const INTERCEPTED: [&str; 13] = [
    "STOP",
    "STOPALL",
    "UNSUBSCRIBE",
    "END",
    "QUIT",
    "CANCEL",
    "REVOKE",
    "OPTOUT",
    "START",
    "YES",
    "UNSTOP",
    "HELP",
    "INFO",
];

#[test]
fn words_that_twilio_intercepts_are_left_to_it() {
    check(&[("stop", "OptOut"), (" End. ", "OptOut"), ("Cancel", "OptOut"), ("yes", "OptIn"), ("Info", "Help")]);
    check(&[("12 end", "unknown"), ("12 STOP", "unknown"), ("stop 12", "unknown"), ("please stop", "unknown")]);
    assert_eq!(Reply::of("quit"), Reply::Intercepted(Keyword::OptOut));
}

fn mixed_case(word: &str, upper: &[bool]) -> String {
    let cased = word.chars().zip(upper.iter().cycle());
    cased.map(|(c, upper)| if *upper { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() }).collect()
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn no_text_is_too_strange(text in "\\PC{0,200}") {
        if let Reply::Say { words, .. } = Reply::of(&text) {
            prop_assert!(!words.is_empty() && text.contains(&words));
        }
    }

    #[test]
    fn no_intercepted_word_is_a_command(
        word in select(&INTERCEPTED[..]),
        upper in vec(any::<bool>(), 1..9),
        signs in select(&["", " ", "\"", ".", "!", "'", "\n"][..]),
        code in prop::option::of(0_u32..2000),
    ) {
        let word = mixed_case(word, &upper);
        let text = code.map_or(format!("{signs}{word}{signs}"), |code| format!("{code} {word}{signs}"));
        prop_assert!(!matches!(Reply::of(&text), Reply::Commands(_) | Reply::Say { .. }), "{}", text);
    }

    #[test]
    fn a_code_and_a_letter_are_read_however_they_are_written(
        code in 10_u32..1000,
        verb in select(&[("a", Verb::Acknowledge), ("e", Verb::Escalate), ("c", Verb::Close), ("cb", Verb::CallBack)][..]),
        upper in vec(any::<bool>(), 2),
        between in select(&["", " ", "  ", "-", ": ", ", ", "\u{a0}", "\n"][..]),
        around in select(&[("", ""), ("\"", "\""), ("'", "'"), ("“", "”"), (" ", " "), ("(", ")."), ("#", "")][..]),
        code_first in any::<bool>(),
    ) {
        let letters = mixed_case(verb.0, &upper);
        let pair = if code_first { format!("{code}{between}{letters}") } else { format!("{letters}{between}{code}") };
        let text = format!("{}{pair}{}", around.0, around.1);
        prop_assert_eq!(Reply::of(&text), Reply::Commands(vec![Command { verb: verb.1, about: About::Code(code) }]), "{}", text);
    }
}

fn second(count: i64) -> Timestamp {
    at("2026-01-08T12:00:00Z") + SignedDuration::from_secs(count)
}

fn incident(number: usize) -> IncidentId {
    IncidentId::new(format!("in_{number}"))
}

#[test]
fn codes_are_small_and_stay_with_their_incident() {
    let mut codes = Codes::default();
    for (number, instant, code) in [(1, 0, 10), (2, 100, 11), (1, 200, 10), (3, 300, 12)] {
        assert_eq!(codes.announce(&incident(number), second(instant)), Announcement::Alone { code });
    }
    assert_eq!(codes.meant(About::Code(10)), [incident(1)]);
    assert_eq!(codes.meant(About::Latest), [incident(3)]);
    assert_eq!((codes.meant(About::Code(13)), codes.code_of(&incident(2))), (&[][..], Some(11)));
}

#[test]
fn a_code_is_used_again_only_after_a_long_rest() {
    let mut codes = Codes::default();
    let rest = Codes::REST.as_secs();
    codes.announce(&incident(1), second(0));
    codes.announce(&incident(2), second(100));
    assert_eq!(codes.announce(&incident(3), second(rest - 1)), Announcement::Alone { code: 12 });
    assert_eq!(codes.announce(&incident(4), second(rest)), Announcement::Alone { code: 10 });
    assert_eq!(codes.announce(&incident(1), second(rest + 99)), Announcement::Alone { code: 13 });
}

#[test]
fn in_a_storm_the_rest_comes_in_one_text_with_one_code() {
    let mut codes = Codes::default();
    for number in 0..3 {
        assert!(matches!(codes.announce(&incident(number), second(0)), Announcement::Alone { .. }));
    }
    for number in 3..50 {
        let bundled = Announcement::Bundled { at: second(16) };
        assert_eq!(codes.announce(&incident(number), second(1)), bundled);
        assert_eq!(codes.announce(&incident(number), second(1)), bundled);
    }
    assert_eq!((codes.due(), codes.bundle(second(15))), (Some(second(16)), None));
    let bundle = codes.bundle(second(16)).unwrap();
    assert_eq!((bundle.code, bundle.incidents.len()), (13, 47));
    assert_eq!(codes.meant(About::Latest), bundle.incidents);
    // what comes now waits for the next text, and has another code: a reply means only what was told
    assert_eq!(codes.announce(&incident(99), second(20)), Announcement::Bundled { at: second(76) });
    assert_eq!(codes.meant(About::Code(13)).len(), 47);
    assert_eq!(codes.bundle(second(80)).unwrap().code, 14);
    // the storm is over
    assert_eq!(codes.announce(&incident(100), second(150)), Announcement::Alone { code: 15 });
}

#[test]
fn what_may_not_be_told_yet_is_gathered_with_what_comes_meanwhile() {
    let mut codes = Codes::default();
    assert_eq!(codes.announce(&incident(1), second(0)), Announcement::Alone { code: 10 });
    let bundled = Announcement::Bundled { at: second(60) };
    for number in [1, 2, 2] {
        assert_eq!(codes.gather(&incident(number), second(60)), bundled);
    }
    assert_eq!(codes.gather(&incident(3), second(90)), bundled);
    assert_eq!(codes.announce(&incident(4), second(5)), bundled);
    codes.keep_gathered(|id| *id != incident(2));
    let bundle = codes.bundle(second(60)).unwrap();
    assert_eq!((bundle.code, bundle.incidents), (11, vec![incident(1), incident(3), incident(4)]));
    codes.gather(&incident(5), second(200));
    codes.keep_gathered(|_| false);
    assert_eq!((codes.due(), codes.bundle(second(999))), (None, None));
}

#[test]
fn five_replies_in_a_row_are_of_no_help() {
    let mut codes = Codes::default();
    let answered = |codes: &mut Codes| (0..8).filter(|_| codes.may_help()).count();
    assert_eq!((answered(&mut codes), answered(&mut codes)), (5, 0));
    codes.acted();
    assert_eq!(answered(&mut codes), 5);
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn no_code_means_two_things_and_no_page_is_forgotten(pages in vec((0_usize..40, 0_i64..40), 1..120)) {
        let (mut codes, mut now) = (Codes::default(), 0);
        let (mut texts, mut told) = (Vec::new(), Vec::new());
        for (number, seconds) in pages {
            now += seconds;
            if codes.due().is_some_and(|due| due <= second(now)) {
                let bundle = codes.bundle(second(now)).unwrap();
                told.extend(bundle.incidents);
                texts.push(now);
            }
            match codes.announce(&incident(number), second(now)) {
                Announcement::Alone { code } => {
                    prop_assert_eq!(codes.meant(About::Code(code)), &[incident(number)]);
                    told.push(incident(number));
                }
                Announcement::Bundled { at } => prop_assert!(at > second(now) && at <= second(now + 60)),
            }
            let gathered = codes.gathering.as_ref().is_some_and(|it| it.incidents.contains(&incident(number)));
            prop_assert!(gathered || told.contains(&incident(number)));
            let mut all: Vec<u32> = codes.issued.iter().map(|issued| issued.code).collect();
            all.sort_unstable();
            all.dedup();
            prop_assert!(all.len() == codes.issued.len() && all.iter().all(|code| *code >= Codes::FIRST));
        }
        prop_assert!(texts.windows(2).all(|pair| pair[1] - pair[0] >= 60));
    }
}
