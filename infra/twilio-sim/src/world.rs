//! Everything that the simulator remembers.
use std::{collections::BTreeMap, task::Waker, time::Duration};

use crate::{
    account::{Account, Sids},
    alert::Alert,
    fault::Fault,
    journal::Exchange,
    ledger::Charge,
    leg::{CallStatus, Direction, Leg, Stop},
    number::Number,
    phone::PhoneState,
    recording::Recording,
    transcript::{Event, Line},
};

pub(crate) struct World {
    pub(crate) now: Duration,
    pub(crate) started: Duration,
    pub(crate) account: Account,
    pub(crate) sids: Sids,
    pub(crate) numbers: BTreeMap<String, Number>,
    pub(crate) legs: BTreeMap<String, Leg>,
    pub(crate) phones: BTreeMap<String, PhoneState>,
    pub(crate) recordings: BTreeMap<String, Recording>,
    pub(crate) transcript: Vec<Line>,
    pub(crate) journal: Vec<Exchange>,
    pub(crate) ledger: Vec<Charge>,
    pub(crate) alerts: Vec<Alert>,
    pub(crate) expected_alerts: Vec<u32>,
    pub(crate) faults: Vec<Fault>,
    pub(crate) transcriptions_fail: bool,
    /// When the next call of the REST queue may start.
    pub(crate) next_rest_call: Duration,
    pub(crate) watchers: Vec<Waker>,
}

impl World {
    pub(crate) fn new(now: Duration, seed: u64) -> Self {
        let mut sids = Sids::new(seed);
        Self {
            now,
            started: now,
            account: Account::new(&mut sids),
            sids,
            numbers: BTreeMap::new(),
            legs: BTreeMap::new(),
            phones: BTreeMap::new(),
            recordings: BTreeMap::new(),
            transcript: Vec::new(),
            journal: Vec::new(),
            ledger: Vec::new(),
            alerts: Vec::new(),
            expected_alerts: Vec::new(),
            faults: Vec::new(),
            transcriptions_fail: false,
            next_rest_call: now,
            watchers: Vec::new(),
        }
    }

    /// Lets every task that waits for something look again.
    pub(crate) fn wake(&mut self) {
        for waker in self.watchers.drain(..) {
            waker.wake();
        }
    }

    /// Adds a number to the account, or changes it. Its identifier.
    pub(crate) fn own(&mut self, number: Number) -> String {
        let now = self.now;
        let known = self.numbers.get(&number.number).map(|n| (n.sid.clone(), n.created));
        let (sid, created) = known.unwrap_or_else(|| (self.sids.make("PN"), now));
        let number = Number { sid: sid.clone(), created, updated: now, ..number };
        self.numbers.insert(number.number.clone(), number);
        sid
    }

    /// Creates a leg; its transcript belongs to its root.
    pub(crate) fn add_leg(&mut self, parent: Option<&str>, direction: Direction, from: &str, to: &str) -> String {
        let sid = self.sids.make("CA");
        let root =
            parent.and_then(|parent| self.legs.get(parent)).map_or_else(|| sid.clone(), |parent| parent.root.clone());
        let leg = Leg {
            sid: sid.clone(),
            parent: parent.map(str::to_owned),
            root,
            direction,
            from: from.to_owned(),
            to: to.to_owned(),
            status: CallStatus::Queued,
            created: self.now,
            answered: None,
            ended: None,
            mailbox: Default::default(),
            stop: None,
            callback: None,
            sequence: 0,
            fallback: None,
            asked: 0,
            bridged_with: None,
            talks_until: Duration::ZERO,
            spoken: Vec::new(),
            rejected: false,
        };
        self.legs.insert(sid.clone(), leg);
        sid
    }

    /// Writes a line of the transcript for a leg.
    pub(crate) fn note(&mut self, sid: &str, event: Event) {
        let Some(leg) = self.legs.get(sid) else {
            return;
        };
        self.transcript.push(Line {
            at: self.now,
            call: leg.root.clone(),
            leg: sid.to_owned(),
            who: leg.person().to_owned(),
            event,
        });
    }

    /// The person at the far end of a leg puts the phone down.
    pub(crate) fn hang_up(&mut self, sid: &str) {
        if self.stop(sid, Stop::HungUp) {
            self.note(sid, Event::HangsUp);
        }
    }

    /// Tells the interpreter of a leg to stop. False when the leg is over or already stopping.
    pub(crate) fn stop(&mut self, sid: &str, stop: Stop) -> bool {
        match self.legs.get_mut(sid) {
            Some(leg) if !leg.status.is_over() && leg.stop.is_none() => {
                leg.stop = Some(stop);
                true
            }
            _ => false,
        }
    }

    /// True when this person's phone is in use by another leg.
    pub(crate) fn engaged(&self, number: &str, except: &str) -> bool {
        self.legs.values().any(|leg| {
            leg.sid != except
                && leg.person() == number
                && matches!(leg.status, CallStatus::Ringing | CallStatus::InProgress)
        })
    }
}
