//! What a layer does, in a sentence, so that nobody has to guess what its fields mean together.

use jiff::{Span, civil::DateTime};

use crate::{
    choices::{Choice, name_of},
    form::Form,
};

/// Days as the API writes them, and as people do.
pub(super) const WEEKDAYS: [(&str, &str); 7] = [
    ("MO", "Monday"),
    ("TU", "Tuesday"),
    ("WE", "Wednesday"),
    ("TH", "Thursday"),
    ("FR", "Friday"),
    ("SA", "Saturday"),
    ("SU", "Sunday"),
];

/// Lengths of shifts that are offered.
pub(super) const LENGTHS: &[(&str, &str)] = &[
    ("PT8H", "8 hours"),
    ("PT9H", "9 hours"),
    ("PT12H", "12 hours"),
    ("P1D", "1 day"),
    ("P2D", "2 days"),
    ("P5D", "5 days"),
    ("P7D", "7 days"),
];

/// A layer of a form, in a sentence or two.
pub(super) fn layer(form: &Form, path: &str, people: &[Choice]) -> String {
    let value = |member: &str| form.value(format!("{path}.{member}"));
    let groups: Vec<String> =
        form.items(format!("{path}.users")).iter().map(|group| named(form, group, people)).collect();
    let who = match (groups.as_slice(), value("rotation")) {
        ([], _) => "Nobody yet".to_owned(),
        ([one], _) => one.clone(),
        (all, "plain") => format!("All at once: {}", all.join(", ")),
        (all, _) => all.join(", then "),
    };
    let (start, handoff) = (value("start"), value("handoff"));
    let begins = match (start.parse::<DateTime>(), handoff) {
        (Ok(start), "") => start.strftime("%a %-d %b %Y, %H:%M").to_string(),
        (Ok(start), handoff) => format!("{handoff}, first after {}", start.strftime("%a %-d %b %Y, %H:%M")),
        (Err(_), _) => "a day to be chosen".to_owned(),
    };
    let days = form.fields().list(&format!("{path}.by_day"));
    let every = every(value("frequency"), value("interval"), &days);
    let length = match value("shift_length") {
        "" if value("frequency") == "none" => "It lasts for good.".to_owned(),
        "" => "Each shift lasts until the next begins.".to_owned(),
        length => format!("Each shift lasts {}.", spoken(length)),
    };
    let until = match value("until").parse::<DateTime>() {
        Ok(until) => format!(" No shift begins after {}.", until.strftime("%a %-d %b %Y, %H:%M")),
        Err(_) => String::new(),
    };
    format!("{who}. {every} from {begins}. {length}{until}")
}

fn named(form: &Form, group: &str, people: &[Choice]) -> String {
    let ids = form.fields().list(group);
    let names: Vec<&str> = ids.iter().map(|id| name_of(people, id)).collect();
    if names.is_empty() { "nobody (the layers below)".to_owned() } else { names.join(" and ") }
}

fn every(frequency: &str, interval: &str, days: &[String]) -> String {
    let unit = match frequency {
        "hourly" => "hour",
        "daily" => "day",
        "weekly" => "week",
        "monthly" => "month",
        _ => return "Once,".to_owned(),
    };
    let every = match interval.trim().parse::<u64>() {
        Ok(1) | Err(_) => format!("Every {unit}"),
        Ok(many) => format!("Every {many} {unit}s"),
    };
    let named: Vec<&str> =
        WEEKDAYS.iter().filter(|(day, _)| days.iter().any(|chosen| chosen == day)).map(|(_, name)| *name).collect();
    match named.as_slice() {
        [] => every,
        all if all.len() == WEEKDAYS.len() => format!("{every} on each day"),
        [one] => format!("{every} on {one}s"),
        [first @ .., last] => format!("{every} on {} and {last}", first.join(", ")),
    }
}

fn spoken(length: &str) -> String {
    let Ok(span) = length.parse::<Span>() else { return length.to_owned() };
    let parts = [
        (i64::from(span.get_years()), "year"),
        (i64::from(span.get_months()), "month"),
        (i64::from(span.get_weeks()), "week"),
        (i64::from(span.get_days()), "day"),
        (i64::from(span.get_hours()), "hour"),
        (span.get_minutes(), "minute"),
    ];
    let told: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, unit)| crate::view::counted(*count, unit)).collect();
    if told.is_empty() { length.to_owned() } else { told.join(" and ") }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[track_caller]
    fn check(layer: Value, expected: &str) {
        let people = [("ada", "Ada"), ("bo", "Bo")];
        let people = people.map(|(id, name)| Choice { id: id.to_owned(), name: name.to_owned() });
        let form = Form::showing(&json!({"layers": [layer]}));
        assert_eq!(super::layer(&form, "layers[0]", &people), expected);
    }

    #[test]
    fn a_layer_is_told() {
        check(
            json!({"users": [["ada"], ["bo"]], "rotation": "rolling", "frequency": "weekly", "interval": 1,
                   "start": "2026-01-05T08:00"}),
            "Ada, then Bo. Every week from Mon 5 Jan 2026, 08:00. Each shift lasts until the next begins.",
        );
        check(
            json!({"users": [["ada", "bo"], []], "rotation": "rolling", "frequency": "weekly", "interval": 2,
                   "start": "2026-01-05T00:00", "handoff": "08:00", "shift_length": "P1DT12H",
                   "by_day": ["FR", "MO", "TU"], "until": "2026-06-01T00:00"}),
            "Ada and Bo, then nobody (the layers below). Every 2 weeks on Monday, Tuesday and Friday from 08:00, first \
             after Mon 5 Jan 2026, 00:00. Each shift lasts 1 day and 12 hours. No shift begins after Mon 1 Jun 2026, 00:00.",
        );
        check(
            json!({"users": [["ada"], ["cy"]], "rotation": "plain", "frequency": "none", "start": "soon"}),
            "All at once: Ada, cy. Once, from a day to be chosen. It lasts for good.",
        );
        check(
            json!({"users": [], "frequency": "daily", "interval": 1, "start": "2026-01-05T08:00", "shift_length": "x"}),
            "Nobody yet. Every day from Mon 5 Jan 2026, 08:00. Each shift lasts x.",
        );
    }
}
