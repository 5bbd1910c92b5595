use phone::PhoneNumber;

use super::Call;
use crate::Private;
use crate::webhook::{Form, FromForm, ParameterError};

/// Somebody calls one of our numbers: the first request of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// The caller's leg.
    pub call: Call,
    /// The number that was diverted to ours, when the carrier says so.
    pub forwarded_from: Option<PhoneNumber>,
    /// The caller's name, when the number has caller name look-up.
    pub caller_name: Option<Private>,
    /// What STIR/SHAKEN found out about the caller's number, in Twilio's words
    /// (`TN-Validation-Passed-A`, …).
    pub verification: Option<Box<str>>,
}

impl FromForm for Incoming {
    fn from_form(form: &Form) -> Result<Self, ParameterError> {
        Ok(Self {
            call: Call::from_form(form)?,
            forwarded_from: form.optional("ForwardedFrom"),
            caller_name: form.one("CallerName")?.map(Private::from),
            verification: form.one("StirVerstat")?.map(Box::from),
        })
    }
}

/// The number's fallback URL: our first answer could not be fetched or obeyed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fallback {
    /// The caller's leg.
    pub call: Call,
    /// Twilio's error code, such as 11200. Names from memory of Twilio's documentation, so both are
    /// optional.
    pub error_code: Option<u32>,
    /// The URL that failed.
    pub error_url: Option<Box<str>>,
}

impl FromForm for Fallback {
    fn from_form(form: &Form) -> Result<Self, ParameterError> {
        Ok(Self {
            call: Call::from_form(form)?,
            error_code: form.optional("ErrorCode"),
            error_url: form.one("ErrorUrl")?.map(Box::from),
        })
    }
}
