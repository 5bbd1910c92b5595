//! A text that has come.

use std::fmt;

use oncall::texting::{Attachment, Keyword, Reply};
use phone::PhoneNumber;
use twilio::webhook::messaging::{IncomingText, OptOutType};

/// A text that has come, from one number to another. `Debug` shows no words: they are somebody's.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Letter {
    /// Twilio's MessageSid.
    pub id: String,
    pub from: PhoneNumber,
    pub to: PhoneNumber,
    pub words: String,
    pub media: Vec<Attachment>,
    /// What it means, to a responder.
    pub reply: Reply,
    /// Whether Twilio has answered it already.
    pub is_answered: bool,
}

impl Letter {
    /// The text of a form; none if it is between others than two telephone numbers, since nobody could be answered.
    pub(crate) fn of(text: &IncomingText) -> Option<Self> {
        let words = text.body.as_str().to_owned();
        let media = text.media.iter().map(|item| Attachment {
            href: item.url.clone().into_string(),
            content_type: item.content_type.clone().into_string(),
        });
        let reply = match &text.opt_out {
            Some(OptOutType::Stop) => Reply::Intercepted(Keyword::OptOut),
            Some(OptOutType::Start) => Reply::Intercepted(Keyword::OptIn),
            Some(_) => Reply::Intercepted(Keyword::Help),
            None => Reply::of(&words),
        };
        Some(Self {
            id: text.sid.as_str().to_owned(),
            from: text.from.number()?.clone(),
            to: text.to.clone()?,
            media: media.collect(),
            is_answered: text.opt_out.is_some() || matches!(reply, Reply::Intercepted(_)),
            words,
            reply,
        })
    }

    /// The digit or sign that the whole text is, as a menu's answer: `1`, `"2".`, `*`.
    pub(crate) fn key(&self) -> Option<char> {
        let means = |c: &char| c.is_alphanumeric() || *c == '*';
        let mut signs = self.words.chars().filter(means);
        signs.next().filter(|_| signs.next().is_none())
    }
}

impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Letter").field("id", &self.id).field("media", &self.media.len()).finish_non_exhaustive()
    }
}
