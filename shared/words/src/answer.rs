//! What a responder is answered.

use oncall::{incident::Answer, texting::Verb};

use crate::Text;

impl Text {
    /// The text for whoever wanted something done with an incident and has this for an answer. Its `{person}` and
    /// `{time}` are the answer's.
    pub fn answer(wanted: Verb, answer: &Answer) -> Self {
        match answer {
            Answer::Done => match wanted {
                Verb::Acknowledge => Self::Acknowledged,
                Verb::Escalate => Self::Escalated,
                Verb::Close => Self::Closed,
                Verb::CallBack => Self::CallingBack,
            },
            Answer::AcknowledgedBy { .. } => Self::AlreadyAcknowledged,
            Answer::ResolvedBy { .. } => Self::AlreadyClosed,
            Answer::JustEscalated => Self::JustEscalated,
            Answer::NobodyLeft | Answer::NobodyNamed => Self::NobodyLeft,
            Answer::NoReporter => Self::NoReporter,
            Answer::Senseless => Self::Help,
        }
    }
}

#[cfg(test)]
mod tests {
    use oncall::incident::Actor;

    use super::*;
    use crate::Language;

    #[test]
    fn the_second_one_hears_who_was_first() {
        let at = "2026-01-08T12:00:00Z".parse().unwrap();
        let answer = Answer::AcknowledgedBy { by: Actor::Source, at };
        let text = Text::answer(Verb::Acknowledge, &answer);
        let values = [("app", "Dutyline"), ("code", "12"), ("person", "Bo"), ("time", "14:05")];
        assert_eq!(text.say(Language::English, &values), "Dutyline: Bo has alert 12 already, since 14:05.");
        assert_eq!(Text::answer(Verb::Close, &Answer::Done), Text::Closed);
        assert_eq!(Text::answer(Verb::Escalate, &Answer::NobodyLeft), Text::NobodyLeft);
    }
}
