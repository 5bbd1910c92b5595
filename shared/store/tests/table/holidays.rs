//! Calendars of holidays are objects of their own, and every plan whose hours refer to one has it.

use jiff::civil::{Weekday, date, time};
use oncall::{CalendarId, Holiday, HolidayCalendar, Hours, Line, Window};
use store::{Expected, Kind, Reference, SaveError};

use crate::{
    configuration::{Editor, create, found, save},
    organisation::{LINE_ID, plan},
    table::Table,
};

fn norway(days: &[i8]) -> HolidayCalendar {
    let holiday = |day: &i8| Holiday {
        name: format!("May {day}"),
        from: date(2026, 5, *day),
        to: date(2026, 5, *day),
        yearly: true,
    };
    HolidayCalendar {
        id: CalendarId::new("norway"),
        name: "Norway".to_owned(),
        days: days.iter().map(holiday).collect(),
    }
}

/// The line, open on Mondays but for Norway's holidays.
fn follows(line: Line) -> Line {
    let window = Window { days: vec![Weekday::Monday], from: time(8, 0, 0, 0), to: time(16, 0, 0, 0) };
    let calendars = vec![CalendarId::new("norway")];
    let hours = Hours { timezone: "Europe/Oslo".to_owned(), windows: vec![window], holidays: vec![], calendars };
    Line { support_hours: Some(hours), ..line }
}

#[tokio::test]
async fn a_calendar_is_in_the_plan_that_follows_it_and_stays_while_it_does() {
    let table = Table::patient().await;
    create(&table, &plan(0)).await;
    let line = follows(plan(0).line);
    let Err(SaveError::Refused(review)) = save(&table, &line, Expected::Any).await else { panic!("it is unknown") };
    assert_eq!(review.refusals[0].to_string(), "support_hours.calendars[0] is not the id of a holiday calendar");

    save(&table, &norway(&[17]), Expected::Absent).await.unwrap();
    assert_eq!(found(&table).await.directory.calendars, []);
    save(&table, &line, Expected::Any).await.unwrap();
    assert_eq!(found(&table).await.directory.calendars, [norway(&[17])]);
    save(&table, &norway(&[1, 17]), Expected::Version(1)).await.unwrap();
    assert_eq!(found(&table).await.directory.calendars, [norway(&[1, 17])], "a change is followed at once");

    let editor = Editor::at("2026-11-20T12:00:00Z");
    let refused = table.store.delete::<HolidayCalendar>("norway", Expected::Any, &editor.context()).await;
    let Err(SaveError::InUse(users)) = refused else { panic!("{refused:?}") };
    assert_eq!(users, [Reference::new(Kind::Line, LINE_ID)]);
    save(&table, &plan(0).line, Expected::Any).await.unwrap();
    assert_eq!(found(&table).await.directory.calendars, []);
    table.store.delete::<HolidayCalendar>("norway", Expected::Any, &editor.context()).await.unwrap();
}
