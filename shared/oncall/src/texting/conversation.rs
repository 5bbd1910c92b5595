//! A conversation with somebody outside the team who texts a line.

use jiff::{SignedDuration, Timestamp};

use crate::{ServiceId, ThreadId};

/// A conversation between a line and whoever texts it: what it is about, and what has been said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Conversation {
    /// Its id, opaque and safe in a URL: the deduplication key of its incident.
    pub thread: ThreadId,
    /// How far it is.
    pub stage: Stage,
    /// Texts that wait for its sender to say what it is about, or for the queue.
    pub waiting: Vec<Waiting>,
    /// When it began.
    pub began_at: Timestamp,
    /// When its last text came.
    pub touched_at: Timestamp,
    /// When they were last answered.
    pub answered_at: Option<Timestamp>,
    /// The last texts that were handled, so that one that is delivered again is answered as it was.
    pub handled: Vec<Handled>,
}

/// How far a conversation is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Stage {
    /// They were asked what it is about.
    Choosing {
        /// How often.
        asked: u8,
    },
    /// It is about this service.
    Open {
        /// Which.
        service: ServiceId,
    },
}

/// A text that waits to be passed on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Waiting {
    /// Twilio's MessageSid.
    pub id: String,
    /// When it came.
    pub at: Timestamp,
    /// What they wrote.
    pub words: String,
    /// What came with it.
    pub media: Vec<Attachment>,
}

/// Something that came with a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attachment {
    /// Where it is, at Twilio.
    pub href: String,
    /// What it is.
    pub content_type: String,
}

/// A text that was handled.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Handled {
    /// Twilio's MessageSid.
    pub id: String,
    /// What they were answered; none if nothing.
    pub answer: Option<String>,
}

impl Conversation {
    /// How many handled texts are remembered.
    pub const MOST_HANDLED: usize = 10;
    /// How many texts may wait.
    pub const MOST_WAITING: usize = 20;
    /// After which time without a word a question is forgotten, with what waited for its answer.
    pub const QUESTION_LASTS: SignedDuration = SignedDuration::from_hours(24);
    /// How long whoever was asked has to answer, until their text goes where calls go by default.
    pub const MENU_LASTS: SignedDuration = SignedDuration::from_mins(10);
    /// After which time a text that the queue did not take is passed on by whoever looks for what is due.
    pub const PASSED_ON_AFTER: SignedDuration = SignedDuration::from_mins(1);
    /// How long a conversation may last, even if its incident does longer.
    pub const LASTS: SignedDuration = SignedDuration::from_hours(60 * 24);

    /// Whether a text that comes now begins another one.
    pub fn is_stale(&self, at: Timestamp) -> bool {
        let asks = matches!(self.stage, Stage::Choosing { .. });
        self.began_at.duration_until(at) >= Self::LASTS
            || asks && self.touched_at.duration_until(at) >= Self::QUESTION_LASTS
    }

    /// When what waits is passed on, whether they write again or not; none if nothing waits.
    pub fn due(&self) -> Option<Timestamp> {
        let after = match self.stage {
            _ if self.waiting.is_empty() => return None,
            Stage::Choosing { .. } => Self::MENU_LASTS,
            Stage::Open { .. } => Self::PASSED_ON_AFTER,
        };
        Some(self.touched_at.checked_add(after).unwrap_or(Timestamp::MAX))
    }

    /// What a text that has been handled was answered.
    pub fn handled(&self, id: &str) -> Option<&Handled> {
        self.handled.iter().find(|handled| handled.id == id)
    }

    /// A text waits. If there are too many, the oldest ones do no more.
    pub fn wait(&mut self, text: Waiting) {
        if self.waiting.iter().any(|waiting| waiting.id == text.id) {
            return;
        }
        self.waiting.push(text);
        self.waiting.drain(..self.waiting.len().saturating_sub(Self::MOST_WAITING));
    }

    /// A text has been handled. The oldest ones are forgotten.
    pub fn handle(&mut self, handled: Handled) {
        self.handled.push(handled);
        self.handled.drain(..self.handled.len().saturating_sub(Self::MOST_HANDLED));
    }
}
