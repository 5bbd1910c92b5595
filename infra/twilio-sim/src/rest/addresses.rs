//! The Addresses resource.
use serde_json::{Value, json};

use super::{Ask, Reply, page::page};
use crate::{
    address::{Address, Postal},
    instant,
    world::World,
};

pub(super) fn list(world: &World, ask: &Ask) -> Reply {
    let wanted = |name: &str, value: &str| ask.get(name).is_none_or(|wanted| wanted == value);
    let emergency = ask.get("EmergencyEnabled").map(|wanted| wanted == "true");
    let chosen = world.addresses.values().filter(|address| {
        address.account == ask.account
            && wanted("CustomerName", &address.place.customer_name)
            && wanted("FriendlyName", &address.friendly_name)
            && wanted("IsoCountry", &address.place.iso_country)
            && emergency.is_none_or(|wanted| wanted == address.emergency)
    });
    page(ask, "addresses", chosen.map(view).collect())
}

pub(super) fn fetch(world: &World, ask: &Ask, sid: &str) -> Reply {
    match find(world, ask, sid) {
        Some(address) => Reply::json(200, view(address)),
        None => Reply::not_found(&ask.path),
    }
}

pub(super) fn create(world: &mut World, ask: &Ask) -> Reply {
    let country = ask.get("IsoCountry").unwrap_or_default();
    if country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Reply::error(400, 20001, "IsoCountry is not valid");
    }
    let empty = Postal { iso_country: country.to_owned(), ..Postal::default() };
    let place = match checked(ask, empty) {
        Ok(place) => place,
        Err(refusal) => return refusal,
    };
    let address = Address {
        sid: world.sids.make("AD"),
        account: ask.account.clone(),
        friendly_name: ask.get("FriendlyName").unwrap_or_default().to_owned(),
        emergency: ask.get("EmergencyEnabled") == Some("true"),
        place,
        created: world.now,
        updated: world.now,
    };
    let body = view(&address);
    world.addresses.insert(address.sid.clone(), address);
    Reply::json(201, body)
}

pub(super) fn update(world: &mut World, ask: &Ask, sid: &str) -> Reply {
    let Some(known) = find(world, ask, sid).map(|address| address.place.clone()) else {
        return Reply::not_found(&ask.path);
    };
    let place = match checked(ask, known) {
        Ok(place) => place,
        Err(refusal) => return refusal,
    };
    let now = world.now;
    let Some(address) = world.addresses.get_mut(sid) else {
        return Reply::not_found(&ask.path);
    };
    (address.place, address.updated) = (place, now);
    if let Some(name) = ask.get("FriendlyName") {
        address.friendly_name = name.to_owned();
    }
    if let Some(enabled) = ask.get("EmergencyEnabled") {
        address.emergency = enabled == "true";
    }
    Reply::json(200, view(address))
}

/// An address that a number was bought with stays. Twilio's dictionary has no code of its own for it.
pub(super) fn delete(world: &mut World, ask: &Ask, sid: &str) -> Reply {
    if find(world, ask, sid).is_none() {
        return Reply::not_found(&ask.path);
    }
    if world.numbers.values().any(|number| number.get("AddressSid") == sid) {
        return Reply::error(409, 20409, "The address is in use by a phone number");
    }
    world.addresses.remove(sid);
    Reply::gone()
}

fn find<'a>(world: &'a World, ask: &Ask, sid: &str) -> Option<&'a Address> {
    world.addresses.get(sid).filter(|address| address.account == ask.account)
}

/// An address with what the request says, as it would be kept. Unless that is forbidden, Twilio corrects it.
fn checked(ask: &Ask, known: Postal) -> Result<Postal, Reply> {
    let said = |name: &str, known: String| ask.get(name).map_or(known, str::to_owned);
    let place = Postal {
        customer_name: said("CustomerName", known.customer_name),
        street: said("Street", known.street),
        street_secondary: said("StreetSecondary", known.street_secondary),
        city: said("City", known.city),
        region: said("Region", known.region),
        postal_code: said("PostalCode", known.postal_code),
        iso_country: known.iso_country,
    };
    if !place.is_checked() {
        return Ok(place);
    }
    let corrected = place.corrected();
    if !corrected.is_plausible() {
        return Err(Reply::error(400, 21628, "Address Validation Error"));
    }
    if corrected != place && ask.get("AutoCorrectAddress") == Some("false") {
        let message = format!("Address Validation Error - Check Suggested Address: {}", corrected.line());
        return Err(Reply::error(400, 21629, &message));
    }
    Ok(corrected)
}

fn view(address: &Address) -> Value {
    let place = &address.place;
    let secondary = Some(&place.street_secondary).filter(|text| !text.is_empty());
    json!({
        "sid": address.sid,
        "account_sid": address.account,
        "city": place.city,
        "customer_name": place.customer_name,
        "date_created": instant::rfc2822(address.created),
        "date_updated": instant::rfc2822(address.updated),
        "emergency_enabled": address.emergency,
        "friendly_name": address.friendly_name,
        "iso_country": place.iso_country,
        "postal_code": place.postal_code,
        "region": place.region,
        "street": place.street,
        "street_secondary": secondary,
        "uri": format!("/2010-04-01/Accounts/{}/Addresses/{}.json", address.account, address.sid),
        "validated": place.is_checked(),
        "verified": false,
    })
}
