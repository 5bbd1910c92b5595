//! A call as a scenario tells it.
use std::{sync::Arc, time::Duration};

use crate::{
    act::speak_time,
    engine::Engine,
    fail::fail,
    leg::CallStatus,
    person,
    phone::{Behaviour, Press, When},
    transcript::{self, Event, Line},
};

/// How long, in virtual time, a scenario waits for what it expects.
const PATIENCE: Duration = Duration::from_secs(600);

/// A person's end of a call: the caller's, or that of somebody who picked up.
///
/// Waiting lets virtual time pass; what is waited for may also have happened since the last wait of
/// the same kind. The methods that wait panic with the whole transcript when it never happens.
pub struct Call {
    engine: Arc<Engine>,
    sid: String,
    heard: (usize, usize),
    rung: usize,
    connected: usize,
    patience: Duration,
}

impl Call {
    pub(crate) fn new(engine: &Arc<Engine>, sid: &str) -> Self {
        Self { engine: engine.clone(), sid: sid.to_owned(), heard: (0, 0), rung: 0, connected: 0, patience: PATIENCE }
    }

    /// Changes how long, in virtual minutes, each wait may take (ten unless told).
    pub fn with_patience(mut self, minutes: u64) -> Self {
        self.patience = Duration::from_secs(60 * minutes);
        self
    }

    /// The leg's `CallSid`.
    pub fn sid(&self) -> &str {
        &self.sid
    }

    /// The leg's status now.
    pub fn status(&self) -> CallStatus {
        self.engine.read(|w| w.legs.get(&self.sid).map_or(CallStatus::Failed, |leg| leg.status))
    }

    /// Waits until this person has heard these words, whatever their case, behind those of the last
    /// `hears`.
    pub async fn hears(&mut self, words: &str) -> &mut Self {
        let (from, sid) = (self.heard, self.sid.clone());
        let found = self.engine.wait(self.patience, |w| {
            let heard = transcript::read_on(&w.transcript, from, words, |line| line.leg == sid);
            let over = || w.legs.get(&sid).is_none_or(|leg| leg.status.is_over());
            heard.map(Ok).or_else(|| over().then_some(Err(())))
        });
        match found.await {
            Ok(Ok(place)) => self.heard = place,
            Ok(Err(())) => self.fail(&format!("the call ended before {words:?} was heard")),
            Err(vain) => self.fail(&format!("{words:?} was never heard ({vain:?})")),
        }
        self
    }

    /// Waits until this phone rings because of this call.
    pub async fn rings(&mut self, number: &str) -> &mut Self {
        let wanted = |event: &Event| matches!(event, Event::Rings(_));
        let what = format!("{number} never rang");
        self.rung = self.line(self.rung, number, wanted, &what).await;
        self
    }

    /// Waits until this phone is connected with the call's caller.
    pub async fn is_connected_to(&mut self, number: &str) -> &mut Self {
        let wanted = |event: &Event| matches!(event, Event::Connected(_));
        let what = format!("never connected to {number}");
        self.connected = self.line(self.connected, number, wanted, &what).await;
        self
    }

    async fn line(&self, from: usize, number: &str, wanted: impl Fn(&Event) -> bool, what: &str) -> usize {
        let found = self.engine.wait(self.patience, |w| {
            let leg = w.legs.get(&self.sid)?;
            let mine = |line: &Line| line.call == leg.root && line.who == number && wanted(&line.event);
            let found = (from..w.transcript.len()).find(|at| w.transcript.get(*at).is_some_and(mine));
            match found {
                Some(at) => Some(Ok(at + 1)),
                None => leg.status.is_over().then_some(Err(())),
            }
        });
        match found.await {
            Ok(Ok(at)) => at,
            Ok(Err(())) => self.fail(&format!("{what}: the call ended")),
            Err(vain) => self.fail(&format!("{what} ({vain:?})")),
        }
    }

