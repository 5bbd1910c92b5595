//! The RegulatoryCompliance part of the Numbers API: what countries ask for, and the bundles that satisfy them.
//!
//! End users, documents, assignments and evaluations are not simulated: a test says what became of a bundle.
use serde_json::{Value, json};

use super::{Ask, Reply, page::meta_page};
use crate::{
    bundle::{self, Bundle, BundleStatus, Regulation},
    instant,
    world::World,
};

const HOST: &str = "numbers.twilio.com";
const BASE: &str = "https://numbers.twilio.com/v2/RegulatoryCompliance";

pub(super) fn regulations(ask: &Ask) -> Reply {
    let chosen = bundle::regulations().into_iter().filter(|regulation| fits(ask, regulation));
    meta_page(ask, HOST, "results", chosen.map(|regulation| regulation_view(&regulation)).collect())
}

pub(super) fn list(world: &World, ask: &Ask) -> Reply {
    let chosen = world.bundles.values().filter(|bundle| {
        let place = ["IsoCountry", "NumberType", "EndUserType"].iter().any(|name| ask.given(name).is_some());
        bundle.account == ask.account
            && ask.given("Status").is_none_or(|wanted| wanted == bundle.status.as_str())
            && ask.given("FriendlyName").is_none_or(|wanted| wanted == bundle.friendly_name)
            && ask
                .given("RegulationSid")
                .is_none_or(|wanted| bundle.regulation.is_some_and(|regulation| regulation.sid() == wanted))
            && (!place || bundle.regulation.is_some_and(|regulation| fits(ask, &regulation)))
    });
    meta_page(ask, HOST, "results", chosen.map(view).collect())
}

pub(super) fn fetch(world: &World, ask: &Ask, sid: &str) -> Reply {
    match world.bundles.get(sid).filter(|bundle| bundle.account == ask.account) {
        Some(bundle) => Reply::json(200, view(bundle)),
        None => Reply::not_found(&ask.path),
    }
}

/// A new bundle is a draft, for a regulation given by its identifier or by what it is about.
pub(super) fn create(world: &mut World, ask: &Ask) -> Reply {
    let by_sid = ask.given("RegulationSid");
    let about = by_sid.is_some() || ask.given("IsoCountry").is_some();
    let regulation = bundle::regulations().into_iter().find(|regulation| match by_sid {
        Some(sid) => regulation.sid() == sid,
        None => fits(ask, regulation),
    });
    if about && regulation.is_none() {
        return Reply::error(400, 20001, "There is no such regulation");
    }
    let bundle = Bundle {
        sid: world.sids.make("BU"),
        account: ask.account.clone(),
        regulation: regulation.filter(|_| about),
        friendly_name: ask.get("FriendlyName").unwrap_or_default().to_owned(),
        email: ask.get("Email").unwrap_or_default().to_owned(),
        status_callback: ask.given("StatusCallback").map(str::to_owned),
        status: BundleStatus::Draft,
        created: world.now,
        updated: world.now,
    };
    let body = view(&bundle);
    world.bundles.insert(bundle.sid.clone(), bundle);
    Reply::json(201, body)
}

/// A client can hand a draft in or take it back; who decides is Twilio.
pub(super) fn update(world: &mut World, ask: &Ask, sid: &str) -> Reply {
    let now = world.now;
    let Some(bundle) = world.bundles.get_mut(sid).filter(|bundle| bundle.account == ask.account) else {
        return Reply::not_found(&ask.path);
    };
    bundle.status = match (ask.given("Status"), bundle.status) {
        (None, status) => status,
        (Some("pending-review"), BundleStatus::Draft | BundleStatus::TwilioRejected) => BundleStatus::PendingReview,
        (Some("draft"), BundleStatus::PendingReview | BundleStatus::TwilioRejected) => BundleStatus::Draft,
        _ => return Reply::error(400, 20001, "This status cannot be set now"),
    };
    if let Some(name) = ask.given("FriendlyName") {
        bundle.friendly_name = name.to_owned();
    }
    if let Some(email) = ask.given("Email") {
        bundle.email = email.to_owned();
    }
    if let Some(url) = ask.given("StatusCallback") {
        bundle.status_callback = Some(url.to_owned());
    }
    bundle.updated = now;
    Reply::json(200, view(bundle))
}

fn fits(ask: &Ask, regulation: &Regulation) -> bool {
    let kind = regulation.kind.key().replace('_', "-");
    ask.given("IsoCountry").is_none_or(|wanted| wanted == regulation.country)
        && ask.given("NumberType").is_none_or(|wanted| wanted == kind)
        && ask.given("EndUserType").is_none_or(|wanted| wanted == regulation.end_user)
}

fn regulation_view(regulation: &Regulation) -> Value {
    let sid = regulation.sid();
    let end_user = json!({
        "name": regulation.end_user,
        "type": regulation.end_user,
        "requirement_name": format!("{}_info", regulation.end_user),
        "fields": [],
        "detailed_fields": [],
    });
    json!({
        "sid": sid,
        "friendly_name": regulation.friendly_name(),
        "iso_country": regulation.country,
        "number_type": regulation.kind.key().replace('_', "-"),
        "end_user_type": regulation.end_user,
        "requirements": { "end_user": [end_user], "supporting_document": [] },
        "url": format!("{BASE}/Regulations/{sid}"),
    })
}

fn view(bundle: &Bundle) -> Value {
    let url = format!("{BASE}/Bundles/{}", bundle.sid);
    json!({
        "sid": bundle.sid,
        "account_sid": bundle.account,
        "regulation_sid": bundle.regulation.map(|regulation| regulation.sid()),
        "friendly_name": bundle.friendly_name,
        "status": bundle.status.as_str(),
        "valid_until": null,
        "email": bundle.email,
        "status_callback": bundle.status_callback,
        "date_created": instant::rfc3339(bundle.created),
        "date_updated": instant::rfc3339(bundle.updated),
        "url": url,
        "links": {
            "evaluations": format!("{url}/Evaluations"),
            "item_assignments": format!("{url}/ItemAssignments"),
            "bundle_copies": format!("{url}/Copies"),
        },
    })
}
