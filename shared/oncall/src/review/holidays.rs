//! Calendars of holidays that somebody wants to save.

use super::{Caution, Problem, Review};
use crate::{Holiday, HolidayCalendar};

const MOST_HOLIDAYS: usize = 500;
/// Longer than any school's: a line that is closed for longer is disabled.
const MOST_DAYS: u16 = 100;

impl HolidayCalendar {
    /// What is wrong with this calendar and odd about it, if somebody wants to save it.
    pub fn review(&self) -> Review {
        let mut review = Review::default();
        review.name("name", &self.name);
        review.at_most("days", &self.days, MOST_HOLIDAYS);
        for (index, holiday) in self.days.iter().enumerate() {
            review.include(&format!("days[{index}]"), holiday.review());
        }
        let spans = self.days.iter().map(|holiday| (holiday.from, holiday.to, holiday.yearly));
        review.once_each(spans, |index| format!("days[{index}]"));
        if self.days.is_empty() {
            review.warn("days", Caution::EmptyCalendar);
        }
        review
    }
}

impl Holiday {
    fn review(&self) -> Review {
        let mut review = Review::default();
        review.name("name", &self.name);
        let days = self.to.duration_since(self.from).as_hours() / 24 + 1;
        if self.to < self.from {
            review.refuse("to", Problem::EndsBeforeItBegins);
        } else if days > MOST_DAYS.into() {
            review.refuse("to", Problem::TooManyDays { most: MOST_DAYS });
        }
        review
    }
}
