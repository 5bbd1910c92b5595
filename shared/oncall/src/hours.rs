//! Weekly hours in a time zone: when a line is open, and when a conditional step counts.

use jiff::{
    SignedDuration, Timestamp, civil,
    tz::{TimeZone, TimeZoneDatabase},
};

use crate::{CalendarId, Directory, Holiday};

/// Weekly windows on the wall clock of one time zone, less holidays.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hours {
    /// IANA name of the zone in which the windows are read.
    pub timezone: String,
    /// When it is open. No window at all means never.
    pub windows: Vec<Window>,
    /// Days, in that zone, on which no window *begins*.
    pub holidays: Vec<civil::Date>,
    /// Calendars on whose holidays no window begins either.
    pub calendars: Vec<CalendarId>,
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
    /// A window is what the wall clock shows: one that the clock skips does not come that day, and one that it
    /// shows twice comes twice. A window that began before a holiday ends as usual. A calendar that the directory does
    /// not have has no holidays.
    ///
    /// # Errors
    /// The time zone is not in the database that is compiled in. Whoever asks decides what that means.
    pub fn contain(&self, at: Timestamp, directory: &Directory) -> Result<bool, UnknownZone> {
        let local = self.zone()?.to_datetime(at);
        Ok(self.usual(local).any(|day| !self.holidays.contains(&day) && self.holiday(day, directory).is_none()))
    }

    /// The holiday but for which `at` would lie in a window, if a calendar names it.
    pub fn closed_by<'d>(&self, at: Timestamp, directory: &'d Directory) -> Option<&'d Holiday> {
        if self.contain(at, directory) != Ok(false) {
            return None;
        }
        let local = self.zone().ok()?.to_datetime(at);
        self.usual(local).find_map(|day| self.holiday(day, directory))
    }

    /// The days on which the windows begin that a local time lies in, were there no holidays.
    fn usual(&self, local: civil::DateTime) -> impl Iterator<Item = civil::Date> {
        self.windows.iter().flat_map(move |window| {
            let today = Some(local.date()).filter(|_| window.covers_same_day(local.time()));
            let yesterday = local.date().yesterday().ok().filter(|_| window.covers_next_day(local.time()));
            today.into_iter().chain(yesterday).filter(|day| window.days.contains(&day.weekday()))
        })
    }

    /// What the calendars call a day.
    fn holiday<'d>(&self, day: civil::Date, directory: &'d Directory) -> Option<&'d Holiday> {
        self.calendars.iter().find_map(|id| directory.calendar(id)?.holiday(day))
    }

    /// A later instant before which [`Hours::contain`] has the answer of this one. It may have it for longer.
    pub fn steady_until(&self, at: Timestamp) -> Timestamp {
        let Some(zone) = self.zone().ok().filter(|_| !self.windows.is_empty()) else { return Timestamp::MAX };
        let now = zone.to_datetime(at).time();
        // a window begins or ends when the clock shows its times, its day at midnight, unless the clocks change first
        let times = self.windows.iter().flat_map(|window| [window.from, window.to]).chain([civil::Time::midnight()]);
        let shown = times.filter_map(|time| {
            let wait = time.duration_since(now);
            at.checked_add(if wait.is_positive() { wait } else { wait + SignedDuration::from_hours(24) }).ok()
        });
        let change = zone.following(at).next().map(|change| change.timestamp());
        shown.chain(change).min().unwrap_or(Timestamp::MAX)
    }

    /// The zone of that name, the same on every machine.
    pub(crate) fn zone(&self) -> Result<TimeZone, UnknownZone> {
        zone(&self.timezone).ok_or_else(|| UnknownZone(self.timezone.clone()))
    }
}

/// The zone of an IANA name, the same on every machine.
pub(crate) fn zone(name: &str) -> Option<TimeZone> {
    TimeZoneDatabase::bundled().get(name).ok().filter(|zone| !zone.is_unknown())
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

#[cfg(test)]
mod tests;
