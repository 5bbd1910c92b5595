//! Postal addresses that are registered with Twilio.

use serde::{Deserialize, Serialize};

use crate::Notice;

/// An address to be registered.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "customer_name": "Acme AS", "street": "Storgata 1", "city": "Oslo", "region": "Oslo", "postal_code": "0155",
    "country": "NO", "auto_correct": true,
}))))]
#[serde(deny_unknown_fields)]
pub struct NewAddress {
    /// The person or the business that lives there.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub customer_name: String,
    /// Street and house number.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub street: String,
    /// Floor, flat, building.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub street_secondary: Option<String>,
    /// City.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub city: String,
    /// State, province or region.
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub region: String,
    /// Postal code.
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub postal_code: String,
    /// ISO 3166 code.
    #[cfg_attr(feature = "openapi", schema(pattern = "^[A-Z]{2}$"))]
    pub country: String,
    /// What colleagues call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub name: Option<String>,
    /// Whether Twilio may correct it. If `false`, an address that Twilio would correct is refused, with its suggestion.
    #[serde(default = "yes")]
    #[cfg_attr(feature = "openapi", schema(default = true))]
    pub auto_correct: bool,
}

fn yes() -> bool {
    true
}

impl std::fmt::Debug for NewAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewAddress").field("country", &self.country).finish_non_exhaustive()
    }
}

/// An address that is to be checked once more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({"auto_correct": false}))))]
#[serde(deny_unknown_fields)]
pub struct NewValidation {
    /// Whether Twilio may correct it; without, its suggestion comes as a refusal, and the address stays as it is.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(default = false))]
    pub auto_correct: bool,
}

/// A registered address, as Twilio has it: perhaps corrected.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "id": "AD00000000000000000000000000000001", "customer_name": "Acme AS", "street": "Storgata 1",
    "street_secondary": "", "city": "Oslo", "region": "Oslo", "postal_code": "0155", "country": "NO", "name": null,
    "validated": true, "verified": false,
    "corrected": [{"field": "postal_code", "message": "was sent as 155"}],
}))))]
pub struct Address {
    /// Address SID.
    pub id: String,
    /// The person or the business that lives there.
    pub customer_name: String,
    /// Street and house number.
    pub street: String,
    /// Floor, flat, building; empty if there is nothing to say.
    pub street_secondary: String,
    /// City.
    pub city: String,
    /// State, province or region.
    pub region: String,
    /// Postal code.
    pub postal_code: String,
    /// ISO 3166 code.
    pub country: String,
    /// What colleagues call it.
    pub name: Option<String>,
    /// Whether Twilio knows that there is such an address.
    pub validated: bool,
    /// Whether Twilio knows who lives there.
    pub verified: bool,
    /// What Twilio has written otherwise than it was sent; told once, when the address is registered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrected: Vec<Notice>,
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Address").field("id", &self.id).field("country", &self.country).finish_non_exhaustive()
    }
}

/// All of an account's addresses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({"items": []}))))]
pub struct Addresses {
    /// The addresses.
    pub items: Vec<Address>,
}
