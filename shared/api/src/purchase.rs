//! Buying numbers.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Money, Number, NumberKind};

/// A number to be bought, with its price as it was shown. It becomes a line, disabled until it leads somewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "number": "+4721000000", "country": "NO", "type": "local", "monthly_price": {"amount": "3.00", "currency": "USD"},
    "name": "Hotline", "language": "nb-NO", "address": "AD00000000000000000000000000000001",
}))))]
#[serde(deny_unknown_fields)]
pub struct NewPurchase {
    /// Exactly this number.
    pub number: Number,
    /// ISO 3166 code of its country.
    #[cfg_attr(feature = "openapi", schema(pattern = "^[A-Z]{2}$"))]
    pub country: String,
    /// What kind of number it is.
    #[serde(rename = "type")]
    pub kind: NumberKind,
    /// What it costs a month, as the search showed it.
    pub monthly_price: Money,
    /// What the line will be called.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub name: String,
    /// BCP 47 tag of the language that the line will speak.
    #[serde(default = "english")]
    #[cfg_attr(feature = "openapi", schema(max_length = 35, pattern = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"))]
    pub language: String,
    /// Address SID, if the number needs one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(pattern = "^AD[0-9a-fA-F]{32}$"))]
    pub address: Option<String>,
    /// Bundle SID, if the number needs one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(pattern = "^BU[0-9a-fA-F]{32}$"))]
    pub bundle: Option<String>,
    /// Identity SID, if the number needs one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(pattern = "^RI[0-9a-fA-F]{32}$"))]
    pub identity: Option<String>,
}

fn english() -> String {
    "en-US".to_owned()
}

/// Where a purchase stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PurchaseState {
    /// Whether Twilio has sold the number is not known. The same request again, or a sweep, finds out.
    Unknown,
    /// Twilio has sold it; the line is still to come.
    Bought,
    /// The line is there.
    Done,
    /// Nothing was bought.
    Refused,
}

/// A purchase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "id": "pu_k7f3m2q9abcdk7f3m2q9", "account": "AC00000000000000000000000000000001", "state": "done",
    "number": "+4721000000", "line": "ln_7f3k2m9qab", "created_at": "2026-11-20T09:00:00Z", "code": null, "why": null,
}))))]
pub struct Purchase {
    /// Its id, made of the Idempotency-Key.
    pub id: String,
    /// The Twilio account that buys.
    pub account: String,
    /// Where it stands.
    pub state: PurchaseState,
    /// The number.
    pub number: Number,
    /// The line that it is or will be.
    pub line: String,
    /// When it was asked for.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "date-time"))]
    pub created_at: Timestamp,
    /// Twilio's code, if Twilio refused.
    pub code: Option<u32>,
    /// Why nothing was bought.
    pub why: Option<String>,
}
