use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::{digest, hmac};
use secrecy::{ExposeSecret, SecretString};

use super::settings::{Algorithm, InvalidSettings, Settings};
use super::{AccountSecrets, port_variants::port_variants, signed_text};
use crate::webhook::Form;

/// A request as it arrived, with nothing decoded, trimmed or normalised.
#[derive(Clone, Copy)]
pub struct SignedRequest<'a> {
    /// The public URL: the configured base, the path and the *raw* query.
    pub url: &'a str,
    /// `X-Twilio-Signature`, see [`super::SIGNATURE_HEADER`]. A header that came twice is `None`.
    pub signature: Option<&'a str>,
    /// `X-Twilio-Webhooks-Signature-Settings`, see [`super::SIGNATURE_SETTINGS_HEADER`].
    pub signature_settings: Option<&'a str>,
    /// `Content-Type`. Absent means a form.
    pub content_type: Option<&'a str>,
    /// The raw body (of a Lambda event: after its Base64).
    pub body: &'a [u8],
}

/// Why a request is refused. For our log: the answer is 403 without a body, whatever the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    /// No signature header.
    #[error("the request is not signed")]
    Unsigned,
    /// The signature is not the canonical, padded Base64 of anything.
    #[error("the signature is not Base64")]
    NotBase64,
    /// The settings header is not understood.
    #[error("the signature settings are not understood")]
    Settings(#[from] InvalidSettings),
    /// The form names two accounts, so that it cannot be said whose secret counts.
    #[error("the form names two accounts")]
    TwoAccounts,
    /// We hold no auth token for the account that the form names.
    #[error("no auth token is known for the account")]
    UnknownAccount,
    /// We hold no such shared key for the account that the form names.
    #[error("no such shared key is known for the account")]
    UnknownKey,
    /// The body is no form, and the URL has no `bodySHA256` that would bind it.
    #[error("the body is not bound by bodySHA256")]
    UnboundBody,
    /// The body is not the one whose `bodySHA256` was signed.
    #[error("the body differs from its bodySHA256")]
    OtherBody,
    /// No accepted secret gives this signature for this URL and body.
    #[error("the signature is wrong")]
    WrongSignature,
    /// It is Twilio's, but its body is no form.
    #[error("the body is not a form")]
    NotAForm,
}

/// The body of a request whose signature is right.
#[derive(Debug)]
pub(crate) enum Body<'a> {
    Form(Form),
    Raw(&'a [u8]),
}

pub(crate) fn check<'a>(request: &SignedRequest<'a>, secrets: &impl AccountSecrets) -> Result<Body<'a>, Refused> {
    let signature = request.signature.ok_or(Refused::Unsigned)?;
    let signature = STANDARD.decode(signature).map_err(|_| Refused::NotBase64)?;
    let settings = Settings::parse(request.signature_settings)?;
    let (body, parameters) = body_of(request)?;
    let account = match &body {
        Body::Form(form) => form.one("AccountSid").map_err(|_| Refused::TwoAccounts)?,
        Body::Raw(_) => None,
    };
    let (accepted, none_known) = match settings.key {
        None => (secrets.auth_tokens(account), Refused::UnknownAccount),
        Some(key) => (secrets.shared_key(account, key), Refused::UnknownKey),
    };
    if !accepted.iter().any(usable) {
        return Err(none_known);
    }
    let algorithm = match settings.algorithm {
        Algorithm::HmacSha1 => hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
        Algorithm::HmacSha256 => hmac::HMAC_SHA256,
    };
    for url in port_variants(request.url) {
        let text = [url.as_bytes(), parameters.as_bytes()].concat();
        for secret in accepted.iter().filter(|secret| usable(secret)) {
            let key = hmac::Key::new(algorithm, secret.expose_secret().as_bytes());
            if hmac::verify(&key, &text, &signature).is_ok() {
                return Ok(body);
            }
        }
    }
    Err(Refused::WrongSignature)
}

/// An empty secret is a missing one: with it, anybody could sign.
fn usable(secret: &SecretString) -> bool {
    !secret.expose_secret().is_empty()
}

/// The body, and what of it is signed after the URL.
fn body_of<'a>(request: &SignedRequest<'a>) -> Result<(Body<'a>, String), Refused> {
    let query = query(request.url);
    let raw = request.content_type.is_some_and(|it| !is_form(it)) && !request.body.is_empty();
    if !raw {
        let form = Form::parse(request.body);
        if !form.pairs().is_empty() {
            let parameters = signed_text::of_parameters(form.pairs());
            return Ok((Body::Form(form), parameters));
        }
    }
    // Nothing but the URL is signed: a body is bound by its hash there. Who presents a signed JSON
    // request as an empty form has another hash.
    match form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "bodySHA256") {
        None if raw => return Err(Refused::UnboundBody),
        None => {}
        // not a secret: it stands in the URL
        Some((_, hash)) if *hash == *sha256(request.body) => {}
        Some(_) => return Err(Refused::OtherBody),
    }
    let body = match raw {
        true => Body::Raw(request.body),
        // of a GET every parameter is in the URL
        false => Body::Form(Form::parse(query.as_bytes())),
    };
    Ok((body, String::new()))
}

fn is_form(content_type: &str) -> bool {
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

fn query(url: &str) -> &str {
    let url = url.split_once('#').map_or(url, |(before, _)| before);
    url.split_once('?').map_or("", |(_, query)| query)
}

/// In hexadecimal digits, lower case as Twilio writes them.
fn sha256(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |half: u8| char::from(DIGITS[usize::from(half)]);
    let hash = digest::digest(&digest::SHA256, bytes);
    hash.as_ref().iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
