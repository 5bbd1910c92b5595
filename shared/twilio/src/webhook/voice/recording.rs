use super::Call;
use crate::value_set::value_set;
use crate::webhook::{Form, FromForm, ParameterError};
use crate::{AccountSid, CallSid, Private, RecordingSid, TranscriptionSid};

/// The `action` of a `<Record>`: the recording is over. It may not be fetchable yet; wait for the
/// [`RecordingUpdate`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordResult {
    /// The leg that was recorded.
    pub call: Call,
    /// Where the recording will be, without an extension; fetching needs credentials. `None`: nothing
    /// was recorded.
    pub url: Option<Box<str>>,
    /// The recording, when Twilio names it here.
    pub recording: Option<RecordingSid>,
    /// Its length in seconds.
    pub duration: Option<u32>,
    /// What ended it.
    pub ended_by: EndedBy,
}

/// What ended a recording.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum EndedBy {
    /// The person hung up.
    Hangup,
    /// The person pressed a key.
    Key(Box<str>),
    /// Silence, or the longest time was reached.
    Time,
}

impl FromForm for RecordResult {
    fn from_form(form: &Form) -> Result<Self, ParameterError> {
        Ok(Self {
            call: Call::from_form(form)?,
            url: form.one("RecordingUrl")?.map(Box::from),
            recording: form.optional("RecordingSid"),
            duration: form.optional("RecordingDuration"),
            ended_by: match form.one("Digits")? {
                Some("hangup") => EndedBy::Hangup,
                Some(key) => EndedBy::Key(key.into()),
                None => EndedBy::Time,
            },
        })
    }
}

/// The `recordingStatusCallback`: the recording itself got on. It has neither `From` nor `To`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordingUpdate {
    /// The account, proven by the signature.
    pub account: AccountSid,
    /// The leg that was recorded.
    pub call: CallSid,
    /// The recording.
    pub recording: RecordingSid,
    /// How far it is.
    pub status: RecordingStatus,
    /// Where it is, without an extension; fetching needs credentials.
    pub url: Option<Box<str>>,
    /// Its length in seconds.
    pub duration: Option<u32>,
    /// Why there is none, when it is absent.
    pub error_code: Option<u32>,
}

value_set! {
    /// How far a recording is.
    RecordingStatus {
        /// It has begun.
        InProgress = "in-progress",
        /// It can be fetched.
        Completed = "completed",
        /// There is nothing: it was silent or too short.
        Absent = "absent",
    }
}

impl FromForm for RecordingUpdate {
    fn from_form(form: &Form) -> Result<Self, ParameterError> {
        Ok(Self {
            account: form.required("AccountSid")?,
            call: form.required("CallSid")?,
            recording: form.required("RecordingSid")?,
            status: form.required("RecordingStatus")?,
            url: form.one("RecordingUrl")?.map(Box::from),
            duration: form.optional("RecordingDuration"),
            error_code: form.optional("ErrorCode"),
        })
    }
}

/// The `transcribeCallback`: what was said, as far as the machine understood. Not answered with TwiML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transcription {
    /// The leg that was recorded. It is over as a rule.
    pub call: Call,
    /// The recording that was transcribed, when Twilio names it.
    pub recording: Option<RecordingSid>,
    /// Where that recording is.
    pub recording_url: Option<Box<str>>,
    /// The transcription, when Twilio names it.
    pub transcription: Option<TranscriptionSid>,
    /// Whether it worked.
    pub status: TranscriptionStatus,
    /// The words.
    pub text: Option<Private>,
}

value_set! {
    /// Whether a transcription worked.
    TranscriptionStatus {
        /// The words are there.
        Completed = "completed",
        /// The machine gave up.
        Failed = "failed",
    }
}

impl FromForm for Transcription {
    fn from_form(form: &Form) -> Result<Self, ParameterError> {
        Ok(Self {
            call: Call::from_form(form)?,
            recording: form.optional("RecordingSid"),
            recording_url: form.one("RecordingUrl")?.map(Box::from),
            transcription: form.optional("TranscriptionSid"),
            status: form.required("TranscriptionStatus")?,
            text: form.one("TranscriptionText")?.map(Private::from),
        })
    }
}
