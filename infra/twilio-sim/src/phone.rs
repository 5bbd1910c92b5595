//! People's phones and what their owners do when they ring.
use std::{
    collections::{BTreeSet, VecDeque},
    sync::Arc,
    time::Duration,
};

use crate::{
    act::texted,
    call::Call,
    engine::Engine,
    fail::fail,
    media::Attachment,
    message::{Text, Texting},
    transcript,
};

/// What happens when a phone rings, once.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Behaviour {
    pub(crate) pickup: Pickup,
    pub(crate) keys: VecDeque<Press>,
    pub(crate) hangs_up_after: Option<Duration>,
    pub(crate) talks_for: Option<Duration>,
}

/// How a ringing phone is dealt with.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) enum Pickup {
    /// It rings out.
    #[default]
    Never,
    After(Duration),
    Busy,
    Declined(Duration),
    Unreachable,
}

/// Keys and when they are pressed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Press {
    pub(crate) when: When,
    pub(crate) keys: String,
}

/// When keys are pressed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum When {
    /// A Gather has said its prompt and waits.
    Asked,
    /// These words have been heard.
    Heard(String),
    /// So long after the previous step.
    After(Duration),
}

/// A phone as the simulator keeps it.
#[derive(Default)]
pub(crate) struct PhoneState {
    /// What happens at the next calls; the last one stays.
    pub(crate) script: VecDeque<Behaviour>,
    /// What it does with texts.
    pub(crate) texting: Texting,
    /// The texts that reached it.
    pub(crate) texts: Vec<Text>,
    /// Numbers from which it wants no more texts.
    pub(crate) opted_out: BTreeSet<String>,
    /// How far `hears` has read.
    pub(crate) read: (usize, usize),
}

impl PhoneState {
    /// What happens now that it rings.
    pub(crate) fn next(&mut self) -> Behaviour {
        match self.script.len() {
            0 | 1 => self.script.front().cloned().unwrap_or_default(),
            _ => self.script.pop_front().unwrap_or_default(),
        }
    }
}

/// A person's phone: what it does is set here. Nobody answers one that was told nothing.
///
/// Each method that says what happens when it rings replaces what was said before, unless it follows
/// [`Phone::then`].
pub struct Phone {
    engine: Arc<Engine>,
    number: String,
    adding: bool,
}

impl Phone {
    pub(crate) fn new(engine: &Arc<Engine>, number: &str) -> Self {
        Self { engine: engine.clone(), number: number.to_owned(), adding: false }
    }

    /// Somebody picks up after so many seconds of ringing.
    pub fn answers_after(self, seconds: u64) -> Self {
        self.begin(Pickup::After(Duration::from_secs(seconds)))
    }

    /// It rings out.
    pub fn does_not_answer(self) -> Self {
        self.begin(Pickup::Never)
    }

    /// It is busy.
    pub fn is_busy(self) -> Self {
        self.begin(Pickup::Busy)
    }

    /// It rings so many seconds and is declined: busy, to Twilio.
    pub fn declines_after(self, seconds: u64) -> Self {
        self.begin(Pickup::Declined(Duration::from_secs(seconds)))
    }

    /// The network cannot reach it: failed.
    pub fn is_unreachable(self) -> Self {
        self.begin(Pickup::Unreachable)
    }

    /// A mailbox picks up after so many seconds, presses nothing, and hangs up half a minute later.
    pub fn voicemail_after(self, seconds: u64) -> Self {
        self.answers_after(seconds).hangs_up_after(30)
    }

    /// What follows describes the call after this one.
    pub fn then(mut self) -> Self {
        self.adding = true;
        self
    }

    /// Presses keys once a Gather has said its prompt and waits.
    pub fn presses(self, keys: &str) -> Self {
        self.press(When::Asked, keys)
    }

    /// Presses keys as soon as these words have been said.
    pub fn presses_after_hearing(self, words: &str, keys: &str) -> Self {
        self.press(When::Heard(words.to_owned()), keys)
    }

    /// Presses keys so many seconds after picking up, or after the previous keys.
    pub fn presses_after(self, seconds: u64, keys: &str) -> Self {
        self.press(When::After(Duration::from_secs(seconds)), keys)
    }

    /// Hangs up so many seconds after being connected with the caller.
    pub fn talks_for(self, seconds: u64) -> Self {
        self.edit(|behaviour| behaviour.talks_for = Some(Duration::from_secs(seconds)))
    }

    /// Hangs up so many seconds after picking up, come what may.
    pub fn hangs_up_after(self, seconds: u64) -> Self {
        self.edit(|behaviour| behaviour.hangs_up_after = Some(Duration::from_secs(seconds)))
    }

