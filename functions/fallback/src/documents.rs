//! The documents of a line, as TwiML.
//!
//! Whoever serves them answers GET alone, with the same text whatever is asked, so that they know neither which key
//! was pressed nor how a dialled leg ended. What follows from that:
//!
//! - A responder takes the call by any key, and by none is not connected: a mailbox does not count here either.
//! - A `<Dial>` has no action, since that could not tell either whether they talked. When it is over the next verb
//!   follows: whoever has talked is asked to hang up, everybody else is rung on for.
//! - A recording's action is a document that ends the call; the current one would be spoken from its beginning.
//!
//! Links between them are relative, so that they do not know where they stand.

use entry::PublicUrl;
use jiff::Timestamp;
use oncall::{Candidate, Line, Plan};
use twilio::twiml::{Dial, Gather, Method, Number, Record, RecordingEvent, Response, Twiml};
use words::{Prompt, Words};

use crate::situation::Situation;

/// What a responder's key leads to: an empty document, which connects.
const CONNECTED: &str = "connected.xml";
/// What a message leads to.
const MESSAGE: &str = "message.xml";

/// How long a responder may think after the last word, seconds.
const SCREEN_SECONDS: u16 = 5;
/// How long a caller has to hang up, seconds.
const HANG_UP_SECONDS: u16 = 2;
/// How much silence ends a message, seconds.
const MESSAGE_SILENCE_SECONDS: u16 = 5;

/// All documents of a line at an instant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Documents {
    /// Those to which the first one leads, by name: they are to be there before it.
    pub linked: Vec<(String, Twiml)>,
    /// The one with which a call begins.
    pub call: Twiml,
}

/// Writes them.
pub(crate) fn documents(plan: &Plan, public_url: &PublicUrl, at: Timestamp) -> Documents {
    let studio = Studio { plan, public_url, situation: Situation::of(plan, at), words: Words::of_line(&plan.line) };
    let mut linked = vec![(MESSAGE.to_owned(), studio.say(Response::new(), Prompt::MessageKept).hangup())];
    if let Situation::Rings { phones, .. } = &studio.situation {
        linked.push((CONNECTED.to_owned(), Response::new().end()));
        linked.extend(phones.iter().enumerate().map(|(place, phone)| (screening(place), studio.screen(phone))));
    }
    Documents { linked, call: studio.call() }
}

/// What the person hears who picks up the phone at this place.
fn screening(place: usize) -> String {
    format!("screen-{}.xml", place + 1)
}

struct Studio<'a> {
    plan: &'a Plan,
    public_url: &'a PublicUrl,
    situation: Situation<'a>,
    words: Words<'a>,
}

impl Studio<'_> {
    fn line(&self) -> &Line {
        &self.plan.line
    }

    fn text(&self, words: &Words<'_>, prompt: Prompt) -> String {
        let service = self.situation.service().map_or("", |service| service.name.as_str());
        words.say(prompt, &[("line", &self.line().name), ("service", service)])
    }

    fn say(&self, response: Response, prompt: Prompt) -> Response {
        response.say(&self.words.voice(), self.text(&self.words, prompt))
    }

    fn call(&self) -> Twiml {
        let begin = |prompt| self.say(Response::new(), prompt);
        match &self.situation {
            Situation::Disabled => begin(Prompt::Disabled).hangup(),
            Situation::Closed => self.message(begin(Prompt::Closed)),
            Situation::RingsNobody { why, .. } => self.message(self.say(begin(Prompt::Greeting), *why)),
            Situation::Rings { phones, .. } => {
                let rings = phones.iter().enumerate().fold(begin(Prompt::Greeting), |response, (place, phone)| {
                    let response = match place {
                        0 => self.say(response, Prompt::Connecting),
                        _ => self.say(self.if_spoken(response), Prompt::StillTrying),
                    };
                    response.dial(self.dial(place, phone))
                });
                self.message(self.if_spoken(rings))
            }
        }
    }

    /// The responder's phone shows the line: whether the caller shows a number is not known.
    fn dial<'d>(&'d self, place: usize, phone: &'d Candidate) -> Dial<'d> {
        let number = Number::new(&phone.number).url(screening(place)).method(Method::Get);
        Dial::to(number).timeout(phone.ring_seconds).caller_id(&self.line().number)
    }

    fn if_spoken(&self, response: Response) -> Response {
        self.say(response, Prompt::IfSpoken).pause(HANG_UP_SECONDS)
    }

    /// Takes a message, on a line that does, and says goodbye.
    fn message(&self, response: Response) -> Twiml {
        let voicemail = &self.line().voicemail;
        if !voicemail.enabled {
            return self.say(response, Prompt::CallLater).hangup();
        }
        let stored = self.public_url.join(&format!("/voice/recording/{}", self.line().id));
        let mut record = Record::new()
            .max_length(voicemail.max_seconds.into())
            .timeout(MESSAGE_SILENCE_SECONDS)
            .finish_on_key("#")
            .recording_status_callback(stored, &[RecordingEvent::Completed]);
        if voicemail.transcribe {
            record = record.transcribe(self.public_url.join("/voice/transcribed"));
        }
        let recorded = self.say(response, Prompt::LeaveMessage).record(record.method(Method::Get).action(MESSAGE));
        // where Twilio makes no request for an empty recording, it goes on here
        self.say(self.say(recorded, Prompt::MessageEmpty), Prompt::CallLater).hangup()
    }

    fn screen(&self, phone: &Candidate) -> Twiml {
        let person = self.plan.directory.person(&phone.person);
        let language = person.and_then(|person| person.language.as_deref());
        let words = language.map_or(self.words, |tag| self.words.in_language(tag));
        let question = self.text(&words, Prompt::WhisperAnyKey);
        let ask = |response: Response| {
            let gather = Gather::keys(1).finish_on_key("").timeout(SCREEN_SECONDS).method(Method::Get);
            response.gather(gather.action(CONNECTED), |prompt| prompt.say(&words.voice(), &question))
        };
        let asked_twice = ask(ask(Response::new()));
        asked_twice.say(&words.voice(), self.text(&words, Prompt::NotConfirmed)).hangup()
    }
}

#[cfg(test)]
mod tests;
