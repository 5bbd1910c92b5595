//! The pattern language of a number search.
//!
//! Digits or letters of a keypad, anywhere in the number. At either end `*` stands for one digit and `%` for any
//! number of them; `+` in front and `$` behind tie the pattern to the number's ends. Nothing in the middle: Twilio
//! refuses that, as it refuses patterns of one character.

/// A pattern, read.
#[derive(Debug, PartialEq)]
pub(super) struct Pattern {
    core: String,
    before: Gap,
    after: Gap,
}

/// What may stand beside the core.
#[derive(Debug, PartialEq)]
struct Gap {
    least: usize,
    /// No more than `least`.
    exact: bool,
}

impl Pattern {
    /// None for what Twilio refuses.
    pub(super) fn read(text: &str) -> Option<Self> {
        if !(2..=16).contains(&text.chars().count()) {
            return None;
        }
        let wild = ['*', '%'];
        let (start, rest) = text.strip_prefix('+').map_or((false, text), |rest| (true, rest));
        let (end, rest) = rest.strip_suffix('$').map_or((false, rest), |rest| (true, rest));
        let behind = rest.trim_start_matches(wild);
        let core = behind.trim_end_matches(wild);
        let gap = |wildcards: &str, tied: bool| Gap {
            least: wildcards.matches('*').count(),
            exact: tied && !wildcards.contains('%'),
        };
        let before = gap(rest.get(..rest.len() - behind.len())?, start);
        let after = gap(behind.get(core.len()..)?, end);
        let core = core.chars().map(key).collect::<Option<String>>()?;
        (core.len() >= 2).then_some(Self { core, before, after })
    }

    /// True for a number in E.164.
    pub(super) fn matches(&self, number: &str) -> bool {
        let digits = number.trim_start_matches('+');
        let fits = |gap: &Gap, found: usize| if gap.exact { found == gap.least } else { found >= gap.least };
        (0..digits.len()).any(|at| {
            digits.get(at..).is_some_and(|rest| rest.starts_with(&self.core))
                && fits(&self.before, at)
                && fits(&self.after, digits.len() - at - self.core.len())
        })
    }
}

/// The key of a telephone that a letter stands on.
fn key(letter: char) -> Option<char> {
    let keys = ["abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"];
    match letter.to_ascii_lowercase() {
        digit @ '0'..='9' => Some(digit),
        letter => keys.iter().zip('2'..).find(|(letters, _)| letters.contains(letter)).map(|(_, digit)| digit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, found: bool) {
        assert_eq!(Pattern::read(pattern).unwrap().matches("+14155550134"), found, "{pattern}");
    }

    #[test]
    fn patterns() {
        for pattern in
            ["415", "0134", "55", "415555****", "***5550134", "+1415%", "%34$", "+%0134$", "555****$", "JkL01"]
        {
            check(pattern, true);
        }
        for pattern in ["416", "415555*****", "+415", "013$", "***********34", "555***$", "+*5550134"] {
            check(pattern, false);
        }
    }

    #[test]
    fn refused_ones() {
        for pattern in ["", "4", "4*", "4*5", "415*555", "41-5", "12345678901234567", "****", "+$", "æø"] {
            assert_eq!(Pattern::read(pattern), None, "{pattern}");
        }
    }
}
