//! Rules of phone numbers and patterns over generated ones.

use phone::{NumberPattern, PhoneNumber};
use proptest::prelude::*;

const E164: &str = r"\+[1-9][0-9]{6,14}";
const PATTERN: &str = r"(\+[1-9][0-9]{0,5}|)\*[0-9*]{0,6}[0-9]";

/// What a pattern means, by trying every split: slow, and obviously right.
fn means(pattern: &[u8], number: &[u8]) -> bool {
    match (pattern.split_first(), number.split_first()) {
        (None, None) => true,
        (Some((b'*', rest)), _) => (0..=number.len()).any(|n| means(rest, &number[n..])),
        (Some((p, ps)), Some((n, ns))) => p == n && means(ps, ns),
        _ => false,
    }
}

proptest! {
    #[test]
    fn every_e164_number_is_accepted_and_kept(text in E164) {
        let number: PhoneNumber = text.parse().unwrap();
        prop_assert_eq!(number.as_e164(), text);
    }

    #[test]
    fn nothing_else_is_accepted(text in "[+0-9 a-z٣-]{0,18}") {
        let digits = text.strip_prefix('+').unwrap_or("");
        let e164 = (7..=15).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit())
            && !digits.starts_with('0');
        prop_assert_eq!(text.parse::<PhoneNumber>().is_ok(), e164);
    }

    #[test]
    fn at_least_four_digits_are_hidden_and_the_ends_shown(text in E164) {
        let number: PhoneNumber = text.parse().unwrap();
        for shown in [format!("{number}"), format!("{number:?}"), format!("{:#?}", Some(&number))] {
            prop_assert!(shown.matches('*').count() >= 4);
            prop_assert!(!shown.contains(&text));
        }
        let shown = number.to_string();
        prop_assert_eq!(shown.len(), text.len());
        prop_assert_eq!(&shown[shown.len() - 2..], &text[text.len() - 2..]);
    }

    #[test]
    fn a_refusal_shows_no_digit_of_the_input(text in r"\+[5-9]{8,14}[a-z]") {
        let refusal = text.parse::<PhoneNumber>().unwrap_err();
        let said = format!("{refusal} {refusal:?}");
        prop_assert!(!said.contains(&text[1..5]));
    }

    #[test]
    fn spoken_has_every_digit_once_in_groups_of_at_most_four(text in E164) {
        let number: PhoneNumber = text.parse().unwrap();
        let spoken = number.spoken();
        let digits: String = spoken.chars().filter(char::is_ascii_digit).collect();
        prop_assert_eq!(&digits, &text[1..]);
        for (place, group) in spoken.split(", ").enumerate() {
            let in_group = group.split(' ').count();
            prop_assert!(in_group <= 4 && (place == 0 || in_group >= 2), "{}", spoken);
            prop_assert!(group.split(' ').all(|digit| digit.len() == 1), "{}", spoken);
        }
    }

    #[test]
    fn order_is_that_of_the_text(a in E164, b in E164) {
        let (left, right): (PhoneNumber, PhoneNumber) = (a.parse().unwrap(), b.parse().unwrap());
        prop_assert_eq!(left.cmp(&right), a.cmp(&b));
        prop_assert_eq!(left == right, a == b);
    }

    #[test]
    fn a_pattern_matches_what_its_stars_can_stand_for(
        pattern in PATTERN,
        number in r"\+[1-9][1-3]{6,8}",
    ) {
        let parsed: NumberPattern = pattern.parse().unwrap();
        let number: PhoneNumber = number.parse().unwrap();
        let expected = means(pattern.as_bytes(), number.as_e164().as_bytes());
        prop_assert_eq!(parsed.matches(&number), expected);
    }

    #[test]
    fn a_number_cut_out_by_a_star_still_matches(text in E164, from in 1usize..8, len in 0usize..8) {
        let to = (from + len).min(text.len());
        let pattern = format!("{}*{}", &text[..from], &text[to..]);
        if let Ok(pattern) = pattern.parse::<NumberPattern>() {
            prop_assert!(pattern.matches(&text.parse().unwrap()));
        }
    }

    #[test]
    fn a_whole_number_is_a_pattern_for_itself_alone(a in E164, b in E164) {
        let pattern: NumberPattern = a.parse().unwrap();
        prop_assert!(pattern.matches(&a.parse().unwrap()));
        prop_assert_eq!(pattern.matches(&b.parse().unwrap()), a == b);
    }

    #[test]
    fn parsing_never_panics(text in any::<String>()) {
        let _ = text.parse::<PhoneNumber>();
        let _ = text.parse::<NumberPattern>();
    }
}
