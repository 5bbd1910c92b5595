//! Who listens: in which language, and on whose clock.

use jiff::{Timestamp, tz::TimeZone};
use oncall::{Person, PersonId, incident::Actor};
use store::{Error, Store};
use words::{Heard, Language, Text};

/// Who listens.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Listener {
    /// BCP 47 tag of their language.
    pub tag: String,
    zone: TimeZone,
}

impl Listener {
    /// A person; in another language if they prefer none. A zone that we do not know counts as none.
    pub(crate) fn of(person: Option<&Person>, otherwise: &str) -> Self {
        let tag = person.and_then(|person| person.language.as_deref()).unwrap_or(otherwise);
        let zone = person.and_then(|person| TimeZone::get(person.timezone.as_deref()?).ok());
        Self { tag: tag.to_owned(), zone: zone.unwrap_or(TimeZone::UTC) }
    }

    /// Somebody of whom nothing is known.
    pub(crate) fn unknown() -> Self {
        Self { tag: "en-US".to_owned(), zone: TimeZone::UTC }
    }

    pub(crate) fn language(&self) -> Language {
        Language::of(&self.tag)
    }

    pub(crate) fn hears(&self, heard: Heard, values: &[(&str, &str)]) -> String {
        heard.say(self.language(), values)
    }

    /// An instant on their clock. Whoever has none hears that it is another one.
    pub(crate) fn time(&self, at: Timestamp) -> String {
        let shown = at.to_zoned(self.zone.clone()).strftime("%H:%M").to_string();
        if self.zone == TimeZone::UTC { format!("{shown} UTC") } else { shown }
    }

    /// What is the matter, or that nobody has said so.
    pub(crate) fn summary<'s>(&self, summary: &'s str) -> &'s str {
        let summary = summary.trim().trim_end_matches(['.', '!']);
        if summary.is_empty() { Text::NoSummary.words(self.language()) } else { summary }
    }

    /// What somebody who did something is called.
    pub(crate) async fn name(&self, store: &Store, actor: &Actor) -> Result<String, Error> {
        Ok(match actor {
            Actor::Person { id, .. } => name_of(store, id).await?,
            Actor::Token(_) => Text::AnAdmin.words(self.language()).to_owned(),
            Actor::Dutyline | Actor::Source => Text::ItsSource.words(self.language()).to_owned(),
        })
    }
}

/// What a person is called; their id if they are gone.
pub(crate) async fn name_of(store: &Store, id: &PersonId) -> Result<String, Error> {
    let person = store.find::<Person>(id.as_str()).await?;
    Ok(person.map_or_else(|| id.to_string(), |person| person.value.name))
}

#[cfg(test)]
mod tests {
    use oncall::NotificationRules;

    use super::*;

    #[test]
    fn a_time_is_theirs_if_their_zone_is_known() {
        let at = "2026-11-20T03:05:00Z".parse().unwrap();
        let ada = |timezone: Option<&str>| Person {
            id: PersonId::new("ada"),
            name: "Ada".to_owned(),
            language: Some("nb-NO".to_owned()),
            timezone: timezone.map(str::to_owned),
            phones: Vec::new(),
            rules: NotificationRules::default(),
        };
        let time = |timezone| Listener::of(Some(&ada(timezone)), "en-US").time(at);
        assert_eq!(time(Some("Europe/Oslo")), "04:05");
        assert_eq!(time(Some("Europe/Nowhere")), "03:05 UTC");
        assert_eq!(time(None), "03:05 UTC");
        assert_eq!(Listener::of(Some(&ada(None)), "en-US").tag, "nb-NO");
    }

    #[test]
    fn a_summary_ends_once_and_is_never_empty() {
        let listener = Listener::unknown();
        assert_eq!(listener.summary(" The site is down. "), "The site is down");
        assert_eq!(listener.summary(" ."), "no description");
    }
}
