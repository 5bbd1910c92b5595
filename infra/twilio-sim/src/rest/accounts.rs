//! Accounts, their money and their keys.
use serde_json::{Value, json};

use super::{Ask, Reply, page::page};
use crate::{account::Account, instant, world::World};

/// The accounts that these credentials see: their own.
pub(super) fn list(world: &World, ask: &Ask) -> Reply {
    let own = world.account(&ask.account);
    let fits = |account: &&Account| {
        ask.get("FriendlyName").is_none_or(|wanted| wanted == account.friendly_name)
            && ask.get("Status").is_none_or(|wanted| wanted == status(account))
    };
    page(ask, "accounts", own.into_iter().filter(fits).map(view).collect())
}

pub(super) fn fetch(world: &World, ask: &Ask) -> Reply {
    match world.account(&ask.account) {
        Some(account) => Reply::json(200, view(account)),
        None => Reply::not_found(&ask.path),
    }
}

pub(super) fn balance(world: &World, ask: &Ask) -> Reply {
    let Some(account) = world.account(&ask.account) else {
        return Reply::not_found(&ask.path);
    };
    let body = json!({
        "account_sid": account.sid,
        "balance": account.balance.to_string(),
        "currency": "USD",
    });
    Reply::json(200, body)
}

pub(super) fn keys(world: &World, ask: &Ask) -> Reply {
    let keys = world.account(&ask.account).map(|account| {
        let created = instant::rfc2822(account.created);
        json!({
            "sid": account.key.0,
            "friendly_name": "Pretend key",
            "date_created": created,
            "date_updated": created,
        })
    });
    page(ask, "keys", keys.into_iter().collect())
}

fn status(account: &Account) -> &'static str {
    if account.active { "active" } else { "suspended" }
}

fn view(account: &Account) -> Value {
    let sid = &account.sid;
    let created = instant::rfc2822(account.created);
    let part = |name: &str| format!("/2010-04-01/Accounts/{sid}/{name}.json");
    json!({
        "auth_token": account.primary,
        "date_created": created,
        "date_updated": created,
        "friendly_name": account.friendly_name,
        "owner_account_sid": sid,
        "sid": sid,
        "status": status(account),
        "subresource_uris": {
            "addresses": part("Addresses"),
            "available_phone_numbers": part("AvailablePhoneNumbers"),
            "balance": part("Balance"),
            "calls": part("Calls"),
            "incoming_phone_numbers": part("IncomingPhoneNumbers"),
            "keys": part("Keys"),
            "messages": part("Messages"),
            "recordings": part("Recordings"),
        },
        "type": account.kind.as_str(),
        "uri": format!("/2010-04-01/Accounts/{sid}.json"),
    })
}
