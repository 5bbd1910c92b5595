//! Texts of those who are paged.

mod acting;
mod answer;
mod outcome;
mod respond;

use jiff::Timestamp;
use oncall::texting::{Codes, Command, Handled, Keyword, Reply, Stage};

use crate::{letter::Letter, public::Found};

/// What a responder's text means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Meaning {
    /// It was handled before, and this was the answer.
    Again(Option<String>),
    /// A word that Twilio answers.
    Intercepted(Keyword),
    /// Things to do.
    Commands(Vec<Command>),
    /// Something for whoever reported an incident.
    Say {
        /// The incident's code.
        code: u32,
        /// What.
        words: String,
    },
    /// Nothing that we know.
    Unknown,
    /// They write as anybody may: about something that is the matter.
    Caller,
}

/// What a phone was told, and what its last texts were answered.
#[derive(Clone, Copy)]
pub(crate) struct Told<'a> {
    pub codes: &'a Codes,
    pub answered: &'a [Handled],
}

/// What a text of somebody who may be paged means.
///
/// Whoever is paged may also be somebody who needs help. They write as anybody else does while they are in a
/// conversation with the line, and if their phone was never told of an alert; but what is a command is one, unless it
/// answers a menu that was the last thing we texted.
pub(crate) fn meaning(told: Told<'_>, found: Option<Found<'_>>, letter: &Letter, now: Timestamp) -> Meaning {
    if let Some(handled) = told.answered.iter().find(|handled| handled.id == letter.id) {
        return Meaning::Again(handled.answer.clone());
    }
    let known = found.and_then(|found| found.conversation);
    if known.is_some_and(|conversation| conversation.handled(&letter.id).is_some()) {
        return Meaning::Caller;
    }
    let live = found.and_then(|found| found.live(now));
    let issued = &told.codes.issued;
    let is_asked = live.is_some_and(|conversation| {
        let last = issued.iter().map(|issued| issued.told_at).max();
        matches!(conversation.stage, Stage::Choosing { .. }) && conversation.answered_at >= last
    });
    if is_asked && letter.key().is_some_and(|key| key == '*' || key.is_ascii_digit()) {
        return Meaning::Caller;
    }
    match &letter.reply {
        Reply::Intercepted(keyword) => Meaning::Intercepted(*keyword),
        Reply::Commands(commands) => Meaning::Commands(commands.clone()),
        // a code that was never told is no code: "2 servers are down"
        Reply::Say { code, words } if issued.iter().any(|issued| issued.code == *code) => {
            Meaning::Say { code: *code, words: words.clone() }
        }
        _ if live.is_some() || issued.is_empty() => Meaning::Caller,
        Reply::Say { code, words } => Meaning::Say { code: *code, words: words.clone() },
        Reply::Unknown => Meaning::Unknown,
    }
}

#[cfg(test)]
mod tests;
