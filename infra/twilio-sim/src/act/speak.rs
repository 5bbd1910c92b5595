//! Say and Play: words take time by their length.
use std::time::Duration;

use super::Control;
use crate::{
    fetch::Fetched,
    leg::{Signal, Stop},
    transcript::Event,
    twiml::Element,
};

/// Characters spoken in a second.
const PER_SECOND: u64 = 15;
/// How long any sound file plays.
const FILE: Duration = Duration::from_secs(3);

/// How long words take to say.
pub(crate) fn spoken_time(text: &str) -> Duration {
    let characters = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
    Duration::from_millis(characters.saturating_mul(1000) / PER_SECOND)
}

impl Control {
    /// Say or Play to the end, whatever keys are pressed.
    pub(super) async fn speak(&self, verb: &Element, doc: &Fetched) -> Result<(), Stop> {
        let (words, time) = self.sound(verb, doc);
        for _ in 0..repeats(verb) {
            self.sleep(time).await?;
            self.heard(&words, false);
        }
        Ok(())
    }

    /// Say, Play or Pause inside a Gather: the first key ends it and is returned.
    pub(super) async fn speak_until_key(&self, verb: &Element, doc: &Fetched) -> Result<Option<char>, Stop> {
        let (words, time) = match verb.name.as_str() {
            "Pause" => (String::new(), Duration::from_secs(verb.number("length").unwrap_or(1))),
            _ => self.sound(verb, doc),
        };
        for _ in 0..repeats(verb) {
            let start = self.engine.clock.now();
            loop {
                match self.next(Some(start + time)).await? {
                    Some(Signal::Key(key)) => {
                        let spent = self.engine.clock.now().saturating_sub(start);
                        self.heard(&part(&words, spent, time), true);
                        return Ok(Some(key));
                    }
                    Some(_) => {}
                    None => break,
                }
            }
            self.heard(&words, false);
        }
        Ok(None)
    }

    pub(super) async fn hear_words(&self, words: &str) -> Result<(), Stop> {
        self.sleep(spoken_time(words)).await?;
        self.heard(words, false);
        Ok(())
    }

    fn sound(&self, verb: &Element, doc: &Fetched) -> (String, Duration) {
        if verb.name == "Play" {
            let url = self.link(doc, &verb.text).unwrap_or_else(|| verb.text.clone());
            return (format!("♪ {url}"), FILE);
        }
        (verb.text.clone(), spoken_time(&verb.text))
    }

    fn heard(&self, words: &str, cut: bool) {
        if !words.is_empty() {
            let text = words.to_owned();
            self.engine.change(|w| w.note(&self.sid, Event::Hears { text, cut }));
        }
    }
}

/// How often a verb is repeated; zero means until the call ends.
fn repeats(verb: &Element) -> u64 {
    match verb.number("loop") {
        Some(0) => 1000,
        Some(times) if verb.name != "Pause" => times,
        _ => 1,
    }
}

/// The part of the words that was spoken when they were cut.
fn part(words: &str, spent: Duration, whole: Duration) -> String {
    let share = if whole.is_zero() { 0.0 } else { spent.as_secs_f64() / whole.as_secs_f64() };
    let all = words.chars().count();
    let kept = (0..all).take_while(|at| (*at as f64) < share * all as f64).count();
    words.chars().take(kept).collect()
}
