//! Numbers as people write them.

/// Without what is only written for the eye: blanks, hyphens, brackets, dots.
pub(crate) fn bare(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace() && !"-()./\u{2010}\u{2011}".contains(*letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_for_the_eye_does_not_count() {
        for written in ["+4791000001", " +47 91 00 00 01", "+47 (910) 00-001", "+47\u{a0}910.00.001"] {
            assert_eq!(bare(written), "+4791000001", "{written}");
        }
        assert_eq!(bare("+47 91x"), "+4791x", "what is no number is still none");
    }
}
