//! What a client asks to be bought: checked, and kept with the purchase.

use api::NewPurchase;
use oncall::{CallerIdPolicy, Line, LineId, Voicemail, WithheldPolicy};
use phone::PhoneNumber;
use ring::digest::{SHA256, digest};
use store::{NumberRecord, Purchase};
use twilio::rest::{CountryCode, Decimal, Money, NumberKind, NumberSettings};

use crate::{
    failure::{Cause, Failure},
    texts::Typed,
    webhooks::NAME_PREFIX,
};

/// A purchase that can be asked for.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub(crate) request: NewPurchase,
    pub(crate) country: CountryCode,
    pub(crate) kind: NumberKind,
    pub(crate) price: Money,
    /// Its papers alone.
    pub(crate) papers: NumberSettings,
}

impl Wanted {
    pub(crate) fn check(request: NewPurchase) -> Result<Self, Failure> {
        let mut typed = Typed::default();
        typed.name("name", &request.name);
        let country: Option<CountryCode> = request.country.parse().ok();
        if country.is_none() {
            typed.refuse("country", "must be two capital letters");
        }
        let price = money(&request.monthly_price);
        if price.is_none() {
            typed.refuse("monthly_price", "must be an amount and a currency, as the search shows them");
        }
        let (address, bundle, identity) = (&request.address, &request.bundle, &request.identity);
        let papers = NumberSettings {
            address: address.as_ref().and_then(|sid| typed.sid("address", sid, "an address", "AD")),
            bundle: bundle.as_ref().and_then(|sid| typed.sid("bundle", sid, "a bundle", "BU")),
            identity: identity.as_ref().and_then(|sid| typed.sid("identity", sid, "an identity", "RI")),
            ..NumberSettings::default()
        };
        let (country, price) = typed.read(country.zip(price))?;
        Ok(Self { kind: kind(request.kind), country, price, papers, request })
    }

    /// The request that a purchase was begun with.
    pub(crate) fn of(purchase: &Purchase) -> Result<Self, Failure> {
        let request = serde_json::from_value(purchase.request.clone()).map_err(|error| Failure::internal(&error))?;
        Self::check(request).map_err(|_| Cause::Internal.into())
    }

    pub(crate) fn number(&self) -> &PhoneNumber {
        &self.request.number.0
    }

    pub(crate) fn line(&self, id: &str) -> Line {
        new_line(id, self.number(), &self.request.name, &self.request.language)
    }

    pub(crate) fn record(&self, purchase: &Purchase, sid: &str, now: jiff::Timestamp) -> NumberRecord {
        NumberRecord {
            line: purchase.line.clone(),
            account: purchase.account.clone(),
            sid: sid.to_owned(),
            number: purchase.number.clone(),
            friendly_name: friendly_name(&purchase.id),
            country: self.request.country.clone(),
            kind: self.kind.as_str().to_owned(),
            monthly_price: Some(self.price.to_string()),
            since: now,
            purchase: Some(purchase.id.clone()),
            // asked when somebody wants to know
            sends: None,
            releasing: None,
            released_by: None,
        }
    }
}

/// A line that leads nowhere yet, and therefore is disabled.
pub(crate) fn new_line(id: &str, number: &PhoneNumber, name: &str, language: &str) -> Line {
    Line {
        id: LineId::new(id),
        number: number.clone(),
        name: name.to_owned(),
        enabled: false,
        language: language.to_owned(),
        voice: None,
        prompts: Default::default(),
        destinations: Vec::new(),
        default_destination: None,
        caller_id: CallerIdPolicy::Line,
        ring_seconds: Line::RING_SECONDS,
        // Twilio writes down US English only
        voicemail: Voicemail { transcribe: language == "en-US", ..Voicemail::default() },
        recording: false,
        support_hours: None,
        blocked: Vec::new(),
        allowed: Vec::new(),
        withheld: WithheldPolicy::Accept,
        opens_incidents: true,
        sms_notifications: false,
        voice_notifications: false,
    }
}

/// What a number is called at Twilio: no other purchase calls one like this.
pub(crate) fn friendly_name(purchase: &str) -> String {
    format!("{NAME_PREFIX}{purchase}")
}

/// The ids of the purchase and of its line: the same for the same key, whatever was written before.
pub(crate) fn ids(account: &str, key: &str) -> (String, String) {
    let hash = digest(&SHA256, format!("{account}\n{key}").as_bytes());
    let (purchase, line) = hash.as_ref().split_at(20);
    (format!("pu_{}", letters(purchase)), format!("ln_{}", letters(line.get(..10).unwrap_or_default())))
}

/// One of 32 letters and digits for each byte.
fn letters(bytes: &[u8]) -> String {
    bytes.iter().filter_map(|byte| ALPHABET.get(usize::from(byte & 31))).copied().map(char::from).collect()
}

const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

pub(crate) fn kind(kind: api::NumberKind) -> NumberKind {
    match kind {
        api::NumberKind::Local => NumberKind::Local,
        api::NumberKind::Mobile => NumberKind::Mobile,
        api::NumberKind::TollFree => NumberKind::TollFree,
        api::NumberKind::National => NumberKind::National,
    }
}

pub(crate) fn shown_money(money: &Money) -> api::Money {
    api::Money { amount: money.amount().to_string(), currency: money.currency().to_string() }
}

fn money(money: &api::Money) -> Option<Money> {
    let amount: Decimal = money.amount.parse().ok()?;
    Some(Money::new(amount, money.currency.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_key_is_the_same_purchase_and_the_same_line() {
        let (purchase, line) = ids("AC1", "k");
        assert_eq!((purchase.clone(), line.clone()), ids("AC1", "k"));
        assert_eq!((purchase.len(), line.len()), (23, 13));
        assert!(friendly_name(&purchase).len() <= 64);
        assert_ne!(ids("AC1", "l"), (purchase.clone(), line.clone()));
        assert_ne!(ids("AC2", "k"), (purchase, line));
    }

    #[test]
    fn fields_that_cannot_stay_are_named() {
        let request = |text: &str| -> NewPurchase { serde_json::from_str(text).unwrap() };
        let good = r#"{"number": "+4721000000", "country": "NO", "type": "local", "name": "Hotline",
            "monthly_price": {"amount": "3.00", "currency": "USD"}, "address": "AD00000000000000000000000000000001"}"#;
        assert!(Wanted::check(request(good)).is_ok());
        for (from, to) in [
            ("NO", "Norway"),
            ("Hotline", " "),
            ("3.00", "three"),
            ("USD", "$"),
            ("AD0", "BU0"),
            ("AD0", "AD"),
            ("AD0", "AD-"),
        ] {
            assert!(Wanted::check(request(&good.replace(from, to))).is_err(), "{to}");
        }
    }
}
