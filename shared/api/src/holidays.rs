//! Calendars of holidays.

use jiff::civil;
use serde::{Deserialize, Serialize};

/// Holidays that hours of lines and of escalation policies refer to by the calendar's id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "id": "norway",
    "name": "Norway",
    "days": [
        {"name": "Constitution Day", "from": "2026-05-17", "to": null, "yearly": true},
        {"name": "Easter", "from": "2027-03-25", "to": "2027-03-29", "yearly": false},
    ],
}))))]
#[serde(deny_unknown_fields)]
pub struct HolidayCalendar {
    /// Chosen by whoever creates it, else made by the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false, pattern = "^[a-z0-9][a-z0-9_-]{0,62}$"))]
    pub id: Option<String>,
    /// What colleagues call it.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub name: String,
    /// Its holidays. A day that two of them cover has the name of the first.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_items = 500))]
    pub days: Vec<Holiday>,
}

/// A day, or some days in a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// What it is called.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub name: String,
    /// First day, in the zone of the hours that refer to it.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "date"))]
    pub from: civil::Date,
    /// Last day, included, at most 100 days in all; the same day, if null.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = "date"))]
    pub to: Option<civil::Date>,
    /// Whether it comes again on the same dates of each later year; 29 February on 28 February where there is none.
    #[serde(default)]
    pub yearly: bool,
}
