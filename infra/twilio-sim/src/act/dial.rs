//! Dial: other legs ring, one is bridged, the rest are let go.
use std::{sync::Arc, time::Duration};

use super::{
    Control, Flow, base, child,
    tape::{Moment, Tape},
};
use crate::{
    fetch::{About, Document, Fetched, fetch},
    form::Params,
    leg::{CallStatus, Direction, Signal, Stop},
    options::{ActionAfterHangup, OthersCancelled, ScreenedOut},
    transcript::Event,
    twiml::{Element, StatusCallback},
};

/// Twilio rings this much longer than it is told.
const BUFFER: u64 = 5;

/// Somebody to ring.
struct Target {
    number: String,
    url: Option<Document>,
    callback: Option<StatusCallback>,
}

/// How a Dial ended.
#[derive(Clone)]
struct Outcome {
    status: CallStatus,
    child: Option<String>,
    bridged: bool,
}

impl Outcome {
    fn failed() -> Self {
        Self { status: CallStatus::Failed, child: None, bridged: false }
    }
}

impl Control {
    pub(super) async fn dial(&self, verb: &Element, doc: &Fetched) -> Result<Flow, Stop> {
        if !verb.is("answerOnBridge") {
            self.answer();
        }
        let action = match verb.get("action") {
            Some(action) => match self.link(doc, action) {
                Some(url) => Some(url),
                None => return self.broken_link().await,
            },
            None => None,
        };
        let mut tape = self.tape(verb, doc);
        let (outcome, stop) = self.dial_groups(verb, doc, &mut tape).await;
        let recording = self.wind_up(&mut tape);
        let document = action.map(|url| Document::Url {
            url,
            method: verb.method("method").to_owned(),
            extra: self.result(&outcome, recording),
        });
        match (stop, document) {
            (None, Some(document)) => Ok(Flow::Goto(document)),
            (None, None) => Ok(Flow::On),
            (Some(Stop::HungUp), Some(document))
                if self.engine.options.variants.action_after_hangup == ActionAfterHangup::Requested =>
            {
                let _ = fetch(&self.engine, &About::Leg(self.sid.clone()), document).await;
                Err(Stop::HungUp)
            }
            (Some(stop), _) => Err(stop),
        }
    }

    /// Rings everybody at once, or one after the other with `sequential`.
    async fn dial_groups(&self, verb: &Element, doc: &Fetched, tape: &mut Tape) -> (Outcome, Option<Stop>) {
        let Some(caller_id) = self.caller_id(verb, doc) else {
            return (Outcome::failed(), None);
        };
        let targets = self.targets(verb, doc);
        let groups: Vec<Vec<Target>> = if verb.is("sequential") {
            targets.into_iter().map(|target| vec![target]).collect()
        } else {
            vec![targets]
        };
        let mut outcome = Outcome::failed();
        for group in groups.into_iter().filter(|group| !group.is_empty()) {
            let children = group.into_iter().map(|target| self.place(target, &caller_id)).collect();
            let (ended, stop) = self.ring_all(verb, children, tape).await;
            outcome = ended;
            if stop.is_some() || outcome.bridged {
                return (outcome, stop);
            }
        }
        (outcome, None)
    }

    /// The number to be shown: one that we own, or the caller's own; without the attribute, the
    /// caller's. None (13214) fails the Dial.
    fn caller_id(&self, verb: &Element, doc: &Fetched) -> Option<String> {
        let (from, to) = self
            .engine
            .read(|w| w.legs.get(&self.sid).map(|leg| (leg.from.clone(), leg.to.clone())).unwrap_or_default());
        let Some(wanted) = verb.get("callerId") else {
            return Some(from);
        };
        let owned = self.engine.read(|w| {
            let account = w.account_of_leg(&self.sid);
            w.numbers.get(wanted).is_some_and(|number| number.account == account)
        });
        if owned || wanted == from || wanted == to {
            return Some(wanted.to_owned());
        }
        self.alert(13214, "Dial: Invalid callerId value: not ours, nor the caller's", base(doc));
        None
    }

