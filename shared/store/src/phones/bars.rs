//! How a phone cannot be reached, as far as Twilio or its owner has said: for each channel the latest news counts.

use std::collections::BTreeSet;

use jiff::Timestamp;
use oncall::{
    Channel,
    incident::{Bar, KnownPhones},
};
use phone::PhoneNumber;

use crate::{
    Error, Store,
    calls::winner,
    item::{Attributes, text, text_of},
    keys::{Key, PK, due_at, phone_number},
};

/// How many items one BatchGetItem may ask for.
const MOST_KEYS: usize = 100;
/// It can be reached after all.
const NONE: &str = "none";

impl Store {
    /// What is known of some phones: one BatchGetItem for each hundred, strongly consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn known_phones(&self, phones: &BTreeSet<PhoneNumber>) -> Result<KnownPhones, Error> {
        let mut known = KnownPhones::default();
        let keys: Vec<_> = phones.iter().map(Key::phone_bars).collect();
        for some in keys.chunks(MOST_KEYS) {
            for item in self.get(some.to_vec()).await? {
                let Some(phone) = text_of(&item, PK).and_then(phone_number) else { continue };
                for channel in [Channel::Sms, Channel::Voice] {
                    if let Some(bar) = bar_of(&item, channel) {
                        known.bar(phone.clone(), channel, bar);
                    }
                }
            }
        }
        Ok(known)
    }

    /// Remembers that a phone cannot be reached in some way, or with none that it can, unless something later is known
    /// already: one UpdateItem, which may be repeated.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn bar_phone(
        &self,
        phone: &PhoneNumber,
        channel: Channel,
        bar: Option<Bar>,
        at: Timestamp,
    ) -> Result<(), Error> {
        let name = name(channel);
        let outcome = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(Key::phone_bars(phone).attributes()))
            .condition_expression("attribute_not_exists(#at) OR #at < :at")
            .update_expression("SET #bar = :bar, #at = :at")
            .expression_attribute_names("#bar", name)
            .expression_attribute_names("#at", format!("{name}_at"))
            .expression_attribute_values(":bar", text(word(bar)))
            .expression_attribute_values(":at", text(due_at(at)))
            .send()
            .await;
        winner(outcome).map(drop)
    }
}

fn name(channel: Channel) -> &'static str {
    match channel {
        Channel::Sms => "sms",
        Channel::Voice => "voice",
    }
}

fn word(bar: Option<Bar>) -> &'static str {
    match bar {
        None => NONE,
        Some(Bar::OptedOut) => "opted_out",
        Some(Bar::Refused) => "refused",
    }
}

/// What is not known does not keep a page back: Twilio will say so.
fn bar_of(item: &Attributes, channel: Channel) -> Option<Bar> {
    let said = text_of(item, name(channel))?;
    [Bar::OptedOut, Bar::Refused].into_iter().find(|bar| word(Some(*bar)) == said)
}
