//! Weekly hours in a time zone.

use jiff::civil;
use serde::{Deserialize, Serialize};

/// Weekly windows on the wall clock of one time zone, less holidays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "timezone": "Europe/Oslo",
    "windows": [{"days": ["MO", "TU", "WE", "TH", "FR"], "from": "08:00:00", "to": "16:00:00"}],
    "holidays": ["2026-12-25"],
    "calendars": ["norway"],
}))))]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// IANA name of the zone in which the windows are read.
    pub timezone: String,
    /// When it is open.
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 50))]
    pub windows: Vec<Window>,
    /// Days, in that zone, on which no window begins.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>, max_items = 500))]
    pub holidays: Vec<civil::Date>,
    /// The ids of calendars on whose holidays no window begins either.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_items = 20))]
    pub calendars: Vec<String>,
}

/// A span of the day on some days of the week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// Days on which it begins.
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 7))]
    pub days: Vec<Day>,
    /// First moment, included.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub from: civil::Time,
    /// End, excluded. At or before `from` it is on the next day.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub to: civil::Time,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum Day {
    /// Monday.
    Mo,
    /// Tuesday.
    Tu,
    /// Wednesday.
    We,
    /// Thursday.
    Th,
    /// Friday.
    Fr,
    /// Saturday.
    Sa,
    /// Sunday.
    Su,
}
