//! How things are written on pages.

use api::{Message, TranscriptState};
use jiff::{Timestamp, tz::TimeZone};

/// An instant, in UTC: a script writes the visitor's own time in its place.
pub(crate) fn instant(at: &Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%a %-d %b %Y, %H:%M UTC").to_string()
}

/// A number of things: `1 line`, `2 lines`.
pub(crate) fn counted(count: impl TryInto<u64>, one: &str) -> String {
    match count.try_into().unwrap_or(u64::MAX) {
        1 => format!("1 {one}"),
        many => format!("{many} {one}s"),
    }
}

/// Seconds, as people say them.
pub(crate) fn seconds(seconds: i64) -> String {
    match seconds {
        ..60 => format!("{seconds} s"),
        60..3600 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}

/// An address with what is said in it; of what says nothing, nothing stands there.
pub(crate) fn address(path: &str, said: &[(&str, &str)]) -> String {
    let said = said.iter().filter(|(_, value)| !value.is_empty());
    match form_urlencoded::Serializer::new(String::new()).extend_pairs(said).finish() {
        query if query.is_empty() => path.to_owned(),
        query => format!("{path}?{query}"),
    }
}

/// Who is on call together.
pub(crate) fn people(people: &[api::OnCallPerson]) -> String {
    let name = |person: &api::OnCallPerson| person.name.clone().unwrap_or_else(|| person.id.clone());
    people.iter().map(name).collect::<Vec<_>>().join(" and ")
}

/// What Twilio understood of a message.
pub(crate) fn transcript(message: &Message) -> &str {
    match (message.transcript.state, &message.transcript.text) {
        (TranscriptState::Text, Some(text)) => text,
        (TranscriptState::Failed, _) => "Twilio could not understand it.",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_there_is_to_say() {
        assert_eq!(address("/a", &[("line", ""), ("cursor", "x y&z")]), "/a?cursor=x+y%26z");
        assert_eq!(address("/a", &[("line", "")]), "/a");
    }

    #[test]
    fn things_are_written_as_people_say_them() {
        assert_eq!(instant(&"2026-11-22T09:05:00Z".parse().unwrap()), "Sun 22 Nov 2026, 09:05 UTC");
        assert_eq!((counted(1_u64, "line"), counted(0_u64, "line")), ("1 line".to_owned(), "0 lines".to_owned()));
        assert_eq!(seconds(59), "59 s");
        assert_eq!(seconds(61), "1 min 1 s");
        assert_eq!(seconds(7260), "2 h 1 min");
    }
}
