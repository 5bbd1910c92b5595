//! The text of a page, in as few segments as it goes.

use twilio::segments::{Segments, characters, plain};

use crate::{Language, Text};

/// No summary is cut to less for the sake of a segment.
const SHORTEST_SUMMARY: usize = 30;
/// No app's name is longer.
const LONGEST_APP: usize = 24;
/// Whatever is the matter is said in so many segments.
const MOST_SEGMENTS: usize = 4;
/// With the full stop of the sentence behind it, three.
const CUT: &str = "..";

/// The text of a page about one incident: the app, the code, what is the matter, and how to reply.
///
/// It is in the plain alphabet and in one segment, if that can be: typographic signs and pictures give way, and the
/// summary is shortened. One in another script takes the fewest segments that show some of it.
pub fn page(language: Language, app: &str, code: u32, summary: &str) -> String {
    let code = code.to_string();
    let app = app_name(app);
    fitted(language, summary, |summary| {
        Text::Page.say(language, &[("app", &app), ("code", &code), ("summary", summary)])
    })
}

/// The text of a page about many incidents; the summary says about what they are.
pub fn bundle(language: Language, app: &str, code: u32, count: usize, summary: &str) -> String {
    let (code, count) = (code.to_string(), count.to_string());
    let app = app_name(app);
    fitted(language, summary, |summary| {
        let values = [("app", app.as_str()), ("code", &code), ("count", &count), ("summary", summary)];
        Text::Bundle.say(language, &values)
    })
}

fn app_name(app: &str) -> String {
    let name: String = plain(app).chars().take(LONGEST_APP).collect();
    name.trim_end().to_owned()
}

fn fitted(language: Language, summary: &str, say: impl Fn(&str) -> String) -> String {
    let summary = plain(summary);
    let summary = summary.trim_end_matches(['.', ' ', ':', ',', ';']);
    let summary = if summary.is_empty() { Text::NoSummary.words(language) } else { summary };
    let whole = say(summary);
    let mut shown = whole.clone();
    for most in 1..=MOST_SEGMENTS {
        if Segments::of(&whole).count <= most {
            return whole;
        }
        if let Some(short) = shortened(summary, |short| Segments::of(&say(short)).count <= most) {
            shown = say(&short);
            if short.chars().count() >= SHORTEST_SUMMARY {
                return shown;
            }
        }
    }
    shown
}

/// The longest beginning that fits, with a sign that something is missing; at the end of a word, if one is near.
fn shortened(summary: &str, fits: impl Fn(&str) -> bool) -> Option<String> {
    let ends: Vec<usize> = characters(summary)
        .iter()
        .scan(0, |end, character| {
            *end += character.len();
            Some(*end)
        })
        .collect();
    let signs = [' ', ',', '.', ':', ';'];
    let cut = |end: usize| format!("{}{CUT}", summary.get(..end).unwrap_or_default().trim_end_matches(signs));
    let longest = ends.partition_point(|end| fits(&cut(*end))).checked_sub(1)?;
    let end = *ends.get(longest)?;
    let beginning = summary.get(..end)?;
    let word = beginning.rfind(' ').filter(|word| end - word <= 12 && word * 2 > end);
    Some(cut(word.unwrap_or(end))).filter(|short| short.len() > CUT.len())
}

#[cfg(test)]
mod tests;
