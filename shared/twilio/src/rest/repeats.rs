use std::time::Duration;

use super::error::{Error, Uncertainty};

/// How a request is made again by itself, where that is certainly safe: when it was not processed, and for reading
/// once after a fault. What may have changed something is never repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repeats {
    /// How often at most; 2 by default.
    pub most: u32,
    /// How long to wait before the first repeat, about; 250 ms by default. It doubles with each.
    pub first_wait: Duration,
    /// How long to wait at most, 4 s by default. When Twilio wants longer, the error is returned at once.
    pub longest_wait: Duration,
}

/// "Too Many Requests", the code of a limit that is over in a moment.
const PASSING: u32 = 20429;

impl Default for Repeats {
    fn default() -> Self {
        Self { most: 2, first_wait: Duration::from_millis(250), longest_wait: Duration::from_secs(4) }
    }
}

impl Repeats {
    /// How long to wait before the next attempt; none if there is to be none. `chance` is from 0 to 1.
    pub(super) fn wait(&self, error: &Error, reads: bool, already: u32, chance: f64) -> Option<Duration> {
        if already >= self.most {
            return None;
        }
        let usual = self.first_wait.saturating_mul(2_u32.saturating_pow(already)).min(self.longest_wait);
        let wait = match error {
            // a day's limit is not over in a moment
            Error::TooManyRequests { refusal, .. } if refusal.code.is_some_and(|code| code != PASSING) => return None,
            Error::TooManyRequests { retry_after: Some(wanted), .. } => *wanted,
            Error::TooManyRequests { retry_after: None, .. } | Error::NotSent(_) => scattered(usual, chance),
            Error::Unknown(Uncertainty::ServerFault { status: 500.. } | Uncertainty::CutOff(_))
                if reads && already == 0 =>
            {
                scattered(usual, chance)
            }
            _ => return None,
        };
        (wait <= self.longest_wait).then_some(wait)
    }
}

/// Between half and the whole, so that those who were refused together do not come back together.
fn scattered(wait: Duration, chance: f64) -> Duration {
    wait.mul_f64(0.5 + chance.clamp(0.0, 1.0) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::super::error::{Cause, Refusal};
    use super::*;

    #[track_caller]
    fn check(error: Error, reads: bool, already: u32, milliseconds: Option<u64>) {
        let wait = Repeats::default().wait(&error, reads, already, 1.0);
        assert_eq!(wait, milliseconds.map(Duration::from_millis), "{error:?} {reads} {already}");
    }

    fn not_sent() -> Error {
        Error::NotSent(Cause::new("refused"))
    }

    fn fault(status: u16) -> Error {
        Error::Unknown(Uncertainty::ServerFault { status })
    }

    fn busy(seconds: Option<u64>) -> Error {
        limited(seconds, PASSING)
    }

    fn limited(seconds: Option<u64>, code: u32) -> Error {
        let refusal = Refusal { status: 429, code: Some(code), message: None };
        Error::TooManyRequests { retry_after: seconds.map(Duration::from_secs), refusal }
    }

    #[test]
    fn only_what_is_safe_is_repeated() {
        for reads in [true, false] {
            check(not_sent(), reads, 0, Some(250));
            check(not_sent(), reads, 1, Some(500));
            check(not_sent(), reads, 2, None);
            check(busy(None), reads, 0, Some(250));
            check(busy(Some(3)), reads, 1, Some(3000));
            check(busy(Some(5)), reads, 0, None);
            check(limited(Some(1), 63038), reads, 0, None);
            check(Error::Unknown(Uncertainty::TimedOut), reads, 0, None);
            check(Error::Unknown(Uncertainty::Unreadable(Cause::new("?"))), reads, 0, None);
            check(Error::NotFound(Refusal { status: 404, code: None, message: None }), reads, 0, None);
            check(fault(302), reads, 0, None);
        }
        check(fault(503), true, 0, Some(250));
        check(fault(503), true, 1, None);
        check(fault(503), false, 0, None);
        check(Error::Unknown(Uncertainty::CutOff(Cause::new("reset"))), true, 0, Some(250));
        check(Error::Unknown(Uncertainty::CutOff(Cause::new("reset"))), false, 0, None);
    }

    #[test]
    fn waits_are_scattered_and_bounded() {
        let repeats = Repeats { most: 40, ..Repeats::default() };
        assert_eq!(repeats.wait(&not_sent(), false, 0, 0.0), Some(Duration::from_millis(125)));
        assert_eq!(repeats.wait(&not_sent(), false, 39, 1.0), Some(repeats.longest_wait));
    }
}
