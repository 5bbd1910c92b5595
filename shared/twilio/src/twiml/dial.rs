use std::borrow::Cow;

use phone::PhoneNumber;

use super::document::{Attributes, Document};
use super::event;
use super::{Action, LegEvent, Method, NoAction, RecordingEvent, Response, RingTone, Twiml};

/// `<Dial>` of one number.
///
/// One, because Twilio joins the caller with whoever answers first, and of several that would be a
/// mailbox. Without an action the next verb follows; with one this is the end of the document.
#[derive(Debug, Clone)]
pub struct Dial<'a, A = NoAction> {
    number: Number<'a>,
    action: A,
    timeout: Option<u16>,
    time_limit: Option<u32>,
    caller_id: Option<&'a PhoneNumber>,
    answer_on_bridge: bool,
    hangup_on_star: bool,
    ring_tone: Option<RingTone>,
    record: Option<DialRecording>,
    recording_status: Option<(Cow<'a, str>, Option<String>)>,
}

/// What of the joined call is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DialRecording {
    /// From the answer, both voices in one channel.
    FromAnswer,
    /// From the answer, each voice in its channel.
    FromAnswerDual,
    /// From the ringing, both voices in one channel.
    FromRinging,
    /// From the ringing, each voice in its channel.
    FromRingingDual,
}

/// `<Number>`: whom to ring, what to ask of the one who answers, and whom to tell.
#[derive(Debug, Clone)]
pub struct Number<'a> {
    number: &'a PhoneNumber,
    url: Option<Cow<'a, str>>,
    method: Option<Method>,
    status: Option<(Cow<'a, str>, Option<String>)>,
}

impl<'a> Number<'a> {
    /// This number, joined with the caller as soon as it answers.
    pub fn new(number: &'a PhoneNumber) -> Self {
        Self { number, url: None, method: None, status: None }
    }

    /// The document that the person who answers hears before the legs are joined. If it ends with a
    /// hang-up they are not. It may hold `<Say>`, `<Play>`, `<Gather>` and `<Hangup>`.
    #[must_use]
    pub fn url(self, url: impl Into<Cow<'a, str>>) -> Self {
        Self { url: Some(url.into()), ..self }
    }

    /// How that document is asked for.
    #[must_use]
    pub fn method(self, method: Method) -> Self {
        Self { method: Some(method), ..self }
    }

    /// Whom to tell of the leg's steps; of its end alone when no event is given.
    #[must_use]
    pub fn status_callback(self, url: impl Into<Cow<'a, str>>, events: &[LegEvent]) -> Self {
        Self { status: Some((url.into(), event::list(events))), ..self }
    }
}

impl<'a> From<&'a PhoneNumber> for Number<'a> {
    fn from(number: &'a PhoneNumber) -> Self {
        Self::new(number)
    }
}

impl<'a> Dial<'a> {
    /// Rings a number: a `&PhoneNumber`, or a [`Number`] with a screening document or a status callback.
    pub fn to(number: impl Into<Number<'a>>) -> Self {
        Self {
            number: number.into(),
            action: NoAction,
            timeout: None,
            time_limit: None,
            caller_id: None,
            answer_on_bridge: false,
            hangup_on_star: false,
            ring_tone: None,
            record: None,
            recording_status: None,
        }
    }

    /// Whom to ask when the dialled leg is over. Nothing can follow.
    #[must_use]
    pub fn action(self, url: impl Into<Cow<'a, str>>) -> Dial<'a, Action<'a>> {
        Dial {
            action: Action(url.into()),
            number: self.number,
            timeout: self.timeout,
            time_limit: self.time_limit,
            caller_id: self.caller_id,
            answer_on_bridge: self.answer_on_bridge,
            hangup_on_star: self.hangup_on_star,
            ring_tone: self.ring_tone,
            record: self.record,
            recording_status: self.recording_status,
        }
    }
}

impl<'a, A> Dial<'a, A> {
    /// How many seconds it rings, 5 to 600. Twilio adds 5 of its own; its default is 30.
    #[must_use]
    pub fn timeout(self, seconds: u16) -> Self {
        Self { timeout: Some(seconds.clamp(5, 600)), ..self }
    }