    /// Lets time pass until the person at this phone hears these words.
    ///
    /// # Panics
    /// With everything that this phone heard, when nothing more happens or ten minutes pass.
    pub async fn hears(&self, words: &str) -> &Self {
        let found = self.engine.wait(Duration::from_secs(600), |w| {
            let phone = w.phones.entry(self.number.clone()).or_default();
            let read = transcript::read_on(&w.transcript, phone.read, words, |line| line.who == self.number)?;
            phone.read = read;
            Some(())
        });
        if let Err(vain) = found.await {
            let all = self.transcript();
            fail(format!("{} never hears {words:?} ({vain:?})\n{all}", self.number));
        }
        self
    }

    /// Lets time pass until this phone is picked up; the handle acts for the person who did.
    ///
    /// # Panics
    /// When nothing more happens or ten minutes pass.
    pub async fn picks_up(&self) -> Call {
        let leg = self.engine.wait(Duration::from_secs(600), |w| {
            let mine =
                |leg: &&crate::leg::Leg| leg.person() == self.number && leg.answered.is_some() && !leg.status.is_over();
            w.legs.values().filter(mine).map(|leg| leg.sid.clone()).next_back()
        });
        match leg.await {
            Ok(sid) => Call::new(&self.engine, &sid),
            Err(vain) => fail(format!("nobody picks up {} ({vain:?})\n{}", self.number, self.transcript())),
        }
    }

    /// What becomes of texts to this phone from now on.
    pub fn texting(self, texting: Texting) -> Self {
        self.engine.change(|w| w.phones.entry(self.number.clone()).or_default().texting = texting);
        self
    }

    /// Its owner wants no more texts from a number (21610), or wants them again.
    pub fn opts_out_of(self, number: &str, out: bool) -> Self {
        self.engine.change(|w| w.opt_out(&self.number, number, out));
        self
    }

    /// Its owner texts a number; what happens at that instant has happened when this returns. The message's identifier.
    ///
    /// # Panics
    /// When it is no number of an account that takes texts.
    pub async fn texts_to(&self, number: &str, words: &str) -> String {
        self.texts_media_to(number, words, []).await
    }

    /// The same with pictures, which reach a number that takes them alone.
    ///
    /// # Panics
    /// When it is no number of an account that takes texts.
    pub async fn texts_media_to(
        &self,
        number: &str,
        words: &str,
        media: impl IntoIterator<Item = Attachment>,
    ) -> String {
        let media = media.into_iter().collect();
        let Some(sid) = texted::receive(&self.engine, (&self.number, number), words, media) else {
            fail(format!("{number} takes no texts"));
        };
        self.engine.settle().await;
        sid
    }

    /// The texts that have reached it.
    pub fn texts(&self) -> Vec<Text> {
        self.engine.read(|w| w.phones.get(&self.number).map(|phone| phone.texts.clone()).unwrap_or_default())
    }

    /// Lets time pass until a text with these words has reached this phone: the latest such text.
    ///
    /// # Panics
    /// With all texts that did, when nothing more happens or ten minutes pass.
    pub async fn reads(&self, words: &str) -> Text {
        let found = self.engine.wait(Duration::from_secs(600), |w| {
            let texts = &w.phones.get(&self.number)?.texts;
            texts.iter().rfind(|text| text.body.contains(words)).cloned()
        });
        match found.await {
            Ok(text) => text,
            Err(vain) => fail(format!("{} never reads {words:?} ({vain:?})\n{:#?}", self.number, self.texts())),
        }
    }

    /// How often it has rung.
    pub fn rang(&self) -> usize {
        self.engine.read(|w| {
            let rings =
                |line: &&transcript::Line| line.who == self.number && matches!(line.event, transcript::Event::Rings(_));
            w.transcript.iter().filter(rings).count()
        })
    }

    /// Everything that happened at this phone.
    pub fn transcript(&self) -> String {
        let mine: Vec<_> =
            self.engine.read(|w| w.transcript.iter().filter(|line| line.who == self.number).cloned().collect());
        transcript::render(&mine)
    }

    fn begin(mut self, pickup: Pickup) -> Self {
        let adding = std::mem::take(&mut self.adding);
        self.engine.change(|w| {
            let script = &mut w.phones.entry(self.number.clone()).or_default().script;
            if !adding {
                script.clear();
            }
            script.push_back(Behaviour { pickup, ..Behaviour::default() });
        });
        self
    }

    fn press(self, when: When, keys: &str) -> Self {
        let press = Press { when, keys: keys.to_owned() };
        self.edit(|behaviour| behaviour.keys.push_back(press))
    }

    fn edit(self, edit: impl FnOnce(&mut Behaviour)) -> Self {
        self.engine.change(|w| {
            let script = &mut w.phones.entry(self.number.clone()).or_default().script;
            if script.is_empty() {
                script.push_back(Behaviour::default());
            }
            if let Some(last) = script.back_mut() {
                edit(last);
            }
        });
        self
    }
}
