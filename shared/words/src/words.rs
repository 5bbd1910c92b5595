//! What is said in one conversation: in which language, by whom, and in whose words.

use oncall::{Line, longest};
use twilio::twiml::Voice;

use crate::{Language, Prompt};

/// The words of one conversation: a language and a voice, and what the line replaces.
#[derive(Clone, Copy)]
pub struct Words<'l> {
    tag: &'l str,
    voice: Option<&'l str>,
    own: Option<&'l Line>,
}

impl<'l> Words<'l> {
    /// Words for a line's callers.
    pub fn of_line(line: &'l Line) -> Self {
        Self { tag: &line.language, voice: line.voice.as_deref(), own: Some(line) }
    }

    /// Words where no line is known.
    pub fn in_english() -> Self {
        Self { tag: "en-US", voice: None, own: None }
    }

    /// Words for somebody who prefers another language than the line's: its voice and its own sentences are in
    /// its language, so they count only where the languages are the same.
    pub fn in_language(self, tag: &'l str) -> Self {
        if Language::of(tag) == Language::of(self.tag) { self } else { Self { tag, voice: None, own: None } }
    }

    /// A sentence, with its values in place. Names and labels that were saved when there was no limit are cut: nobody
    /// listens to one for minutes.
    pub fn say(&self, prompt: Prompt, values: &[(&str, &str)]) -> String {
        let own = self.own.and_then(|line| line.prompts.get(prompt.name()));
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, short(value))).collect();
        fill(own.map_or_else(|| prompt.words(Language::of(self.tag)), String::as_str), &values)
    }

    /// Who speaks them.
    pub fn voice(&self) -> Voice {
        let voice = Voice::language(self.tag.to_owned());
        match self.voice {
            Some(name) => voice.named(name.to_owned()),
            None => voice,
        }
    }
}

fn short(value: &str) -> &str {
    let end = value.char_indices().nth(longest::NAME).map(|(end, _)| end);
    end.and_then(|end| value.get(..end)).unwrap_or(value)
}

/// Puts values in place of `{name}`; a name without a value stays as it is, so that nothing vanishes.
pub(crate) fn fill(words: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(words.len() + 32);
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let value = after.split_once('}').and_then(|(name, tail)| {
            let (_, value) = values.iter().find(|(key, _)| *key == name)?;
            Some((value, tail))
        });
        rest = match value {
            Some((value, tail)) => {
                filled.push_str(value);
                tail
            }
            None => {
                filled.push('{');
                after
            }
        };
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_from_before_there_was_a_limit_is_cut() {
        let said = |name: &str| Words::in_english().say(Prompt::Closed, &[("line", name)]);
        let name = "å".repeat(100);
        assert_eq!(said(&name), format!("{name} is closed at the moment."));
        assert_eq!(said(&"å".repeat(70_000)), said(&name));
    }

    #[test]
    fn values_stand_in_their_places_and_unknown_names_stay() {
        assert_eq!(fill("For {label}, press {key}.", &[("key", "1"), ("label", "a {key}")]), "For a {key}, press 1.");
        assert_eq!(fill("{what} {", &[("line", "x")]), "{what} {");
    }
}
