//! Everything that the simulator remembers.
use std::{collections::BTreeMap, task::Waker, time::Duration};

use crate::{
    account::{Account, AccountKind, Sids},
    address::Address,
    alert::Alert,
    bundle::Bundle,
    catalogue,
    fault::Fault,
    inventory::{self, Offer},
    journal::Exchange,
    ledger::{Charge, Item},
    leg::{CallStatus, Direction, Leg, Stop},
    message::Message,
    money::Money,
    number::Number,
    phone::PhoneState,
    recording::Recording,
    transcript::{Event, Line},
};

pub(crate) struct World {
    pub(crate) now: Duration,
    /// The main account.
    pub(crate) account: Account,
    /// Further ones, by identifier.
    pub(crate) others: BTreeMap<String, Account>,
    pub(crate) sids: Sids,
    pub(crate) numbers: BTreeMap<String, Number>,
    pub(crate) legs: BTreeMap<String, Leg>,
    pub(crate) phones: BTreeMap<String, PhoneState>,
    pub(crate) recordings: BTreeMap<String, Recording>,
    pub(crate) messages: BTreeMap<String, Message>,
    pub(crate) inventory: BTreeMap<String, Offer>,
    pub(crate) addresses: BTreeMap<String, Address>,
    pub(crate) bundles: BTreeMap<String, Bundle>,
    /// Verified identities and their accounts.
    pub(crate) identities: BTreeMap<String, String>,
    pub(crate) transcript: Vec<Line>,
    pub(crate) journal: Vec<Exchange>,
    pub(crate) ledger: Vec<Charge>,
    pub(crate) alerts: Vec<Alert>,
    pub(crate) expected_alerts: Vec<u32>,
    pub(crate) faults: Vec<Fault>,
    pub(crate) transcriptions_fail: bool,
    pub(crate) watchers: Vec<Waker>,
}

impl World {
    pub(crate) fn new(now: Duration, seed: u64) -> Self {
        let mut sids = Sids::new(seed);
        Self {
            now,
            account: Account::new(&mut sids, AccountKind::Full, now),
            others: BTreeMap::new(),
            sids,
            numbers: BTreeMap::new(),
            legs: BTreeMap::new(),
            phones: BTreeMap::new(),
            recordings: BTreeMap::new(),
            messages: BTreeMap::new(),
            inventory: inventory::stock(seed),
            addresses: BTreeMap::new(),
            bundles: BTreeMap::new(),
            identities: BTreeMap::new(),
            transcript: Vec::new(),
            journal: Vec::new(),
            ledger: Vec::new(),
            alerts: Vec::new(),
            expected_alerts: Vec::new(),
            faults: Vec::new(),
            transcriptions_fail: false,
            watchers: Vec::new(),
        }
    }

    /// Lets every task that waits for something look again.
    pub(crate) fn wake(&mut self) {
        for waker in self.watchers.drain(..) {
            waker.wake();
        }
    }

    /// An account, by its identifier.
    pub(crate) fn account(&self, sid: &str) -> Option<&Account> {
        if sid == self.account.sid { Some(&self.account) } else { self.others.get(sid) }
    }

    pub(crate) fn account_mut(&mut self, sid: &str) -> Option<&mut Account> {
        if sid == self.account.sid { Some(&mut self.account) } else { self.others.get_mut(sid) }
    }

    /// All accounts, the main one first.
    pub(crate) fn accounts(&self) -> impl Iterator<Item = &Account> {
        std::iter::once(&self.account).chain(self.others.values())
    }

    /// The account that a leg belongs to.
    pub(crate) fn account_of_leg(&self, sid: &str) -> String {
        self.legs.get(sid).map_or_else(|| self.account.sid.clone(), |leg| leg.account.clone())
    }

    /// Books something; the balance falls by its price.
    pub(crate) fn charge(&mut self, charge: Charge) {
        if let Some(account) = self.account_mut(&charge.account) {
            account.balance -= charge.price;
        }
        self.ledger.push(charge);
    }

    /// Adds a number to an account, or changes it. Its identifier.
    pub(crate) fn own(&mut self, account: &str, number: Number) -> String {
        let now = self.now;
        let known = self.numbers.get(&number.number).map(|n| (n.sid.clone(), n.created));
        let (sid, created) = known.unwrap_or_else(|| (self.sids.make("PN"), now));
        let mut number = Number { sid: sid.clone(), created, updated: now, account: account.to_owned(), ..number };
        if let Some(country) = catalogue::country_of(&number.number) {
            number.terms.country = country.iso;
        }
        self.numbers.insert(number.number.clone(), number);
        sid
    }

    /// A number leaves its account and is not for sale again. False when nobody owned it.
    pub(crate) fn release(&mut self, number: &str) -> bool {
        let Some(number) = self.numbers.remove(number) else {
            return false;
        };
        let charge = Charge::priced(self.now, &number.account, &number.sid, Item::NumberReleased, Money::default());
        let name = Some(number.get("FriendlyName").to_owned());
        self.charge(Charge { number: Some(number.number), name, ..charge });
        true
    }

    /// Creates a leg; its transcript belongs to its root.
    pub(crate) fn add_leg(&mut self, parent: Option<&str>, direction: Direction, from: &str, to: &str) -> String {
        let sid = self.sids.make("CA");
        let root =
            parent.and_then(|parent| self.legs.get(parent)).map_or_else(|| sid.clone(), |parent| parent.root.clone());
        let ours = if direction == Direction::Inbound { to } else { from };
        let account = match (self.legs.get(&root), self.numbers.get(ours)) {
            (Some(root), _) => root.account.clone(),
            (None, Some(number)) => number.account.clone(),
            (None, None) => self.account.sid.clone(),
        };
        let leg = Leg {
            sid: sid.clone(),
            account,
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
