//! The AvailablePhoneNumbers resource: what is for sale. It knows no prices.
use serde_json::{Value, json};

use super::{Ask, Reply, contains::Pattern};
use crate::{
    account::scatter,
    catalogue::{self, AddressRequirement, Country, NumberKind},
    inventory::Offer,
    world::World,
};

/// A kind by the name of its subresource.
pub(super) fn kind(path: &str) -> Option<NumberKind> {
    NumberKind::ALL.into_iter().find(|kind| kind.path() == path)
}

pub(super) fn countries(ask: &Ask) -> Reply {
    let all: Vec<_> = catalogue::countries().iter().map(|country| country_view(ask, country)).collect();
    Reply::json(200, json!({ "countries": all, "uri": ask.uri }))
}

pub(super) fn country(ask: &Ask, iso: &str) -> Reply {
    match catalogue::country(iso) {
        Some(country) => Reply::json(200, country_view(ask, country)),
        None => Reply::not_found(&ask.path),
    }
}

/// What the request asks for and the simulator cannot decide.
pub(super) fn beyond(ask: &Ask, country: &str) -> Option<&'static str> {
    let american = ["AreaCode", "NearNumber", "NearLatLong", "Distance", "InPostalCode", "InRateCenter", "InLata"];
    if country != "US" && american.iter().any(|name| ask.get(name).is_some()) {
        return Some("this search parameter is for the US and Canada alone");
    }
    let number = ["InPostalCode", "InRateCenter", "InLata", "InRegion", "InLocality"];
    let by_number = number.iter().any(|name| ask.get(name).is_some_and(|value| value.starts_with('+')));
    by_number.then_some("a place given by a number is beyond the simulator")
}

/// Numbers of a kind, in an order that looks like none. No paging: Twilio gives no links here.
pub(super) fn search(world: &World, ask: &Ask, iso: &str, path: &str) -> Reply {
    let found = catalogue::country(iso).zip(kind(path)).filter(|(country, kind)| country.terms(*kind).is_some());
    let Some((_, kind)) = found else {
        return Reply::not_found(&ask.path);
    };
    let pattern = match ask.given("Contains").map(Pattern::read) {
        Some(None) => return Reply::error(400, 20001, "Contains is not a valid pattern"),
        pattern => pattern.flatten(),
    };
    let near = match near(world, ask) {
        Ok(near) => near,
        Err(refusal) => return refusal,
    };
    let mut found: Vec<&Offer> = world
        .inventory
        .values()
        .filter(|offer| offer.terms.country == iso && offer.terms.kind == kind)
        .filter(|offer| pattern.as_ref().is_none_or(|pattern| pattern.matches(&offer.number)))
        .filter(|offer| near.is_none_or(|near| offer.place.position.is_some_and(|here| miles(here, near.0) <= near.1)))
        .filter(|offer| is_wanted(ask, offer))
        .collect();
    found.sort_by_key(|offer| offer.number.bytes().fold(0, |sum, byte| scatter(sum ^ u64::from(byte))));
    let number = |name: &str| ask.get(name).and_then(|value| value.parse::<usize>().ok());
    let size = number("PageSize").unwrap_or(50);
    let start = number("Page").unwrap_or(0).saturating_mul(size);
    let page: Vec<_> = found.into_iter().skip(start).take(size).map(view).collect();
    Reply::json(200, json!({ "available_phone_numbers": page, "uri": ask.uri }))
}

fn is_wanted(ask: &Ask, offer: &Offer) -> bool {
    let (terms, place) = (&offer.terms, &offer.place);
    let able = |name: &str, able: bool| ask.given(name).is_none_or(|wanted| (wanted == "true") == able);
    let at = |name: &str, place: &str| ask.given(name).is_none_or(|wanted| wanted.eq_ignore_ascii_case(place));
    let excluded = |name: &str| ask.get(name) == Some("true");
    let area = || ask.given("AreaCode").is_none_or(|area| offer.number.starts_with(&format!("+1{area}")));
    able("VoiceEnabled", terms.voice)
        && able("SmsEnabled", terms.sms)
        && able("MmsEnabled", terms.mms)
        && able("FaxEnabled", false)
        && !(ask.get("Beta") == Some("false") && terms.beta)
        && !(excluded("ExcludeAllAddressRequired") && terms.address != AddressRequirement::None)
        && !(excluded("ExcludeLocalAddressRequired") && terms.address == AddressRequirement::Local)
        && !(excluded("ExcludeForeignAddressRequired") && terms.address == AddressRequirement::Foreign)
        && at("InLocality", place.locality)
        && at("InRegion", place.region)
        && at("InPostalCode", place.postal_code)
        && at("InRateCenter", place.rate_center)
        && at("InLata", place.lata)
        && (terms.country != "US" || area())
}

