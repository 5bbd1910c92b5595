//! Texts and identifiers that somebody types where the domain has no review of them.

use std::{fmt, str::FromStr};

use api::FieldError;
use oncall::{Problem, longest};

use crate::failure::Failure;

/// The fields that cannot stay, as they are found.
#[derive(Debug, Default)]
pub(crate) struct Typed {
    errors: Vec<FieldError>,
}

impl Typed {
    /// A field that cannot stay.
    pub(crate) fn refuse(&mut self, field: &str, problem: impl fmt::Display) {
        self.errors.push(FieldError::new(field, problem.to_string()));
    }

    /// A name, which is neither empty nor longer than any other.
    pub(crate) fn name(&mut self, field: &str, name: &str) {
        if name.trim().is_empty() {
            self.refuse(field, Problem::Empty);
        }
        self.short(field, name, longest::NAME);
    }

    /// A text of some characters at most.
    pub(crate) fn short(&mut self, field: &str, text: &str, most: usize) {
        if text.chars().count() > most {
            self.refuse(field, Problem::TooLong { most });
        }
    }

    /// One of Twilio's identifiers: `what` is the thing, as `an address`. Twilio is not asked about anything else.
    pub(crate) fn sid<T: FromStr>(&mut self, field: &str, sid: &str, what: &str, prefix: &str) -> Option<T> {
        let read = sid.parse().ok().filter(|_| is_sid(sid, prefix));
        if read.is_none() {
            self.refuse(field, format!("must be the SID of {what}: {prefix} and 32 hexadecimal digits"));
        }
        read
    }

    /// What was read of it, unless something of it cannot stay.
    pub(crate) fn read<T>(self, read: Option<T>) -> Result<T, Failure> {
        match read {
            Some(read) if self.errors.is_empty() => Ok(read),
            _ => Err(Failure::refused(self.errors)),
        }
    }
}

fn is_sid(sid: &str, prefix: &str) -> bool {
    let digits = sid.strip_prefix(prefix);
    digits.is_some_and(|digits| digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use twilio::AddressSid;

    use super::*;

    #[test]
    fn identifiers_have_their_form() {
        let good = format!("AD{}", "0aF9".repeat(8));
        let mut typed = Typed::default();
        assert_eq!(typed.sid::<AddressSid>("address", &good, "an address", "AD").unwrap().as_str(), good);
        assert_eq!(typed.errors, []);
        for bad in
            ["", "AD", "AD123", &good[1..], &good.replace("AD", "BU"), &good.replace('F', "G"), &format!("{good}0")]
        {
            let mut typed = Typed::default();
            assert!(typed.sid::<AddressSid>("address", bad, "an address", "AD").is_none(), "{bad}");
            let message = "must be the SID of an address: AD and 32 hexadecimal digits";
            assert_eq!(typed.errors, [FieldError::new("address", message)]);
        }
    }
}
