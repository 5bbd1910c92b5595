//! Generated requests: what is signed is let in, and nothing that differs in a bit.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use twilio::webhook::{Refused, receive, receive_any};

use crate::signing::{ACCOUNT, Request, TOKEN, keys, parameters, sha1};

fn pairs() -> impl Strategy<Value = Vec<(String, String)>> {
    let value = prop_oneof![Just(String::new()), "[ -~]{0,12}", any::<String>()];
    prop::collection::vec(("[A-Za-z]{1,6}", value), 0..12).prop_map(|mut pairs| {
        pairs.push(("AccountSid".into(), ACCOUNT.into()));
        pairs
    })
}

fn urls() -> impl Strategy<Value = String> {
    r"https?://([a-z]{1,5}:[a-z]{1,5}@)?([a-z]{1,8}\.org|\[::1\])(/[a-zA-Z0-9._~:@'()-]{0,8}){0,3}(\?[a-z0-9=&%+':@/?|{}]{0,12})?"
}

fn form_request() -> impl Strategy<Value = Request> {
    (urls(), pairs()).prop_map(|(url, pairs)| Request::form(&url, &borrowed(&pairs)))
}

fn borrowed(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
    pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

fn is_let_in(request: &Request) -> bool {
    receive_any(&request.signed(), &keys(&[TOKEN])).is_ok()
}

fn flip(bytes: &mut [u8], at: prop::sample::Index, bit: u8) {
    let place = at.index(bytes.len());
    bytes[place] ^= 1 << bit;
}

fn decoded(body: &[u8]) -> BTreeSet<(String, String)> {
    form_urlencoded::parse(body).into_owned().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_signed_form_is_let_in_with_every_pair(url in urls(), pairs in pairs()) {
        let request = Request::form(&url, &borrowed(&pairs));
        let form = receive(&request.signed(), &keys(&[TOKEN])).unwrap();
        prop_assert_eq!(form.pairs(), pairs);
    }

    #[test]
    fn the_order_of_the_pairs_does_not_matter(url in urls(), (pairs, mut other) in pairs().prop_flat_map(|pairs| {
        (Just(pairs.clone()), Just(pairs).prop_shuffle())
    })) {
        other.extend_from_slice(&pairs[..pairs.len() / 2]);
        let signed = Request::form(&url, &borrowed(&pairs));
        let arrived = Request { signature: signed.signature, ..Request::form(&url, &borrowed(&other)) };
        prop_assert!(is_let_in(&arrived));
    }

    #[test]
    fn a_bit_of_the_body(request in form_request(), at: prop::sample::Index, bit in 0u8..8) {
        let mut changed = request.clone();
        flip(&mut changed.body, at, bit);
        // %2B and %2b say the same
        let same = decoded(&changed.body) == decoded(&request.body);
        prop_assert_eq!(is_let_in(&changed), same);
    }

    #[test]
    fn a_bit_of_the_url(request in form_request(), at: prop::sample::Index, bit in 0u8..7) {
        let mut changed = request.url.clone().into_bytes();
        flip(&mut changed, at, bit);
        let changed = Request { url: String::from_utf8(changed).unwrap(), ..request };
        prop_assert!(!is_let_in(&changed), "{}", changed.url);
    }

    #[test]
    fn a_bit_of_the_signature(request in form_request(), at: prop::sample::Index, bit in 0u8..8) {
        let mut bytes = STANDARD.decode(request.signature.as_ref().unwrap()).unwrap();
        flip(&mut bytes, at, bit);
        let changed = Request { signature: Some(STANDARD.encode(bytes)), ..request };
        let received = receive(&changed.signed(), &keys(&[TOKEN]));
        prop_assert_eq!(received.unwrap_err(), Refused::WrongSignature);
    }

    #[test]
    fn a_character_of_the_signature(request in form_request(), at: prop::sample::Index, bit in 0u8..7) {
        let mut changed = request.signature.clone().unwrap().into_bytes();
        flip(&mut changed, at, bit);
        let signature = Some(String::from_utf8(changed).unwrap());
        let changed = Request { signature, ..request };
        prop_assert!(!is_let_in(&changed));
    }

    #[test]
    fn a_part_of_the_signature(request in form_request(), keep in 0usize..28) {
        let signature = request.signature.as_ref().unwrap()[..keep].to_owned();
        let changed = Request { signature: Some(signature), ..request };
        prop_assert!(!is_let_in(&changed));
    }

    #[test]
    fn more_around_the_signature(request in form_request(), more in "[ \t\n=A-Z]{1,3}") {
        let signature = request.signature.clone().unwrap();
        for changed in [format!("{signature}{more}"), format!("{more}{signature}")] {
            let changed = Request { signature: Some(changed), ..request.clone() };
            prop_assert!(!is_let_in(&changed));
        }
    }

    #[test]
    fn a_bit_of_the_token(request in form_request(), at: prop::sample::Index, bit in 0u8..7) {
        let mut token = TOKEN.to_owned().into_bytes();
        flip(&mut token, at, bit);
        let token = String::from_utf8(token).unwrap();
        let received = receive(&request.signed(), &keys(&[&token]));
        prop_assert_eq!(received.unwrap_err(), Refused::WrongSignature);
    }

    #[test]
    fn a_pair_more_or_less(url in urls(), pairs in pairs(), name in "[a-z]{3}", at: prop::sample::Index) {
        let signed = Request::form(&url, &borrowed(&pairs));
        let mut more = pairs.clone();
        more.insert(at.index(pairs.len()), (name, String::new()));
        let more = Request { signature: signed.signature.clone(), ..Request::form(&url, &borrowed(&more)) };
        prop_assert!(!is_let_in(&more));
        let mut less = pairs.clone();
        let gone = less.remove(at.index(pairs.len()));
        let less = Request { signature: signed.signature, ..Request::form(&url, &borrowed(&less)) };
        prop_assert_eq!(is_let_in(&less), pairs.iter().filter(|pair| **pair == gone).count() > 1);
    }

    #[test]
    fn a_bit_of_a_json_body(body in prop::collection::vec(any::<u8>(), 1..40), at: prop::sample::Index, bit in 0u8..8) {
        let request = Request::json("https://x.org/events", &body);
        prop_assert!(is_let_in(&request));
        let mut changed = request;
        flip(&mut changed.body, at, bit);
        prop_assert!(!is_let_in(&changed));
    }

    #[test]
    fn only_the_port_may_differ_and_only_as_twilio_varies_it(
        host in r"(u:p@)?([a-z]{1,6}\.org|\[2001:db8::1\])",
        path in r"/[a-z:@]{0,6}(\?[a-z:@]{0,4})?",
        port in 1u16..,
        https: bool,
        pairs in pairs(),
    ) {
        let (scheme, own) = if https { ("https", 443) } else { ("http", 80) };
        let with = |port: u16| format!("{scheme}://{host}:{port}{path}");
        let without = format!("{scheme}://{host}{path}");
        let seen = |signed: &str, arrived: &str| {
            let signature = Some(sha1(TOKEN, &(signed.to_owned() + &parameters(&borrowed(&pairs)))));
            is_let_in(&Request { signature, ..Request::form(arrived, &borrowed(&pairs)) })
        };
        prop_assert!(seen(&without, &without));
        prop_assert!(seen(&with(own), &without));
        prop_assert!(seen(&without, &with(port)));
        prop_assert!(seen(&with(port), &with(port)));
        prop_assert_eq!(seen(&with(port), &without), port == own);
        prop_assert_eq!(seen(&with(own), &with(port)), port == own);
    }

    #[test]
    fn any_request_at_all_is_judged_without_a_panic(
        url: String,
        signature: Option<String>,
        signature_settings: Option<String>,
        content_type: Option<String>,
        body: Vec<u8>,
    ) {
        let request = Request { url, signature, settings: signature_settings, content_type, body };
        prop_assert!(!is_let_in(&request));
    }
}
