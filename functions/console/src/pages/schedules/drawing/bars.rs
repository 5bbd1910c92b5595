//! Shifts as bars. What would be too narrow to be seen is drawn together with its neighbours, so that a page stays small
//! however often people take turns.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::scale::Scale;

/// A time in which the same people are on call, or nobody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: Timestamp,
    pub(crate) end: Timestamp,
    /// Ids; nobody in a gap.
    pub(crate) people: Vec<String>,
}

/// What a bar stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// These people.
    Shift(Vec<String>),
    /// Nobody, though somebody should be.
    Gap,
    /// More shifts than can be seen one by one.
    Several { people: BTreeSet<String>, shifts: usize, gaps: usize },
}

/// A bar before it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) start: Timestamp,
    pub(crate) end: Timestamp,
    pub(crate) what: What,
}

/// The pieces of a row, in the order of time. Those that are narrower than `least` and next to each other are one.
pub(crate) fn pieces(spans: &[Span], scale: &Scale, least: f64) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for span in spans.iter().filter(|span| span.start < span.end && span.start < scale.to && scale.from < span.end) {
        let (left, right) = (scale.x(span.start), scale.x(span.end));
        let is_narrow = right - left < least;
        match pieces.last_mut() {
            Some(last) if is_narrow && left - scale.x(last.end) < least && last.is_joined() => last.join(span),
            _ => pieces.push(Piece::of(span, is_narrow)),
        }
    }
    for piece in &mut pieces {
        piece.settle();
    }
    pieces
}

impl Piece {
    fn of(span: &Span, is_narrow: bool) -> Self {
        let what = if is_narrow {
            What::Several { people: BTreeSet::new(), shifts: 0, gaps: 0 }
        } else {
            What::of(&span.people)
        };
        let mut piece = Self { start: span.start, end: span.start, what };
        piece.join(span);
        piece
    }

    fn is_joined(&self) -> bool {
        matches!(self.what, What::Several { .. })
    }

    fn join(&mut self, span: &Span) {
        self.end = span.end.max(self.end);
        if let What::Several { people, shifts, gaps } = &mut self.what {
            if span.people.is_empty() {
                *gaps += 1;
            } else {
                *shifts += 1;
            }
            people.extend(span.people.iter().cloned());
        }
    }

    /// What stands for one shift alone, or for one gap, is that.
    fn settle(&mut self) {
        if let What::Several { people, shifts, gaps } = &self.what {
            let settled = match (shifts, gaps) {
                (0, _) => What::Gap,
                (1, 0) => What::Shift(people.iter().cloned().collect()),
                _ => return,
            };
            self.what = settled;
        }
    }
}

impl What {
    fn of(people: &[String]) -> Self {
        if people.is_empty() { Self::Gap } else { Self::Shift(people.to_vec()) }
    }
}

/// The rows in which overlapping spans do not cover each other.
pub(crate) fn lanes(mut spans: Vec<Span>) -> Vec<Vec<Span>> {
    spans.sort_by_key(|span| (span.start, span.end));
    let mut lanes: Vec<Vec<Span>> = Vec::new();
    for span in spans {
        let is_free = |lane: &&mut Vec<Span>| lane.last().is_none_or(|last| last.end <= span.start);
        match lanes.iter_mut().find(is_free) {
            Some(lane) => lane.push(span),
            None => lanes.push(vec![span]),
        }
    }
    lanes
}

/// The widths below which bars are drawn together, if there are to be no more than `most`: of the first row, which is
/// what counts, and of the others, which give way first.
pub(crate) fn least_widths(rows: &[Vec<Span>], scale: &Scale, most: usize) -> (f64, f64) {
    let (first, others) = rows.split_at(rows.len().min(1));
    let count = |rows: &[Vec<Span>], least| rows.iter().map(|row| pieces(row, scale, least).len()).sum::<usize>();
    let smallest = |rows: &[Vec<Span>], most: usize| {
        let mut least = FINEST;
        while least < scale.width() && count(rows, least) > most {
            least *= 2.0;
        }
        least
    };
    let for_others = smallest(others, most.saturating_sub(count(first, FINEST)));
    let for_first = smallest(first, most.saturating_sub(count(others, for_others)));
    (for_first, for_others)
}

/// No eye sees less.
pub(crate) const FINEST: f64 = 3.0;

#[cfg(test)]
mod tests {
    use jiff::{civil::date, tz::TimeZoneDatabase};
    use proptest::prelude::*;

    use super::*;

    fn oslo(days: u16) -> Scale {
        Scale::days(date(2026, 10, 19), days, TimeZoneDatabase::bundled().get("Europe/Oslo").unwrap()).unwrap()
    }

    fn span(start: &str, end: &str, people: &[&str]) -> Span {
        let at = |text: &str| text.parse().unwrap();
        Span { start: at(start), end: at(end), people: people.iter().map(|id| (*id).to_owned()).collect() }
    }

    #[test]
    fn a_shift_over_a_change_of_clocks_and_a_gap_are_bars_of_their_own() {
        let shift = span("2026-10-24T20:00+02:00", "2026-10-25T08:00+01:00", &["ada"]);
        let gap = span("2026-10-25T08:00+01:00", "2026-10-25T20:00+01:00", &[]);
        let scale = oslo(7);
        let found = pieces(&[shift.clone(), gap.clone()], &scale, FINEST);
        assert_eq!(found[0].what, What::Shift(vec!["ada".to_owned()]));
        assert_eq!(found[1].what, What::Gap);
        // twelve hours on the clock are thirteen of that night
        assert_eq!(format!("{:.2}", scale.x(shift.end) - scale.x(shift.start)), format!("{:.2}", 13.0 / 24.0 * 140.0));
        assert_eq!(scale.x(found[0].end).to_bits(), scale.x(gap.start).to_bits());
    }

