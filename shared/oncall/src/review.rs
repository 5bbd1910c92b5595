//! What is wrong with a definition that somebody wants to save, and what is odd about it.
//!
//! A refusal cannot be saved; a warning can, and should be shown. What is stored already is used as far as it goes
//! (a call must find a human), so nothing of this stands between a caller and a responder.

mod directory;
mod finding;
mod holidays;
mod hours;
mod line;
mod plan;
mod policy;
#[cfg(test)]
mod tests;
mod text;

pub use finding::{Caution, Problem, Refusal, Warning};

use std::{collections::BTreeSet, ops::RangeInclusive};

use crate::{Line, longest};
use text::is_language_tag;

/// Everything that there is to say about a definition, in the definition's order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Review {
    /// Fields that cannot stay as they are. If there is one, the definition cannot be saved.
    pub refusals: Vec<Refusal>,
    /// Fields that may not mean what somebody meant.
    pub warnings: Vec<Warning>,
}

impl Review {
    /// Whether the definition can be saved.
    pub fn is_sound(&self) -> bool {
        self.refusals.is_empty()
    }

    fn refuse(&mut self, field: impl Into<String>, problem: Problem) {
        self.refusals.push(Refusal { field: field.into(), problem });
    }

    fn warn(&mut self, field: impl Into<String>, caution: Caution) {
        self.warnings.push(Warning { field: field.into(), caution });
    }

    /// Takes over what was found in a part, whose fields stand under `path`.
    fn include(&mut self, path: &str, part: Review) {
        let under = |field: String| if field.is_empty() { path.to_owned() } else { format!("{path}.{field}") };
        self.refusals.extend(part.refusals.into_iter().map(|found| Refusal { field: under(found.field), ..found }));
        self.warnings.extend(part.warnings.into_iter().map(|found| Warning { field: under(found.field), ..found }));
    }

    fn name(&mut self, field: &str, name: &str) {
        if name.trim().is_empty() {
            self.refuse(field, Problem::Empty);
        }
        self.short(field, name, longest::NAME);
    }

    fn short(&mut self, field: &str, text: &str, most: usize) {
        if text.chars().count() > most {
            self.refuse(field, Problem::TooLong { most });
        }
    }

    fn language(&mut self, field: &str, tag: &str) {
        let first = tag.split('-').next().unwrap_or_default();
        if !is_language_tag(tag) || tag.len() > longest::LANGUAGE {
            self.refuse(field, Problem::NotALanguageTag);
        } else if !Line::LANGUAGES.iter().any(|known| known.eq_ignore_ascii_case(first)) {
            self.warn(field, Caution::NotOurLanguage);
        }
    }

    fn within(&mut self, field: &str, value: impl Into<u32>, range: RangeInclusive<u32>) {
        if !range.contains(&value.into()) {
            self.refuse(field, Problem::OutOfRange { least: *range.start(), most: *range.end() });
        }
    }

    fn at_most<T>(&mut self, field: &str, all: &[T], most: usize) {
        if all.len() > most {
            self.refuse(field, Problem::TooMany { most });
        }
    }

    /// Refuses what has come before in the same list; `field` says where.
    fn once_each<T: Ord>(&mut self, all: impl Iterator<Item = T>, field: impl Fn(usize) -> String) {
        let mut seen = BTreeSet::new();
        for (index, one) in all.enumerate() {
            if !seen.insert(one) {
                self.refuse(field(index), Problem::Duplicate);
            }
        }
    }
}
