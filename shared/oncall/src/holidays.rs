//! Calendars of holidays, to which hours refer.

use jiff::{Span, civil::Date};

use crate::CalendarId;

/// Holidays of a country, a company or a school, kept in one place for all hours that follow them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HolidayCalendar {
    /// Its id.
    pub id: CalendarId,
    /// What it is called.
    pub name: String,
    /// Its holidays, in any order.
    pub days: Vec<Holiday>,
}

/// A day, or some days in a row, on which what is usual does not hold.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Holiday {
    /// What it is called.
    pub name: String,
    /// First day.
    pub from: Date,
    /// Last day, included.
    pub to: Date,
    /// Whether it comes again on the same dates of each later year. What begins or ends on 29 February does so on 28
    /// February in a year that has none.
    pub yearly: bool,
}

impl HolidayCalendar {
    /// The holiday of a day, if it is one; the first that is listed.
    pub fn holiday(&self, day: Date) -> Option<&Holiday> {
        self.days.iter().find(|holiday| holiday.covers(day))
    }
}

impl Holiday {
    /// Whether it is on that day.
    pub fn covers(&self, day: Date) -> bool {
        if !self.yearly {
            return (self.from..=self.to).contains(&day);
        }
        let years = i32::from(day.year()) - i32::from(self.from.year());
        // the one that begins in the day's own year, or the one of the year before, which may last beyond its end
        [years, years - 1].into_iter().any(|years| self.after(years).is_some_and(|(from, to)| from <= day && day <= to))
    }

    /// When it comes so many years after the first time.
    fn after(&self, years: i32) -> Option<(Date, Date)> {
        let span = Span::new().try_years(years).ok().filter(|_| years >= 0)?;
        let from = self.from.checked_add(span).ok()?;
        // what ends beyond the last day that there is has no end
        Some((from, self.to.checked_add(span).unwrap_or(Date::MAX)))
    }
}

#[cfg(test)]
mod tests;
