//! What happened, line by line: who heard what, whose phone rang, which key was pressed.
use std::{fmt, time::Duration};

use crate::leg::CallStatus;

/// One line of a transcript.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Virtual time since 1970.
    pub at: Duration,
    /// The caller's leg (the root of the call).
    pub call: String,
    /// The leg that it happened on.
    pub leg: String,
    /// The phone at the far end of that leg.
    pub who: String,
    /// What happened.
    pub event: Event,
}

/// What can happen on a leg.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The caller dials this number.
    Dials(String),
    /// The phone rings; the display shows this caller.
    Rings(String),
    /// The phone is picked up.
    Answers,
    /// The person hears words. `cut` when a key interrupted them.
    Hears {
        /// The words.
        text: String,
        /// True when a key interrupted them.
        cut: bool,
    },
    /// The person presses a key.
    Presses(char),
    /// The person says something.
    Says(String),
    /// The person is connected with this phone.
    Connected(String),
    /// The recording starts.
    Beep,
    /// The person hangs up.
    HangsUp,
    /// The leg has a new status.
    Status(CallStatus),
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dials(to) => write!(f, "dials {to}"),
            Self::Rings(from) => write!(f, "rings (from {from})"),
            Self::Answers => f.write_str("picks up"),
            Self::Hears { text, cut: false } => write!(f, "hears: {text}"),
            Self::Hears { text, cut: true } => write!(f, "hears: {text} … (cut short)"),
            Self::Presses(key) => write!(f, "presses {key}"),
            Self::Says(text) => write!(f, "says: {text}"),
            Self::Connected(other) => write!(f, "is connected with {other}"),
            Self::Beep => f.write_str("hears a beep"),
            Self::HangsUp => f.write_str("hangs up"),
            Self::Status(status) => write!(f, "[{status}]"),
        }
    }
}

/// Lines as text, with the time since the first of them.
pub fn render(lines: &[Line]) -> String {
    let start = lines.first().map_or(Duration::ZERO, |line| line.at);
    let mut out = String::new();
    for line in lines {
        let since = line.at.saturating_sub(start);
        let (minutes, seconds) = (since.as_secs() / 60, since.as_secs() % 60);
        out.push_str(&format!(
            "{minutes:>3}:{seconds:02}.{}  {:<15} {}\n",
            since.subsec_millis() / 100,
            line.who,
            line.event
        ));
    }
    out
}

/// Finds words in text without regard to case; the offset just behind them, counted from `from`.
pub(crate) fn find_words(text: &str, from: usize, words: &str) -> Option<usize> {
    let text = text.to_lowercase();
    let words = words.to_lowercase();
    let rest = text.get(from..)?;
    rest.find(&words).map(|at| from + at + words.len())
}

/// Reads on from a place in a transcript until words are heard on a line that is wanted; the place
/// behind them. A place is a line and an offset in what was heard on it.
pub(crate) fn read_on(
    lines: &[Line],
    from: (usize, usize),
    words: &str,
    wanted: impl Fn(&Line) -> bool,
) -> Option<(usize, usize)> {
    lines.iter().enumerate().skip(from.0).filter(|(_, line)| wanted(line)).find_map(|(index, line)| {
        let Event::Hears { text, .. } = &line.event else {
            return None;
        };
        let start = if index == from.0 { from.1 } else { 0 };
        find_words(text, start, words).map(|end| (index, end))
    })
}
