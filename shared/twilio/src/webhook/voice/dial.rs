use super::{Call, CallStatus};
use crate::CallSid;
use crate::value_set::value_set;
use crate::webhook::{Form, FromForm, ParameterError};

/// The `action` of a `<Dial>`: how the attempt ended. Asked on the caller's leg.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DialResult {
    /// The caller's leg. It is completed when the caller has hung up.
    pub call: Call,
    /// How the dialled leg ended. By itself it does not tell whether a person talked.
    pub status: DialCallStatus,
    /// The dialled leg.
    pub dialled: Option<CallSid>,
    /// How long the dialled leg lasted, in seconds.
    pub duration: Option<u32>,
    /// Whether the two legs were joined.
    pub bridged: Option<bool>,
}

value_set! {
    /// How a dialled leg ended.
    DialCallStatus {
        /// It was answered, by a person or a mailbox, and is over.
        Completed = "completed",
        /// It joined a conference.
        Answered = "answered",
        /// It was busy or declined.
        Busy = "busy",
        /// It rang until the time was up.
        NoAnswer = "no-answer",
        /// It could not be connected, a bad number for instance.
        Failed = "failed",
        /// The caller hung up while it rang.
        Canceled = "canceled",
    }
}

impl FromForm for DialResult {
    fn from_form(form: &Form) -> Result<Self, ParameterError> {
        Ok(Self {
            call: Call::from_form(form)?,
            status: form.required("DialCallStatus")?,
            dialled: form.optional("DialCallSid"),
            duration: form.optional("DialCallDuration"),
            bridged: form.optional("DialBridged"),
        })
    }
}

/// The `url` of a `<Number>`: the dialled person has answered and hears this document before the legs
/// are joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Screening {
    /// The dialled person's leg.
    pub call: Call,
    /// The caller's leg.
    pub parent: CallSid,
}

impl FromForm for Screening {
    fn from_form(form: &Form) -> Result<Self, ParameterError> {
        Ok(Self { call: Call::from_form(form)?, parent: form.required("ParentCallSid")? })
    }
}

/// The `statusCallback` of a `<Number>`: the dialled leg went a step further. These arrive in any order,
/// twice, or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegStatus {
    /// The dialled leg, with the status that it has reached.
    pub call: Call,
    /// The caller's leg.
    pub parent: CallSid,
    /// The order in which the steps happened, from 0.
    pub sequence: Option<u32>,
    /// When it happened, as Twilio writes it (RFC 2822).
    pub timestamp: Option<Box<str>>,
    /// How long the leg lasted, in seconds; at its end.
    pub duration: Option<u32>,
    /// Why the network says that it ended, as a SIP status code; at its end.
    pub sip_response: Option<u16>,
}

impl FromForm for LegStatus {
    fn from_form(form: &Form) -> Result<Self, ParameterError> {
        form.required::<CallStatus>("CallStatus")?;
        Ok(Self {
            call: Call::from_form(form)?,
            parent: form.required("ParentCallSid")?,
            sequence: form.optional("SequenceNumber"),
            timestamp: form.one("Timestamp")?.map(Box::from),
            duration: form.optional("CallDuration"),
            sip_response: form.optional("SipResponseCode"),
        })
    }
}
