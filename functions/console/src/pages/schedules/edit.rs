//! The form of a schedule: its layers, with what would follow from them.

use api::{
    Kind, Schedule, SchedulePreview, Timeline,
    client::{Client, ClientError},
};
use askama::Template;
use axum::{extract::Query, response::Response};
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    SECTION,
    drawing::{Drawing, Palette, Scale, day_from, monday},
    in_words,
    show::zone,
};
use crate::{
    editor::{self, Edited, Editing, Previewed},
    failure::Failure,
    form::{self, Form},
    frame::Frame,
    visitor::Visitor,
};

/// How many days a preview shows.
const DAYS: u16 = 28;

#[derive(Template)]
#[template(path = "schedule_edit.html")]
struct Page<'a> {
    frame: &'a Frame,
    editing: &'a Editing<Schedule>,
    drawing: Option<Drawing>,
}

/// A group of a layer.
struct Group {
    path: String,
    turn: usize,
    ways: Vec<Way>,
    /// Ids, and one more place.
    people: Vec<String>,
}

/// A layer of the form.
struct LayerPlace {
    path: String,
    number: usize,
    ways: Vec<Way>,
}

/// Another place of a list.
struct Way {
    to: usize,
    arrow: &'static str,
    word: &'static str,
}

fn ways(place: usize, count: usize) -> Vec<Way> {
    let up = place.checked_sub(1).map(|to| Way { to, arrow: "↑", word: "earlier" });
    let down = (place + 1 < count).then(|| Way { to: place + 1, arrow: "↓", word: "later" });
    up.into_iter().chain(down).collect()
}

/// What a new schedule begins as.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Begin {
    preset: Option<String>,
}

/// What is offered, and what it is called.
const PRESETS: [(&str, &str); 4] = [
    ("weekly", "Weekly, Monday 08:00"),
    ("weekends", "Weekdays and weekends"),
    ("sun", "Follow the sun"),
    ("empty", "Empty"),
];

/// The form of a new schedule.
pub(super) async fn begin(visitor: Visitor, Query(begin): Query<Begin>) -> Result<Response, Failure> {
    let object = preset(begin.preset.as_deref().unwrap_or("weekly"), past_monday(visitor.app.now()));
    editor::begin::<Schedule>(&visitor, &object).await
}

/// A Monday whose morning is over in every time zone: whoever makes a schedule wants somebody to be on call now.
fn past_monday(now: Timestamp) -> Date {
    monday(now.checked_sub(SignedDuration::from_hours(48)).unwrap_or(now), &TimeZone::UTC)
}

fn preset(named: &str, monday: Date) -> Value {
    let saturday = monday.checked_add(jiff::ToSpan::days(5_i64)).unwrap_or(monday);
    let layer = |name: &str, start: String, length: Option<&str>, days: &[&str]| {
        json!({
            "name": name, "priority": 0, "users": [[]], "rotation": "rolling", "frequency": "weekly", "interval": 1,
            "start": start, "shift_length": length, "by_day": days,
        })
    };
    let all = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let layers = match named {
        "weekends" => vec![
            layer("Weekdays", format!("{monday}T08:00"), Some("P5D"), &[]),
            layer("Weekends", format!("{saturday}T08:00"), Some("P2D"), &[]),
        ],
        "sun" => vec![
            layer("Days", format!("{monday}T08:00"), Some("PT12H"), &all),
            layer("Nights", format!("{monday}T20:00"), Some("PT12H"), &all),
        ],
        "empty" => Vec::new(),
        _ => vec![layer("Weekly", format!("{monday}T08:00"), None, &[])],
    };
    json!({"name": "", "timezone": "", "layers": layers, "overrides": []})
}

impl Edited for Schedule {
    const ONE: &'static str = "schedule";
    const SECTION: &'static str = SECTION;
    const NEEDS: &'static [Kind] = &[Kind::Person];
    type Beside = Option<Timeline>;

    // a schedule's own page shows who is on call
    fn form_at(id: &str) -> String {
        format!("{SECTION}/{id}/edit")
    }

    async fn beside(_: &Client, _: &str) -> Result<Option<Timeline>, ClientError> {
        // the form is there at once, and asks for its preview
        Ok(None)
    }

    async fn preview(visitor: &Visitor, id: Option<&str>, draft: &Self) -> Previewed<Self> {
        let now = visitor.app.now();
        // in whichever zone: a day before until a day after
        let at = |hours: i64| now.checked_add(SignedDuration::from_hours(hours)).ok();
        let schedule = Self { id: id.map(str::to_owned), ..draft.clone() };
        let wanted = SchedulePreview { schedule, from: at(-25), to: at((i64::from(DAYS) + 1) * 24), detail: true };
        visitor.client.preview_schedule(&wanted).await.map(Some).map_err(in_draft)
    }

