use phone::PhoneNumber;

use super::CallStatus;
use crate::value_set::value_set;
use crate::webhook::{Caller, Form, FromForm, ParameterError};
use crate::{AccountSid, CallSid};

/// What every voice request says about the leg that it is about.
///
/// Needed: `AccountSid` and `CallSid`. Whatever else is missing does not stop a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The account, proven by the signature.
    pub account: AccountSid,
    /// This leg.
    pub sid: CallSid,
    /// The caller's leg, when this one was dialled for it.
    pub parent: Option<CallSid>,
    /// Who calls on this leg. On a dialled leg it is the caller ID that we chose.
    pub from: Caller,
    /// The number that was called; `None` when it was something else, such as a SIP address.
    pub to: Option<PhoneNumber>,
    /// Where the leg stands. An inbound call's first request says [`CallStatus::Ringing`].
    pub status: CallStatus,
    /// Who placed the leg.
    pub direction: Direction,
}

value_set! {
    /// Who placed a leg.
    Direction {
        /// Somebody called our number.
        Inbound = "inbound",
        /// We placed it by REST.
        OutboundApi = "outbound-api",
        /// A `<Dial>` placed it.
        OutboundDial = "outbound-dial",
    }
}

impl FromForm for Call {
    fn from_form(form: &Form) -> Result<Self, ParameterError> {
        Ok(Self {
            account: form.required("AccountSid")?,
            sid: form.required("CallSid")?,
            parent: form.optional("ParentCallSid"),
            from: form.one("From")?.unwrap_or_default().into(),
            to: form.one("To")?.and_then(|to| to.parse().ok()),
            status: form.one("CallStatus")?.unwrap_or_default().into(),
            direction: form.one("Direction")?.unwrap_or_default().into(),
        })
    }
}
