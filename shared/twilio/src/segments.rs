//! How many segments a text takes, which is what it costs, and how to need fewer.
//!
//! ```
//! use twilio::segments::{Encoding, Segments, plain};
//!
//! assert_eq!(Segments::of("It’s down").encoding, Encoding::Ucs2);
//! assert_eq!(Segments::of(&plain("It’s down")).encoding, Encoding::Gsm7);
//! assert_eq!(Segments::of(&"a".repeat(161)).count, 2);
//! ```
//!
//! Source: 3GPP TS 23.038 (the alphabet), 3GPP TS 23.040 (concatenation), and Twilio's own segment calculator, whose
//! answers are in `fixtures/sms_segments.json`.

mod gsm7;
mod plain;

pub use plain::plain;

/// How a text travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Seven bits a character: 160 in a segment, or 153 in each of several.
    Gsm7,
    /// Sixteen bits a unit: 70 in a segment, or 67 in each of several.
    Ucs2,
}

impl Encoding {
    /// What a lone segment holds, and each of several, in units.
    const fn room(self) -> (usize, usize) {
        match self {
            Self::Gsm7 => (160, 153),
            Self::Ucs2 => (70, 67),
        }
    }
}

/// How a text is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segments {
    /// How it travels.
    pub encoding: Encoding,
    /// How many segments; one for an empty text.
    pub count: usize,
    /// How many characters: in GSM-7 those that need an escape count twice, in UCS-2 what is seen as one counts once.
    pub characters: usize,
}

impl Segments {
    /// Cuts a text. What is seen as one character is not cut in two.
    pub fn of(text: &str) -> Self {
        match text.chars().map(gsm7::units).collect::<Option<Vec<usize>>>() {
            Some(units) => {
                let characters = units.iter().sum();
                Self { encoding: Encoding::Gsm7, count: cut(&units, Encoding::Gsm7), characters }
            }
            None => {
                let units: Vec<usize> = characters(text).iter().map(|it| it.encode_utf16().count()).collect();
                Self { encoding: Encoding::Ucs2, count: cut(&units, Encoding::Ucs2), characters: units.len() }
            }
        }
    }
}

fn cut(characters: &[usize], encoding: Encoding) -> usize {
    let (alone, each) = encoding.room();
    if characters.iter().sum::<usize>() <= alone {
        return 1;
    }
    let (mut count, mut filled) = (1, 0);
    for units in characters {
        if filled + units > each {
            count += 1;
            filled = 0;
        }
        filled += units;
        // a character that is longer than a segment is cut after all
        count += filled.saturating_sub(1) / each;
        filled = if filled > each { (filled - 1) % each + 1 } else { filled };
    }
    count
}

/// What is seen as one character each: a base with its marks, its skin tone, and what a joiner joins to it; two letters
/// that are a flag.
pub fn characters(text: &str) -> Vec<&str> {
    let mut starts: Vec<usize> = Vec::new();
    let (mut before, mut flag) = (None, false);
    for (at, c) in text.char_indices() {
        let is_flag = ('\u{1F1E6}'..='\u{1F1FF}').contains(&c);
        let completes = is_flag && flag;
        let joins = extends(c) || before == Some(JOINER) || completes;
        if !joins || starts.is_empty() {
            starts.push(at);
        }
        flag = is_flag && !completes;
        before = Some(c);
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).filter_map(|(start, end)| text.get(*start..end)).collect()
}

const JOINER: char = '\u{200D}';

fn extends(c: char) -> bool {
    matches!(c,
        JOINER
        | '\u{0300}'..='\u{036F}'
        | '\u{20D0}'..='\u{20FF}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{1F3FB}'..='\u{1F3FF}')
}
