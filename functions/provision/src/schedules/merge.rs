//! Overrides that overlap.

use jiff::Timestamp;
use oncall::{PersonId, schedule::OverrideDefinition};

/// The same overrides, in which those of the same people that overlap are one, from the first start to the last end,
/// each as it was typed. What cannot be read stays, so that its field can be named.
pub(super) fn merged(overrides: Vec<OverrideDefinition>) -> Vec<OverrideDefinition> {
    let mut all: Vec<OverrideDefinition> = Vec::with_capacity(overrides.len());
    for mut next in overrides {
        // joined with one, it may reach another
        while let Some(place) = all.iter().position(|one| overlap(one, &next)) {
            next = joined(all.remove(place), next);
        }
        all.push(next);
    }
    all.sort_by_key(|one| span(one).map_or(Timestamp::MAX, |(start, _)| start));
    all
}

fn overlap(one: &OverrideDefinition, other: &OverrideDefinition) -> bool {
    let (Some((start, end)), Some((other_start, other_end))) = (span(one), span(other)) else { return false };
    people(one) == people(other) && start < other_end && other_start < end
}

fn joined(one: OverrideDefinition, other: OverrideDefinition) -> OverrideDefinition {
    let (first, last) = (span(&one), span(&other));
    let start = if first.map(|(start, _)| start) <= last.map(|(start, _)| start) { one.start } else { other.start };
    let end = if first.map(|(_, end)| end) >= last.map(|(_, end)| end) { one.end } else { other.end };
    OverrideDefinition { start, end, users: one.users }
}

fn span(one: &OverrideDefinition) -> Option<(Timestamp, Timestamp)> {
    let (start, end) = (one.start.parse().ok()?, one.end.parse().ok()?);
    (start < end).then_some((start, end))
}

fn people(one: &OverrideDefinition) -> Vec<&PersonId> {
    let mut people: Vec<_> = one.users.iter().collect();
    people.sort_unstable();
    people
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `1-3 ada bo`: from 01:00 until 03:00.
    fn overrides(text: &str) -> Vec<OverrideDefinition> {
        let one = |text: &str| {
            let mut words = text.split_whitespace();
            let (start, end) = words.next().unwrap().split_once('-').unwrap();
            let at = |hour: &str| hour.parse().map_or(hour.to_owned(), |hour: u8| format!("2026-11-20T{hour:02}:00Z"));
            OverrideDefinition { start: at(start), end: at(end), users: words.map(PersonId::new).collect() }
        };
        text.split(", ").map(one).collect()
    }

    #[track_caller]
    fn check(before: &str, after: &str) {
        assert_eq!(merged(overrides(before)), overrides(after));
    }

    #[test]
    fn overlapping_overrides_of_the_same_people_are_one() {
        check("1-3 ada, 2-5 ada", "1-5 ada");
        check("2-5 ada, 1-3 ada", "1-5 ada");
        check("1-9 ada bo, 2-5 bo ada", "1-9 ada bo");
        // the third bridges two that were apart
        check("1-3 ada, 5-7 ada, 2-6 ada", "1-7 ada");
        check("1-3 ada, 1-3 ada", "1-3 ada");
    }

    #[test]
    fn others_stay_as_they_were_typed() {
        check("1-3 ada, 3-5 ada", "1-3 ada, 3-5 ada");
        check("1-3 ada, 2-5 bo, 2-5 ada bo", "1-3 ada, 2-5 bo, 2-5 ada bo");
        check("5-6 ada, 1-2 bo", "1-2 bo, 5-6 ada");
        check("soon-later ada, soon-later ada, 1-2 ada", "1-2 ada, soon-later ada, soon-later ada");
        // ends before it starts: refused, not joined
        check("3-1 ada, 1-9 ada", "1-9 ada, 3-1 ada");
    }

    #[test]
    fn offsets_are_kept() {
        let mut two = overrides("1-3 ada, 2-5 ada");
        two[1].end = "2026-11-20T06:00+01:00".to_owned();
        let one = merged(two);
        assert_eq!(
            (one.len(), one[0].start.as_str(), one[0].end.as_str()),
            (1, "2026-11-20T01:00Z", "2026-11-20T06:00+01:00")
        );
    }
}
