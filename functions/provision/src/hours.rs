//! Weekly hours, of lines and of steps.

use api::{Day, Hours, Window};
use jiff::civil::Weekday;
use oncall::CalendarId;

const DAYS: [(Day, Weekday); 7] = [
    (Day::Mo, Weekday::Monday),
    (Day::Tu, Weekday::Tuesday),
    (Day::We, Weekday::Wednesday),
    (Day::Th, Weekday::Thursday),
    (Day::Fr, Weekday::Friday),
    (Day::Sa, Weekday::Saturday),
    (Day::Su, Weekday::Sunday),
];

pub(crate) fn shown(hours: oncall::Hours) -> Hours {
    let day = |day: &Weekday| DAYS.iter().find(|(_, weekday)| weekday == day).map(|(day, _)| *day);
    let window = |window: oncall::Window| Window {
        days: window.days.iter().filter_map(day).collect(),
        from: window.from,
        to: window.to,
    };
    Hours {
        timezone: hours.timezone,
        windows: hours.windows.into_iter().map(window).collect(),
        holidays: hours.holidays,
        calendars: hours.calendars.iter().map(ToString::to_string).collect(),
    }
}

pub(crate) fn domain(hours: Hours) -> oncall::Hours {
    let day = |day: &Day| DAYS.iter().find(|(name, _)| name == day).map(|(_, weekday)| *weekday);
    let window = |window: Window| oncall::Window {
        days: window.days.iter().filter_map(day).collect(),
        from: window.from,
        to: window.to,
    };
    oncall::Hours {
        timezone: hours.timezone,
        windows: hours.windows.into_iter().map(window).collect(),
        holidays: hours.holidays,
        calendars: hours.calendars.into_iter().map(CalendarId::new).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_come_back_as_they_went() {
        let json = r#"{"timezone":"Europe/Oslo","windows":[{"days":["MO","SU"],"from":"08:00:00","to":"16:30:00"}],"holidays":["2026-12-25"],"calendars":["norway"]}"#;
        let hours: Hours = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&shown(domain(hours))).unwrap(), json);
    }
}
