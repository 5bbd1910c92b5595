//! From which of our numbers somebody is paged.

use phone::{NumberPattern, PhoneNumber};

use crate::{Channel, Line, LineId, incident::Failure};

/// Our lines, and where they may send to.
#[derive(Clone, Debug, Default)]
pub struct Exits {
    /// All of our lines.
    pub lines: Vec<Line>,
    /// The line that sends where none is of the recipient's country.
    pub default: Option<LineId>,
    /// Countries, as patterns, to which we may send beside those of our own lines: `+46*`.
    pub allowed: Vec<NumberPattern>,
    /// Numbers that are never reached, beside those that everybody pays dearly for.
    pub refused: Vec<NumberPattern>,
}

/// Why nothing is sent to a number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NoExit {
    /// It is one of our lines, which would call itself.
    #[error("the number is one of our own")]
    Own,
    /// Calling it costs a multiple, or it is on the list of refused ones.
    #[error("the number is a premium one, or refused")]
    Premium,
    /// It is of a country to which nothing may be sent.
    #[error("the number is of a country that is not allowed")]
    Country,
    /// No line is switched on for this.
    #[error("no line is switched on for this")]
    NoLine,
}

impl From<NoExit> for Failure {
    fn from(why: NoExit) -> Self {
        match why {
            NoExit::Own | NoExit::Premium | NoExit::Country => Self::NotAllowed,
            NoExit::NoLine => Self::NoLine,
        }
    }
}

/// Area codes of world zone 1 that are neither of the United States nor of Canada: calls there are dear, and look as
/// if they were not. Source: North American Numbering Plan Administrator.
const OTHERS_OF_ZONE_1: [&str; 22] = [
    "242", "246", "264", "268", "284", "345", "441", "473", "649", "658", "664", "721", "758", "767", "784", "809",
    "829", "849", "868", "869", "876", "900",
];

/// What tells countries apart: the calling code, and the area code where several share it.
fn country(number: &PhoneNumber) -> &str {
    let digits = number.as_e164().trim_start_matches('+');
    let shared = match number.calling_code() {
        "1" if digits.get(1..4).is_some_and(|area| OTHERS_OF_ZONE_1.contains(&area)) => 4,
        // Kazakhstan
        "7" if digits.starts_with("76") || digits.starts_with("77") => 2,
        code => code.len(),
    };
    digits.get(..shared).unwrap_or(digits)
}

impl Exits {
    /// The line from which a number is paged: one that is switched on for the channel, of the recipient's country if
    /// there is one, else the default one, else the first.
    ///
    /// # Errors
    /// Nothing may be sent there.
    pub fn choose(&self, to: &PhoneNumber, channel: Channel) -> Result<&Line, NoExit> {
        if self.lines.iter().any(|line| line.number == *to) {
            return Err(NoExit::Own);
        }
        if to.is_premium() || self.refused.iter().any(|pattern| pattern.matches(to)) {
            return Err(NoExit::Premium);
        }
        let own = country(to);
        let is_ours = self.lines.iter().any(|line| country(&line.number) == own);
        if !is_ours && !self.allowed.iter().any(|pattern| pattern.matches(to)) {
            return Err(NoExit::Country);
        }
        let sends = |line: &&Line| match channel {
            Channel::Sms => line.sms_notifications,
            Channel::Voice => line.voice_notifications,
        };
        let mut of_country = self.lines.iter().filter(sends).filter(|line| country(&line.number) == own);
        let default = |line: &&Line| self.default.as_ref() == Some(&line.id);
        let here = of_country.clone().find(default).or_else(|| of_country.next());
        here.or_else(|| self.lines.iter().filter(sends).find(default))
            .or_else(|| self.lines.iter().find(sends))
            .ok_or(NoExit::NoLine)
    }
}
