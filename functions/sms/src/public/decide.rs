//! What happens to a text of somebody outside the team. Pure and total.

use jiff::{SignedDuration, Timestamp};
use oncall::{
    Key, Line, LineId, Mode, Plan, ServiceId, ThreadId,
    texting::{Conversation, Handled, Keyword, Reply, Stage, Waiting},
};
use pipeline::{Media, TextEvent, TextKind};
use twilio::segments::plain;
use words::{Language, Text};

use super::Found;
use crate::letter::Letter;

/// How often it is asked what a text is about, before it goes where the line's calls go by default.
const MOST_ASKED: u8 = 3;
/// How long a conversation in which everything has been said is left without another word of ours: who writes ten texts
/// in a row needs no ten answers, and a machine that answers ours is answered no more.
const QUIET: SignedDuration = SignedDuration::from_mins(10);

/// What happens next.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Decision {
    /// What they are answered; none if nothing.
    pub answer: Option<String>,
    /// The line's conversation with them as it is from now on, if it changes. All else counts once it is saved.
    pub save: Option<(LineId, Conversation)>,
    /// What the incident pipeline is told.
    pub events: Vec<TextEvent>,
}

impl Decision {
    fn only(answer: Option<String>) -> Self {
        Self { answer, ..Self::default() }
    }
}

/// Decides what happens to a text. A conversation that begins gets the id `fresh`.
pub(crate) fn decide(
    plan: Option<&Plan>,
    found: Found<'_>,
    letter: &Letter,
    fresh: ThreadId,
    app: &str,
    now: Timestamp,
) -> Decision {
    if let Some(handled) = found.conversation.and_then(|conversation| conversation.handled(&letter.id)) {
        return Decision::only(handled.answer.clone());
    }
    let Some(plan) = plan else {
        return Decision::only(Some(Text::UnknownNumber.say(Language::English, &[("app", app)])));
    };
    let desk = Desk { plan, language: Language::of(&plan.line.language), letter, now };
    desk.decide(found.live(now).filter(|conversation| desk.is_about_something(conversation)), fresh)
}

struct Desk<'a> {
    plan: &'a Plan,
    language: Language,
    letter: &'a Letter,
    now: Timestamp,
}