    fn fresh(list: Option<&str>) -> Value {
        match list {
            Some("layers") => json!({
                "name": "", "priority": 0, "users": [[]], "rotation": "rolling", "frequency": "weekly", "interval": 1,
                "start": "",
            }),
            // a group
            Some(_) => json!([]),
            None => json!({}),
        }
    }

    fn page(editing: &Editing<Self>) -> askama::Result<String> {
        Page { frame: &editing.frame, editing, drawing: drawing(editing) }.render()
    }
}

/// The API names fields of the schedule within the preview; the form has the schedule's own.
fn in_draft(error: ClientError) -> ClientError {
    match error {
        ClientError::Problem(mut problem) => {
            for error in &mut problem.errors {
                if let Some(field) = error.field.strip_prefix("schedule.") {
                    error.field = field.to_owned();
                }
            }
            ClientError::Problem(problem)
        }
        other => other,
    }
}

fn drawing(editing: &Editing<Schedule>) -> Option<Drawing> {
    let timeline = editing.beside.as_ref()?;
    let zone = zone(editing.form.value("timezone"));
    let scale = Scale::days(day_from(editing.now, 0, &zone), DAYS, zone)?;
    let draft = form::read::<Schedule>(editing.form.fields()).ok();
    let people = draft.iter().flat_map(super::show::people_of);
    let palette = Palette::of(people.chain(timeline.names.keys().map(String::as_str)));
    Some(Drawing::of(timeline, scale, &palette, editing.now))
}

impl Page<'_> {
    fn form(&self) -> &Form {
        &self.editing.form
    }

    fn presets(&self) -> &'static [(&'static str, &'static str)] {
        &PRESETS
    }

    /// When a layer begins; a new one, on a Monday that is past.
    fn start(&self, path: &str) -> String {
        match self.form().value(format!("{path}.start")) {
            "" => format!("{}T08:00", past_monday(self.editing.now)),
            typed => typed.to_owned(),
        }
    }

    fn groups(&self, path: &str) -> Vec<Group> {
        let list = format!("{path}.users");
        let paths = self.form().items(&list);
        let count = paths.len();
        let group = |(place, path): (usize, String)| {
            let mut people = self.form().fields().list(&path);
            people.push(String::new());
            Group { turn: place + 1, ways: ways(place, count), people, path }
        };
        paths.into_iter().enumerate().map(group).collect()
    }

    fn layers(&self) -> Vec<LayerPlace> {
        let paths = self.form().items("layers");
        let count = paths.len();
        let layer = |(place, path): (usize, String)| LayerPlace { number: place + 1, ways: ways(place, count), path };
        paths.into_iter().enumerate().map(layer).collect()
    }

    fn in_words(&self, path: &str) -> String {
        in_words::layer(self.form(), path, &self.editing.choices.people)
    }

    fn rotations(&self) -> &'static [(&'static str, &'static str)] {
        &[("rolling", "One group after the other"), ("plain", "Everybody every time")]
    }

    fn frequencies(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("hourly", "Hours"),
            ("daily", "Days"),
            ("weekly", "Weeks"),
            ("monthly", "Months"),
            ("none", "Never: one shift"),
        ]
    }

    fn weekdays(&self) -> [(&'static str, &'static str); 7] {
        in_words::WEEKDAYS
    }

    fn lengths(&self) -> &'static [(&'static str, &'static str)] {
        in_words::LENGTHS
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn what_is_new_has_begun_wherever_somebody_is() {
        for (now, expected) in [
            ("2026-11-23T00:10:00Z", date(2026, 11, 16)), // Monday, before the shift
            ("2026-11-24T23:00:00Z", date(2026, 11, 16)), // Monday still, in the far west
            ("2026-11-25T01:00:00Z", date(2026, 11, 23)),
        ] {
            assert_eq!(past_monday(now.parse().unwrap()), expected, "{now}");
        }
    }

    #[test]
    fn each_preset_is_a_schedule_that_lacks_its_names_alone() {
        for (named, _) in PRESETS {
            let mut value = preset(named, date(2026, 11, 16));
            value["name"] = json!("Primary");
            value["timezone"] = json!("Europe/Oslo");
            let schedule: Schedule = serde_json::from_value(value).unwrap();
            let starts: Vec<&str> = schedule.layers.iter().map(|layer| layer.start.as_str()).collect();
            let expected: &[&str] = match named {
                "weekly" => &["2026-11-16T08:00"],
                "weekends" => &["2026-11-16T08:00", "2026-11-21T08:00"],
                "sun" => &["2026-11-16T08:00", "2026-11-16T20:00"],
                _ => &[],
            };
            assert_eq!(starts, expected, "{named}");
        }
    }
}
