//! What somebody who takes over for a while mostly wants.

use jiff::{Timestamp, ToSpan as _, Zoned, civil::Weekday, tz::TimeZone};

/// A button: what it says, and until when or how long.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Takeover {
    pub(super) label: String,
    /// `for:60`, in minutes from when it is pressed; or `until:` and an instant.
    pub(super) deed: String,
}

/// The buttons at an instant.
pub(super) fn takeovers(now: Timestamp, shift_ends: Option<Timestamp>, zone: &TimeZone) -> Vec<Takeover> {
    let mut takeovers: Vec<Takeover> = [(60, "for 1 hour"), (240, "for 4 hours")]
        .map(|(minutes, label)| Takeover { label: label.to_owned(), deed: format!("for:{minutes}") })
        .into();
    let local = now.to_zoned(zone.clone());
    let mut until = |label: String, at: Option<Zoned>| {
        if let Some(at) = at.filter(|at| at.timestamp() > now) {
            takeovers.push(Takeover { label, deed: format!("until:{}", at.timestamp()) });
        }
    };
    let at = |days: i64, hour: i8| {
        let date = local.date().checked_add(days.days()).ok()?;
        date.at(hour, 0, 0, 0).to_zoned(zone.clone()).ok()
    };
    if (6..16).contains(&local.hour()) {
        until("until 18:00 today".to_owned(), at(0, 18));
    }
    let morning = if local.hour() < 6 { "until 08:00 today" } else { "until 08:00 tomorrow" };
    until(morning.to_owned(), at(i64::from(local.hour() >= 6), 8));
    let to_monday = 7 - i64::from(local.date().weekday().since(Weekday::Monday));
    if to_monday > 1 {
        until("until Monday 08:00".to_owned(), at(to_monday, 8));
    }
    if let Some(end) = shift_ends.map(|end| end.to_zoned(zone.clone())) {
        until(format!("until this shift ends, {}", end.strftime("%a %-d %b %H:%M")), Some(end));
    }
    takeovers
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZoneDatabase;

    use super::*;

    #[track_caller]
    fn check(now: &str, expected: &[(&str, &str)]) {
        let oslo = TimeZoneDatabase::bundled().get("Europe/Oslo").unwrap();
        let found = takeovers(now.parse().unwrap(), None, &oslo);
        let found: Vec<(&str, &str)> = found.iter().map(|one| (one.label.as_str(), one.deed.as_str())).collect();
        assert_eq!(found[..2], [("for 1 hour", "for:60"), ("for 4 hours", "for:240")]);
        assert_eq!(found[2..], *expected);
    }

    #[test]
    fn what_is_offered_follows_the_clock_of_the_schedule() {
        // a Thursday at noon
        check(
            "2026-11-19T11:00:00Z",
            &[
                ("until 18:00 today", "until:2026-11-19T17:00:00Z"),
                ("until 08:00 tomorrow", "until:2026-11-20T07:00:00Z"),
                ("until Monday 08:00", "until:2026-11-23T07:00:00Z"),
            ],
        );
        // that Sunday at two at night: tomorrow is Monday
        check("2026-11-22T01:00:00Z", &[("until 08:00 today", "until:2026-11-22T07:00:00Z")]);
        // on a Sunday evening on which Oslo has it Monday already
        check(
            "2026-11-22T23:30:00Z",
            &[
                ("until 08:00 today", "until:2026-11-23T07:00:00Z"),
                ("until Monday 08:00", "until:2026-11-30T07:00:00Z"),
            ],
        );
    }

    #[test]
    fn a_shift_can_be_taken_to_its_end() {
        let end = "2026-11-23T07:00:00Z".parse().unwrap();
        let found = takeovers("2026-11-19T11:00:00Z".parse().unwrap(), Some(end), &TimeZone::UTC);
        let last = found.last().unwrap();
        assert_eq!(last.label, "until this shift ends, Mon 23 Nov 07:00");
        assert_eq!(last.deed, "until:2026-11-23T07:00:00Z");
    }
}
