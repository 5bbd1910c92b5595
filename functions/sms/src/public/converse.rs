//! A conversation is saved before what was said in it goes on the queue, so that all of it goes there under one name.

use entry::Chain;
use jiff::Timestamp;
use oncall::{
    ThreadId,
    texting::{Attachment, Waiting},
};
use pipeline::TextEvent;
use store::{ConversationSaved, Said, TextFacts};
use words::{Language, Text};

use super::{Found, decide::decide};
use crate::{app::App, handler::Failure, letter::Letter};

/// How often a lost race is decided again.
const MOST_RACES: usize = 5;

impl App {
    /// Takes a text of somebody outside the team; what they are answered.
    pub(crate) async fn converse(&self, mut facts: TextFacts, letter: &Letter) -> Result<Option<String>, Failure> {
        for problem in &facts.problems {
            tracing::error!(%problem, "a part of the plan cannot be read and is left out");
        }
        for _ in 0..MOST_RACES {
            let fresh = ThreadId::new(format!("th_{:016x}", fastrand::u64(..)));
            let now = self.carrier.clock.now();
            let decision =
                decide(facts.plan.as_ref(), Found::of(&facts.conversation), letter, fresh, &self.app_name, now);
            let said = said(letter, now, decision.answer.clone());
            if let Some((line, conversation)) = &decision.save {
                let saved = self.carrier.store.save_text(&facts.conversation, line, conversation, Some(&said)).await?;
                if let ConversationSaved::Lost(winner) = saved {
                    facts.conversation = winner;
                    continue;
                }
            }
            let Err(failure) = self.pass_on(&decision.events).await else { return Ok(decision.answer) };
            tracing::error!(error = %Chain(&failure), text = letter.id, "a text waits, since the queue did not take it");
            let line = facts.plan.as_ref().map(|plan| &plan.line);
            let language = line.map_or(Language::English, |line| Language::of(&line.language));
            let app = line.map_or_else(String::new, |line| twilio::segments::plain(&line.name));
            let answer = Text::TryAgain.say(language, &[("app", &app)]);
            self.keep_waiting(letter, Said { answer: answered(letter, Some(answer.clone())), ..said }, decision.events)
                .await?;
            return Ok(Some(answer));
        }
        Err(Failure::Races)
    }

    async fn pass_on(&self, events: &[TextEvent]) -> Result<(), Failure> {
        let bodies = events.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>()?;
        let messages = events.iter().zip(&bodies).map(|(event, body)| entry::Outgoing { id: &event.id, body });
        Ok(self.carrier.queue.send_all(&messages.collect::<Vec<_>>()).await?)
    }

    /// What the queue has not taken waits in the conversation: their next text takes it along, and so does this one if it
    /// is delivered again.
    async fn keep_waiting(&self, letter: &Letter, said: Said, events: Vec<TextEvent>) -> Result<(), Failure> {
        let found = self.carrier.store.text_facts(&letter.to, &letter.from).await?;
        let (Some(plan), Some(conversation)) = (&found.plan, &found.conversation.conversation) else { return Ok(()) };
        let mut conversation = conversation.clone();
        conversation.handled.retain(|handled| handled.id != letter.id);
        events.into_iter().map(waiting).for_each(|text| conversation.wait(text));
        self.carrier.store.save_text(&found.conversation, &plan.line.id, &conversation, Some(&said)).await?;
        Ok(())
    }
}

/// What stands in the conversation: their words, and what we answer.
fn said(letter: &Letter, at: Timestamp, answer: Option<String>) -> Said {
    let Letter { id, words, media, .. } = letter.clone();
    Said { id, at, by: None, words, media, answer: answered(letter, answer) }
}

/// What we answer, unless Twilio has.
fn answered(letter: &Letter, answer: Option<String>) -> Option<String> {
    answer.filter(|_| !letter.is_answered)
}

fn waiting(event: TextEvent) -> Waiting {
    let media = event.media.into_iter().map(|item| Attachment { href: item.href, content_type: item.content_type });
    Waiting { id: event.id, at: event.at, words: event.words, media: media.collect() }
}
