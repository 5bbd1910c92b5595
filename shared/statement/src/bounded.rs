//! Texts that fit: foreign texts are as long and hold whatever their sender likes.

use std::collections::BTreeMap;

use pipeline::{Link, bounds};
use serde_json::Value;

const MOST_DETAILS: usize = 50;
const CUT: &str = "…";

/// Takes texts and cuts them to what a message may hold, and knows whether it did.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Bounded {
    /// Whether something was cut or left out.
    pub(crate) shortened: bool,
}

impl Bounded {
    /// One line of at most so many bytes; none if nothing is left.
    pub(crate) fn line(&mut self, text: &str, most: usize) -> Option<String> {
        self.fit(text, most, false)
    }

    /// Links that can be followed, as many as there may be.
    pub(crate) fn links(&mut self, links: Vec<Link>) -> Vec<Link> {
        let mut kept: Vec<Link> = Vec::new();
        for link in links {
            let href = link.href.trim();
            let web = ["http://", "https://"]
                .iter()
                .any(|scheme| href.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
            if !web || kept.iter().any(|known| known.href == href) {
                continue;
            }
            let plain = href.chars().all(|c| !c.is_whitespace() && is_plain(c));
            if !plain || href.len() > bounds::HREF || kept.len() == bounds::LINKS {
                self.shortened = true;
                continue;
            }
            let text = link.text.and_then(|text| self.line(&text, bounds::LINK_TEXT));
            kept.push(Link { href: href.to_owned(), text });
        }
        kept
    }

    /// Details by name, those first that come first.
    pub(crate) fn details(&mut self, details: &[(String, Value)]) -> BTreeMap<String, String> {
        let mut kept = BTreeMap::new();
        let mut bytes = 0;
        for (name, value) in details {
            let text = match value {
                Value::Null => continue,
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            let Some(name) = self.line(name, bounds::DETAIL_NAME) else { continue };
            let Some(text) = self.fit(&text, bounds::DETAIL, true) else { continue };
            if kept.contains_key(&name) {
                continue;
            }
            if bytes + name.len() + text.len() > bounds::DETAILS || kept.len() == MOST_DETAILS {
                self.shortened = true;
                continue;
            }
            bytes += name.len() + text.len();
            kept.insert(name, text);
        }
        kept
    }

    fn fit(&mut self, text: &str, most: usize, breaks: bool) -> Option<String> {
        let kept = |c: char| if is_plain(c) || (breaks && c == '\n') { c } else { ' ' };
        let text: String = text.trim().chars().map(kept).collect();
        let text = text.trim();
        if text.len() <= most {
            return Some(text.to_owned()).filter(|text| !text.is_empty());
        }
        self.shortened = true;
        Some(format!("{}{CUT}", text[..text.floor_char_boundary(most.saturating_sub(CUT.len()))].trim_end()))
    }
}

/// Whether SQS takes the character, and a line stays one.
pub fn is_plain(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}') && (u32::from(c) & 0xfffe) != 0xfffe
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, most: usize, kept: Option<&str>, shortened: bool) {
        let mut bounded = Bounded::default();
        assert_eq!(bounded.line(text, most).as_deref(), kept);
        assert_eq!(bounded.shortened, shortened, "{text:?}");
    }

    #[test]
    fn a_line_is_cut_between_characters_and_says_so() {
        check("down", 4, Some("down"), false);
        check("downed", 5, Some("do…"), true);
        check("blåbær", 7, Some("blå…"), true);
        check("blåbær", 6, Some("bl…"), true);
        check("🔥🔥🔥", 8, Some("🔥…"), true);
        check(" a\tb\r\nc\u{0}\u{7f}\u{85}\u{ffff}\u{2028} ", 20, Some("a b  c"), false);
        check(" \n\u{0} ", 20, None, false);
        check("", 20, None, false);
    }

    #[test]
    fn only_what_a_browser_opens_is_a_link() {
        let link = |href: &str| Link { href: href.to_owned(), text: None };
        let kept = |links: &[&str]| {
            let mut bounded = Bounded::default();
            let kept = bounded.links(links.iter().map(|href| link(href)).collect());
            (kept.into_iter().map(|link| link.href).collect::<Vec<_>>(), bounded.shortened)
        };
        assert_eq!(kept(&["HTTPS://a/b", "javascript:alert(1)", "", "/x"]), (vec!["HTTPS://a/b".to_owned()], false));
        assert_eq!(kept(&["http://a", "http://a"]), (vec!["http://a".to_owned()], false));
        assert_eq!(kept(&["http://a b"]), (vec![], true));
        assert_eq!(kept(&[&format!("http://{}", "a".repeat(bounds::HREF))]), (vec![], true));
        let (links, shortened) = kept(&["http://1", "http://2", "http://3", "http://4", "http://5"]);
        assert_eq!((links.len(), shortened), (4, true));
    }

    #[test]
    fn details_are_texts() {
        let mut bounded = Bounded::default();
        let value = serde_json::json!({"n": 3, "deep": {"a": [1]}});
        let details = [
            ("a".to_owned(), Value::from("1\n2")),
            ("a".to_owned(), Value::from("later")),
            ("none".to_owned(), Value::Null),
            ("value".to_owned(), value),
        ];
        let kept: Vec<_> = bounded.details(&details).into_iter().collect();
        let expected = [("a", "1\n2"), ("value", r#"{"deep":{"a":[1]},"n":3}"#)];
        assert_eq!(kept, expected.map(|(name, text)| (name.to_owned(), text.to_owned())));
        assert!(!bounded.shortened);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100))]

        #[test]
        fn whatever_comes_fits(text in any::<String>(), most in 3_usize..200) {
            let mut bounded = Bounded::default();
            let plain: String = text.chars().map(|c| if is_plain(c) { c } else { ' ' }).collect();
            let plain = plain.trim();
            let line = bounded.line(&text, most);
            prop_assert_eq!(bounded.shortened, plain.len() > most);
            let Some(line) = line else {
                prop_assert_eq!(plain, "");
                return Ok(());
            };
            prop_assert!(line.len() <= most);
            prop_assert!(plain.starts_with(line.trim_end_matches(CUT).trim_end()));
            prop_assert_eq!(Bounded::default().line(&line, most), Some(line));
        }

        #[test]
        fn whatever_details_come_they_fit(lengths in prop::collection::vec((0_usize..60, 0_usize..600), 0..80)) {
            let text = |length: usize| "æ".repeat(length);
            let details: Vec<_> =
                lengths.iter().enumerate().map(|(n, (name, it))| (n.to_string() + &text(*name), text(*it).into())).collect();
            let mut bounded = Bounded::default();
            let kept = bounded.details(&details);
            let bytes: usize = kept.iter().map(|(name, text)| name.len() + text.len()).sum();
            prop_assert!(kept.len() <= MOST_DETAILS && bytes <= bounds::DETAILS);
            let all = lengths.iter().filter(|(_, it)| *it > 0).count();
            prop_assert!(bounded.shortened || kept.len() == all);
        }
    }
}
