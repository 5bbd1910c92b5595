//! Calendars of holidays.

use api::{FieldError, Holiday, HolidayCalendar};
use oncall::CalendarId;

use crate::{
    caller::Admin,
    endpoint::Endpoint,
    objects::{self, Kept},
};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    objects::endpoints::<HolidayCalendar>()
}

impl Kept for HolidayCalendar {
    type Domain = oncall::HolidayCalendar;
    type Editor = Admin;
    const PREFIX: &'static str = "hc";

    fn shown(calendar: oncall::HolidayCalendar) -> Self {
        let holiday = |oncall::Holiday { name, from, to, yearly }| Holiday {
            name,
            from,
            to: Some(to).filter(|to| *to != from),
            yearly,
        };
        Self {
            id: Some(calendar.id.to_string()),
            name: calendar.name,
            days: calendar.days.into_iter().map(holiday).collect(),
        }
    }

    fn domain(self, id: &str, _: Option<&oncall::HolidayCalendar>) -> Result<oncall::HolidayCalendar, Vec<FieldError>> {
        let holiday =
            |Holiday { name, from, to, yearly }| oncall::Holiday { name, from, to: to.unwrap_or(from), yearly };
        let days = self.days.into_iter().map(holiday).collect();
        Ok(oncall::HolidayCalendar { id: CalendarId::new(id), name: self.name, days })
    }
}
