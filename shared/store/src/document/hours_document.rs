//! Weekly hours.

use jiff::civil::{Date, Time, Weekday};
use oncall::{CalendarId, Hours, Window};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::mirror::{Listed, Mirror, Shown, mirrors, read_text};

mirrors! {
    HoursDocument of Hours,
    WindowDocument of Window,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Hours")]
pub(super) struct HoursDocument {
    timezone: String,
    #[serde(with = "Shown::<Listed<WindowDocument>>")]
    windows: Vec<Window>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    holidays: Vec<Date>,
    #[serde(with = "Shown::<Listed<CalendarId>>", default, skip_serializing_if = "Vec::is_empty")]
    calendars: Vec<CalendarId>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Window")]
struct WindowDocument {
    #[serde(with = "Shown::<Listed<Day>>")]
    days: Vec<Weekday>,
    from: Time,
    to: Time,
}

/// A day of the week, as `MO`.
struct Day;

const DAYS: [(&str, Weekday); 7] = [
    ("MO", Weekday::Monday),
    ("TU", Weekday::Tuesday),
    ("WE", Weekday::Wednesday),
    ("TH", Weekday::Thursday),
    ("FR", Weekday::Friday),
    ("SA", Weekday::Saturday),
    ("SU", Weekday::Sunday),
];

impl Mirror for Day {
    type Of = Weekday;

    fn write<S: Serializer>(of: &Weekday, serializer: S) -> Result<S::Ok, S::Error> {
        let day = DAYS.iter().find(|(_, day)| day == of);
        serializer.serialize_str(day.map_or("", |(text, _)| text))
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Weekday, D::Error> {
        read_text(deserializer, |text| DAYS.iter().find(|(name, _)| *name == text).map(|(_, day)| *day))
    }
}
