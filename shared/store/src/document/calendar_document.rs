//! Calendars of holidays.

use jiff::civil::Date;
use oncall::{CalendarId, Holiday, HolidayCalendar};
use serde::{Deserialize, Serialize};

use super::mirror::{Listed, Shown, is_no, mirrors};

mirrors! {
    CalendarDocument of HolidayCalendar,
    HolidayDocument of Holiday,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "HolidayCalendar")]
pub(super) struct CalendarDocument {
    #[serde(with = "Shown::<CalendarId>")]
    id: CalendarId,
    #[serde(default)]
    name: String,
    #[serde(with = "Shown::<Listed<HolidayDocument>>", default)]
    days: Vec<Holiday>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Holiday")]
pub(super) struct HolidayDocument {
    #[serde(default)]
    name: String,
    from: Date,
    to: Date,
    #[serde(default, skip_serializing_if = "is_no")]
    yearly: bool,
}
