//! Lines that somebody wants to save.

use super::{Caution, Problem, Review};
use crate::{Directory, Line, Service, Voicemail, longest};

/// A line has one destination for each digit.
const MOST_DESTINATIONS: usize = 10;

impl Line {
    /// What is wrong with this line and odd about it, if somebody wants to save it.
    ///
    /// Services and calendars are those that it names, as far as they exist. `prompts` are the names of the sentences
    /// that it may replace; whoever speaks them knows them.
    pub fn review(&self, services: &[Service], directory: &Directory, prompts: &[&str]) -> Review {
        let mut review = Review::default();
        review.name("name", &self.name);
        review.language("language", &self.language);
        if let Some(voice) = &self.voice {
            if voice.trim().is_empty() {
                review.refuse("voice", Problem::Empty);
            }
            review.short("voice", voice, longest::VOICE);
        }
        for (name, sentence) in &self.prompts {
            let field = format!("prompts.{name}");
            if !prompts.contains(&name.as_str()) {
                review.refuse(&field, Problem::UnknownPrompt);
            }
            let is_told = self.recording && Self::RECORDING_PROMPTS.contains(&name.as_str());
            if is_told && sentence.trim().is_empty() {
                review.refuse(&field, Problem::Empty);
            }
            review.short(&field, sentence, longest::SPOKEN);
        }
        self.review_destinations(services, &mut review);
        review.ring_seconds("ring_seconds", self.ring_seconds);
        review.include("voicemail", self.voicemail.review(&self.language));
        if let Some(hours) = &self.support_hours {
            review.include("support_hours", hours.review(directory));
        }
        review
    }

    fn review_destinations(&self, services: &[Service], review: &mut Review) {
        if self.enabled && self.destinations.is_empty() {
            review.refuse("destinations", Problem::NoDestinations);
        }
        review.at_most("destinations", &self.destinations, MOST_DESTINATIONS);
        for (index, destination) in self.destinations.iter().enumerate() {
            if !services.iter().any(|service| service.id == destination.service) {
                review.refuse(format!("destinations[{index}].service"), Problem::UnknownService);
            }
            review.name(&format!("destinations[{index}].label"), &destination.label);
        }
        let keys = self.destinations.iter().map(|destination| destination.key);
        review.once_each(keys, |index| format!("destinations[{index}].key"));
        if self.default_destination.is_some_and(|key| self.destination(key).is_none()) {
            review.refuse("default_destination", Problem::UnknownDestination);
        }
    }
}

impl Voicemail {
    /// Twilio records up to an hour, and transcribes up to two minutes of US English.
    fn review(&self, language: &str) -> Review {
        let mut review = Review::default();
        let most = if self.transcribe { 120 } else { 3_600 };
        review.within("max_seconds", self.max_seconds, 5..=most);
        let english = language.split('-').next().is_some_and(|language| language.eq_ignore_ascii_case("en"));
        if self.enabled && self.transcribe && !english {
            review.warn("transcribe", Caution::TranscribesEnglish);
        }
        review
    }
}
