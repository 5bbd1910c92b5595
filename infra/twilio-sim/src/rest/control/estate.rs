//! Accounts and what they have, and what happens to it behind the product's back.
use std::collections::BTreeMap;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use serde::Deserialize;
use serde_json::json;

use super::{Named, Shared, json_answer, ok, read, unknown};
use crate::{
    account::AccountKind,
    bundle::BundleStatus,
    catalogue::{AddressRequirement, NumberKind},
    engine::Engine,
    inventory::Offer,
    money::Money,
    number::Number,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NumberForm {
    voice_url: String,
    #[serde(default)]
    fallback_url: String,
    #[serde(default)]
    status_callback: String,
    #[serde(default)]
    sms_url: String,
    friendly_name: Option<String>,
    account: Option<String>,
}

pub(super) async fn own(State(engine): Shared, Path(number): Named, body: String) -> Response {
    let form: NumberForm = match read(&body) {
        Ok(form) => form,
        Err(refusal) => return refusal,
    };
    let Some(account) = account(&engine, form.account) else {
        return unknown("account");
    };
    let wanted = Number::new(number.clone())
        .voice_url(form.voice_url)
        .fallback(form.fallback_url)
        .status_callback(form.status_callback)
        .sms_url(form.sms_url)
        .friendly_name(form.friendly_name.unwrap_or(number));
    let sid = engine.change(|w| w.own(&account, wanted));
    ok(&json!({ "sid": sid }))
}

pub(super) async fn drift(State(engine): Shared, Path(number): Named, body: String) -> Response {
    let settings: BTreeMap<String, String> = match read(&body) {
        Ok(settings) => settings,
        Err(refusal) => return refusal,
    };
    for (name, value) in settings {
        if !engine.change(|w| w.drift(&number, &name, &value)) {
            return unknown("number of an account, or setting");
        }
    }
    ok(&json!({}))
}

pub(super) async fn release(State(engine): Shared, Path(number): Named) -> Response {
    done(engine.change(|w| w.release(&number)), "number of an account")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AccountForm {
    #[serde(default)]
    kind: AccountKind,
    balance: Option<String>,
}

pub(super) async fn open(State(engine): Shared, body: String) -> Response {
    let form: AccountForm = match read(&body) {
        Ok(form) => form,
        Err(refusal) => return refusal,
    };
    let balance = match form.balance.as_deref().map(Money::parse) {
        Some(None) => return no_amount(),
        balance => balance.flatten(),
    };
    let opened = engine.change(|w| {
        let opened = w.open_account(form.kind);
        if let (Some(account), Some(balance)) = (w.account_mut(&opened.account_sid), balance) {
            account.balance = balance;
        }
        opened
    });
    let body = json!({
        "account_sid": opened.account_sid,
        "auth_token": opened.auth_token,
        "api_key": opened.key_sid,
        "api_key_secret": opened.key_secret,
    });
    json_answer(StatusCode::CREATED, &body)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AccountChange {
    balance: Option<String>,
    suspended: Option<bool>,
}

pub(super) async fn change(State(engine): Shared, Path(sid): Named, body: String) -> Response {
    let form: AccountChange = match read(&body) {
        Ok(form) => form,
        Err(refusal) => return refusal,
    };
    let balance = match form.balance.as_deref().map(Money::parse) {
        Some(None) => return no_amount(),
        balance => balance.flatten(),
    };
    let known = engine.change(|w| {
        let account = w.account_mut(&sid)?;
        account.balance = balance.unwrap_or(account.balance);
        account.active = form.suspended.map_or(account.active, |suspended| !suspended);
        Some(())
    });
    done(known.is_some(), "account")
}

pub(super) async fn inventory(State(engine): Shared) -> Response {
    let all = engine.read(|w| {
        let offers = w.inventory.values().map(|offer| {
            let terms = &offer.terms;
            json!({
                "number": offer.number, "country": terms.country, "kind": terms.kind.path(),
                "monthly": terms.monthly.to_string(), "address": terms.address.as_str(),
                "bundle": terms.bundle, "identity": terms.identity,
            })
        });
        offers.collect()
    });
    ok(&all)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfferForm {
    #[serde(default)]
    kind: NumberKind,
    address: Option<AddressRequirement>,
    bundle: Option<bool>,
    sms: Option<bool>,
    beta: Option<bool>,
}

pub(super) async fn stock(State(engine): Shared, Path(number): Named, body: String) -> Response {
    let form: OfferForm = match read(&body) {
        Ok(form) => form,
        Err(refusal) => return refusal,
    };
    let Some(mut offer) = Offer::new(number, form.kind) else {
        return unknown("kind of number in that country");
    };
    let terms = &mut offer.terms;
    terms.address = form.address.unwrap_or(terms.address);
    terms.bundle = form.bundle.unwrap_or(terms.bundle);
    terms.sms = form.sms.unwrap_or(terms.sms);
    terms.beta = form.beta.unwrap_or(terms.beta);
    engine.change(|w| w.inventory.insert(offer.number.clone(), offer));
    ok(&json!({}))
}

pub(super) async fn sell_elsewhere(State(engine): Shared, Path(number): Named) -> Response {
    done(engine.change(|w| w.inventory.remove(&number).is_some()), "number for sale")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BundleForm {
    country: String,
    kind: NumberKind,
    end_user: String,
    status: BundleStatus,
    account: Option<String>,
}

pub(super) async fn bundle(State(engine): Shared, body: String) -> Response {
    let form: BundleForm = match read(&body) {
        Ok(form) => form,
        Err(refusal) => return refusal,
    };
    let Some(account) = account(&engine, form.account) else {
        return unknown("account");
    };
    let sid = engine.change(|w| w.add_bundle(&account, &form.country, form.kind, &form.end_user, form.status));
    match sid {
        Some(sid) => json_answer(StatusCode::CREATED, &json!({ "sid": sid })),
        None => unknown("regulation"),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BundleChange {
    status: BundleStatus,
}

pub(super) async fn set_bundle(State(engine): Shared, Path(sid): Named, body: String) -> Response {
    match read::<BundleChange>(&body) {
        Ok(form) => done(engine.change(|w| w.set_bundle(&sid, form.status)), "bundle"),
        Err(refusal) => refusal,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IdentityForm {
    account: Option<String>,
}

pub(super) async fn identity(State(engine): Shared, body: String) -> Response {
    let form: IdentityForm = match read(&body) {
        Ok(form) => form,
        Err(refusal) => return refusal,
    };
    let Some(account) = account(&engine, form.account) else {
        return unknown("account");
    };
    json_answer(StatusCode::CREATED, &json!({ "sid": engine.change(|w| w.add_identity(&account)) }))
}

/// The account that was named, or the main one; None for one that does not exist.
fn account(engine: &Engine, named: Option<String>) -> Option<String> {
    engine.read(|w| match named {
        Some(sid) => w.account(&sid).map(|account| account.sid.clone()),
        None => Some(w.account.sid.clone()),
    })
}

fn done(done: bool, what: &str) -> Response {
    if done { ok(&json!({})) } else { unknown(what) }
}

fn no_amount() -> Response {
    json_answer(StatusCode::BAD_REQUEST, &json!({ "error": "balance is not an amount" }))
}
