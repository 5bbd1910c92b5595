//! What a purchase or an update sets on a number.
use super::{Ask, Reply, violation};
use crate::{
    bundle::BundleStatus,
    catalogue::{AddressRequirement, Terms},
    engine::Engine,
    number::Number,
    world::World,
};

/// Settings that Twilio has and the simulator does not.
const BEYOND: [&str; 3] = ["AccountSid", "EmergencyStatus", "EmergencyAddressSid"];

/// A setting that would be lost silently fails the scenario.
pub(super) fn report_beyond(engine: &Engine, ask: &Ask) {
    for name in BEYOND.iter().filter(|name| ask.get(name).is_some()) {
        violation(engine, &ask.uri, &format!("{name} is beyond the simulator"));
    }
    if ask.get("VoiceReceiveMode").is_some_and(|mode| mode != "voice") {
        violation(engine, &ask.uri, "VoiceReceiveMode other than voice is beyond the simulator");
    }
}

/// Sets what the request names; an empty value clears. Nothing changes when it is refused.
pub(super) fn apply(ask: &Ask, number: &Number) -> Result<Number, Reply> {
    if ask.get("FriendlyName").is_some_and(|name| name.chars().count() > 64) {
        return Err(Reply::error(400, 20002, "Invalid FriendlyName"));
    }
    let mut changed = number.clone();
    for (name, value) in &ask.params {
        changed.set(name, value);
    }
    Ok(changed)
}

/// Whether the number's papers are those that its terms ask for.
pub(super) fn has_papers(world: &World, account: &str, number: &Number) -> Result<(), Reply> {
    let terms = number.terms;
    let refused = |code, message| Err(Reply::error(400, code, message));
    bundle(world, account, number)?;
    let identity = number.get("IdentitySid");
    if terms.identity && identity.is_empty() {
        return refused(21650, "Phone Number Requires a Verified Identity Document");
    }
    if !identity.is_empty() && world.identities.get(identity).is_none_or(|owner| owner != account) {
        return refused(21651, "Document does not satisfy regulatory requirement");
    }
    address(world, account, number)
}

fn bundle(world: &World, account: &str, number: &Number) -> Result<(), Reply> {
    let Terms { bundle: needed, country, kind, .. } = number.terms;
    let sid = number.get("BundleSid");
    if sid.is_empty() && !needed {
        return Ok(());
    }
    let bundle = world.bundles.get(sid).filter(|bundle| bundle.account == account);
    let approved = bundle
        .filter(|bundle| matches!(bundle.status, BundleStatus::TwilioApproved | BundleStatus::ProvisionallyApproved));
    match approved {
        None => Err(Reply::error(400, 21649, "Phone Number Requires a Bundle")),
        Some(bundle) if bundle.is_for(country, kind) => Ok(()),
        Some(_) => Err(Reply::error(400, 21651, "Document does not satisfy regulatory requirement")),
    }
}

fn address(world: &World, account: &str, number: &Number) -> Result<(), Reply> {
    let needed = number.terms.address;
    let sid = number.get("AddressSid");
    if sid.is_empty() && needed == AddressRequirement::None {
        return Ok(());
    }
    let missing = || Reply::error(400, 21631, "Phone Number Requires an Address");
    let address = world.addresses.get(sid).filter(|address| address.account == account).ok_or_else(missing)?;
    let at_home = address.place.iso_country == number.terms.country;
    match needed {
        AddressRequirement::Local if !at_home => Err(Reply::error(400, 21615, "Phone Number Requires a Local Address")),
        AddressRequirement::Foreign if at_home => Err(missing()),
        _ => Ok(()),
    }
}