    /// Presses keys, now.
    pub async fn presses(&mut self, keys: &str) -> &mut Self {
        for key in keys.chars() {
            self.engine.change(|w| person::press_key(w, &self.sid, key));
            self.engine.settle().await;
        }
        self
    }

    /// Presses keys by itself: each item once a Gather has said its prompt and waits.
    pub fn presses_when_asked<'k>(&self, keys: impl IntoIterator<Item = &'k str>) {
        let press = |keys: &str| Press { when: When::Asked, keys: keys.to_owned() };
        let keys = keys.into_iter().map(press).collect();
        person::act(&self.engine, &self.sid, Behaviour { keys, ..Behaviour::default() });
    }

    /// Hangs up by itself, so many seconds from now; nothing happens yet.
    pub fn hangs_up_after(&self, seconds: u64) {
        let after = Some(Duration::from_secs(seconds));
        person::act(&self.engine, &self.sid, Behaviour { hangs_up_after: after, ..Behaviour::default() });
    }

    /// Says something by itself, once a recording begins.
    pub fn says_after_the_beep(&self, words: &str) {
        person::say_after_the_beep(&self.engine, &self.sid, words.to_owned());
    }

    /// Says something, from now on; it takes time like everything that is said.
    pub async fn says(&mut self, words: &str) -> &mut Self {
        let time = speak_time(words);
        self.engine.change(|w| person::say(w, &self.sid, words, time));
        self
    }

    /// Lets virtual time pass.
    pub async fn waits(&mut self, seconds: u64) -> &mut Self {
        self.engine.pass(Duration::from_secs(seconds)).await;
        self
    }

    /// Hangs up, now.
    pub async fn hangs_up(&mut self) -> &mut Self {
        self.engine.change(|w| w.hang_up(&self.sid));
        self.engine.settle().await;
        self
    }

    /// Waits until this leg and all that it dialled are over and what happens at that instant has
    /// happened; the status of this leg.
    pub async fn ends(&mut self) -> CallStatus {
        let over = self.engine.wait(self.patience.max(Duration::from_secs(3600)), |w| {
            let mine = |leg: &&crate::leg::Leg| leg.sid == self.sid || leg.parent.as_ref() == Some(&self.sid);
            w.legs.values().filter(mine).all(|leg| leg.status.is_over()).then_some(())
        });
        if let Err(vain) = over.await {
            self.fail(&format!("the call does not end ({vain:?})"));
        }
        self.engine.settle().await;
        self.status()
    }

    /// The number of the phone that this call is connected with now.
    pub fn connected_to(&self) -> Option<String> {
        self.engine.read(|w| {
            let other = w.legs.get(&self.sid)?.bridged_with.as_ref()?;
            Some(w.legs.get(other)?.person().to_owned())
        })
    }

    /// Everything that happened in the whole call, as text.
    pub fn transcript(&self) -> String {
        transcript::render(&self.lines())
    }

    /// Everything that happened in the whole call.
    pub fn lines(&self) -> Vec<Line> {
        self.engine.read(|w| {
            let Some(leg) = w.legs.get(&self.sid) else {
                return Vec::new();
            };
            w.transcript.iter().filter(|line| line.call == leg.root).cloned().collect()
        })
    }

    /// All words that this person heard, in order.
    pub fn heard(&self) -> Vec<String> {
        let mine = self.lines().into_iter().filter(|line| line.leg == self.sid);
        mine.filter_map(|line| match line.event {
            Event::Hears { text, .. } => Some(text),
            _ => None,
        })
        .collect()
    }

    fn fail(&self, what: &str) -> ! {
        let alerts: Vec<_> = self.engine.read(|w| w.alerts.iter().map(ToString::to_string).collect());
        fail(format!("{what}\n{}{}", self.transcript(), alerts.join("\n")))
    }
}

impl std::fmt::Debug for Call {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Call").field("sid", &self.sid).finish_non_exhaustive()
    }
}