    /// How many seconds the joined call may last, at least one. Twilio's default is four hours.
    #[must_use]
    pub fn time_limit(self, seconds: u32) -> Self {
        Self { time_limit: Some(seconds.max(1)), ..self }
    }

    /// What the dialled telephone shows: a number of the account, or the caller's own. Twilio's default
    /// is the caller's.
    #[must_use]
    pub fn caller_id(self, number: &'a PhoneNumber) -> Self {
        Self { caller_id: Some(number), ..self }
    }

    /// Answers the caller only when the legs are joined; until then the caller hears ringing and is not
    /// billed. It acts only when this is the first verb.
    #[must_use]
    pub fn answer_on_bridge(self) -> Self {
        Self { answer_on_bridge: true, ..self }
    }

    /// Lets the caller leave the dialled leg with `*`.
    #[must_use]
    pub fn hangup_on_star(self) -> Self {
        Self { hangup_on_star: true, ..self }
    }

    /// Which ringback tone the caller hears.
    #[must_use]
    pub fn ring_tone(self, tone: RingTone) -> Self {
        Self { ring_tone: Some(tone), ..self }
    }

    /// Records the call.
    #[must_use]
    pub fn record(self, what: DialRecording) -> Self {
        Self { record: Some(what), ..self }
    }

    /// Whom to tell of the recording's steps; of its completion alone when no event is given.
    #[must_use]
    pub fn recording_status_callback(self, url: impl Into<Cow<'a, str>>, events: &[RecordingEvent]) -> Self {
        Self { recording_status: Some((url.into(), event::list(events))), ..self }
    }
}

impl<A: Next> Dial<'_, A> {
    pub(super) fn write(self, document: &mut Document) {
        let attributes = |attributes: &mut Attributes<'_>| {
            attributes.plain("timeout", self.timeout);
            attributes.plain("timeLimit", self.time_limit);
            attributes.text("callerId", self.caller_id.map(PhoneNumber::as_e164));
            attributes.plain("answerOnBridge", self.answer_on_bridge.then_some(true));
            attributes.plain("hangupOnStar", self.hangup_on_star.then_some(true));
            attributes.text("ringTone", self.ring_tone.map(RingTone::as_str));
            attributes.text("record", self.record.map(DialRecording::as_str));
            if let Some((url, events)) = &self.recording_status {
                attributes.text("recordingStatusCallback", Some(url));
                attributes.text("recordingStatusCallbackEvent", events.as_deref());
            }
            attributes.text("action", self.action.url());
        };
        document.steer(|document| {
            document.element("Dial", attributes, |document| self.number.write(document));
        });
    }
}

impl Number<'_> {
    fn write(&self, document: &mut Document) {
        let attributes = |attributes: &mut Attributes<'_>| {
            attributes.text("url", self.url.as_deref());
            attributes.text("method", self.method.map(Method::as_str));
            if let Some((url, events)) = &self.status {
                attributes.text("statusCallback", Some(url));
                attributes.text("statusCallbackEvent", events.as_deref());
            }
        };
        document.element("Number", attributes, |document| document.text(self.number.as_e164()));
    }
}

impl DialRecording {
    fn as_str(self) -> &'static str {
        match self {
            Self::FromAnswer => "record-from-answer",
            Self::FromAnswerDual => "record-from-answer-dual",
            Self::FromRinging => "record-from-ringing",
            Self::FromRingingDual => "record-from-ringing-dual",
        }
    }
}

/// What a `<Dial>` leaves of the document: all of it without an action, nothing with one.
pub trait Next: sealed::Url {
    /// [`Response`] or [`Twiml`].
    type Rest;

    #[doc(hidden)]
    fn rest(response: Response) -> Self::Rest;
}

impl Next for NoAction {
    type Rest = Response;

    fn rest(response: Response) -> Response {
        response
    }
}

impl Next for Action<'_> {
    type Rest = Twiml;

    fn rest(response: Response) -> Twiml {
        response.end()
    }
}

mod sealed {
    /// Not nameable outside, so that there are these two kinds of action and no third.
    pub trait Url {
        fn url(&self) -> Option<&str>;
    }

    impl Url for super::NoAction {
        fn url(&self) -> Option<&str> {
            None
        }
    }

    impl Url for super::Action<'_> {
        fn url(&self) -> Option<&str> {
            Some(&self.0)
        }
    }
}
