//! An unsigned request is refused, on every route.
//!
//! Two ways to be sure: every handler of the voice function takes its form as `Signed`, which has no other way to
//! come about than the gate; and a scenario whose file name begins with `unsigned` sends one to every route, either
//! by reading the routes of template.yaml or by naming them. A route that no scenario covers stands on a list, with
//! the reason why that is bearable.
//!
//! The admin API knows its callers by tokens instead. A handler of it that takes no caller does not compile, and its own
//! tests read the routes of template.yaml and try each without a token that counts. Tools are known by routing keys; the
//! tests of `events` do the same with its routes.

use crate::repository::{files, no, read};
use crate::template;

/// Routes without a scenario of their own, each with a reason.
const NOT_COVERED: [(&str, &str); 0] = [];

#[test]
fn a_scenario_sends_an_unsigned_request_to_every_route() {
    let scenarios = files(&[".rs"]);
    let unsigned: String = scenarios
        .iter()
        .filter(|file| file.path.starts_with("tests/scenarios/"))
        .filter(|file| file.path.rsplit('/').next().is_some_and(|name| name.starts_with("unsigned")))
        .map(|file| file.text.as_str())
        .collect();
    let reads_all = unsigned.contains("template.yaml") || unsigned.contains(".routes(");
    let mut complaints = Vec::new();
    for key in template::route_keys().into_iter().filter(|key| !key.contains(" /api/")) {
        let path = key.split(' ').nth(1).unwrap_or_default();
        let stem = path.split('{').next().unwrap_or_default();
        let covered = reads_all || unsigned.contains(stem);
        let listed = NOT_COVERED.iter().any(|(route, _)| *route == key);
        match (covered, listed) {
            (false, false) => complaints.push(format!("{key}: no scenario sends an unsigned request")),
            (true, true) => complaints.push(format!("{key} is covered: take it off the list")),
            _ => {}
        }
    }
    no(complaints);
}

#[test]
fn the_admin_api_tries_every_route_without_a_token() {
    let tried = read("functions/provision/tests/api/refused_callers.rs");
    assert!(tried.contains("template.yaml") && tried.contains("without_a_token_that_counts_nothing_is_answered"));
}

#[test]
fn the_intake_of_events_tries_every_route_without_a_key() {
    let tried = read("functions/events/tests/http/refused_keys.rs");
    assert!(tried.contains("template.yaml") && tried.contains("without_a_key_that_counts_nothing_is_taken"));
}

#[test]
fn every_handler_of_a_twilio_route_takes_a_verified_form() {
    let mut complaints = Vec::new();
    let mut handlers = 0;
    for file in files(&[".rs"]) {
        let of_twilio = ["functions/page/src/", "functions/voice/src/", "functions/sms/src/"]
            .iter()
            .any(|room| file.path.starts_with(room));
        if !of_twilio {
            continue;
        }
        let product = file.text.split("#[cfg(test)]").next().unwrap_or_default();
        for handler in handlers_of(product) {
            handlers += 1;
            let signature = product.split(&format!("fn {handler}(")).nth(1).and_then(|rest| rest.split('{').next());
            if !signature.is_some_and(|signature| signature.contains(": Signed)")) {
                complaints.push(format!("{}: {handler} does not take its form as Signed", file.path));
            }
        }
    }
    no(complaints);
    assert!(handlers > 0, "no handler was found: routes are written in another way");
}

/// The names given to axum's method routers.
fn handlers_of(source: &str) -> Vec<&str> {
    let methods = [" post(", " get(", " any(", " put(", " delete("];
    let calls = methods.iter().flat_map(|method| source.split(method).skip(1));
    calls.filter_map(|rest| rest.split(')').next()).filter(|name| !name.is_empty()).collect()
}

#[test]
fn handlers() {
    assert_eq!(handlers_of("route(\"/a\", post(one)).route(\"/b\", get(two))"), ["one", "two"]);
}
