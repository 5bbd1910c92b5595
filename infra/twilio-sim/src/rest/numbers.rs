//! The IncomingPhoneNumbers resource.
use serde_json::{Value, json};

use super::{Ask, Reply, page::page};
use crate::{instant, number::Number, world::World};

pub(super) fn list(world: &World, ask: &Ask) -> Reply {
    let chosen = world.numbers.values().filter(|number| {
        ask.get("PhoneNumber").is_none_or(|wanted| matches(wanted, &number.number))
            && ask.get("FriendlyName").is_none_or(|wanted| wanted == number.friendly_name)
    });
    page(ask, "incoming_phone_numbers", chosen.map(|number| view(world, number)).collect())
}

pub(super) fn fetch(world: &World, ask: &Ask, sid: &str) -> Reply {
    match world.numbers.values().find(|number| number.sid == sid) {
        Some(number) => Reply::json(200, view(world, number)),
        None => Reply::not_found(&ask.path),
    }
}

/// Sets webhooks and names; an empty value clears a setting.
pub(super) fn update(world: &mut World, ask: &Ask, sid: &str) -> Reply {
    let now = world.now;
    let Some(number) = world.numbers.values_mut().find(|number| number.sid == sid) else {
        return Reply::not_found(&ask.path);
    };
    for (name, value) in &ask.params {
        let setting = match name.as_str() {
            "FriendlyName" if value.chars().count() > 64 => {
                return Reply::error(400, 20002, "Invalid FriendlyName");
            }
            "FriendlyName" => &mut number.friendly_name,
            "VoiceUrl" => &mut number.voice_url,
            "VoiceMethod" => &mut number.voice_method,
            "VoiceFallbackUrl" => &mut number.fallback_url,
            "VoiceFallbackMethod" => &mut number.fallback_method,
            "StatusCallback" => &mut number.status_callback,
            "StatusCallbackMethod" => &mut number.status_callback_method,
            "SmsUrl" => &mut number.sms_url,
            "SmsMethod" => &mut number.sms_method,
            "SmsFallbackUrl" => &mut number.sms_fallback_url,
            _ => continue,
        };
        setting.clone_from(value);
    }
    number.updated = now;
    let sid = number.sid.clone();
    fetch(world, ask, &sid)
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

fn view(world: &World, number: &Number) -> Value {
    let account = &world.account.sid;
    let uri = format!("/2010-04-01/Accounts/{account}/IncomingPhoneNumbers/{}", number.sid);
    json!({
        "sid": number.sid,
        "account_sid": account,
        "address_requirements": "none",
        "address_sid": null,
        "api_version": "2010-04-01",
        "beta": false,
        "bundle_sid": null,
        "capabilities": { "voice": true, "sms": true, "mms": false, "fax": false },
        "date_created": instant::rfc2822(number.created),
        "date_updated": instant::rfc2822(number.updated),
        "emergency_address_sid": null,
        "emergency_address_status": "unregistered",
        "emergency_status": "Inactive",
        "friendly_name": number.friendly_name,
        "identity_sid": null,
        "origin": "twilio",
        "phone_number": number.number,
        "sms_application_sid": null,
        "sms_fallback_method": "POST",
        "sms_fallback_url": number.sms_fallback_url,
        "sms_method": number.sms_method,
        "sms_url": number.sms_url,
        "status": "in-use",
        "status_callback": number.status_callback,
        "status_callback_method": number.status_callback_method,
        "subresource_uris": { "assigned_add_ons": format!("{uri}/AssignedAddOns.json") },
        "trunk_sid": null,
        "uri": format!("{uri}.json"),
        "voice_application_sid": null,
        "voice_caller_id_lookup": false,
        "voice_fallback_method": number.fallback_method,
        "voice_fallback_url": number.fallback_url,
        "voice_method": number.voice_method,
        "voice_receive_mode": "voice",
        "voice_url": number.voice_url,
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
