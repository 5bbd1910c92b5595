use std::borrow::Cow;

use super::document::Document;
use super::event;
use super::gather::only_keys;
use super::{Action, Method, NoAction, RecordingEvent};

/// `<Record>`: what the caller says. It names an action before it can be written.
#[derive(Debug, Clone)]
pub struct Record<'a, A = NoAction> {
    action: A,
    method: Option<Method>,
    max_length: Option<u32>,
    timeout: Option<u16>,
    finish_on_key: Option<String>,
    play_beep: Option<bool>,
    trim: Option<Trim>,
    transcribe_callback: Option<Cow<'a, str>>,
    recording_status: Option<(Cow<'a, str>, Option<String>)>,
}

/// Whether silence at both ends is cut off. Twilio's default is to cut it off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trim {
    /// It is cut off.
    Silence,
    /// It is kept.
    Nothing,
}

impl<'a> Record<'a> {
    /// A recording by Twilio's defaults: after a beep, until a key, 5 silent seconds or an hour.
    #[expect(clippy::new_without_default, reason = "without an action it is not a whole verb")]
    pub fn new() -> Self {
        Self {
            action: NoAction,
            method: None,
            max_length: None,
            timeout: None,
            finish_on_key: None,
            play_beep: None,
            trim: None,
            transcribe_callback: None,
            recording_status: None,
        }
    }

    /// Whom to ask when the recording is over. The recording itself may not be ready by then.
    #[must_use]
    pub fn action(self, url: impl Into<Cow<'a, str>>) -> Record<'a, Action<'a>> {
        Record {
            action: Action(url.into()),
            method: self.method,
            max_length: self.max_length,
            timeout: self.timeout,
            finish_on_key: self.finish_on_key,
            play_beep: self.play_beep,
            trim: self.trim,
            transcribe_callback: self.transcribe_callback,
            recording_status: self.recording_status,
        }
    }
}

impl<'a, A> Record<'a, A> {
    /// How the action is asked.
    #[must_use]
    pub fn method(self, method: Method) -> Self {
        Self { method: Some(method), ..self }
    }

    /// How many seconds it may last, at least one. Twilio transcribes at most 120.
    #[must_use]
    pub fn max_length(self, seconds: u32) -> Self {
        Self { max_length: Some(seconds.max(1)), ..self }
    }

    /// How many seconds of silence end it, at least one.
    #[must_use]
    pub fn timeout(self, seconds: u16) -> Self {
        Self { timeout: Some(seconds.max(1)), ..self }
    }

    /// The keys that end it; any by default. Characters that are no key are ignored.
    #[must_use]
    pub fn finish_on_key(self, keys: &str) -> Self {
        Self { finish_on_key: Some(only_keys(keys)), ..self }
    }

    /// Whether a beep announces it. Twilio's default is that it does.
    #[must_use]
    pub fn play_beep(self, beep: bool) -> Self {
        Self { play_beep: Some(beep), ..self }
    }

    /// Whether silence at both ends is cut off.
    #[must_use]
    pub fn trim(self, trim: Trim) -> Self {
        Self { trim: Some(trim), ..self }
    }

    /// Has it transcribed, and the words sent to this URL.
    #[must_use]
    pub fn transcribe(self, callback: impl Into<Cow<'a, str>>) -> Self {
        Self { transcribe_callback: Some(callback.into()), ..self }
    }

    /// Whom to tell of the recording's steps; of its completion alone when no event is given.
    #[must_use]
    pub fn recording_status_callback(self, url: impl Into<Cow<'a, str>>, events: &[RecordingEvent]) -> Self {
        Self { recording_status: Some((url.into(), event::list(events))), ..self }
    }
}

impl Record<'_, Action<'_>> {
    pub(super) fn write(self, document: &mut Document) {
        document.steer(|document| {
            document.empty("Record", |attributes| {
                attributes.plain("maxLength", self.max_length);
                attributes.plain("timeout", self.timeout);
                attributes.text("finishOnKey", self.finish_on_key.as_deref());
                attributes.plain("playBeep", self.play_beep);
                let trim = self.trim.map(|trim| match trim {
                    Trim::Silence => "trim-silence",
                    Trim::Nothing => "do-not-trim",
                });
                attributes.text("trim", trim);
                if let Some(url) = &self.transcribe_callback {
                    attributes.plain("transcribe", Some(true));
                    attributes.text("transcribeCallback", Some(url));
                }
                if let Some((url, events)) = &self.recording_status {
                    attributes.text("recordingStatusCallback", Some(url));
                    attributes.text("recordingStatusCallbackEvent", events.as_deref());
                }
                attributes.text("action", Some(&self.action.0));
                attributes.text("method", self.method.map(Method::as_str));
            });
        });
    }
}
