//! Whose secret counts is told by our own data, never by the request.

use twilio::webhook::{Refused, receive};

use crate::signing::{ACCOUNT, Request, TOKEN, keys, parameters, sha1, sha256};

const URL: &str = "https://hooks.example.org/voice/incoming";
const PAIRS: [(&str, &str); 2] = [("AccountSid", ACCOUNT), ("Digits", "1")];
const OTHER_TOKEN: &str = "another-token";

#[track_caller]
fn check(request: &Request, keys: &twilio::signature::AccountKeys, expected: Result<(), Refused>) {
    assert_eq!(receive(&request.signed(), keys).map(|_| ()), expected);
}

fn with_shared_key(key_id: &str, secret: &str, algorithm: &str) -> Request {
    let text = URL.to_owned() + &parameters(&PAIRS);
    let sign = if algorithm == "HMAC_SHA256" { sha256 } else { sha1 };
    Request {
        signature: Some(sign(secret, &text)),
        settings: Some(format!("key={key_id},algorithm={algorithm}")),
        ..Request::form(URL, &PAIRS)
    }
}

#[test]
fn tokens_while_one_is_rotated() {
    let request = Request::form(URL, &PAIRS);
    check(&request, &keys(&[TOKEN]), Ok(()));
    check(&request, &keys(&[OTHER_TOKEN, TOKEN]), Ok(()));
    check(&request, &keys(&[TOKEN, OTHER_TOKEN]), Ok(()));
    check(&request, &keys(&[OTHER_TOKEN]), Err(Refused::WrongSignature));
    check(&request, &keys(&[]), Err(Refused::UnknownAccount));
}

#[test]
fn an_empty_token_signs_nothing() {
    let signature = sha1("", &(URL.to_owned() + &parameters(&PAIRS)));
    let request = Request { signature: Some(signature), ..Request::form(URL, &PAIRS) };
    check(&request, &keys(&[""]), Err(Refused::UnknownAccount));
    check(&request, &keys(&["", TOKEN]), Err(Refused::WrongSignature));
    check(&Request::form(URL, &PAIRS), &keys(&["", TOKEN]), Ok(()));
}

#[test]
fn another_account_is_not_ours_even_with_our_token() {
    let other = [("AccountSid", "ACbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb")];
    check(&Request::form(URL, &other), &keys(&[TOKEN]), Err(Refused::UnknownAccount));
    check(&Request::form(URL, &[("AccountSid", "x")]), &keys(&[TOKEN]), Err(Refused::UnknownAccount));
}

#[test]
fn two_accounts_in_one_form() {
    let both = [("AccountSid", "ACbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"), ("AccountSid", ACCOUNT)];
    check(&Request::form(URL, &both), &keys(&[TOKEN]), Err(Refused::TwoAccounts));
    let same = [("AccountSid", ACCOUNT), ("AccountSid", ACCOUNT)];
    check(&Request::form(URL, &same), &keys(&[TOKEN]), Ok(()));
}

#[test]
fn shared_keys() {
    let keys = keys(&[TOKEN])
        .with_shared_key("key1", "secret1".into())
        .with_shared_key("key2", "secret2".into())
        .with_shared_key("key2", "secret2-before".into());
    check(&with_shared_key("key1", "secret1", "HMAC_SHA256"), &keys, Ok(()));
    check(&with_shared_key("key1", "secret1", "HMAC_SHA1"), &keys, Ok(()));
    check(&with_shared_key("key2", "secret2", "HMAC_SHA256"), &keys, Ok(()));
    check(&with_shared_key("key2", "secret2-before", "HMAC_SHA256"), &keys, Ok(()));
    // the key that is named is the key that counts
    let wrong = Err(Refused::WrongSignature);
    check(&with_shared_key("key1", "secret2", "HMAC_SHA256"), &keys, wrong);
    check(&with_shared_key("key1", TOKEN, "HMAC_SHA256"), &keys, wrong);
    check(&with_shared_key("key3", "secret1", "HMAC_SHA256"), &keys, Err(Refused::UnknownKey));
    check(&with_shared_key("key3", TOKEN, "HMAC_SHA1"), &keys, Err(Refused::UnknownKey));
    // and without the header it is the token
    let bare = Request { settings: None, ..with_shared_key("key1", "secret1", "HMAC_SHA1") };
    check(&bare, &keys, wrong);
}

#[test]
fn the_algorithm_that_is_named_is_the_algorithm_that_counts() {
    let keys = keys(&[TOKEN]).with_shared_key("key1", "secret1".into());
    let request = with_shared_key("key1", "secret1", "HMAC_SHA256");
    let settings = Some("key=key1,algorithm=HMAC_SHA1".to_owned());
    check(&Request { settings, ..request.clone() }, &keys, Err(Refused::WrongSignature));
    for settings in ["key=key1,algorithm=HMAC_MD5", "key=key1,key=key1", "algorithm="] {
        let request = Request { settings: Some(settings.into()), ..request.clone() };
        let received = receive(&request.signed(), &keys);
        assert!(matches!(received, Err(Refused::Settings(_))), "{settings}");
    }
}

#[test]
fn a_shared_key_of_another_account() {
    let keys =
        twilio::signature::AccountKeys::new("ACbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb".parse().unwrap(), [TOKEN.into()])
            .with_shared_key("key1", "secret1".into());
    check(&with_shared_key("key1", "secret1", "HMAC_SHA256"), &keys, Err(Refused::UnknownKey));
}

#[test]
fn secrets_are_not_shown() {
    let keys = keys(&[TOKEN]).with_shared_key("key1", "secret1".into());
    let shown = format!("{keys:?}");
    assert!(!shown.contains(TOKEN) && !shown.contains("secret1"), "{shown}");
}

#[test]
fn no_signature_and_what_is_none() {
    let request = Request::form(URL, &PAIRS);
    let keys = keys(&[TOKEN]);
    check(&Request { signature: None, ..request.clone() }, &keys, Err(Refused::Unsigned));
    for (signature, refusal) in [
        ("", Refused::WrongSignature),
        ("AAAA", Refused::WrongSignature),
        ("not Base64!", Refused::NotBase64),
        // unpadded, URL-safe and with stray bits in the last character
        ("AAAAAAAAAAAAAAAAAAAAAAAAAAA", Refused::NotBase64),
        ("-_AAAAAAAAAAAAAAAAAAAAAAAAA=", Refused::NotBase64),
        ("AAAAAAAAAAAAAAAAAAAAAAAAAAB=", Refused::NotBase64),
    ] {
        let signature = Some(signature.to_owned());
        check(&Request { signature, ..request.clone() }, &keys, Err(refusal));
    }
}
