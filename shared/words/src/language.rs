//! The languages that we speak.

/// A language that we have words for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Language {
    /// English.
    English,
    /// Norwegian, bokmål.
    Norwegian,
    /// Swedish.
    Swedish,
    /// German.
    German,
    /// French.
    French,
    /// Spanish.
    Spanish,
}

impl Language {
    /// Every language.
    pub const ALL: &[Self] =
        &[Self::English, Self::Norwegian, Self::Swedish, Self::German, Self::French, Self::Spanish];

    /// By the primary subtag of a BCP 47 tag; English for what we have no words for.
    pub fn of(tag: &str) -> Self {
        match tag.split('-').next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "nb" | "no" | "nn" => Self::Norwegian,
            "sv" => Self::Swedish,
            "de" => Self::German,
            "fr" => Self::French,
            "es" => Self::Spanish,
            _ => Self::English,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_reviews_a_line_knows_the_same_languages() {
        let reached = |language: &Language| oncall::Line::LANGUAGES.iter().any(|tag| Language::of(tag) == *language);
        assert!(Language::ALL.iter().all(reached));
        let english = oncall::Line::LANGUAGES.iter().filter(|tag| Language::of(tag) == Language::English);
        assert_eq!(english.collect::<Vec<_>>(), [&"en"], "the others have words of their own");
    }

    #[test]
    fn a_tag_names_its_language_by_its_first_part() {
        for (tag, language) in [
            ("nb-NO", Language::Norwegian),
            ("no", Language::Norwegian),
            ("de-AT", Language::German),
            ("SV", Language::Swedish),
            ("ja-JP", Language::English),
            ("", Language::English),
        ] {
            assert_eq!(Language::of(tag), language, "{tag:?}");
        }
    }
}
