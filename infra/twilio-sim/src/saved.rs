//! What accounts have, written down, so that a simulator that is started anew goes on with the same accounts: their
//! credentials, money, numbers and papers. Calls, texts, people and faults end with the process.
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{account::Account, address::Address, bundle::Bundle, catalogue, number::Number, sim::Sim, world::World};

/// Accounts and what they have, to be kept by serde. It holds their secrets.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Saved {
    account: Account,
    others: BTreeMap<String, Account>,
    numbers: BTreeMap<String, Number>,
    addresses: BTreeMap<String, Address>,
    bundles: BTreeMap<String, Bundle>,
    identities: BTreeMap<String, String>,
}

impl std::fmt::Debug for Saved {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Saved").field("account", &self.account).finish_non_exhaustive()
    }
}

impl Sim {
    /// What all accounts have at this moment. [`crate::Options::saved`] takes it.
    pub fn saved(&self) -> Saved {
        self.engine.read(|w| Saved {
            account: w.account.clone(),
            others: w.others.clone(),
            numbers: w.numbers.clone(),
            addresses: w.addresses.clone(),
            bundles: w.bundles.clone(),
            identities: w.identities.clone(),
        })
    }
}

impl World {
    /// Goes on with what was saved, in the place of what it has. What is owned is not for sale.
    pub(crate) fn restore(&mut self, saved: Saved) {
        let Saved { account, others, mut numbers, addresses, bundles, identities } = saved;
        for (number, kept) in &mut numbers {
            kept.terms.country = catalogue::country_of(number).map_or("", |country| country.iso);
            self.inventory.remove(number);
        }
        (self.account, self.others, self.numbers) = (account, others, numbers);
        (self.addresses, self.bundles, self.identities) = (addresses, bundles, identities);
    }
}
