use crate::delivery::Receipt;
use crate::value_set::value_set;
use crate::webhook::{Form, FromForm, ParameterError};
use crate::{AccountSid, MessageSid};

value_set! {
    /// Where a text stands that we have sent. Callbacks come in any order.
    MessageStatus {
        /// Twilio has it.
        Accepted = "accepted",
        /// It is to leave later.
        Scheduled = "scheduled",
        /// It waits for its turn.
        Queued = "queued",
        /// It is leaving.
        Sending = "sending",
        /// The carrier has it.
        Sent = "sent",
        /// The telephone has it.
        Delivered = "delivered",
        /// It did not arrive.
        Undelivered = "undelivered",
        /// It did not leave.
        Failed = "failed",
        /// It was taken back.
        Canceled = "canceled",
        /// Somebody has read it.
        Read = "read",
    }
}

/// The `StatusCallback` of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextStatus {
    /// The account, proven by the signature.
    pub account: AccountSid,
    /// Which text.
    pub sid: MessageSid,
    /// Where it stands.
    pub status: MessageStatus,
    /// Why it did not arrive.
    pub error_code: Option<u32>,
}

impl TextStatus {
    /// How it fares.
    pub fn receipt(&self) -> Receipt {
        Receipt::of_text(self.status.as_str(), self.error_code)
    }
}

impl FromForm for TextStatus {
    fn from_form(form: &Form) -> Result<Self, ParameterError> {
        Ok(Self {
            account: form.required("AccountSid")?,
            sid: form.required("MessageSid")?,
            status: form.one("MessageStatus")?.unwrap_or_default().into(),
            error_code: form.optional("ErrorCode"),
        })
    }
}