type Position = (f64, f64);

/// The middle and the radius in miles of a search near something.
fn near(world: &World, ask: &Ask) -> Result<Option<(Position, f64)>, Reply> {
    let refused = |name: &str| Reply::error(400, 20001, &format!("{name} is not valid"));
    let distance = ask.given("Distance").map_or(25, |value| value.parse().unwrap_or(0));
    if !(1..=500).contains(&distance) {
        return Err(refused("Distance"));
    }
    let radius = f64::from(distance);
    if let Some(text) = ask.given("NearLatLong") {
        let pair = text.split_once(',').and_then(|(north, east)| north.parse().ok().zip(east.parse().ok()));
        return pair.map(|middle| Some((middle, radius))).ok_or_else(|| refused("NearLatLong"));
    }
    let Some(number) = ask.given("NearNumber") else {
        return Ok(None);
    };
    let area = number.get(..5).ok_or_else(|| refused("NearNumber"))?;
    let neighbour = world.inventory.values().find(|offer| offer.number.starts_with(area));
    neighbour
        .and_then(|offer| offer.place.position)
        .map(|middle| Some((middle, radius)))
        .ok_or_else(|| refused("NearNumber"))
}

/// The distance of two places on the globe.
fn miles(one: Position, other: Position) -> f64 {
    let radians = |(north, east): Position| (north.to_radians(), east.to_radians());
    let ((a, b), (c, d)) = (radians(one), radians(other));
    let half = |angle: f64| (angle / 2.0).sin().powi(2);
    let chord = half(c - a) + a.cos() * c.cos() * half(d - b);
    2.0 * 3959.0 * chord.sqrt().asin()
}

fn country_view(ask: &Ask, country: &Country) -> Value {
    let base = format!("/2010-04-01/Accounts/{}/AvailablePhoneNumbers/{}", ask.account, country.iso);
    let kinds = NumberKind::ALL.into_iter().filter(|kind| country.terms(*kind).is_some());
    let subresources: serde_json::Map<_, _> =
        kinds.map(|kind| (kind.key().to_owned(), json!(format!("{base}/{}.json", kind.path())))).collect();
    json!({
        "country_code": country.iso,
        "country": country.name,
        "uri": format!("{base}.json"),
        "beta": false,
        "subresource_uris": subresources,
    })
}

/// Capabilities are in capitals here, and in small letters once the number is owned.
fn view(offer: &Offer) -> Value {
    let (terms, place) = (&offer.terms, &offer.place);
    let known = |text: &'static str| Some(text).filter(|text| !text.is_empty());
    let degrees = |degrees: f64| format!("{degrees:.6}");
    json!({
        "friendly_name": offer.friendly_name(),
        "phone_number": offer.number,
        "lata": known(place.lata),
        "locality": known(place.locality),
        "rate_center": known(place.rate_center).map(str::to_uppercase),
        "latitude": place.position.map(|(north, _)| degrees(north)),
        "longitude": place.position.map(|(_, east)| degrees(east)),
        "region": known(place.region),
        "postal_code": known(place.postal_code),
        "iso_country": terms.country,
        "address_requirements": terms.address.as_str(),
        "beta": terms.beta,
        "capabilities": { "voice": terms.voice, "SMS": terms.sms, "MMS": terms.mms },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        let (francisco, oakland, york) = ((37.78, -122.42), (37.8, -122.27), (40.75, -73.99));
        assert!((miles(francisco, oakland) - 8.3).abs() < 0.5);
        assert!((miles(francisco, york) - 2566.0).abs() < 20.0);
        assert!(miles(york, york) < 0.01);
    }
}