    fn targets(&self, verb: &Element, doc: &Fetched) -> Vec<Target> {
        let mut targets = Vec::new();
        if !verb.text.is_empty() {
            targets.push(Target { number: verb.text.clone(), url: None, callback: None });
        }
        for noun in &verb.children {
            let link = |name: &str| noun.get(name).and_then(|reference| self.link(doc, reference));
            let url = link("url").map(|url| Document::url(url, noun.method("method")));
            let callback = link("statusCallback").map(|url| StatusCallback {
                url,
                method: noun.method("statusCallbackMethod").to_owned(),
                events: noun
                    .get("statusCallbackEvent")
                    .unwrap_or("completed")
                    .split_whitespace()
                    .map(str::to_owned)
                    .collect(),
                progress: true,
            });
            targets.push(Target { number: noun.text.clone(), url, callback });
        }
        if targets.len() > 10 {
            self.alert(13215, "Dial: more than ten nouns, the rest is ignored", base(doc));
            targets.truncate(10);
        }
        targets.retain(|target| {
            let valid = e164(&target.number);
            if !valid {
                self.alert(13223, "Dial: Invalid phone number format", base(doc));
            }
            valid
        });
        targets
    }

    fn place(&self, target: Target, caller_id: &str) -> String {
        let sid = self.engine.change(|w| {
            let sid = w.add_leg(Some(&self.sid), Direction::OutboundDial, caller_id, &target.number);
            if let Some(leg) = w.legs.get_mut(&sid) {
                leg.callback = target.callback;
            }
            sid
        });
        let (engine, parent) = (Arc::clone(&self.engine), self.sid.clone());
        self.engine.spawn(child::live(engine, sid.clone(), parent, target.url));
        sid
    }

    /// From the first ring to the end of the bridge.
    async fn ring_all(&self, verb: &Element, children: Vec<String>, tape: &mut Tape) -> (Outcome, Option<Stop>) {
        let timeout = verb.number("timeout").unwrap_or(30).clamp(5, 600) + BUFFER;
        let mut deadline = Some(self.engine.clock.now() + Duration::from_secs(timeout));
        let mut live = children.clone();
        self.reach(tape, Moment::Ringing);
        let early = self.engine.options.variants.others_cancelled == OthersCancelled::AtPickup;
        loop {
            match self.next(deadline).await {
                Err(stop) => {
                    self.let_go(&live, CallStatus::Canceled).await;
                    return (self.unbridged(&children), Some(stop));
                }
                Ok(None) => {
                    deadline = None;
                    self.release(&self.ringing(&live), CallStatus::NoAnswer);
                }
                Ok(Some(Signal::ChildAnswered(child))) if live.contains(&child) => {
                    deadline = None;
                    self.reach(tape, Moment::PickedUp);
                    if early {
                        self.release(&self.ringing(&live), CallStatus::Canceled);
                    }
                }
                Ok(Some(Signal::ChildReady(child))) if live.contains(&child) => {
                    live.retain(|other| *other != child);
                    self.release(&live, CallStatus::Canceled);
                    self.reach(tape, Moment::Bridged);
                    let stop = self.bridge(verb, &child).await;
                    let status = CallStatus::Completed;
                    return (Outcome { status, child: Some(child), bridged: true }, stop);
                }
                Ok(Some(Signal::ChildOver(child))) => {
                    live.retain(|other| *other != child);
                    if live.is_empty() {
                        return (self.unbridged(&children), None);
                    }
                }
                Ok(Some(_)) => {}
            }
        }
    }

