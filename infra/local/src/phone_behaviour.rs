//! What a phone does when it rings, as it is said on the command line.

use std::fmt;
use std::str::FromStr;

/// A phone and what it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneBehaviour {
    /// Its number in E.164.
    pub number: String,
    /// What it does.
    pub behaviour: Behaviour,
}

/// What a phone does when it rings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Behaviour {
    /// Its owner picks up.
    Answers {
        /// After how many seconds of ringing.
        after: u64,
        /// Which keys they press when they are asked for some.
        press: Option<String>,
        /// For how many seconds they talk before they hang up.
        talk: u64,
    },
    /// It is busy.
    Busy,
    /// Its owner presses the red button.
    Declines,
    /// A mailbox picks up and presses nothing.
    Voicemail,
    /// It rings out.
    Nobody,
}

/// How long people on a pretend phone talk.
const TALK_SECONDS: u64 = 20;

impl Behaviour {
    /// Somebody who takes calls: picks up after a few seconds, accepts, and talks for a while.
    #[must_use]
    pub fn accepts(after: u64) -> Self {
        Self::Answers { after, press: Some("1".to_owned()), talk: TALK_SECONDS }
    }

    /// Tells the simulator that this is what the phone does from now on.
    pub fn apply(&self, phone: twilio_sim::Phone) {
        match self {
            Self::Answers { after, press, talk } => {
                let phone = phone.answers_after(*after).talks_for(*talk);
                if let Some(keys) = press {
                    phone.presses(keys);
                }
            }
            Self::Busy => drop(phone.is_busy()),
            Self::Declines => drop(phone.declines_after(4)),
            Self::Voicemail => drop(phone.voicemail_after(15)),
            Self::Nobody => drop(phone.does_not_answer()),
        }
    }
}

impl FromStr for PhoneBehaviour {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let form = || "it must be NUMBER=WHAT, such as +4791000001=busy".to_owned();
        let (number, behaviour) = text.split_once('=').ok_or_else(form)?;
        let number: phone::PhoneNumber =
            number.trim().parse().map_err(|error: phone::InvalidNumber| error.to_string())?;
        Ok(Self { number: number.as_e164().to_owned(), behaviour: behaviour.parse()? })
    }
}

impl FromStr for Behaviour {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut parts = text.split(',').map(str::trim);
        let behaviour = match parts.next().unwrap_or_default() {
            "answers" => return answers(parts),
            "busy" => Self::Busy,
            "declines" => Self::Declines,
            "voicemail" => Self::Voicemail,
            "nobody" => Self::Nobody,
            other => {
                return Err(format!("{other:?} is none of answers, busy, declines, voicemail, nobody"));
            }
        };
        match parts.next() {
            None => Ok(behaviour),
            Some(more) => Err(format!("only a phone that answers can do more: {more:?}")),
        }
    }
}

/// As it is written on the command line, and read back by it.
impl fmt::Display for PhoneBehaviour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.number, self.behaviour)
    }
}

impl fmt::Display for Behaviour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answers { after, press, talk } => {
                write!(f, "answers,after {after},talk {talk}")?;
                press.iter().try_for_each(|keys| write!(f, ",press {keys}"))
            }
            Self::Busy => f.write_str("busy"),
            Self::Declines => f.write_str("declines"),
            Self::Voicemail => f.write_str("voicemail"),
            Self::Nobody => f.write_str("nobody"),
        }
    }
}

fn answers<'a>(parts: impl Iterator<Item = &'a str>) -> Result<Behaviour, String> {
    let (mut after, mut press, mut talk) = (4, None, TALK_SECONDS);
    for part in parts {
        let seconds = |text: &str| text.trim().parse().map_err(|_| format!("{part:?} does not end with whole seconds"));
        let is_key = |key: char| key.is_ascii_digit() || key == '*' || key == '#';
        match part.split_once(' ') {
            Some(("press", keys)) if keys.trim().chars().all(is_key) => {
                press = Some(keys.trim().to_owned());
            }
            Some(("after", text)) => after = seconds(text)?,
            Some(("talk", text)) => talk = seconds(text)?,
            _ => {
                return Err(format!("{part:?} is none of press KEYS, after SECONDS, talk SECONDS"));
            }
        }
    }
    Ok(Behaviour::Answers { after, press, talk })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<Behaviour, &str>) {
        let parsed = text.parse::<Behaviour>();
        assert_eq!(parsed, expected.map_err(str::to_owned), "{text}");
        if let Ok(behaviour) = parsed {
            assert_eq!(behaviour.to_string().parse(), Ok(behaviour), "{text}");
        }
    }

    fn answers(after: u64, press: Option<&str>, talk: u64) -> Result<Behaviour, &'static str> {
        Ok(Behaviour::Answers { after, press: press.map(str::to_owned), talk })
    }

    #[test]
    fn behaviours() {
        check("busy", Ok(Behaviour::Busy));
        check("declines", Ok(Behaviour::Declines));
        check("voicemail", Ok(Behaviour::Voicemail));
        check("nobody", Ok(Behaviour::Nobody));
        check("answers", answers(4, None, 20));
        check("answers,press 1", answers(4, Some("1"), 20));
        check("answers, after 9, press 31, talk 60", answers(9, Some("31"), 60));
        check("answers,press x", Err("\"press x\" is none of press KEYS, after SECONDS, talk SECONDS"));
        check("answers,after x", Err("\"after x\" does not end with whole seconds"));
        check("busy,press 1", Err("only a phone that answers can do more: \"press 1\""));
        check("", Err("\"\" is none of answers, busy, declines, voicemail, nobody"));
    }

    #[test]
    fn numbers() {
        let busy = |number: &str| format!("{number}=busy").parse::<PhoneBehaviour>();
        assert_eq!(busy("+4791000001").unwrap().number, "+4791000001");
        assert_eq!(busy("91000001").unwrap_err(), "a phone number begins with + and its country code");
    }
}
