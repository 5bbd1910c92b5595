//! What accounts have: numbers, money, papers; and what happens to it behind the product's back.
use crate::{
    account::{Account, AccountKind, Credentials},
    bundle::{Bundle, BundleStatus, regulations},
    catalogue::NumberKind,
    inventory::Offer,
    money::Money,
    number::Number,
    sim::Sim,
    world::World,
};

impl Sim {
    /// What opens the main account.
    pub fn credentials(&self) -> Credentials {
        self.engine.read(|w| w.account.credentials())
    }

    /// Opens another account.
    pub fn open_account(&self, kind: AccountKind) -> Credentials {
        self.engine.change(|w| w.open_account(kind))
    }

    /// Twilio suspends an account, or lifts the suspension: 20005 meanwhile.
    pub fn suspend_account(&self, account: &str, suspended: bool) {
        self.engine.change(|w| w.account_mut(account).map(|found| found.active = !suspended));
    }

    /// What an account has left; None for an unknown one.
    pub fn balance(&self, account: &str) -> Option<Money> {
        self.engine.read(|w| w.account(account).map(|found| found.balance))
    }

    /// Somebody paid in, or the money ran out.
    pub fn set_balance(&self, account: &str, balance: Money) {
        self.engine.change(|w| w.account_mut(account).map(|found| found.balance = balance));
    }

    /// Adds a number to an account, or changes it. Its identifier.
    pub fn own_in(&self, account: &str, number: Number) -> String {
        self.engine.change(|w| w.own(account, number))
    }

    /// The numbers of all accounts.
    pub fn numbers(&self) -> Vec<Number> {
        self.engine.read(|w| w.numbers.values().cloned().collect())
    }

    /// A number as it is now, whoever owns it.
    pub fn number(&self, number: &str) -> Option<Number> {
        self.engine.read(|w| w.numbers.get(number).cloned())
    }

    /// Somebody changes a number's setting in Twilio's console. The setting has its name in the REST API, such as
    /// `VoiceUrl`. False when nobody owns the number or the setting is not simulated.
    pub fn drift(&self, number: &str, setting: &str, value: &str) -> bool {
        self.engine.change(|w| w.drift(number, setting, value))
    }

    /// Somebody releases a number in Twilio's console. False when nobody owned it.
    pub fn release_in_console(&self, number: &str) -> bool {
        self.engine.change(|w| w.release(number))
    }

    /// Everything that is for sale.
    pub fn inventory(&self) -> Vec<Offer> {
        self.engine.read(|w| w.inventory.values().cloned().collect())
    }

    /// One more number is for sale.
    pub fn stock(&self, offer: Offer) {
        self.engine.change(|w| w.inventory.insert(offer.number.clone(), offer));
    }

    /// Another customer buys a number. False when it was not for sale.
    pub fn sells_elsewhere(&self, number: &str) -> bool {
        self.engine.change(|w| w.inventory.remove(number).is_some())
    }

    /// Gives an account a bundle in this state; None when that country asks for none. `end_user` is `individual` or
    /// `business`.
    pub fn bundle(
        &self,
        account: &str,
        country: &str,
        kind: NumberKind,
        end_user: &str,
        status: BundleStatus,
    ) -> Option<String> {
        self.engine.change(|w| w.add_bundle(account, country, kind, end_user, status))
    }

    /// Somebody at Twilio has looked at a bundle. False for an unknown one.
    pub fn set_bundle(&self, sid: &str, status: BundleStatus) -> bool {
        self.engine.change(|w| w.set_bundle(sid, status))
    }

    /// Gives an account a verified identity, `RI…`.
    pub fn identity(&self, account: &str) -> String {
        self.engine.change(|w| w.add_identity(account))
    }
}

impl World {
    pub(crate) fn open_account(&mut self, kind: AccountKind) -> Credentials {
        let account = Account::new(&mut self.sids, kind, self.now);
        let credentials = account.credentials();
        self.others.insert(account.sid.clone(), account);
        credentials
    }

    pub(crate) fn drift(&mut self, number: &str, setting: &str, value: &str) -> bool {
        let now = self.now;
        self.numbers.get_mut(number).is_some_and(|number| {
            number.updated = now;
            number.set(setting, value)
        })
    }

    pub(crate) fn add_bundle(
        &mut self,
        account: &str,
        country: &str,
        kind: NumberKind,
        end_user: &str,
        status: BundleStatus,
    ) -> Option<String> {
        let regulation = regulations()
            .into_iter()
            .find(|known| (known.country, known.kind, known.end_user) == (country, kind, end_user))?;
        let sid = self.sids.make("BU");
        let bundle = Bundle {
            sid: sid.clone(),
            account: account.to_owned(),
            regulation: Some(regulation),
            friendly_name: regulation.friendly_name(),
            email: "compliance@example.org".to_owned(),
            status_callback: None,
            status,
            created: self.now,
            updated: self.now,
        };
        self.bundles.insert(sid.clone(), bundle);
        Some(sid)
    }

    pub(crate) fn set_bundle(&mut self, sid: &str, status: BundleStatus) -> bool {
        let now = self.now;
        self.bundles.get_mut(sid).is_some_and(|bundle| {
            (bundle.status, bundle.updated) = (status, now);
            true
        })
    }

    pub(crate) fn add_identity(&mut self, account: &str) -> String {
        let sid = self.sids.make("RI");
        self.identities.insert(sid.clone(), account.to_owned());
        sid
    }
}
