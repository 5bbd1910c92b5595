//! A text of somebody outside the team that waits, although nobody asks any more: whoever never answered the menu has still
//! written, and is reported where the line's calls go by default.

use oncall::{
    LineId, ServiceId,
    texting::{Conversation, Stage, Waiting},
};
use phone::PhoneNumber;
use pipeline::{Media, TextEvent, TextKind, VERSION};
use store::{ConversationSaved, StoredConversation};

use crate::{app::App, intake::About, message::NotTaken, said};

impl App {
    /// Passes on what waits in a conversation, if it is due. First it is saved to whom it goes, so that a digit that
    /// comes late chooses nothing any more; then it is taken to its incident, by its own ids; then it waits no longer.
    /// Whoever dies in between leaves it due, and nothing of it is taken twice.
    pub(crate) async fn report_waiting(&self, line: &PhoneNumber, reporter: &PhoneNumber) -> Result<(), NotTaken> {
        let facts = self.store().text_facts(line, reporter).await?;
        let (now, found) = (self.now(), facts.conversation);
        let Some(waits) = found.conversation.clone().filter(|waits| waits.due().is_some_and(|due| due <= now)) else {
            return Ok(());
        };
        let Some(thread) = self.store().thread(&waits.thread).await? else { return Ok(()) };
        let by_default = facts.plan.as_ref().and_then(|plan| plan.line.fallback_destination());
        let service = match &waits.stage {
            _ if found.is_over => None,
            Stage::Open { service } => Some(service.clone()),
            Stage::Choosing { .. } => by_default.map(|destination| destination.service.clone()),
        };
        let line = &thread.line;
        let Some(service) = service else {
            let (thread, is_over) = (waits.thread.as_str(), found.is_over);
            tracing::error!(thread, is_over, "a text waited for somebody to say what it is about, and is given up");
            return self
                .save_conversation(&found, line, &Conversation { waiting: Vec::new(), ..waits })
                .await
                .map(drop);
        };
        let open = Conversation { stage: Stage::Open { service: service.clone() }, ..waits };
        let Some(found) = self.save_conversation(&found, line, &open).await? else { return Ok(()) };
        let about = About { service: Some(&service), key: open.thread.as_str() };
        let said: Vec<_> = open.waiting.iter().map(|text| said::by_text(event(text, &open, line, &service))).collect();
        Box::pin(self.take_events(about, &said)).await?;
        tracing::info!(thread = open.thread.as_str(), texts = said.len(), "a text that waited was reported");
        self.save_conversation(&found, line, &Conversation { waiting: Vec::new(), ..open }).await.map(drop)
    }

    /// The conversation as it stands then; none if they have written meanwhile, and all that waits has been looked at.
    async fn save_conversation(
        &self,
        before: &StoredConversation,
        line: &LineId,
        after: &Conversation,
    ) -> Result<Option<StoredConversation>, NotTaken> {
        Ok(match self.store().save_conversation(before, line, after).await? {
            ConversationSaved::Yes => Some(StoredConversation {
                version: before.version + 1,
                conversation: Some(after.clone()),
                ..before.clone()
            }),
            ConversationSaved::Lost(_) => None,
        })
    }
}

fn event(text: &Waiting, of: &Conversation, line: &LineId, service: &ServiceId) -> TextEvent {
    let media =
        text.media.iter().map(|item| Media { href: item.href.clone(), content_type: item.content_type.clone() });
    TextEvent {
        version: VERSION,
        id: text.id.clone(),
        kind: TextKind::Received,
        thread: of.thread.to_string(),
        line: line.to_string(),
        service: service.to_string(),
        at: text.at,
        words: text.words.clone(),
        media: media.collect(),
    }
}
