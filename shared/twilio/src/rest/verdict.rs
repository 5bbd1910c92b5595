use std::time::Duration;

use crate::delivery::Fault;

use super::error::Error;

/// What an error means for a text or a call that was to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It was not sent, and asking again does not help.
    Refused(Fault),
    /// It was certainly not sent, and may be later.
    TryAgain {
        /// How long Twilio wants to be left alone, if it says so.
        after: Option<Duration>,
    },
    /// It may have been sent: [`Client::messages`](super::Client::messages) or
    /// [`Client::calls`](super::Client::calls) tells.
    Unknown,
}

impl Error {
    /// What this means for a text or a call that was to be sent.
    pub fn verdict(&self) -> Verdict {
        let fault = self.code().map(Fault::of);
        match self {
            Self::Refused(_) if fault == Some(Fault::Passing) => Verdict::TryAgain { after: None },
            Self::Refused(_) => Verdict::Refused(fault.unwrap_or(Fault::Unknown)),
            Self::Unauthorised(_) | Self::NotFound(_) => Verdict::Refused(Fault::Account),
            // a day's limit is not over in a moment
            Self::TooManyRequests { .. } if fault == Some(Fault::Account) => Verdict::Refused(Fault::Account),
            Self::TooManyRequests { retry_after, .. } => Verdict::TryAgain { after: *retry_after },
            Self::NotSent(_) => Verdict::TryAgain { after: None },
            Self::Unknown(_) => Verdict::Unknown,
        }
    }
}

/// How long to wait before trying again, longer each time and scattered, so that those who were refused together do
/// not come back together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    /// The first wait, about; 2 s by default.
    pub first: Duration,
    /// The longest; a minute by default.
    pub longest: Duration,
}

impl Default for Backoff {
    fn default() -> Self {
        Self { first: Duration::from_secs(2), longest: Duration::from_secs(60) }
    }
}

impl Backoff {
    /// The wait before another attempt, after `already` waits: never shorter than what Twilio wants. `chance` is from
    /// 0 to 1.
    pub fn wait(&self, already: u32, wanted: Option<Duration>, chance: f64) -> Duration {
        let usual = self.first.saturating_mul(2_u32.saturating_pow(already)).min(self.longest);
        // also behind what Twilio told all of them
        wanted.unwrap_or_default().max(usual / 2) + usual.mul_f64(chance.clamp(0.0, 1.0) / 2.0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::error::{Cause, Refusal, Uncertainty};
    use super::*;

    fn refusal(code: Option<u32>) -> Refusal {
        Refusal { status: 400, code, message: None }
    }

    #[track_caller]
    fn check(error: Error, expected: Verdict) {
        assert_eq!(error.verdict(), expected, "{error:?}");
    }

    #[test]
    fn what_each_error_means_for_a_page() {
        let later = Verdict::TryAgain { after: None };
        check(Error::Refused(refusal(Some(21610))), Verdict::Refused(Fault::OptedOut));
        check(Error::Refused(refusal(Some(21614))), Verdict::Refused(Fault::Recipient));
        check(Error::Refused(refusal(Some(21408))), Verdict::Refused(Fault::Route));
        check(Error::Refused(refusal(Some(21611))), later);
        check(Error::Refused(refusal(None)), Verdict::Refused(Fault::Unknown));
        check(Error::Unauthorised(refusal(Some(20003))), Verdict::Refused(Fault::Account));
        check(Error::NotFound(refusal(Some(20404))), Verdict::Refused(Fault::Account));
        check(Error::NotSent(Cause::new("refused")), later);
        check(Error::Unknown(Uncertainty::TimedOut), Verdict::Unknown);
        check(Error::Unknown(Uncertainty::ServerFault { status: 500 }), Verdict::Unknown);
        let limited = |code, seconds: Option<u64>| Error::TooManyRequests {
            retry_after: seconds.map(Duration::from_secs),
            refusal: refusal(Some(code)),
        };
        check(limited(20429, Some(3)), Verdict::TryAgain { after: Some(Duration::from_secs(3)) });
        check(limited(63038, Some(3)), Verdict::Refused(Fault::Account));
    }

    #[test]
    fn waits_grow_to_a_limit_and_are_scattered() {
        let backoff = Backoff::default();
        let wait = |already, wanted: Option<u64>, chance| {
            backoff.wait(already, wanted.map(Duration::from_secs), chance).as_millis()
        };
        assert_eq!([wait(0, None, 0.0), wait(0, None, 1.0), wait(3, None, 1.0)], [1000, 2000, 16_000]);
        assert_eq!([wait(99, None, 1.0), wait(99, None, 0.0), wait(99, None, 7.0)], [60_000, 30_000, 60_000]);
        assert_eq!([wait(0, Some(10), 0.0), wait(0, Some(10), 1.0)], [10_000, 11_000]);
    }
}
