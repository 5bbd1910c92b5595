//! Every REST operation that the simulator knows.
use std::sync::Arc;

use axum::http::Method;

use super::{
    Ask, Reply,
    access::{self, Product, Target},
    accounts, addresses, calls, compliance, media, messages, numbers, pricing, purchase, recordings, schema, search,
    settings, violation,
};
use crate::engine::Engine;

pub(super) fn route(engine: &Arc<Engine>, ask: &mut Ask) -> Reply {
    let path = ask.path.clone();
    let Some(target) = Target::of(&path) else {
        violation(engine, &ask.uri, "no such REST address (or the .json suffix is missing)");
        return Reply::not_found(&path);
    };
    match engine.read(|w| access::authorise(w, ask, &target)) {
        Ok(account) => ask.account = account,
        Err(refusal) => return refusal,
    }
    if let Some(refusal) = well_formed(engine, ask) {
        return refusal;
    }
    if engine.read(|w| access::needs_magic(w, ask)) {
        violation(engine, &ask.uri, "the magic numbers of test credentials are beyond the simulator");
    }
    let answer = match target.product {
        Product::Api => api(engine, ask, &target.parts),
        Product::Pricing => priced(ask, &target.parts),
        Product::Numbers => regulated(engine, ask, &target.parts),
    };
    answer.unwrap_or_else(|| {
        violation(engine, &ask.uri, "this REST operation is beyond the simulator");
        Reply::error(405, 20004, "Method not allowed")
    })
}

fn api(engine: &Arc<Engine>, ask: &Ask, parts: &[&str]) -> Option<Reply> {
    let get = ask.method == Method::GET;
    let post = ask.method == Method::POST;
    let delete = ask.method == Method::DELETE;
    let reply = match parts {
        [] if get => engine.read(|w| accounts::list(w, ask)),
        [_] if get => engine.read(|w| accounts::fetch(w, ask)),
        [_, "Balance"] if get => engine.read(|w| accounts::balance(w, ask)),
        [_, "Keys"] if get => engine.read(|w| accounts::keys(w, ask)),
        [_, "Addresses"] if get => engine.read(|w| addresses::list(w, ask)),
        [_, "Addresses"] if post => engine.change(|w| addresses::create(w, ask)),
        [_, "Addresses", sid] if get => engine.read(|w| addresses::fetch(w, ask, sid)),
        [_, "Addresses", sid] if post => engine.change(|w| addresses::update(w, ask, sid)),
        [_, "Addresses", sid] if delete => engine.change(|w| addresses::delete(w, ask, sid)),
        [_, "Addresses", sid, "DependentPhoneNumbers"] if get => engine.read(|w| numbers::dependent(w, ask, sid)),
        [_, "AvailablePhoneNumbers"] if get => search::countries(ask),
        [_, "AvailablePhoneNumbers", country] if get => search::country(ask, country),
        [_, "AvailablePhoneNumbers", country, kind] if get => {
            if let Some(odd) = search::beyond(ask, country) {
                violation(engine, &ask.uri, odd);
            }
            engine.read(|w| search::search(w, ask, country, kind))
        }
        [_, "Calls"] if get => engine.read(|w| calls::list(w, ask)),
        [_, "Calls"] if post => {
            calls::report_beyond(engine, ask);
            calls::create(engine, ask)
        }
        [_, "Calls", sid] if get => engine.read(|w| calls::fetch(w, ask, sid)),
        [_, "Calls", sid] if post => calls::update(engine, ask, sid),
        [_, "IncomingPhoneNumbers"] if get => engine.read(|w| numbers::list(w, ask, None)),
        [_, "IncomingPhoneNumbers"] if post => {
            settings::report_beyond(engine, ask);
            engine.change(|w| purchase::purchase(w, ask, None))
        }
        [_, "IncomingPhoneNumbers", "Local" | "Mobile" | "TollFree"] if get => {
            engine.read(|w| numbers::list(w, ask, search::kind(parts[2])))
        }
        [_, "IncomingPhoneNumbers", "Local" | "Mobile" | "TollFree"] if post => {
            settings::report_beyond(engine, ask);
            engine.change(|w| purchase::purchase(w, ask, search::kind(parts[2])))
        }
        [_, "IncomingPhoneNumbers", sid] if get => engine.read(|w| numbers::fetch(w, ask, sid)),
        [_, "IncomingPhoneNumbers", sid] if post => {
            settings::report_beyond(engine, ask);
            engine.change(|w| numbers::update(w, ask, sid))
        }
        [_, "IncomingPhoneNumbers", sid] if delete => engine.change(|w| numbers::delete(w, ask, sid)),
        [_, "Messages"] if get => engine.read(|w| messages::list(w, ask)),
        [_, "Messages"] if post => messages::create(engine, ask),
        [_, "Messages", sid] if get => engine.read(|w| messages::fetch(w, ask, sid)),
        [_, "Messages", sid, "Media", media] if get && !ask.path.ends_with(".json") => {
            media::fetch(engine, ask, sid, media)
        }
        [_, "Recordings"] if get => engine.read(|w| recordings::list(w, ask)),
        [_, "Recordings", file] if get && file.ends_with(access::SOUND) => {
            engine.read(|w| recordings::sound(w, ask, file))
        }
        [_, "Recordings", sid] if get => engine.read(|w| recordings::fetch(w, ask, sid)),
        [_, "Recordings", sid] if delete => engine.change(|w| recordings::delete(w, ask, sid)),
        _ => return None,
    };
    Some(reply)
}

fn priced(ask: &Ask, parts: &[&str]) -> Option<Reply> {
    match parts {
        ["Countries"] if ask.method == Method::GET => Some(pricing::countries(ask)),
        ["Countries", country] if ask.method == Method::GET => Some(pricing::country(ask, country)),
        _ => None,
    }
}

fn regulated(engine: &Arc<Engine>, ask: &Ask, parts: &[&str]) -> Option<Reply> {
    let get = ask.method == Method::GET;
    let post = ask.method == Method::POST;
    match parts {
        ["Regulations"] if get => Some(compliance::regulations(ask)),
        ["Bundles"] if get => Some(engine.read(|w| compliance::list(w, ask))),
        ["Bundles"] if post => Some(engine.change(|w| compliance::create(w, ask))),
        ["Bundles", sid] if get => Some(engine.read(|w| compliance::fetch(w, ask, sid))),
        ["Bundles", sid] if post => Some(engine.change(|w| compliance::update(w, ask, sid))),
        _ => None,
    }
}

/// Checks names and values against Twilio's own description.
fn well_formed(engine: &Engine, ask: &Ask) -> Option<Reply> {
    let form = "application/x-www-form-urlencoded";
    if ask.method == Method::POST && !ask.content_type.starts_with(form) {
        violation(engine, &ask.uri, "the body is not form-encoded");
        return Some(Reply::error(415, 20006, "Unsupported media type"));
    }
    let faults = schema::check(ask.method.as_str(), &ask.path, &ask.params);
    for unknown in &faults.unknown {
        violation(engine, &ask.uri, &format!("unknown parameter {unknown:?}"));
    }
    let (code, message) = faults.refused?;
    Some(Reply::error(400, code, &message))
}
