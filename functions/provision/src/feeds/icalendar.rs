//! iCalendar (RFC 5545, with RFC 7986's properties of a calendar): as much as a feed of shifts needs.

use jiff::{Timestamp, fmt::strtime, tz::TimeZone};

/// How many bytes a line may have, without its end.
const WIDTH: usize = 75;

/// A calendar that others read again and again.
#[derive(Clone, Debug)]
pub(super) struct Calendar {
    /// What it is called in somebody's list of calendars.
    pub(super) name: String,
    pub(super) events: Vec<Event>,
}

/// Something that takes a while.
#[derive(Clone, Debug)]
pub(super) struct Event {
    /// The same for the same event, whenever it is read: by it a reader knows what has changed.
    pub(super) uid: String,
    /// When what it says was last changed.
    pub(super) stamp: Timestamp,
    pub(super) start: Timestamp,
    pub(super) end: Timestamp,
    pub(super) summary: String,
    pub(super) description: String,
}

impl Calendar {
    /// As text, in lines that end with CRLF.
    pub(super) fn text(&self) -> String {
        let mut lines = Lines(String::new());
        lines.add("BEGIN", "VCALENDAR");
        lines.add("VERSION", "2.0");
        lines.add("PRODID", "-//Dutyline//Shifts//EN");
        lines.add("CALSCALE", "GREGORIAN");
        lines.add("METHOD", "PUBLISH");
        lines.add_text("NAME", &self.name);
        lines.add_text("X-WR-CALNAME", &self.name);
        lines.add("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
        lines.add("X-PUBLISHED-TTL", "PT1H");
        self.events.iter().for_each(|event| event.write(&mut lines));
        lines.add("END", "VCALENDAR");
        lines.0
    }
}

impl Event {
    fn write(&self, lines: &mut Lines) {
        lines.add("BEGIN", "VEVENT");
        lines.add_text("UID", &self.uid);
        lines.add("DTSTAMP", &utc(self.stamp));
        lines.add("DTSTART", &utc(self.start));
        lines.add("DTEND", &utc(self.end));
        lines.add_text("SUMMARY", &self.summary);
        if !self.description.is_empty() {
            lines.add_text("DESCRIPTION", &self.description);
        }
        // whoever is on call may be invited to something else
        lines.add("TRANSP", "TRANSPARENT");
        lines.add("END", "VEVENT");
    }
}

/// An instant in UTC, in whole seconds.
fn utc(at: Timestamp) -> String {
    strtime::format("%Y%m%dT%H%M%SZ", &at.to_zoned(TimeZone::UTC)).unwrap_or_default()
}

struct Lines(String);

impl Lines {
    /// A property whose value is text, which must not be taken for a list or for another line.
    fn add_text(&mut self, name: &str, text: &str) {
        let mut value = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '\\' | ';' | ',' => value.extend(['\\', c]),
                '\n' => value.push_str("\\n"),
                // the format has no way to write them
                c if c.is_control() && c != '\t' => {}
                c => value.push(c),
            }
        }
        self.add(name, &value);
    }

    /// A property, folded between characters: a line goes on in the next one, after a space.
    fn add(&mut self, name: &str, value: &str) {
        let mut width = 0;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if width + c.len_utf8() > WIDTH {
                self.0.push_str("\r\n ");
                width = 1;
            }
            self.0.push(c);
            width += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn event(summary: &str) -> Event {
        let at = |text: &str| text.parse().unwrap();
        Event {
            uid: "a1@dutyline".to_owned(),
            stamp: at("2026-11-20T09:00:00.5Z"),
            start: at("2026-11-23T07:00:00Z"),
            end: at("2026-11-30T07:00:00Z"),
            summary: summary.to_owned(),
            description: String::new(),
        }
    }

    #[test]
    fn a_calendar_with_one_event() {
        let mut event = event("Ada; Bo");
        event.description = "layer Nights, group 1\nlayer Days".to_owned();
        let calendar = Calendar { name: "Primary, nights".to_owned(), events: vec![event] };
        assert_eq!(
            calendar.text().split("\r\n").collect::<Vec<_>>(),
            [
                "BEGIN:VCALENDAR",
                "VERSION:2.0",
                "PRODID:-//Dutyline//Shifts//EN",
                "CALSCALE:GREGORIAN",
                "METHOD:PUBLISH",
                "NAME:Primary\\, nights",
                "X-WR-CALNAME:Primary\\, nights",
                "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
                "X-PUBLISHED-TTL:PT1H",
                "BEGIN:VEVENT",
                "UID:a1@dutyline",
                "DTSTAMP:20261120T090000Z",
                "DTSTART:20261123T070000Z",
                "DTEND:20261130T070000Z",
                "SUMMARY:Ada\\; Bo",
                "DESCRIPTION:layer Nights\\, group 1\\nlayer Days",
                "TRANSP:TRANSPARENT",
                "END:VEVENT",
                "END:VCALENDAR",
                "",
            ]
        );
    }

    /// What a reader makes of the summary: lines unfolded, text unescaped.
    fn read(calendar: &str) -> String {
        let unfolded = calendar.replace("\r\n ", "");
        let line = unfolded.split("\r\n").find_map(|line| line.strip_prefix("SUMMARY:")).unwrap();
        let (mut text, mut chars) = (String::new(), line.chars());
        while let Some(c) = chars.next() {
            text.push(match (c, c == '\\') {
                (_, true) => match chars.next().unwrap() {
                    'n' => '\n',
                    c => c,
                },
                (c, false) => c,
            });
        }
        text
    }

    proptest! {
        #[test]
        fn whatever_the_text_it_is_read_as_it_was_written(summary in "[ -~åñ日🙂\\\\;,:\n\t]{0,200}") {
            let text = Calendar { name: "Primary".to_owned(), events: vec![event(&summary)] }.text();
            prop_assert!(text.ends_with("END:VCALENDAR\r\n"));
            for line in text.trim_end_matches("\r\n").split("\r\n") {
                prop_assert!(line.len() <= WIDTH && !line.contains(['\r', '\n']), "{line:?}");
            }
            prop_assert_eq!(read(&text), summary);
        }
    }

    #[test]
    fn what_the_format_cannot_hold_is_left_out() {
        let text = Calendar { name: "a\u{0}b\rc".to_owned(), events: vec![] }.text();
        assert!(text.contains("\r\nNAME:abc\r\n"), "{text:?}");
    }
}
