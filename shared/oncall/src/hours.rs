//! Weekly hours in a time zone: when a line is open, and when a conditional step counts.

use jiff::{Timestamp, civil, tz::TimeZone};

/// Weekly windows on the wall clock of one time zone, less holidays.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hours {
    /// IANA name of the zone in which the windows are read.
    pub timezone: String,
    /// When it is open. No window at all means never.
    pub windows: Vec<Window>,
    /// Days, in that zone, on which no window *begins*.
    pub holidays: Vec<civil::Date>,
}

/// A span of the day on some days of the week.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Window {
    /// Days on which it begins.
    pub days: Vec<civil::Weekday>,
    /// First moment, inclusive.
    pub from: civil::Time,
    /// End, exclusive. At or before `from` it is on the next day, so `00:00`–`00:00` is the whole day.
    pub to: civil::Time,
}

/// The zone of some hours is not an IANA name that we know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("timezone: {0:?} is not a known time zone")]
pub struct UnknownZone(pub String);

impl Hours {
    /// Whether `at` lies in a window.
    ///
    /// A window is read on the wall clock: through a clock change it is as long as the clock says.
    pub fn contain(&self, at: Timestamp) -> Result<bool, UnknownZone> {
        let zone = TimeZone::get(&self.timezone).map_err(|_| UnknownZone(self.timezone.clone()))?;
        let local = zone.to_datetime(at);
        Ok(self.windows.iter().any(|window| {
            self.begins(window, local.date()) && window.covers_same_day(local.time())
                || local
                    .date()
                    .yesterday()
                    .is_ok_and(|day| self.begins(window, day) && window.covers_next_day(local.time()))
        }))
    }

    fn begins(&self, window: &Window, day: civil::Date) -> bool {
        window.days.contains(&day.weekday()) && !self.holidays.contains(&day)
    }
}

impl Window {
    fn past_midnight(&self) -> bool {
        self.to <= self.from
    }

    fn covers_same_day(&self, time: civil::Time) -> bool {
        time >= self.from && (self.past_midnight() || time < self.to)
    }

    fn covers_next_day(&self, time: civil::Time) -> bool {
        self.past_midnight() && time < self.to
    }
}