    #[test]
    fn what_is_not_shown_is_no_bar() {
        let scale = oslo(7);
        let before = span("2026-10-01T00:00Z", "2026-10-18T22:00Z", &["ada"]);
        let across = span("2026-10-01T00:00Z", "2026-12-01T00:00Z", &["bo"]);
        let after = span("2026-10-25T23:00Z", "2026-10-27T00:00Z", &["ada"]);
        let found = pieces(&[before, across, after], &scale, FINEST);
        assert_eq!(found.len(), 1);
        assert_eq!((scale.x(found[0].start), scale.x(found[0].end)), (0.0, scale.width()));
    }

    fn hourly(hours: usize) -> Vec<Span> {
        let first: Timestamp = "2026-10-18T22:00Z".parse().unwrap();
        let at = |hour: usize| first + jiff::SignedDuration::from_hours(hour as i64);
        let person = |hour: usize| vec![["ada", "bo", "cy"][hour % 3].to_owned()];
        (0..hours).map(|hour| Span { start: at(hour), end: at(hour + 1), people: person(hour) }).collect()
    }

    #[test]
    fn thousands_of_shifts_are_few_bars() {
        let scale = oslo(42);
        let rows = vec![hourly(42 * 24), hourly(42 * 24)];
        let (least, of_others) = least_widths(&rows, &scale, 90);
        assert_eq!(pieces(&rows[1], &scale, of_others).len(), 1);
        let found = pieces(&rows[0], &scale, least);
        let What::Several { people, shifts, gaps } = &found[0].what else { panic!("{found:?}") };
        assert_eq!((found.len(), people.len(), *shifts, *gaps), (1, 3, 42 * 24, 0));
        // an hour of a single day can be seen
        assert_eq!(pieces(&hourly(24), &oslo(1), FINEST).len(), 24);
    }

    #[test]
    fn who_is_on_call_is_drawn_as_long_as_there_is_room_for_it() {
        let scale = oslo(14);
        let rows = vec![hourly(80), hourly(80), hourly(10)];
        let (first, others) = least_widths(&rows, &scale, 90);
        assert_eq!(pieces(&rows[0], &scale, first).len(), 80);
        assert_eq!((pieces(&rows[1], &scale, others).len(), pieces(&rows[2], &scale, others).len()), (1, 1));
    }

    #[test]
    fn overlapping_overrides_do_not_cover_each_other() {
        let spans = vec![
            span("2026-10-20T00:00Z", "2026-10-22T00:00Z", &["ada"]),
            span("2026-10-21T00:00Z", "2026-10-23T00:00Z", &["bo"]),
            span("2026-10-22T00:00Z", "2026-10-24T00:00Z", &["cy"]),
        ];
        let lanes = lanes(spans);
        let people: Vec<Vec<&str>> =
            lanes.iter().map(|lane| lane.iter().map(|span| span.people[0].as_str()).collect()).collect();
        assert_eq!(people, [vec!["ada", "cy"], vec!["bo"]]);
    }

    fn row() -> impl Strategy<Value = Vec<Span>> {
        prop::collection::vec((0..4u8, 1..200_000_i64), 0..60).prop_map(|lengths| {
            let mut at: Timestamp = "2026-10-15T00:00Z".parse().unwrap();
            let span = |(person, seconds): (u8, i64)| {
                let start = at;
                at += jiff::SignedDuration::from_secs(seconds);
                let people = if person == 0 { Vec::new() } else { vec![person.to_string()] };
                Span { start, end: at, people }
            };
            lengths.into_iter().map(span).collect()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn bars_cover_what_the_shifts_cover_and_never_each_other(row in row(), least in 0.0..2000.0_f64) {
            let scale = oslo(14);
            let shown: Vec<&Span> = row.iter().filter(|span| span.start < scale.to && scale.from < span.end).collect();
            let found = pieces(&row, &scale, least);
            prop_assert!(found.windows(2).all(|two| two[0].end <= two[1].start));
            prop_assert_eq!(found.first().map(|piece| piece.start), shown.first().map(|span| span.start));
            prop_assert_eq!(found.last().map(|piece| piece.end), shown.last().map(|span| span.end));
            let counted: usize = found.iter().map(|piece| match &piece.what {
                What::Several { shifts, gaps, .. } => shifts + gaps,
                _ => 1,
            }).sum();
            // a run of gaps alone is one gap
            prop_assert!(counted <= shown.len());
            let gaps = shown.iter().any(|span| span.people.is_empty());
            let seen = found.iter().any(|piece| {
                matches!(&piece.what, What::Gap) || matches!(&piece.what, What::Several { gaps, .. } if *gaps > 0)
            });
            prop_assert_eq!(gaps, seen);
        }

        #[test]
        fn there_are_never_too_many(row in row(), days in 1..60u16) {
            let scale = oslo(days);
            let rows = [row.clone(), row.clone(), row];
            let (first, others) = least_widths(&rows, &scale, 12);
            let of_others = pieces(&rows[1], &scale, others).len();
            prop_assert!(pieces(&rows[0], &scale, first).len() + 2 * of_others <= 12);
        }
    }
}
