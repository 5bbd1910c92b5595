//! Numbers that a Twilio account has.

use serde::{Deserialize, Serialize};

use crate::Number;

/// Where a number's calls and texts go at Twilio.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "voice": "POST https://hotline.example.org/voice/incoming", "voice_fallback": null,
    "status_callback": "POST https://hotline.example.org/voice/ended",
    "sms": "POST https://hotline.example.org/sms/incoming", "sms_fallback": null,
    "voice_application": null, "sms_application": null, "trunk": null,
}))))]
#[serde(deny_unknown_fields, default)]
pub struct Webhooks {
    /// Asked when a call comes in: method and URL.
    pub voice: Option<String>,
    /// Asked when the first does not answer.
    pub voice_fallback: Option<String>,
    /// Told when a call has ended.
    pub status_callback: Option<String>,
    /// Asked when a text comes in.
    pub sms: Option<String>,
    /// Asked when that does not answer.
    pub sms_fallback: Option<String>,
    /// A TwiML application that gets the calls instead.
    pub voice_application: Option<String>,
    /// A TwiML application that gets the texts instead.
    pub sms_application: Option<String>,
    /// A SIP trunk that gets the calls instead.
    pub trunk: Option<String>,
}

/// A number of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnedNumber {
    /// Phone number SID.
    pub id: String,
    /// The number.
    pub number: Number,
    /// What it is called at Twilio.
    pub name: String,
    /// The line that it is; null if it is none yet.
    pub line: Option<String>,
    /// Where its calls and texts go.
    pub webhooks: Webhooks,
}

/// All numbers of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "items": [{
        "id": "PN00000000000000000000000000000001", "number": "+4721000000", "name": "Hotline", "line": null,
        "webhooks": {
            "voice": "POST https://old.example.org/in", "voice_fallback": null, "status_callback": null, "sms": null,
            "sms_fallback": null, "voice_application": null, "sms_application": null, "trunk": null,
        },
    }],
}))))]
pub struct OwnedNumbers {
    /// The numbers.
    pub items: Vec<OwnedNumber>,
}

/// A number of the account that is to become a line. Its webhooks are overwritten, if they are what was shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "id": "PN00000000000000000000000000000001", "name": "Hotline", "language": "en-US", "webhooks": {
        "voice": "POST https://old.example.org/in", "voice_fallback": null, "status_callback": null, "sms": null,
        "sms_fallback": null, "voice_application": null, "sms_application": null, "trunk": null,
    },
}))))]
#[serde(deny_unknown_fields)]
pub struct NewAdoption {
    /// Phone number SID.
    #[cfg_attr(feature = "openapi", schema(pattern = "^PN[0-9a-fA-F]{32}$"))]
    pub id: String,
    /// What the line will be called.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub name: String,
    /// BCP 47 tag of the language that the line will speak.
    #[serde(default = "english")]
    #[cfg_attr(feature = "openapi", schema(max_length = 35, pattern = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"))]
    pub language: String,
    /// Where its calls and texts go now, as it was shown: this will be lost.
    pub webhooks: Webhooks,
}

fn english() -> String {
    "en-US".to_owned()
}

/// A number that has become a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({"line": "ln_7f3k2m9qab", "number": "+4721000000"}))))]
pub struct Adoption {
    /// The line's id.
    pub line: String,
    /// Its number.
    pub number: Number,
}

/// Whether a line's number is set at Twilio as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "line": "ln_7f3k2m9qab", "owned": true, "differences": [{
        "setting": "voice", "expected": "POST https://hotline.example.org/voice/incoming",
        "found": "POST https://elsewhere.example.org/",
    }],
}))))]
pub struct Drift {
    /// The line's id.
    pub line: String,
    /// Whether the account still has the number.
    pub owned: bool,
    /// What is not as it should be.
    pub differences: Vec<Difference>,
}

/// A setting that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Difference {
    /// Which one, as in the list of the account's numbers.
    pub setting: String,
    /// What it should be.
    pub expected: Option<String>,
    /// What it is.
    pub found: Option<String>,
}

/// A number to be given back for good, typed once more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({"number": "+4721000000", "abandon": false}))))]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// The line's number.
    pub number: Number,
    /// To let the line go without its number, where the Twilio account that has it is not connected any more. Twilio goes
    /// on billing the number to that account.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(default = false))]
    pub abandon: bool,
}

/// A line that is gone, and what became of its number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({"line": "ln_7f3k2m9qab", "still_rented": false, "account": null}))))]
pub struct Released {
    /// The line that was.
    pub line: String,
    /// Whether Twilio still bills the number: it was let go, and not given back.
    pub still_rented: bool,
    /// The Twilio account that pays for it then, and in whose console it can be released.
    pub account: Option<String>,
}
