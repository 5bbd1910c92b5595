//! Amounts of money.

use serde::{Deserialize, Serialize};

/// An amount in a currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({"amount": "1.15", "currency": "USD"}))))]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// A decimal number as text, so that nobody rounds it.
    #[cfg_attr(feature = "openapi", schema(pattern = "^-?[0-9]{1,12}(\\.[0-9]{1,6})?$"))]
    pub amount: String,
    /// ISO 4217 code.
    #[cfg_attr(feature = "openapi", schema(pattern = "^[A-Z]{3}$"))]
    pub currency: String,
}
