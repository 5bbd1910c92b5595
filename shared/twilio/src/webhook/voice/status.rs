use super::Call;
use crate::value_set::value_set;
use crate::webhook::{Form, FromForm, ParameterError};

value_set! {
    /// Where a leg stands. The first three only go forward; the last five are final.
    CallStatus {
        /// Waiting for its turn to be placed.
        Queued = "queued",
        /// Placed, not ringing yet.
        Initiated = "initiated",
        /// Ringing; also an inbound call that we have not answered.
        Ringing = "ringing",
        /// Answered.
        InProgress = "in-progress",
        /// Was answered and is over; a mailbox that answered counts too.
        Completed = "completed",
        /// Was busy, or declined.
        Busy = "busy",
        /// Rang until the time was up.
        NoAnswer = "no-answer",
        /// Was taken back before it was answered.
        Canceled = "canceled",
        /// Could not be connected.
        Failed = "failed",
    }
}

impl CallStatus {
    /// Whether the leg is over.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Completed | Self::Busy | Self::NoAnswer | Self::Canceled | Self::Failed)
    }
}

/// The number's `StatusCallback`: one request when an inbound call is over, however it ended. It is the
/// backstop when the caller hung up and no action URL was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallEnded {
    /// The caller's leg.
    pub call: Call,
    /// How long it lasted, in seconds.
    pub duration: Option<u32>,
}

impl FromForm for CallEnded {
    fn from_form(form: &Form) -> Result<Self, ParameterError> {
        Ok(Self { call: Call::from_form(form)?, duration: form.optional("CallDuration") })
    }
}
