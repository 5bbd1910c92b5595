//! From what a responder's text means to its answer.

use std::collections::{BTreeMap, BTreeSet};

use entry::Chain;
use oncall::{
    Channel, Line, Person, PersonId,
    incident::Bar,
    texting::{Handled, Keyword},
};
use store::{PhoneLog, PhoneSaved};
use words::Language;

use super::{
    Meaning,
    acting::Writer,
    answer::Ear,
    outcome::{Came, Outcome},
};
use crate::{app::App, handler::Failure, letter::Letter};

/// How often a lost race is written again.
const MOST_RACES: usize = 8;

impl App {
    /// Does what a responder wants; what they are answered.
    pub(crate) async fn respond(
        &self,
        person: &Person,
        line: Option<&Line>,
        log: &PhoneLog,
        letter: &Letter,
        meaning: Meaning,
    ) -> Result<Option<String>, Failure> {
        let writer = Writer { person, log, letter };
        let came = match meaning {
            Meaning::Again(answer) => return Ok(answer),
            Meaning::Intercepted(keyword) => return self.intercepted(letter, keyword).await.map(|()| None),
            Meaning::Commands(commands) => self.obey(writer, &commands).await?,
            Meaning::Say { code, words } => self.tell(writer, code, &words).await?,
            Meaning::Unknown | Meaning::Caller => Came::NotUnderstood,
        };
        let language = person.language.as_deref().or(line.map(|line| line.language.as_str()));
        let ear = Ear {
            app: &self.app_name,
            language: language.map_or(Language::English, Language::of),
            person,
            now: self.carrier.clock.now(),
            names: &self.names(&came).await,
            last_code: log.codes.issued.last().map(|issued| issued.code),
        };
        let answer = ear.answer(&came);
        Ok(self.remember(log.clone(), letter, &came, answer).await)
    }

    /// Twilio has handled it, and knows whom it texts; we only learn of it, so that pages take another way.
    async fn intercepted(&self, letter: &Letter, keyword: Keyword) -> Result<(), Failure> {
        let bar = match keyword {
            Keyword::OptOut => Some(Bar::OptedOut),
            Keyword::OptIn => None,
            Keyword::Help => return Ok(()),
        };
        let (store, now) = (&self.carrier.store, self.carrier.clock.now());
        Ok(store.bar_phone(&letter.from, Channel::Sms, bar, now).await?)
    }

    /// What those are called whom an answer names. Without a name it is still an answer.
    async fn names(&self, came: &Came) -> BTreeMap<PersonId, String> {
        let Came::Of(outcomes) = came else { return BTreeMap::new() };
        let ids: BTreeSet<&str> = outcomes.iter().flat_map(Outcome::people).map(PersonId::as_str).collect();
        if ids.is_empty() {
            return BTreeMap::new();
        }
        match self.carrier.store.find_all::<Person>(&ids).await {
            Ok(people) => people.into_iter().map(|person| (person.value.id, person.value.name)).collect(),
            Err(error) => {
                tracing::error!(error = %Chain(&error), "an answer names nobody");
                BTreeMap::new()
            }
        }
    }

    /// Remembers the answer, so that the same text gets it again; the answer that counts. What was done is done and
    /// would be again, so that nobody is told to try again because this failed.
    async fn remember(&self, mut log: PhoneLog, letter: &Letter, came: &Came, answer: String) -> Option<String> {
        for _ in 0..MOST_RACES {
            if let Some(handled) = log.answered.iter().find(|handled| handled.id == letter.id) {
                return handled.answer.clone();
            }
            let answer = if came.is_real() {
                log.codes.acted();
                Some(answer.clone())
            } else {
                log.codes.may_help().then(|| answer.clone())
            };
            log.answer(Handled { id: letter.id.clone(), answer: answer.clone() }, self.carrier.clock.now());
            match self.carrier.store.save_phone_log(log).await {
                Ok(PhoneSaved::Yes(_)) => return answer,
                Ok(PhoneSaved::Lost(winner)) => log = winner,
                Err(error) => {
                    tracing::error!(error = %Chain(&error), text = letter.id, "an answer is not remembered");
                    return answer;
                }
            }
        }
        Some(answer)
    }
}
