//! A schedule over time, as a drawing: who is on call, the overrides, and each layer, one row each.

mod bars;
mod palette;
mod scale;

use std::collections::BTreeMap;

use api::Timeline;
use jiff::Timestamp;

pub(crate) use palette::Palette;
pub(crate) use scale::{ClockChange, Day, Scale, day_from, monday, to_minute, written};

use bars::{Piece, Span, What, lanes, least_widths, pieces};
use scale::px;

/// What `parts/timeline.html` draws.
#[derive(Debug)]
pub(crate) struct Drawing {
    pub(crate) scale: Scale,
    pub(crate) rows: Vec<Row>,
    /// Where the present is, if it is shown.
    pub(crate) now: Option<String>,
    /// Whether shifts are drawn together.
    pub(crate) is_condensed: bool,
    /// The present, in seconds.
    at: i64,
}

/// A row.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) title: String,
    pub(crate) y: u32,
    pub(crate) bars: Vec<Bar>,
}

/// A bar.
#[derive(Debug)]
pub(crate) struct Bar {
    pub(crate) x: String,
    pub(crate) width: String,
    pub(crate) kind: Kind,
    /// The colours of its people, one above the other: where each begins, and how high it is.
    pub(crate) strips: Vec<(u32, u32, u32)>,
    /// What is written into it, once or, in a long one, again and again.
    pub(crate) texts: Vec<String>,
    pub(crate) text: String,
    /// Who, in full.
    pub(crate) who: String,
    /// When, on the schedule's clock, if that is known.
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
    /// Minutes since 1970, for the visitor's own clock.
    pub(crate) start: i64,
    pub(crate) end: i64,
}

/// How a bar looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Shift,
    Gap,
    Several,
    SeveralWithGaps,
}

/// What is above the rows: days and hours.
pub(crate) const HEAD: u32 = 40;
/// The height of a row, and of the bar within.
pub(crate) const ROW: u32 = 40;
pub(crate) const BAR: u32 = 30;
/// A page has room for so many.
const MOST_BARS: usize = 108;
/// How wide a letter is, about.
const LETTER: f64 = 7.3;
/// After how long a name is written again, so that it is seen wherever one has scrolled to.
const AGAIN: f64 = 320.0;

impl Drawing {
    /// Draws what the API tells.
    pub(crate) fn of(timeline: &Timeline, scale: Scale, palette: &Palette, now: Timestamp) -> Self {
        let mut rows: Vec<(String, Vec<Span>)> = vec![("On call".to_owned(), spans(&timeline.shifts))];
        let overrides = timeline.overrides.iter().flatten().filter_map(|one| {
            let (start, end) = (one.start.parse().ok()?, one.end.parse().ok()?);
            Some(Span { start, end, people: one.users.clone() })
        });
        let shown = overrides.filter(|one| one.start < scale.to && scale.from < one.end);
        rows.extend(lanes(shown.collect()).into_iter().map(|lane| ("Overrides".to_owned(), lane)));
        let mut layers: Vec<_> = timeline.layers.iter().flatten().collect();
        layers.sort_by_key(|layer| std::cmp::Reverse(layer.priority));
        rows.extend(layers.into_iter().map(|layer| (layer.name.clone(), spans(&layer.shifts))));

        let known = Known {
            names: &timeline.names,
            palette,
            from: timeline.from.parse().unwrap_or(Timestamp::MIN),
            to: timeline.to.parse().unwrap_or(Timestamp::MAX),
        };
        let each: Vec<Vec<Span>> = rows.iter().map(|(_, spans)| spans.clone()).collect();
        let (first, others) = least_widths(&each, &scale, MOST_BARS);
        let mut y = HEAD;
        let mut drawn = Vec::new();
        for (title, spans) in rows {
            let least = if y == HEAD { first } else { others };
            let bars = pieces(&spans, &scale, least).iter().map(|piece| known.bar(piece, &scale)).collect();
            drawn.push(Row { title, y, bars });
            y += ROW;
        }
        let is_condensed = drawn.iter().flat_map(|row| &row.bars).any(|bar| bar.is_several());
        let at = now.as_second();
        let now = scale.shows(now).then(|| px(scale.x(now)));
        Self { scale, rows: drawn, now, is_condensed, at }
    }

    pub(crate) fn width(&self) -> String {
        px(self.scale.width())
    }

    pub(crate) fn height(&self) -> u32 {
        self.rows.last().map_or(HEAD, |row| row.y + ROW)
    }

    pub(crate) fn days(&self) -> Vec<Day> {
        self.scale.each_day()
    }

    /// A line down from the beginning of each day that begins no week; or of each that does.
    pub(crate) fn lines(&self, weeks: bool) -> String {
        let bottom = self.height();
        let days = self.scale.each_day();
        let line = |day: &Day| format!("M{} {}V{bottom}", day.x, if weeks { 0 } else { HEAD });
        days.iter().filter(|day| day.begins_week == weeks).map(line).collect()
    }

    pub(crate) fn hours(&self) -> Vec<(String, String)> {
        self.scale.hours()
    }

    pub(crate) fn clock_changes(&self) -> Vec<ClockChange> {
        self.scale.clock_changes()
    }

    pub(crate) fn zone(&self) -> &str {
        self.scale.zone.iana_name().unwrap_or("UTC")
    }

    /// What it shows, in a sentence.
    pub(crate) fn told(&self) -> String {
        let (from, to) = (self.scale.written(self.scale.from), self.scale.written(self.scale.to));
        format!("Who is on call from {from} to {to}, {} time. The same stands below as a list.", self.zone())
    }

