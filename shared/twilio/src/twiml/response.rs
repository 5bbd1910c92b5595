use std::fmt;

use super::document::Document;
use super::{Action, Dial, Gather, Next, Prompt, Record, Voice};

/// A document that is being written. Each verb is performed when the one before it is over; at the end
/// of the document Twilio hangs up.
#[must_use]
pub struct Response {
    document: Document,
}

/// A finished document: what we answer with. `Debug` shows its size, for there are numbers inside.
#[must_use]
#[derive(Clone, PartialEq, Eq)]
pub struct Twiml(String);

/// What the refused caller hears. The call is not answered and not billed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RejectReason {
    /// An announcement that the number is not in service.
    Rejected,
    /// The busy tone.
    Busy,
}

impl Response {
    /// An empty document.
    pub fn new() -> Self {
        Self { document: Document::new() }
    }

    /// Speaks a text.
    pub fn say(self, voice: &Voice, text: impl AsRef<str>) -> Self {
        self.say_times(voice, 1, text)
    }

    /// Speaks a text several times, at least once and at most 1000 times.
    pub fn say_times(mut self, voice: &Voice, times: u16, text: impl AsRef<str>) -> Self {
        self.document.say(voice, times, text.as_ref());
        self
    }

    /// Plays the audio file at a URL.
    pub fn play(self, url: impl AsRef<str>) -> Self {
        self.play_times(1, url)
    }

    /// Plays the audio file at a URL several times, at least once and at most 1000 times.
    pub fn play_times(mut self, times: u16, url: impl AsRef<str>) -> Self {
        self.document.play(times, url.as_ref());
        self
    }

    /// Is silent for some seconds, at least one. As the first verb it also delays the answer.
    pub fn pause(mut self, seconds: u16) -> Self {
        self.document.pause(seconds);
        self
    }

    /// Listens for keys or speech while the prompt runs. With input the action is asked and this
    /// document is left; without, the next verb follows (unless
    /// [`Gather::action_on_empty_result`]).
    pub fn gather(self, gather: Gather<'_, Action<'_>>, prompt: impl FnOnce(Prompt) -> Prompt) -> Self {
        Self { document: gather.write(self.document, prompt) }
    }

    /// Rings a number and joins the legs. With an action this is the end of the document; without one
    /// the next verb follows when the dialled leg is over.
    pub fn dial<N: Next>(mut self, dial: Dial<'_, N>) -> N::Rest {
        dial.write(&mut self.document);
        N::rest(self)
    }

    /// Records the caller and then asks the action. What follows is reached only where Twilio makes no
    /// request for an empty recording.
    pub fn record(mut self, record: Record<'_, Action<'_>>) -> Self {
        record.write(&mut self.document);
        self
    }

    /// Goes on with the document at a URL.
    pub fn redirect(mut self, url: impl AsRef<str>) -> Twiml {
        self.document.steer(|document| {
            document.element("Redirect", |_| (), |document| document.text(url.as_ref()));
        });
        self.end()
    }

    /// Hangs up.
    pub fn hangup(mut self) -> Twiml {
        self.document.steer(|document| document.empty("Hangup", |_| ()));
        self.end()
    }

    /// Refuses the call without answering it.
    pub fn reject(reason: RejectReason) -> Twiml {
        let mut response = Self::new();
        response.document.empty("Reject", |attributes| {
            let reason = match reason {
                RejectReason::Rejected => "rejected",
                RejectReason::Busy => "busy",
            };
            attributes.text("reason", Some(reason));
        });
        response.end()
    }

    /// Ends the document here; Twilio hangs up after the last verb, or joins the legs after a screening
    /// document. Empty, it is the answer to a status callback.
    pub fn end(self) -> Twiml {
        Twiml(self.document.finish())
    }

    /// Ends the document here and gives its text.
    pub fn into_xml(self) -> String {
        self.end().into_xml()
    }
}

impl Default for Response {
    fn default() -> Self {
        Self::new()
    }
}

impl Twiml {
    pub(super) fn of(xml: String) -> Self {
        Self(xml)
    }

    /// The type to answer with. With `text/plain` Twilio may read the document aloud.
    pub const CONTENT_TYPE: &str = "text/xml; charset=utf-8";

    /// The document's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The document's text.
    pub fn into_xml(self) -> String {
        self.0
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Response({} bytes so far)", self.document.len())
    }
}

impl fmt::Debug for Twiml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Twiml({} bytes)", self.0.len())
    }
}
