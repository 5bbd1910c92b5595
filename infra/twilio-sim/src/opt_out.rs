//! The words by which somebody says that they want no more texts from a number. Twilio hears them itself.
use crate::world::World;

/// What a whole text that is one of Twilio's words asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OptOut {
    Stop,
    Start,
    Help,
}

const WORDS: [(OptOut, &[&str]); 3] = [
    (OptOut::Stop, &["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"]),
    (OptOut::Start, &["START", "YES", "UNSTOP"]),
    (OptOut::Help, &["HELP", "INFO"]),
];

impl OptOut {
    /// None for a text that is anything else, or says anything besides.
    pub(crate) fn of(body: &str) -> Option<Self> {
        let said = body.trim().to_uppercase();
        WORDS.iter().find(|(_, words)| words.contains(&said.as_str())).map(|(kind, _)| *kind)
    }

    /// As the parameter `OptOutType` has it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Stop => "STOP",
            Self::Start => "START",
            Self::Help => "HELP",
        }
    }

    /// What Twilio answers by itself.
    pub(crate) fn answer(self) -> &'static str {
        match self {
            Self::Stop => {
                "You have successfully been unsubscribed. You will not receive any more messages from this number. \
                 Reply START to resubscribe."
            }
            Self::Start => {
                "You have successfully been re-subscribed to messages from this number. Reply HELP for help. \
                 Reply STOP to unsubscribe. Msg&Data Rates May Apply."
            }
            Self::Help => "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
        }
    }

    /// Whether the phone may be texted from now on.
    pub(crate) fn apply(self, world: &mut World, phone: &str, number: &str) {
        match self {
            Self::Stop => world.opt_out(phone, number, true),
            Self::Start => world.opt_out(phone, number, false),
            Self::Help => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_text_is_a_word() {
        assert_eq!(OptOut::of(" stop\n"), Some(OptOut::Stop));
        assert_eq!(OptOut::of("Unstop"), Some(OptOut::Start));
        assert_eq!(OptOut::of("INFO"), Some(OptOut::Help));
        for other in ["stop it", "12a", "", "ends", "yes please"] {
            assert_eq!(OptOut::of(other), None, "{other}");
        }
    }
}
