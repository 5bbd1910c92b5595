//! The IncomingPhoneNumbers resource: the numbers that an account has.
use serde_json::{Value, json};

use super::{Ask, Reply, page::page, settings};
use crate::{catalogue::NumberKind, instant, number::Number, world::World};

pub(super) fn list(world: &World, ask: &Ask, kind: Option<NumberKind>) -> Reply {
    let chosen = world.numbers.values().filter(|number| {
        number.account == ask.account
            && kind.is_none_or(|kind| kind == number.terms.kind)
            && ask.get("PhoneNumber").is_none_or(|wanted| matches(wanted, &number.number))
            && ask.get("FriendlyName").is_none_or(|wanted| wanted == number.get("FriendlyName"))
            && !(ask.get("Beta") == Some("false") && number.terms.beta)
            && ask.get("Origin").is_none_or(|origin| origin == "twilio")
    });
    page(ask, "incoming_phone_numbers", chosen.map(view).collect())
}

/// The numbers that were bought with an address.
pub(super) fn dependent(world: &World, ask: &Ask, address: &str) -> Reply {
    if world.addresses.get(address).is_none_or(|address| address.account != ask.account) {
        return Reply::not_found(&ask.path);
    }
    let chosen = world.numbers.values().filter(|number| number.get("AddressSid") == address);
    page(ask, "dependent_phone_numbers", chosen.map(view).collect())
}

pub(super) fn fetch(world: &World, ask: &Ask, sid: &str) -> Reply {
    match find(world, ask, sid) {
        Some(number) => Reply::json(200, view(number)),
        None => Reply::not_found(&ask.path),
    }
}

/// Sets webhooks, names and papers; an empty value clears a setting.
pub(super) fn update(world: &mut World, ask: &Ask, sid: &str) -> Reply {
    let Some(number) = find(world, ask, sid) else {
        return Reply::not_found(&ask.path);
    };
    let changed = match settings::apply(ask, number) {
        Ok(changed) => changed,
        Err(refusal) => return refusal,
    };
    let papers = ["AddressSid", "BundleSid", "IdentitySid"].iter().any(|name| ask.get(name).is_some());
    if papers && let Err(refusal) = settings::has_papers(world, &ask.account, &changed) {
        return refusal;
    }
    let changed = Number { updated: world.now, ..changed };
    let body = view(&changed);
    world.numbers.insert(changed.number.clone(), changed);
    Reply::json(200, body)
}

/// Releases a number at once and for good: it is not for sale again.
pub(super) fn delete(world: &mut World, ask: &Ask, sid: &str) -> Reply {
    let Some(number) = find(world, ask, sid).map(|number| number.number.clone()) else {
        return Reply::not_found(&ask.path);
    };
    world.release(&number);
    Reply::gone()
}

fn find<'a>(world: &'a World, ask: &Ask, sid: &str) -> Option<&'a Number> {
    world.numbers.values().find(|number| number.sid == sid && number.account == ask.account)
}

/// Twilio matches parts of numbers, and `*` for any digits.
fn matches(pattern: &str, number: &str) -> bool {
    let mut rest = number;
    pattern.split('*').filter(|part| !part.is_empty()).all(|part| match rest.find(part) {
        Some(at) => {
            rest = &rest[at + part.len()..];
            true
        }
        None => false,
    })
}

pub(super) fn view(number: &Number) -> Value {
    let uri = format!("/2010-04-01/Accounts/{}/IncomingPhoneNumbers/{}", number.account, number.sid);
    let terms = &number.terms;
    let reference = |name: &str| Some(number.get(name)).filter(|sid| !sid.is_empty());
    json!({
        "sid": number.sid,
        "account_sid": number.account,
        "address_requirements": terms.address.as_str(),
        "address_sid": reference("AddressSid"),
        "api_version": "2010-04-01",
        "beta": terms.beta,
        "bundle_sid": reference("BundleSid"),
        "capabilities": { "voice": terms.voice, "sms": terms.sms, "mms": terms.mms, "fax": false },
        "date_created": instant::rfc2822(number.created),
        "date_updated": instant::rfc2822(number.updated),
        "emergency_address_sid": null,
        "emergency_address_status": "unregistered",
        "emergency_status": "Inactive",
        "friendly_name": number.get("FriendlyName"),
        "identity_sid": reference("IdentitySid"),
        "origin": "twilio",
        "phone_number": number.number,
        "sms_application_sid": reference("SmsApplicationSid"),
        "sms_fallback_method": number.get("SmsFallbackMethod"),
        "sms_fallback_url": number.get("SmsFallbackUrl"),
        "sms_method": number.get("SmsMethod"),
        "sms_url": number.get("SmsUrl"),
        "status": "in-use",
        "status_callback": number.get("StatusCallback"),
        "status_callback_method": number.get("StatusCallbackMethod"),
        "subresource_uris": { "assigned_add_ons": format!("{uri}/AssignedAddOns.json") },
        "trunk_sid": reference("TrunkSid"),
        "uri": format!("{uri}.json"),
        "voice_application_sid": reference("VoiceApplicationSid"),
        "voice_caller_id_lookup": false,
        "voice_fallback_method": number.get("VoiceFallbackMethod"),
        "voice_fallback_url": number.get("VoiceFallbackUrl"),
        "voice_method": number.get("VoiceMethod"),
        "voice_receive_mode": "voice",
        "voice_url": number.get("VoiceUrl"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_of_numbers() {
        for (pattern, found) in [("+4721000000", true), ("2100", true), ("+47*00", true), ("+46", false)] {
            assert_eq!(matches(pattern, "+4721000000"), found, "{pattern}");
        }
    }
}
