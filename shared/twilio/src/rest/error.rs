use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use crate::Private;

use super::words;

/// Why there is no answer, sorted by what that means for money: whatever was asked for has certainly not happened,
/// or it may have happened and must be looked for before it is asked for again.
///
/// Neither `Display` nor `Debug` holds a telephone number, a secret or a URL.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Twilio says no: a parameter, a permission, something else's state. Nothing happened; repeating does not help.
    #[error("Twilio refuses: {0}")]
    Refused(Refusal),
    /// Twilio does not know the credentials, or they may not do this. Nothing happened.
    #[error("Twilio does not accept the credentials: {0}")]
    Unauthorised(Refusal),
    /// There is no such thing. Nothing happened; for a deletion that is asked for again, it had happened before.
    #[error("Twilio knows no such thing: {0}")]
    NotFound(Refusal),
    /// Too much at once. Twilio says of these requests that they are never processed.
    #[error("Twilio is asked too much: {refusal}")]
    TooManyRequests {
        /// How long Twilio wants to be left alone, if it says so.
        retry_after: Option<Duration>,
        /// Its code tells a moment's limit from a day's.
        refusal: Refusal,
    },
    /// There was no connection, so not one byte was sent.
    #[error("Twilio cannot be reached")]
    NotSent(#[source] Cause),
    /// The request left and no answer came that can be trusted: it may have been carried out.
    #[error("it is not known what Twilio did: {0}")]
    Unknown(Uncertainty),
}

impl Error {
    /// Whether what was asked for has certainly not happened.
    pub fn was_not_processed(&self) -> bool {
        !self.may_have_happened()
    }

    /// Whether what was asked for may have happened all the same. Only Twilio can tell, by being asked for the result.
    pub fn may_have_happened(&self) -> bool {
        matches!(self, Self::Unknown(_))
    }

    /// What Twilio said, if it said no.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal)
            | Self::Unauthorised(refusal)
            | Self::NotFound(refusal)
            | Self::TooManyRequests { refusal, .. } => Some(refusal),
            Self::NotSent(_) | Self::Unknown(_) => None,
        }
    }

    /// Twilio's code for its refusal.
    pub fn code(&self) -> Option<u32> {
        self.refusal()?.code
    }
}

/// Twilio's no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// Twilio's code; an answer from before Twilio's own servers has none.
    pub code: Option<u32>,
    /// Twilio's sentence. It may repeat the number or the address that was sent: for whoever sent it, not for a log.
    pub message: Option<Private>,
}

impl Refusal {
    /// What it means and what can be done, in a sentence for whoever administers the numbers; for the codes that we
    /// know.
    pub fn meaning(&self) -> Option<&'static str> {
        words::meaning(self.code?)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.code, self.meaning(), &self.message) {
            (Some(code), Some(meaning), _) => write!(f, "{meaning} ({code})"),
            (Some(code), None, Some(said)) => write!(f, "{} ({code})", phone::without_numbers(said.as_str())),
            (Some(code), None, None) => write!(f, "code {code}"),
            (None, ..) => write!(f, "status {}", self.status),
        }
    }
}

/// Why it is not known what Twilio did.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Uncertainty {
    /// No whole answer came in time.
    #[error("no answer came in time")]
    TimedOut,
    /// The connection broke before the answer was whole.
    #[error("the answer was cut off: {0}")]
    CutOff(Cause),
    /// A status that says neither yes nor no: 5xx, a redirection, a time-out of somebody in between.
    #[error("Twilio answered with status {status}")]
    ServerFault {
        /// The HTTP status.
        status: u16,
    },
    /// Twilio said yes, and what else it said cannot be read.
    #[error("Twilio's answer cannot be read: {0}")]
    Unreadable(Cause),
}

/// What went wrong on the way, without what may be a telephone number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Cause(String);

impl Cause {
    pub(super) fn new(text: &str) -> Self {
        Self(phone::without_numbers(text))
    }

    /// An error and what is behind it.
    pub(super) fn of(error: &dyn StdError) -> Self {
        let mut text = error.to_string();
        let mut next = error.source();
        while let Some(source) = next {
            let said = source.to_string();
            if !text.ends_with(&said) {
                text.push_str(": ");
                text.push_str(&said);
            }
            next = source.source();
        }
        Self::new(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(code: Option<u32>, message: &str) -> Refusal {
        Refusal { status: 400, code, message: Some(message.into()) }
    }

    #[track_caller]
    fn check(error: Error, shown: &str, may_have_happened: bool) {
        assert_eq!(error.to_string(), shown);
        assert_eq!((error.may_have_happened(), error.was_not_processed()), (may_have_happened, !may_have_happened));
    }

    #[test]
    fn what_each_one_means_for_money() {
        let cause = || Cause::new("connection reset");
        check(
            Error::Refused(refusal(Some(21422), "+4791234589 is not available")),
            "Twilio refuses: The number is no longer available: somebody else has it. (21422)",
            false,
        );
        check(Error::Refused(refusal(Some(99999), "+4791234589 is odd")), "Twilio refuses: +… is odd (99999)", false);
        check(Error::Unauthorised(refusal(None, "no")), "Twilio does not accept the credentials: status 400", false);
        check(Error::NotFound(refusal(None, "no")), "Twilio knows no such thing: status 400", false);
        check(
            Error::TooManyRequests { retry_after: None, refusal: refusal(Some(20429), "") },
            "Twilio is asked too much: Too much was asked at once; try again in a while. (20429)",
            false,
        );
        check(Error::NotSent(cause()), "Twilio cannot be reached", false);
        check(Error::Unknown(Uncertainty::TimedOut), "it is not known what Twilio did: no answer came in time", true);
        check(
            Error::Unknown(Uncertainty::CutOff(cause())),
            "it is not known what Twilio did: the answer was cut off: connection reset",
            true,
        );
    }

    #[test]
    fn debug_shows_no_message() {
        let shown = format!("{:?}", Error::Refused(refusal(Some(21629), "Main Street 1, 0150 Oslo, +4791234589")));
        assert!(!shown.contains("Main") && !shown.contains("4791234589"), "{shown}");
    }
}
