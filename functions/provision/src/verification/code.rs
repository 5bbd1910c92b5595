//! The code, of which a hash is kept, and how often one is sent. Pure, but for the random digits.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use oncall::PersonId;
use phone::PhoneNumber;
use ring::{
    error::Unspecified,
    rand::{SecureRandom as _, SystemRandom},
};

use crate::secret::Digest;

/// For how long a code counts.
const GOOD_FOR: SignedDuration = SignedDuration::from_mins(10);
/// How often one code may be tried.
pub(super) const MOST_TRIES: u32 = 5;
/// The time between two codes to one phone.
const BETWEEN: SignedDuration = SignedDuration::from_mins(1);
/// How many codes one phone gets in `WINDOW`.
const MOST_SENT: usize = 5;
const WINDOW: SignedDuration = SignedDuration::from_hours(1);

const DIGITS: usize = 6;
const CODES: u32 = 1_000_000;

/// Six digits. `Debug` does not show them.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Code(String);

impl Code {
    /// Each as likely as any other.
    pub(super) fn random() -> Result<Self, Unspecified> {
        loop {
            let mut bytes = [0; 4];
            SystemRandom::new().fill(&mut bytes)?;
            let drawn = u32::from_le_bytes(bytes);
            // what is left over at the end would make small codes likelier
            if drawn < u32::MAX / CODES * CODES {
                return Ok(Self(format!("{:06}", drawn % CODES)));
            }
        }
    }

    /// As somebody types it.
    pub(super) fn read(typed: &str) -> Option<Self> {
        let digits: String = typed.chars().filter(|c| *c != ' ').collect();
        let is_code = digits.len() == DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_code.then_some(Self(digits))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// What is kept of it: good for this person's phone with this number alone.
    pub(super) fn hash(&self, salt: &str, person: &PersonId, number: &PhoneNumber) -> Digest {
        Digest::of(&[salt, person.as_str(), number.as_e164(), &self.0].join("\n"))
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

/// From when a code that is sent now counts no longer.
pub(super) fn expiry(now: Timestamp) -> Timestamp {
    now.checked_add(GOOD_FOR).unwrap_or(now)
}

/// Until when it is to be known that a code was sent now.
pub(super) fn use_until(now: Timestamp) -> Timestamp {
    now.checked_add(WINDOW + GOOD_FOR).unwrap_or(now)
}

/// Whether a code that was sent then still counts against its phone.
pub(super) fn counts(sent: Timestamp, now: Timestamp) -> bool {
    now.duration_since(sent) < WINDOW
}

/// How long to wait until the phone may get another code; none if it may now. `sent` has the first one first.
pub(super) fn wait(sent: &[Timestamp], now: Timestamp) -> Option<SignedDuration> {
    let recent: Vec<Timestamp> = sent.iter().copied().filter(|at| counts(*at, now)).collect();
    let after_last = recent.last().map(|last| BETWEEN - now.duration_since(*last));
    let oldest = recent.len().checked_sub(MOST_SENT).and_then(|place| recent.get(place));
    let after_oldest = oldest.map(|at| WINDOW - now.duration_since(*at));
    after_last.max(after_oldest).filter(SignedDuration::is_positive)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_six_digits_however_they_are_typed() {
        let code = Code::random().unwrap();
        assert_eq!((Code::read(code.as_str()), code.as_str().len()), (Some(code.clone()), 6));
        assert_eq!(Code::read(" 012 345").unwrap().as_str(), "012345");
        for other in ["", "12345", "1234567", "12345a", "१२३४५६", "12 34-5"] {
            assert_eq!(Code::read(other), None, "{other}");
        }
        assert_eq!(format!("{code:?}"), "Code(…)");
    }

    #[test]
    fn a_hash_is_of_one_phone_of_one_person() {
        let (code, ada) = (Code::read("012345").unwrap(), PersonId::new("ada"));
        let [one, other]: [PhoneNumber; 2] = ["+4791000001", "+4791000002"].map(|number| number.parse().unwrap());
        let hash = code.hash("salt", &ada, &one);
        assert!(hash.is(&code.hash("salt", &ada, &one)));
        for different in [
            code.hash("pepper", &ada, &one),
            code.hash("salt", &PersonId::new("bo"), &one),
            code.hash("salt", &ada, &other),
            Code::read("012346").unwrap().hash("salt", &ada, &one),
        ] {
            assert!(!hash.is(&different));
        }
    }

    #[track_caller]
    fn check(sent: &[&str], now: &str, seconds: Option<i64>) {
        let at = |time: &str| format!("2026-11-20T{time}Z").parse::<Timestamp>().unwrap();
        let sent: Vec<Timestamp> = sent.iter().map(|time| at(time)).collect();
        assert_eq!(wait(&sent, at(now)).map(|wait| wait.as_secs()), seconds);
    }

    #[test]
    fn one_a_minute_and_five_an_hour() {
        check(&[], "09:00:00", None);
        check(&["09:00:00"], "09:00:00", Some(60));
        check(&["09:00:00"], "09:00:59", Some(1));
        check(&["09:00:00"], "09:01:00", None);
        let five = ["09:00:00", "09:10:00", "09:20:00", "09:30:00", "09:40:00"];
        check(&five[..4], "09:50:00", None);
        check(&five, "09:50:00", Some(600));
        check(&five, "09:59:59", Some(1));
        check(&five, "10:00:00", None);
        check(&["08:00:00", "08:01:00", "08:02:00", "08:03:00", "09:00:00"], "09:03:30", None);
        check(&["09:00:00", "09:10:00", "09:20:00", "09:30:00", "09:59:50"], "10:00:00", Some(50));
    }
}
