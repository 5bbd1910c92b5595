//! Gather: a prompt, then keys.
use std::time::Duration;

use super::{Control, Flow, base};
use crate::{
    fetch::{Document, Fetched},
    leg::{Signal, Stop},
    twiml::Element,
};

/// Keys as they come in.
struct Keys {
    digits: String,
    finish: String,
    wanted: Option<usize>,
    finished_on: Option<char>,
}

impl Keys {
    /// Takes a key; true when no more are wanted.
    fn take(&mut self, key: char) -> bool {
        if self.finish.contains(key) {
            self.finished_on = Some(key);
            return true;
        }
        self.digits.push(key);
        self.wanted.is_some_and(|wanted| self.digits.len() >= wanted)
    }
}

impl Control {
    pub(super) async fn gather(&self, verb: &Element, doc: &Fetched) -> Result<Flow, Stop> {
        if verb.get("input").is_some_and(|input| !input.split_whitespace().any(|i| i == "dtmf")) {
            self.alert(0, "<Gather input=\"speech\"> is beyond this simulator", base(doc));
        }
        let mut keys = Keys {
            digits: String::new(),
            finish: verb.get("finishOnKey").unwrap_or("#").to_owned(),
            wanted: verb.number("numDigits").and_then(|n| usize::try_from(n).ok()),
            finished_on: None,
        };
        self.forget_keys();
        if !self.prompt(verb, doc, &mut keys).await? {
            self.listen(verb, &mut keys).await?;
        }
        if keys.digits.is_empty() && !verb.is("actionOnEmptyResult") {
            return Ok(Flow::On);
        }
        let reference = verb.get("action").unwrap_or_default();
        let Some(url) = self.link(doc, reference) else {
            return self.broken_link().await;
        };
        let finished_on = keys.finished_on.map(String::from).unwrap_or_default();
        let extra = vec![
            ("Digits".to_owned(), keys.digits),
            ("FinishedOnKey".to_owned(), finished_on),
            ("msg".to_owned(), "Gather End".to_owned()),
        ];
        let method = verb.method("method");
        Ok(Flow::Goto(Document::Url { url, method: method.to_owned(), extra }))
    }

    /// The nested verbs. The first key cuts all that is left of them. True when the keys are complete.
    async fn prompt(&self, verb: &Element, doc: &Fetched, keys: &mut Keys) -> Result<bool, Stop> {
        if verb.get("bargeIn").is_some_and(|value| value.eq_ignore_ascii_case("false")) {
            for part in &verb.children {
                match part.name.as_str() {
                    "Pause" => {
                        let seconds = part.number("length").unwrap_or(1);
                        self.sleep(Duration::from_secs(seconds)).await?;
                    }
                    _ => self.speak(part, doc).await?,
                }
            }
            return Ok(false);
        }
        for part in &verb.children {
            if let Some(key) = self.speak_until_key(part, doc).await? {
                return Ok(keys.take(key));
            }
        }
        Ok(false)
    }

    /// The silence after the prompt; each key starts the timeout anew.
    async fn listen(&self, verb: &Element, keys: &mut Keys) -> Result<(), Stop> {
        let timeout = Duration::from_secs(verb.number("timeout").unwrap_or(5));
        self.engine.change(|w| w.legs.get_mut(&self.sid).map(|leg| leg.asked += 1));
        loop {
            match self.next(Some(self.engine.clock.now() + timeout)).await? {
                Some(Signal::Key(key)) if keys.take(key) => return Ok(()),
                Some(_) => {}
                None => return Ok(()),
            }
        }
    }
}
