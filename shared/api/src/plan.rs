//! How many numbers there may be, and what they cost.

use serde::{Deserialize, Serialize};

use crate::Money;

/// How many numbers there may be, and what they cost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "max_active_numbers": 10, "active": 3, "being_bought": 1,
    "max_monthly_price": {"amount": "5.00", "currency": "USD"},
    "monthly_cost": [{"amount": "4.15", "currency": "USD"}], "without_price": 1,
}))))]
pub struct NumberPlan {
    /// How many numbers there may be (`MaxActiveNumbers`).
    pub max_active_numbers: u64,
    /// How many there are, those that are being bought included.
    pub active: u64,
    /// Of how many it is not known yet whether they were bought.
    pub being_bought: u64,
    /// What a number may cost a month (`MaxMonthlyPrice`).
    pub max_monthly_price: Money,
    /// What all numbers cost a month, for each currency, by the prices at which they were bought.
    pub monthly_cost: Vec<Money>,
    /// How many numbers are not in it: their price is not known, since the account had them before.
    pub without_price: u64,
}
