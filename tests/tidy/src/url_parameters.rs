//! No telephone number and no secret stands in a URL.
//!
//! URLs are written into access logs of gateways, of proxies and of Twilio. So a route's parameters come from a
//! reviewed list, each of them a counter or an opaque id.

use crate::repository::{no, read};
use crate::template;

const HARMLESS: [(&str, &str); 19] = [
    ("account", "a Twilio account's SID, which opens nothing without its token"),
    ("address", "Twilio's id of a postal address"),
    ("again", "how often a request has been asked again"),
    ("asking", "how often somebody has been asked for a key"),
    ("attempt", "the number of an attempt, from 1"),
    ("feed", "the id of a calendar feed, not its address"),
    ("id", "the id of an object or of a call; objects' ids are chosen by administrators, and begin with no +"),
    ("incident", "an incident's opaque id"),
    ("key", "the id of a routing key, not the key"),
    ("line", "a line's opaque id"),
    ("media", "when a text came, its id at Twilio, and a counter"),
    ("override", "made of what an override says, by a hash"),
    ("page", "the number of a page within its incident, from 1"),
    ("phone", "made of a person's id and a phone's number by a hash"),
    ("purchase", "made of a client's key by a hash"),
    ("rest+", "whatever else is asked of the admin API, which refuses it"),
    ("secret", "all that a calendar program can show: it reads shifts, changes nothing, and can be revoked"),
    ("step+", "one of the other routes, and a pressed key or how a leg ended"),
    ("token", "the id of a token, not its secret"),
];

#[test]
fn route_parameters_are_counters_and_opaque_ids() {
    let mut complaints = Vec::new();
    let routes = template::route_keys();
    for route in &routes {
        for parameter in route.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
            if !HARMLESS.iter().any(|(name, _)| *name == parameter) {
                complaints.push(format!("{route}: what does {parameter:?} hold? If it is harmless, list it"));
            }
        }
    }
    for (name, _) in HARMLESS {
        if !routes.iter().any(|route| route.contains(&format!("{{{name}}}"))) {
            complaints.push(format!("no route has the parameter {name:?}: take it off the list"));
        }
    }
    no(complaints);
}

#[test]
fn the_list_of_routes_knows_no_telephone_number() {
    for source in ["functions/voice/src/route.rs", "functions/page/src/route.rs"] {
        let route = read(source);
        assert!(!route.contains("PhoneNumber") && !route.contains("as_e164"), "{source}");
    }
}
