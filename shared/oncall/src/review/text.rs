//! The form of texts.

/// Whether `tag` has the form of a language tag: subtags of letters and digits, at most eight of them in each, the
/// first a language, which has two letters or three: longer ones are allowed by the syntax, and none is registered. (The syntax that RFC 4647, section 2.1 takes over from RFC 3066; it lets through what Twilio
/// calls `en-GB-WLS`, which the registry-bound syntax of RFC 5646 does not know.)
pub(super) fn is_language_tag(tag: &str) -> bool {
    let subtag = |subtag: &str| (1..=8).contains(&subtag.len()) && subtag.bytes().all(|b| b.is_ascii_alphanumeric());
    let (language, rest) = tag.split_once('-').map_or((tag, None), |(language, rest)| (language, Some(rest)));
    (2..=3).contains(&language.len())
        && language.bytes().all(|byte| byte.is_ascii_alphabetic())
        && rest.is_none_or(|rest| rest.split('-').all(subtag))
}
