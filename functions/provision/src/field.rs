//! Fields, as the JSON of this API names them.

use api::{FieldError, Kind, Notice};
use oncall::Warning;
use phone::without_numbers;

/// What a step is, and what holds a schedule's layers, is a level of its own in the domain and none in JSON.
const LEVELS: [&str; 6] = ["notify", "notify_if_events", "notify_if_time", "wait", "repeat", "definition"];

/// A field of the domain, as `steps[1].wait.minutes`, by its name in JSON: `steps[1].minutes`.
pub(crate) fn spoken_field(path: &str) -> String {
    let kept: Vec<&str> = path.split('.').filter(|segment| !LEVELS.contains(segment)).collect();
    kept.join(".")
}

/// The kind of an object, as JSON names it.
pub(crate) fn kind(kind: store::Kind) -> Kind {
    match kind {
        store::Kind::Person => Kind::Person,
        store::Kind::Team => Kind::Team,
        store::Kind::Schedule => Kind::Schedule,
        store::Kind::Calendar => Kind::HolidayCalendar,
        store::Kind::Policy => Kind::EscalationPolicy,
        store::Kind::Service => Kind::Service,
        store::Kind::Line => Kind::Line,
    }
}

/// What may not mean what somebody meant.
pub(crate) fn notice(warning: &Warning) -> Notice {
    Notice { field: spoken_field(&warning.field), message: warning.caution.to_string() }
}

/// What of a stored object could not be read.
pub(crate) fn lost(problem: &store::Problem) -> Notice {
    Notice { field: String::new(), message: problem.to_string() }
}

/// The field that serde could not read, and why. It names one that is missing, unknown or given twice in its text alone.
pub(crate) fn unread<E: std::fmt::Display>(error: &serde_path_to_error::Error<E>) -> FieldError {
    // names of members come from whoever asks, too
    let path = match without_numbers(&error.path().to_string()) {
        path if path == "." => String::new(),
        path => path,
    };
    let said = error.inner().to_string();
    if said.starts_with("must be ") {
        return FieldError::new(path, said);
    }
    let said = without_numbers(&said);
    let named = |before: &str| Some(said.strip_prefix(before)?.split('`').nth(1)?.to_owned());
    if let Some(name) = named("missing field ") {
        return FieldError::new(below(&path, &name), "is missing");
    }
    if let Some(name) = named("unknown field ") {
        let field = if path == name || path.ends_with(&format!(".{name}")) { path } else { below(&path, &name) };
        return FieldError::new(field, "is not known here");
    }
    if let Some(name) = named("duplicate field ") {
        return FieldError::new(below(&path, &name), "is given twice");
    }
    FieldError::new(path, format!("cannot be read: {said}"))
}

fn below(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

#[cfg(test)]
mod tests {
    use api::{EscalationPolicy, Person};
    use serde::de::DeserializeOwned;

    use super::*;
    use crate::argument::Strict;

    #[test]
    fn fields_of_the_domain_have_their_names_in_json() {
        assert_eq!(spoken_field("steps[1].wait.minutes"), "steps[1].minutes");
        assert_eq!(spoken_field("steps[0].notify_if_time.notify.targets[2]"), "steps[0].targets[2]");
        assert_eq!(spoken_field("definition.layers[0].users[1][0]"), "layers[0].users[1][0]");
        assert_eq!(spoken_field("phones[0].number"), "phones[0].number");
    }

    #[track_caller]
    fn check<T: DeserializeOwned>(json: &str, field: &str, message: &str) {
        let value: serde_json::Value = serde_json::from_str(json).unwrap();
        let Err(error) = serde_path_to_error::deserialize::<_, T>(Strict::json(value)) else {
            panic!("{json} was read")
        };
        assert_eq!(unread(&error), FieldError::new(field, message));
    }

    #[test]
    fn fields_that_cannot_be_read_are_named() {
        check::<Person>(r#"{}"#, "name", "is missing");
        check::<Person>(r#"{"name": "Ada", "nmae": 1}"#, "nmae", "is not known here");
        check::<Person>(r#"{"name": "Ada", "phones": [{"nr": 1}]}"#, "phones[0].nr", "is not known here");
        check::<Person>(r#"{"name": "Ada", "phones": [{"verified": true}]}"#, "phones[0].number", "is missing");
        let wrong = "must be a phone number such as +4721000000";
        check::<Person>(r#"{"name": "Ada", "phones": [{"number": 4721000000}]}"#, "phones[0].number", wrong);
        let steps = |step: &str| format!(r#"{{"name": "x", "steps": [{{"type": "resolve"}}, {step}]}}"#);
        check::<EscalationPolicy>(&steps(r#"{"type": "wait"}"#), "steps[1].minutes", "is missing");
        check::<EscalationPolicy>(&steps(r#"{"type": "wait", "times": 1}"#), "steps[1].times", "is not known here");
        let wrong = "must be a whole number from 0 to 4294967295";
        check::<EscalationPolicy>(&steps(r#"{"type": "wait", "minutes": "5"}"#), "steps[1].minutes", wrong);
    }
}
