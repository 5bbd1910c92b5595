//! What a responder is answered, in as few texts as it goes: one.

use std::collections::BTreeMap;

use jiff::{Timestamp, tz::TimeZone};
use oncall::{
    Person, PersonId,
    incident::{Actor, Answer},
    texting::Verb,
};
use twilio::segments::{Segments, plain};
use words::{Language, Text};

use super::outcome::{Came, Outcome, Wanted};

/// No answer is longer; what has no room is left out, what others have done last.
const MOST_SEGMENTS: usize = 4;

/// How a responder is spoken to.
pub(crate) struct Ear<'a> {
    /// Who writes to them. Pages begin with it, too.
    pub app: &'a str,
    pub language: Language,
    pub person: &'a Person,
    pub now: Timestamp,
    /// What those are called whom the answers name.
    pub names: &'a BTreeMap<PersonId, String>,
    /// The code that the phone was told last.
    pub last_code: Option<u32>,
}

impl Ear<'_> {
    /// The answer to a text.
    pub(crate) fn answer(&self, came: &Came) -> String {
        match came {
            Came::NothingTold => self.say(Text::NothingOpen, "", &[]),
            Came::NotUnderstood => {
                let example = self.last_code.unwrap_or(oncall::texting::Codes::FIRST);
                self.say(Text::Help, &example.to_string(), &[])
            }
            Came::Of(outcomes) => self.joined(self.sentences(outcomes)),
        }
    }

    /// What others have done comes first: it is what one does not expect.
    fn sentences(&self, outcomes: &[Outcome]) -> Vec<String> {
        let (done, others): (Vec<_>, Vec<_>) = outcomes.iter().partition(|outcome| outcome.done() > 0);
        let mut sentences: Vec<String> = others.iter().map(|outcome| self.refusal(outcome)).collect();
        for wanted in [Verb::Acknowledge, Verb::Escalate, Verb::Close, Verb::CallBack].map(Wanted::Done) {
            sentences.extend(self.done(wanted, &done));
        }
        sentences.extend(self.done(Wanted::Told, &done));
        let mut said = Vec::new();
        sentences.retain(|sentence| {
            !said.contains(sentence) && {
                said.push(sentence.clone());
                true
            }
        });
        sentences
    }

    /// What was done of one kind: what can be said of many at once is.
    fn done(&self, wanted: Wanted, done: &[&Outcome]) -> Vec<String> {
        let of_kind: Vec<_> = done.iter().filter(|outcome| outcome.wanted == wanted).collect();
        let count: usize = of_kind.iter().map(|outcome| outcome.done()).sum();
        let all = match wanted {
            Wanted::Done(Verb::Acknowledge) => Some(Text::AcknowledgedAll),
            Wanted::Done(Verb::Close) => Some(Text::ClosedAll),
            _ => None,
        };
        match all {
            Some(text) if count > 1 => {
                let codes = of_kind.iter().map(|outcome| outcome.code.to_string()).collect::<Vec<_>>().join(", ");
                vec![self.say(text, &codes, &[("count", &count.to_string())])]
            }
            _ => {
                let text = text_of(wanted, &Answer::Done);
                of_kind.iter().map(|outcome| self.say(text, &outcome.code.to_string(), &[])).collect()
            }
        }
    }

    fn refusal(&self, outcome: &Outcome) -> String {
        let code = outcome.code.to_string();
        let Some(answer) = outcome.answers.first() else { return self.say(Text::UnknownCode, &code, &[]) };
        let (person, time) = match answer {
            Answer::AcknowledgedBy { by, at } | Answer::ResolvedBy { by, at } => (self.name(by), self.time(*at)),
            _ => Default::default(),
        };
        self.say(text_of(outcome.wanted, answer), &code, &[("person", &person), ("time", &time)])
    }

    fn name(&self, by: &Actor) -> String {
        let known = by.person_id().and_then(|id| self.names.get(id));
        match (by, known) {
            (_, Some(name)) => plain(name),
            (Actor::Source, None) => Text::ItsSource.say(self.language, &[]),
            (Actor::Dutyline, None) => self.app.to_owned(),
            (Actor::Person { .. } | Actor::Token(_), None) => Text::AnAdmin.say(self.language, &[]),
        }
    }

    /// As their clock shows it; with the day, if that is another one.
    fn time(&self, at: Timestamp) -> String {
        let own = self.person.timezone.as_deref().and_then(|name| TimeZone::get(name).ok());
        let zone = own.clone().unwrap_or(TimeZone::UTC);
        let (at, now) = (at.to_zoned(zone.clone()), self.now.to_zoned(zone));
        let day = if at.date() == now.date() { "" } else { "%Y-%m-%d " };
        let zone = if own.is_some() { "" } else { " UTC" };
        at.strftime(&format!("{day}%H:%M{zone}")).to_string()
    }

    fn say(&self, text: Text, code: &str, values: &[(&str, &str)]) -> String {
        let all: Vec<_> = [("app", self.app), ("code", code)].into_iter().chain(values.iter().copied()).collect();
        text.say(self.language, &all)
    }

    /// One text of several: who writes is said once.
    fn joined(&self, sentences: Vec<String>) -> String {
        let prefix = format!("{}: ", self.app);
        let mut text = String::new();
        for sentence in sentences {
            if text.is_empty() {
                text = sentence;
                continue;
            }
            let longer = format!("{text} {}", sentence.strip_prefix(&prefix).unwrap_or(&sentence));
            if Segments::of(&longer).count > MOST_SEGMENTS {
                break;
            }
            text = longer;
        }
        text
    }
}

fn text_of(wanted: Wanted, answer: &Answer) -> Text {
    match (wanted, answer) {
        (Wanted::Done(verb), answer) => Text::answer(verb, answer),
        (Wanted::Told, Answer::Done) => Text::ToldReporter,
        (Wanted::Told, answer) => Text::answer(Verb::CallBack, answer),
    }
}

#[cfg(test)]
mod tests;
