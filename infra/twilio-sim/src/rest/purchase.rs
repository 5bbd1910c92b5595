//! Buying a number.
use super::{Ask, Reply, numbers, settings};
use crate::{
    account::AccountKind,
    act::is_e164,
    catalogue::NumberKind,
    inventory::Offer,
    ledger::{Charge, Item},
    number::Number,
    world::World,
};

/// Buys a number for the account: it is in use at once, with all settings that came along. Nothing happens when it
/// is refused.
pub(super) fn purchase(world: &mut World, ask: &Ask, kind: Option<NumberKind>) -> Reply {
    match bought(world, ask, kind) {
        Ok(number) => {
            let number = book(world, &ask.account, number);
            world.inventory.remove(&number.number);
            Reply::json(201, numbers::view(&number))
        }
        Err(refusal) => refusal,
    }
}

/// What would be bought.
fn bought(world: &World, ask: &Ask, kind: Option<NumberKind>) -> Result<Number, Reply> {
    let offer = match (ask.given("PhoneNumber"), ask.given("AreaCode")) {
        (Some(number), None) => exactly(world, number)?,
        (None, Some(area)) => somewhere(world, area, kind)?,
        _ => return Err(Reply::error(400, 21421, "Exactly one of PhoneNumber and AreaCode is needed")),
    };
    if kind.is_some_and(|kind| kind != offer.terms.kind) {
        return Err(Reply::error(400, 21458, "PhoneNumber Provisioning Type Mismatch"));
    }
    let trial = world.account(&ask.account).is_some_and(|account| account.kind == AccountKind::Trial);
    if trial && world.numbers.values().any(|number| number.account == ask.account) {
        return Err(Reply::error(400, 21404, "Inbound Phone number not available to trial account"));
    }
    let plain = Number { terms: offer.terms, ..Number::new(offer.number.clone()).friendly_name(offer.friendly_name()) };
    let number = settings::apply(ask, &plain)?;
    settings::has_papers(world, &ask.account, &number)?;
    Ok(number)
}

fn exactly<'a>(world: &'a World, number: &str) -> Result<&'a Offer, Reply> {
    if !is_e164(number) {
        return Err(Reply::error(400, 21421, &format!("{number} is not a valid number")));
    }
    // owned, sold to somebody else, or never Twilio's: one answer
    world.inventory.get(number).ok_or_else(|| Reply::error(400, 21422, &format!("{number} is not available.")))
}

fn somewhere<'a>(world: &'a World, area: &str, kind: Option<NumberKind>) -> Result<&'a Offer, Reply> {
    if kind.is_some_and(|kind| kind != NumberKind::Local) {
        return Err(Reply::error(400, 21457, "AreaCode Parameter not Supported"));
    }
    if area.len() != 3 || !area.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Reply::error(400, 21451, "Invalid area code"));
    }
    let prefix = format!("+1{area}");
    let mut locals = world.inventory.values().filter(|offer| offer.terms.kind == NumberKind::Local);
    locals
        .find(|offer| offer.number.starts_with(&prefix))
        .ok_or_else(|| Reply::error(400, 21452, &format!("No phone numbers found in area code {area}")))
}

/// The number changes hands and its first month is paid.
fn book(world: &mut World, account: &str, number: Number) -> Number {
    let sid = world.own(account, number.clone());
    let charge = Charge::priced(world.now, account, &sid, Item::NumberBought, number.terms.monthly);
    let name = Some(number.get("FriendlyName").to_owned());
    world.charge(Charge { number: Some(number.number.clone()), name, ..charge });
    world.numbers.get(&number.number).cloned().unwrap_or(number)
}
