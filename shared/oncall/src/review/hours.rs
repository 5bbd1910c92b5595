//! Hours that somebody wants to save.

use super::{Problem, Review};
use crate::{Directory, Hours};

/// Windows and holidays of some hours: more than any week or decade has use for.
const MOST_WINDOWS: usize = 50;
const MOST_HOLIDAYS: usize = 500;
const MOST_CALENDARS: usize = 20;

impl Hours {
    /// What is wrong with these hours, if somebody wants to save them.
    pub fn review(&self, directory: &Directory) -> Review {
        let mut review = Review::default();
        if self.zone().is_err() {
            review.refuse("timezone", Problem::UnknownZone);
        }
        if self.windows.is_empty() {
            review.refuse("windows", Problem::NoWindows);
        }
        review.at_most("windows", &self.windows, MOST_WINDOWS);
        for (index, window) in self.windows.iter().enumerate() {
            let field = format!("windows[{index}].days");
            if window.days.is_empty() {
                review.refuse(&field, Problem::NoDays);
            }
            let days = window.days.iter().map(|day| day.to_monday_zero_offset());
            review.once_each(days, |day| format!("{field}[{day}]"));
        }
        review.at_most("holidays", &self.holidays, MOST_HOLIDAYS);
        review.at_most("calendars", &self.calendars, MOST_CALENDARS);
        for (index, id) in self.calendars.iter().enumerate() {
            if directory.calendar(id).is_none() {
                review.refuse(format!("calendars[{index}]"), Problem::UnknownCalendar);
            }
        }
        review.once_each(self.calendars.iter(), |index| format!("calendars[{index}]"));
        review
    }
}