    /// The times to come, of those that are shown, in which nobody is on call.
    pub(crate) fn gaps(&self) -> Vec<&Bar> {
        let bars = self.rows.first().map(|row| row.bars.as_slice()).unwrap_or_default();
        bars.iter().filter(|bar| (bar.is_gap() || bar.has_gaps()) && !self.is_past(bar)).collect()
    }

    /// Whether nothing can be done about it any more.
    pub(crate) fn is_past(&self, bar: &Bar) -> bool {
        bar.end * 60 <= self.at
    }

    pub(crate) fn first_second(&self) -> i64 {
        self.scale.from.as_second()
    }

    pub(crate) fn last_second(&self) -> i64 {
        self.scale.to.as_second()
    }
}

impl Bar {
    pub(crate) fn is_several(&self) -> bool {
        matches!(self.kind, Kind::Several | Kind::SeveralWithGaps)
    }

    pub(crate) fn is_gap(&self) -> bool {
        self.kind == Kind::Gap
    }

    pub(crate) fn has_gaps(&self) -> bool {
        self.kind == Kind::SeveralWithGaps
    }

    /// When, in full: what began before all that the API was asked for, has no beginning here.
    pub(crate) fn when(&self) -> String {
        match (&self.from, &self.to) {
            (Some(from), Some(to)) => format!("{from} – {to}"),
            (Some(from), None) => format!("from {from}"),
            (None, Some(to)) => format!("until {to}"),
            (None, None) => "all the time".to_owned(),
        }
    }
}

fn spans(shifts: &[api::Shift]) -> Vec<Span> {
    let span = |shift: &api::Shift| {
        let (start, end) = (shift.start.parse().ok()?, shift.end.parse().ok()?);
        Some(Span { start, end, people: shift.people.clone() })
    };
    shifts.iter().filter_map(span).collect()
}

/// What is known of the people and of the time that the API was asked for.
struct Known<'a> {
    names: &'a BTreeMap<String, String>,
    palette: &'a Palette,
    from: Timestamp,
    to: Timestamp,
}

impl Known<'_> {
    fn name<'n>(&'n self, id: &'n str) -> &'n str {
        self.names.get(id).map_or(id, String::as_str)
    }

    fn bar(&self, piece: &Piece, scale: &Scale) -> Bar {
        let (left, right) = (scale.x(piece.start), scale.x(piece.end));
        let width = (right - left).max(2.0);
        let (kind, who, text, strips) = match &piece.what {
            What::Shift(people) => {
                let names: Vec<&str> = people.iter().map(|id| self.name(id)).collect();
                (Kind::Shift, names.join(" and "), written_into(&names, width), self.strips(people))
            }
            What::Gap => (Kind::Gap, "gap".to_owned(), fitting(&["gap"], width), Vec::new()),
            What::Several { people, shifts, gaps } => {
                let names: Vec<&str> = people.iter().map(|id| self.name(id)).collect();
                let shifts = crate::view::counted(*shifts, "shift");
                let mut who = format!("{shifts} of {}", names.join(", "));
                let mut short = shifts.clone();
                if *gaps > 0 {
                    let gaps = crate::view::counted(*gaps, "gap");
                    who = format!("{who}, {gaps}");
                    short = format!("{shifts}, {gaps}");
                }
                let kind = if *gaps > 0 { Kind::SeveralWithGaps } else { Kind::Several };
                (kind, who, fitting(&[&short, "…"], width), Vec::new())
            }
        };
        let end_of = |text: &str| text.chars().count() as f64 * LETTER;
        let mut texts = Vec::new();
        let mut at = 0.0;
        while !text.is_empty() && (at == 0.0 || at + end_of(&text) + 8.0 < width) {
            texts.push(px(at + 6.0));
            at += AGAIN;
        }
        Bar {
            x: px(left),
            width: px(width),
            kind,
            strips,
            texts,
            text,
            who,
            from: (self.from < piece.start).then(|| scale.written(piece.start)),
            to: (piece.end < self.to).then(|| scale.written(piece.end)),
            start: piece.start.as_second().div_euclid(60),
            end: piece.end.as_second().div_euclid(60),
        }
    }

    fn strips(&self, people: &[String]) -> Vec<(u32, u32, u32)> {
        let shown = people.iter().take(4);
        let count = u32::try_from(shown.len()).unwrap_or(1).max(1);
        let height = BAR / count;
        let strip = |(place, id): (u32, &String)| {
            let last = place + 1 == count;
            (self.palette.colour(id), place * height, if last { BAR - place * height } else { height })
        };
        (0..).zip(shown).map(strip).collect()
    }
}

/// As much of names as a bar has room for: all, first names, initials, or nothing.
fn written_into(names: &[&str], width: f64) -> String {
    let first = |name: &&str| name.split_whitespace().next().unwrap_or_default().to_owned();
    let initials =
        |name: &&str| name.split_whitespace().filter_map(|word| word.chars().next()).take(2).collect::<String>();
    let all = names.join(" + ");
    let firsts = names.iter().map(first).collect::<Vec<_>>().join(" + ");
    let initials = names.iter().map(initials).collect::<Vec<_>>().join("+");
    fitting(&[&all, &firsts, &initials], width)
}

fn fitting(texts: &[&str], width: f64) -> String {
    let fits = |text: &&&str| text.chars().count() as f64 * LETTER + 8.0 <= width;
    texts.iter().find(fits).map_or(String::new(), |text| (*text).to_owned())
}

#[cfg(test)]
mod tests;
