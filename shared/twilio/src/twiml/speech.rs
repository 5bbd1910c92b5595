/// Twilio speaks at most this many characters in one `<Say>` with any voice: 4096, but 3000 with a
/// Polly voice (error 13521). Which voice a language's default is, Twilio decides.
const MOST: usize = 3_000;

/// The text in parts that one `<Say>` may hold, cut after a sentence if there is one in the second half,
/// else after a word, else anywhere. Nothing is lost between them; a blank text has no parts.
pub(super) fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = if is_silent(text) { "" } else { text };
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (part, after) = rest.split_at(cut(rest));
        rest = if is_silent(after) { "" } else { after };
        Some(part)
    })
}

fn is_silent(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c.is_control())
}

fn cut(text: &str) -> usize {
    let Some((most, _)) = text.char_indices().nth(MOST) else {
        return text.len();
    };
    let window = &text[..most];
    let mut sentence = None;
    let mut word = None;
    let mut before = ' ';
    for (place, c) in window.char_indices() {
        if c.is_whitespace() {
            let after = place + c.len_utf8();
            word = Some(after);
            if matches!(before, '.' | '!' | '?' | ':' | ';') && after > most / 2 {
                sentence = Some(after);
            }
        }
        before = c;
    }
    sentence.or(word).unwrap_or(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, lengths: &[usize]) {
        let parts: Vec<&str> = parts(text).collect();
        assert_eq!(parts.iter().map(|part| part.chars().count()).collect::<Vec<_>>(), lengths);
    }

    #[test]
    fn parts_by_length() {
        check("", &[]);
        check(" \n\u{0}\t", &[]);
        check("a", &[1]);
        check(&"å".repeat(3_000), &[3_000]);
        check(&"å".repeat(3_001), &[3_000, 1]);
        check(&format!("{} ", "a".repeat(3_000)), &[3_000]);
        // after a word
        check(&"abc ".repeat(1_000), &[3_000, 1_000]);
        check(&"abcdef ".repeat(500), &[2_996, 504]);
        // after a sentence in the second half, not after one in the first
        check(&format!("{}. {}", "a ".repeat(1_000), "b ".repeat(1_000)), &[2_002, 2_000]);
        check(&format!("{}. {}", "a ".repeat(500), "b ".repeat(1_500)), &[3_000, 1_002]);
        // a dot inside a word is no sentence's end
        check(&format!("{}.{}", "a ".repeat(1_000), "b".repeat(1_500)), &[2_000, 1_501]);
    }
}
