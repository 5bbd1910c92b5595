//! The text or the call that brings a code.

use api::Channel;
use oncall::Person;
use phone::PhoneNumber;
use twilio::{
    Private,
    rest::{Error, NewCall, NewMessage, Script},
    twiml::{Response, Twiml},
};
use words::{Prompt, Words};

use super::{code::Code, sender::Sender};
use crate::failure::{Cause, Failure};

/// How long a text may wait, seconds: as long as its code counts.
const TEXT_COUNTS: u32 = 600;
/// How long the phone rings, seconds.
const RING: u16 = 30;
/// What Twilio takes as the script of a call, and as a text, in characters.
const LONGEST_SCRIPT: usize = 4_000;
const LONGEST_TEXT: usize = 1_600;

/// A code on its way.
pub(super) struct Delivery<'a> {
    pub(super) sender: &'a Sender,
    pub(super) to: &'a Person,
    pub(super) number: &'a PhoneNumber,
    pub(super) code: &'a Code,
}

impl Delivery<'_> {
    /// Sends it, once.
    pub(super) async fn by(&self, channel: Channel) -> Result<(), Error> {
        let (from, to) = (self.sender.line.number.clone(), self.number.clone());
        match channel {
            Channel::Sms => {
                let body = Private::from(self.text());
                let message = NewMessage { to, from, body, status_callback: None, validity_seconds: Some(TEXT_COUNTS) };
                self.sender.client.send_message(&message).await.map(drop)
            }
            Channel::Voice => {
                let call = NewCall {
                    to,
                    from,
                    script: Script::Twiml(Private::from(self.script())),
                    status_callback: None,
                    events: Vec::new(),
                    timeout: Some(RING),
                    machine_detection: None,
                };
                self.sender.client.place_call(&call).await.map(drop)
            }
        }
    }

    /// In the line's words, unless they lack the code or are too long.
    fn text(&self) -> String {
        let said = |words: Words<'_>| words.say(Prompt::VerificationText, &self.values());
        let text = said(self.words());
        let counts = text.contains(self.code.as_str()) && text.chars().count() <= LONGEST_TEXT;
        if counts { text } else { said(self.our_words()) }
    }

    fn script(&self) -> String {
        let script = self.spoken(self.words()).into_xml();
        if script.chars().count() <= LONGEST_SCRIPT { script } else { self.spoken(self.our_words()).into_xml() }
    }

    /// Digit by digit with silence between them, and all of it twice: whoever picks up looks for a pen first.
    fn spoken(&self, words: Words<'_>) -> Twiml {
        let voice = words.voice();
        let say = |response: Response, prompt| response.say(&voice, words.say(prompt, &self.values())).pause(1);
        let digits = |response: Response| {
            let digits = self.code.as_str().chars();
            digits.fold(response, |response, digit| response.say(&voice, digit.to_string()).pause(1))
        };
        let first = digits(say(Response::new().pause(1), Prompt::VerificationCall));
        let second = digits(say(first, Prompt::VerificationAgain));
        second.say(&voice, words.say(Prompt::VerificationEnd, &self.values())).hangup()
    }

    fn values(&self) -> [(&str, &str); 2] {
        [("code", self.code.as_str()), ("line", &self.sender.line.name)]
    }

    fn words(&self) -> Words<'_> {
        let words = Words::of_line(&self.sender.line);
        self.to.language.as_deref().map_or(words, |language| words.in_language(language))
    }

    fn our_words(&self) -> Words<'_> {
        let line = &self.sender.line.language;
        Words::in_english().in_language(self.to.language.as_deref().unwrap_or(line))
    }
}

/// Why a code was certainly not sent, by the field that can be changed.
pub(super) fn refused(error: Error) -> Failure {
    let field = match error.code() {
        // what the phone is
        Some(21211 | 21214 | 21217 | 21401) => "phone",
        // what the account may reach
        Some(21215 | 21216 | 21219 | 21408 | 21608) => "phone",
        // the other channel may do
        Some(21610 | 21612 | 21614) => "channel",
        _ => return error.into(),
    };
    tracing::warn!(%error, "Twilio sends no code there");
    let why = error.refusal().map(ToString::to_string).unwrap_or_default();
    Failure::from(Cause::TwilioRefused).detail(why.clone()).naming(field, format!("is refused by Twilio: {why}"))
}
