//! What a text of a responder means.

/// What a text of a responder means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reply {
    /// Things to do, in order; never none.
    Commands(Vec<Command>),
    /// Something to tell whoever reported an incident.
    Say {
        /// The code of the incident.
        code: u32,
        /// What, as it was written.
        words: String,
    },
    /// A word that Twilio intercepts and answers by itself: never a command, and not to be answered.
    Intercepted(Keyword),
    /// Nothing that we know.
    Unknown,
}

/// One thing to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Command {
    /// What.
    pub verb: Verb,
    /// With which incident.
    pub about: About,
}

/// What to do with an incident.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verb {
    /// `a`, or the key 4.
    Acknowledge,
    /// `e`, or the key 5.
    Escalate,
    /// `c`, or the key 6.
    Close,
    /// `cb`: connect the responder with whoever reported it.
    CallBack,
}

/// Which incident is meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum About {
    /// The one, or the bundle, of which that phone was told last.
    Latest,
    /// The one, or the bundle, with this code.
    Code(u32),
}

/// What a word that Twilio intercepts does there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Keyword {
    /// No texts any more: STOP.
    OptOut,
    /// Texts again: START.
    OptIn,
    /// Who this is: HELP.
    Help,
}

impl Keyword {
    /// Source of the words: Twilio's default opt-out keywords (Advanced Opt-Out, 2026).
    fn of(word: &str) -> Option<Self> {
        Some(match word.to_ascii_lowercase().as_str() {
            "stop" | "stopall" | "unsubscribe" | "end" | "quit" | "cancel" | "revoke" | "optout" => Self::OptOut,
            "start" | "yes" | "unstop" => Self::OptIn,
            "help" | "info" => Self::Help,
            _ => return None,
        })
    }
}

/// Longer digits are no code.
const MOST_DIGITS: usize = 6;
/// Nobody means more at once.
const MOST_COMMANDS: usize = 20;

impl Reply {
    /// Reads a text.
    ///
    /// Codes stand before or behind what to do, with or without spaces, signs and quotes, in upper or lower case:
    /// `12a`, `A12`, `"12 a"`, `12 ack`, `12a 13c`, `12 13 a`. Without a code the latest is meant: `a`, `4`. The whole
    /// text must be understood, so that `a moment` does nothing, but for what follows a code that is joined with its
    /// letter: `12a thanks`. A code with other words is for the reporter: `12 we are on it`.
    pub fn of(text: &str) -> Self {
        let pieces = pieces(text);
        let words: Vec<&str> = pieces.iter().map(|piece| piece.text).collect();
        if let [word] = words[..]
            && let Some(keyword) = Keyword::of(word)
        {
            return Self::Intercepted(keyword);
        }
        if let Some(commands) = commands(&words) {
            return Self::Commands(commands);
        }
        let Some((first, rest)) = pieces.split_first() else { return Self::Unknown };
        let Some(code) = code(first.text) else { return Self::Unknown };
        let Some(second) = rest.first() else { return Self::Unknown };
        if let Some(verb) = verb(second.text)
            && (second.is_joined || second.text.eq_ignore_ascii_case("ack"))
        {
            return Self::Commands(vec![Command { verb, about: About::Code(code) }]);
        }
        // whoever writes "12 end" does not write to the reporter
        if rest.len() == 1 && Keyword::of(second.text).is_some() {
            return Self::Unknown;
        }
        let begins = |c: char| c.is_alphanumeric() || matches!(c, '"' | '\'' | '(' | '¿' | '¡');
        let words = text.get(first.end..).unwrap_or_default();
        match words.find(begins).and_then(|start| words.get(start..)) {
            Some(words) => Self::Say { code, words: words.trim().to_owned() },
            None => Self::Unknown,
        }
    }
}

/// A run of digits or of letters.
struct Piece<'t> {
    text: &'t str,
    end: usize,
    /// Whether nothing stands between it and the one before.
    is_joined: bool,
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    #[derive(PartialEq, Clone, Copy)]
    enum Kind {
        Digits,
        Letters,
        Between,
    }
    let kind = |c: char| match c {
        '0'..='9' => Kind::Digits,
        c if c.is_alphanumeric() => Kind::Letters,
        _ => Kind::Between,
    };
    let (mut pieces, mut rest, mut at, mut is_joined) = (Vec::new(), text, 0, false);
    while let Some(first) = rest.chars().next() {
        let own = kind(first);
        let length = rest.find(|c| kind(c) != own).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(length);
        at += length;
        if own != Kind::Between {
            pieces.push(Piece { text: piece, end: at, is_joined });
        }
        is_joined = own != Kind::Between;
        rest = after;
    }
    pieces
}

fn code(word: &str) -> Option<u32> {
    let is_number = word.len() <= MOST_DIGITS && word.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { word.parse().ok() } else { None }
}

fn verb(word: &str) -> Option<Verb> {
    Some(match word.to_ascii_lowercase().as_str() {
        "a" | "ack" | "acknowledge" | "acknowledged" => Verb::Acknowledge,
        "e" | "esc" | "escalate" => Verb::Escalate,
        "c" | "close" | "closed" | "resolve" | "resolved" => Verb::Close,
        "cb" | "callback" => Verb::CallBack,
        _ => return None,
    })
}

/// The keys of the voice page, as texts.
fn key(word: &str) -> Option<Verb> {
    Some(match word {
        "4" => Verb::Acknowledge,
        "5" => Verb::Escalate,
        "6" => Verb::Close,
        _ => return None,
    })
}

/// A text that is nothing but commands.
fn commands(words: &[&str]) -> Option<Vec<Command>> {
    if let [word] = words {
        let verb = verb(word).or_else(|| key(word))?;
        return Some(vec![Command { verb, about: About::Latest }]);
    }
    if let [number, word] = words
        && let (Some(code), Some(verb)) = (code(number), key(word))
    {
        return Some(vec![Command { verb, about: About::Code(code) }]);
    }
    let verb_first = words.first().is_some_and(|word| verb(word).is_some());
    let (mut commands, mut codes, mut current) = (Vec::new(), Vec::new(), None);
    let mut complete = |verb: Verb, codes: &mut Vec<u32>| {
        let is_some = !codes.is_empty();
        commands.extend(codes.drain(..).map(|code| Command { verb, about: About::Code(code) }));
        is_some
    };
    for word in words {
        match (code(word), verb(word)) {
            (Some(code), _) => codes.push(code),
            (None, Some(verb)) if verb_first => {
                if current.is_some_and(|before| !complete(before, &mut codes)) {
                    return None;
                }
                current = Some(verb);
            }
            (None, Some(verb)) if complete(verb, &mut codes) => {}
            _ => return None,
        }
    }
    if let Some(verb) = current
        && !complete(verb, &mut codes)
    {
        return None;
    }
    (codes.is_empty() && !commands.is_empty() && commands.len() <= MOST_COMMANDS).then_some(commands)
}