impl Desk<'_> {
    fn decide(&self, live: Option<&Conversation>, fresh: ThreadId) -> Decision {
        let line = self.line();
        if line.blocks(&self.letter.from) {
            return Decision::default();
        }
        if !line.enabled || line.destinations.is_empty() {
            return Decision::only(Some(self.say(Text::LineDisabled)));
        }
        if let Some(conversation) = live {
            let conversation = Conversation { touched_at: self.now, ..conversation.clone() };
            return match conversation.stage.clone() {
                Stage::Open { service } => self.add(conversation, &service),
                Stage::Choosing { asked } => self.choose(conversation, asked),
            };
        }
        // who asks to be left alone, or for texts again, does not report anything
        if let Reply::Intercepted(Keyword::OptOut | Keyword::OptIn) = self.letter.reply {
            return Decision::default();
        }
        if self.is_closed() && !line.voicemail.enabled {
            return Decision::only(Some(self.say(Text::LineClosed)));
        }
        self.begin(fresh)
    }

    fn begin(&self, thread: ThreadId) -> Decision {
        let mut conversation = Conversation {
            thread,
            stage: Stage::Choosing { asked: 0 },
            waiting: Vec::new(),
            began_at: self.now,
            touched_at: self.now,
            answered_at: None,
            handled: Vec::new(),
        };
        conversation.wait(self.waiting());
        match self.line().destinations.as_slice() {
            [only] => self.open(conversation, only.service.clone()),
            _ => self.ask(conversation, 1, Text::ChooseService),
        }
    }

    /// What they write while they are asked what it is about: a choice, or more words.
    fn choose(&self, mut conversation: Conversation, asked: u8) -> Decision {
        let key = self.letter.key();
        let chosen = key.and_then(Key::from_char).and_then(|key| self.line().destination(key));
        let by_default = self.line().fallback_destination();
        if conversation.waiting.is_empty() || chosen.is_none() && !is_a_key(key) {
            conversation.wait(self.waiting());
        }
        match (chosen, by_default) {
            (Some(destination), _) => self.open(conversation, destination.service.clone()),
            (None, _) if key == Some('*') => self.ask(conversation, asked, Text::ChooseService),
            (None, Some(destination)) if asked >= MOST_ASKED || self.line().destinations.len() == 1 => {
                self.open(conversation, destination.service.clone())
            }
            (None, _) => self.ask(conversation, asked.saturating_add(1), Text::ChooseAgain),
        }
    }

    fn ask(&self, conversation: Conversation, asked: u8, text: Text) -> Decision {
        let choices = self.line().destinations.iter().map(|destination| {
            let (key, label) = (destination.key.to_string(), plain(&destination.label));
            Text::Choice.say(self.language, &[("key", &key), ("label", &label)])
        });
        let choices = choices.collect::<Vec<_>>().join(", ");
        let answer = text.say(self.language, &[("app", &self.app()), ("choices", &choices)]);
        self.keep(Conversation { stage: Stage::Choosing { asked }, ..conversation }, Some(answer), Vec::new())
    }

    /// It is known what it is about: all that has waited is passed on.
    fn open(&self, mut conversation: Conversation, service: ServiceId) -> Decision {
        let text = match self.plan.service(&service).map(|service| service.mode.at(self.now)) {
            Some(Mode::Debug { .. }) => Text::ReportTakenTrial,
            Some(Mode::Maintenance { .. }) => Text::ReportTakenMaintenance,
            _ if self.is_closed() => Text::ReportTakenClosed,
            _ => Text::ReportTaken,
        };
        let events = self.pass_on(&mut conversation, &service);
        conversation.stage = Stage::Open { service };
        self.keep(conversation, Some(self.say(text)), events)
    }

    /// One more text about the same.
    fn add(&self, mut conversation: Conversation, service: &ServiceId) -> Decision {
        conversation.wait(self.waiting());
        let is_quiet = conversation.answered_at.is_some_and(|at| at.duration_until(self.now) < QUIET);
        let answer = (!is_quiet && !self.letter.is_answered).then(|| self.say(Text::ReportAdded));
        let events = self.pass_on(&mut conversation, service);
        self.keep(conversation, answer, events)
    }

    fn keep(&self, mut conversation: Conversation, answer: Option<String>, events: Vec<TextEvent>) -> Decision {
        if answer.is_some() {
            conversation.answered_at = Some(self.now);
        }
        conversation.handle(Handled { id: self.letter.id.clone(), answer: answer.clone() });
        Decision { answer, save: Some((self.line().id.clone(), conversation)), events }
    }

    fn pass_on(&self, conversation: &mut Conversation, service: &ServiceId) -> Vec<TextEvent> {
        let waiting = std::mem::take(&mut conversation.waiting);
        waiting.into_iter().map(|text| self.event(&conversation.thread, service, text)).collect()
    }

    fn event(&self, thread: &ThreadId, service: &ServiceId, text: Waiting) -> TextEvent {
        let media = text.media.into_iter().map(|item| Media { href: item.href, content_type: item.content_type });
        TextEvent {
            version: pipeline::VERSION,
            id: text.id,
            kind: TextKind::Received,
            thread: thread.to_string(),
            line: self.line().id.to_string(),
            service: service.to_string(),
            at: text.at,
            words: text.words,
            media: media.collect(),
        }
    }

    fn waiting(&self) -> Waiting {
        let Letter { id, words, media, .. } = self.letter.clone();
        Waiting { id, at: self.now, words, media }
    }

    /// A service that is gone is none that anybody answers for.
    fn is_about_something(&self, conversation: &Conversation) -> bool {
        match &conversation.stage {
            Stage::Open { service } => self.plan.service(service).is_some(),
            Stage::Choosing { .. } => true,
        }
    }

    /// Hours whose zone cannot be read do not close a line.
    fn is_closed(&self) -> bool {
        let open = self.line().support_hours.as_ref().map(|hours| hours.contain(self.now, &self.plan.directory));
        matches!(open, Some(Ok(false)))
    }

    fn say(&self, text: Text) -> String {
        text.say(self.language, &[("app", &self.app())])
    }

    fn app(&self) -> String {
        plain(&self.line().name)
    }

    fn line(&self) -> &Line {
        &self.plan.line
    }
}

/// Whether it was meant for the menu: a digit that leads nowhere is no word about what is the matter.
fn is_a_key(key: Option<char>) -> bool {
    key.is_some_and(|key| key == '*' || key.is_ascii_digit())
}

#[cfg(test)]
mod tests;