    /// The result when nobody came through: of the leg that was answered, else of the last to end.
    fn unbridged(&self, children: &[String]) -> Outcome {
        self.engine.read(|w| {
            let legs: Vec<_> = children.iter().filter_map(|sid| w.legs.get(sid)).collect();
            let answered = legs.iter().find(|leg| leg.answered.is_some());
            let last = legs.iter().max_by_key(|leg| leg.ended);
            let status = match (answered, last) {
                (Some(_), _) => match self.engine.options.variants.screened_out {
                    ScreenedOut::Completed => CallStatus::Completed,
                    ScreenedOut::NoAnswer => CallStatus::NoAnswer,
                },
                (None, Some(leg)) => leg.status,
                (None, None) => CallStatus::Failed,
            };
            let child = answered.or(last).map(|leg| leg.sid.clone());
            Outcome { status, child, bridged: false }
        })
    }

    /// Two people talk until one of them, REST or the time limit ends it. The caller's own end is
    /// returned.
    async fn bridge(&self, verb: &Element, child: &str) -> Option<Stop> {
        self.answer();
        self.engine.change(|w| {
            let pair = [(self.sid.as_str(), child), (child, self.sid.as_str())];
            for (one, other) in pair {
                let name = w.legs.get(other).map(|leg| leg.person().to_owned());
                if let Some(leg) = w.legs.get_mut(one) {
                    leg.bridged_with = Some(other.to_owned());
                }
                w.note(one, Event::Connected(name.unwrap_or_default()));
            }
        });
        let limit = Duration::from_secs(verb.number("timeLimit").unwrap_or(14400));
        let deadline = self.engine.clock.now() + limit;
        let stop = loop {
            match self.next(Some(deadline)).await {
                Ok(Some(Signal::ChildOver(over))) if over == child => break None,
                Ok(Some(Signal::Key('*'))) if verb.is("hangupOnStar") => break None,
                Ok(Some(_)) => {}
                Ok(None) => break None,
                Err(stop) => break Some(stop),
            }
        };
        self.let_go(&[child.to_owned()], CallStatus::Canceled).await;
        self.engine.change(|w| w.legs.get_mut(&self.sid).map(|leg| leg.bridged_with = None));
        stop
    }

    fn ringing(&self, children: &[String]) -> Vec<String> {
        let rings = |sid: &&String| self.engine.read(|w| w.legs.get(*sid).is_some_and(|leg| leg.answered.is_none()));
        children.iter().filter(rings).cloned().collect()
    }

    /// Ends legs: those that ring with this status, those that were answered as completed.
    fn release(&self, children: &[String], unanswered: CallStatus) {
        self.engine.change(|w| {
            for sid in children {
                let answered = w.legs.get(sid).is_some_and(|leg| leg.answered.is_some());
                let status = if answered { CallStatus::Completed } else { unanswered };
                w.stop(sid, Stop::Ended(status));
            }
        });
    }

    /// Ends legs and waits until they have ended.
    async fn let_go(&self, children: &[String], unanswered: CallStatus) {
        self.release(children, unanswered);
        let _ = self
            .engine
            .observe(None, |w| {
                children.iter().all(|sid| w.legs.get(sid).is_none_or(|leg| leg.status.is_over())).then_some(())
            })
            .await;
    }

    fn result(&self, outcome: &Outcome, recording: Option<String>) -> Params {
        let mut params = vec![
            ("DialCallStatus".to_owned(), outcome.status.as_str().to_owned()),
            ("DialBridged".to_owned(), outcome.bridged.to_string()),
        ];
        if let Some(child) = &outcome.child {
            params.push(("DialCallSid".to_owned(), child.clone()));
            let spent = self.engine.read(|w| {
                let leg = w.legs.get(child)?;
                leg.answered.map(|_| leg.seconds(w.now))
            });
            if let Some(seconds) = spent {
                params.push(("DialCallDuration".to_owned(), seconds.to_string()));
            }
        }
        params.extend(recording.map(|url| ("RecordingUrl".to_owned(), url)));
        params
    }
}

/// A plus and 7 to 15 digits, not beginning with a zero.
pub(crate) fn e164(number: &str) -> bool {
    let Some(digits) = number.strip_prefix('+') else {
        return false;
    };
    (7..=15).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit()) && !digits.starts_with('0')
}
