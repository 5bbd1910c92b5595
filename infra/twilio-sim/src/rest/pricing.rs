//! The Pricing API: what a kind of number costs a month. Prices are strings, and `toll free` has a space.
use serde_json::json;

use super::{Ask, Reply, page::meta_page};
use crate::catalogue::{self, Country, NumberKind};

const HOST: &str = "pricing.twilio.com";

pub(super) fn countries(ask: &Ask) -> Reply {
    let all = catalogue::countries()
        .iter()
        .map(|country| json!({ "country": country.name, "iso_country": country.iso, "url": url(country) }));
    meta_page(ask, HOST, "countries", all.collect())
}

pub(super) fn country(ask: &Ask, iso: &str) -> Reply {
    let Some(country) = catalogue::country(iso) else {
        return Reply::not_found(&ask.path);
    };
    let sold = NumberKind::ALL.into_iter().filter_map(|kind| country.terms(kind));
    let prices: Vec<_> = sold
        .map(|terms| {
            let price = terms.monthly.to_string();
            json!({ "number_type": terms.kind.priced(), "base_price": price, "current_price": price })
        })
        .collect();
    let body = json!({
        "country": country.name,
        "iso_country": country.iso,
        "phone_number_prices": prices,
        "price_unit": "USD",
        "url": url(country),
    });
    Reply::json(200, body)
}

fn url(country: &Country) -> String {
    format!("https://{HOST}/v1/PhoneNumbers/Countries/{}", country.iso)
}
