//! Which product a path belongs to, and who may ask it.
use axum::http::Method;
use data_encoding::BASE64;

use super::{Ask, Reply};
use crate::{
    account::{Account, AccountKind},
    world::World,
};

/// The suffix of sound.
pub(super) const SOUND: &str = ".mp3";

/// A product of Twilio; its own host there, a prefix here.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Product {
    /// The 2010 API: accounts and what they have.
    Api,
    Pricing,
    Numbers,
}

/// What a request is about: the parts of its path behind the product's prefix.
pub(super) struct Target<'a> {
    pub(super) product: Product,
    pub(super) parts: Vec<&'a str>,
}

impl<'a> Target<'a> {
    /// None when there is no such address, for instance because the suffix `.json` is missing.
    pub(super) fn of(path: &'a str) -> Option<Self> {
        let products = [
            (Product::Api, "/2010-04-01/Accounts", ".json"),
            (Product::Pricing, "/v1/PhoneNumbers", ""),
            (Product::Numbers, "/v2/RegulatoryCompliance", ""),
        ];
        products.into_iter().find_map(|(product, prefix, suffix)| {
            let rest = path.strip_prefix(prefix)?;
            let rest = rest.strip_suffix(suffix).or_else(|| is_content(rest).then_some(rest))?;
            let parts = rest.split('/').skip(1).collect();
            (rest.is_empty() || rest.starts_with('/')).then_some(Self { product, parts })
        })
    }

    /// What test credentials may see.
    fn is_for_tests(&self) -> bool {
        let open = ["Calls", "IncomingPhoneNumbers", "Messages"];
        self.product == Product::Api && self.parts.get(1).is_some_and(|resource| open.contains(resource))
    }

    /// Accounts and keys are not for standard keys.
    fn is_closed_to_keys(&self) -> bool {
        self.product == Product::Api && (self.parts.len() <= 1 || self.parts.get(1) == Some(&"Keys"))
    }
}

/// What came with a text, itself and not as JSON, has no suffix; sound has its own.
fn is_content(rest: &str) -> bool {
    match rest.split('/').collect::<Vec<_>>()[..] {
        ["", _, "Messages", _, "Media", _] => true,
        ["", _, "Recordings", file] => file.ends_with(SOUND),
        _ => false,
    }
}

/// Basic authentication with an account's token or with an API key. The account that the request is about.
pub(super) fn authorise(world: &World, ask: &Ask, target: &Target) -> Result<String, Reply> {
    let denied = || Reply::error(401, 20003, "Authenticate");
    let (user, secret) = credentials(ask).ok_or_else(denied)?;
    let by_token = |account: &&Account| account.sid == user && account.is_token(&secret);
    let by_key = |account: &&Account| account.key.0 == user && account.key.1 == secret && !target.is_closed_to_keys();
    let account = world.accounts().find(|account| by_token(account) || by_key(account)).ok_or_else(denied)?;
    let asked = match (target.product, target.parts.first()) {
        (Product::Api, Some(asked)) => asked,
        _ => account.sid.as_str(),
    };
    if asked != account.sid {
        return Err(Reply::not_found(&ask.path));
    }
    if account.kind == AccountKind::Test && !target.is_for_tests() {
        return Err(Reply::error(403, 20008, "Resource not accessible with Test Account Credentials"));
    }
    // a suspended account can still be looked at
    if !account.active && ask.method != Method::GET {
        return Err(Reply::error(403, 20005, "Account not active"));
    }
    Ok(account.sid.clone())
}

/// True when test credentials would create something that is not there.
pub(super) fn needs_magic(world: &World, ask: &Ask) -> bool {
    let test = world.account(&ask.account).is_some_and(|account| account.kind == AccountKind::Test);
    test && ask.method == Method::POST
}

fn credentials(ask: &Ask) -> Option<(String, String)> {
    let encoded = ask.authorization.as_deref()?.strip_prefix("Basic ")?;
    let decoded = String::from_utf8(BASE64.decode(encoded.as_bytes()).ok()?).ok()?;
    decoded.split_once(':').map(|(user, secret)| (user.to_owned(), secret.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, product: Product, parts: &[&str], closed: bool) {
        let target = Target::of(path).unwrap();
        assert!(target.product == product, "{path}");
        assert_eq!(target.parts, parts);
        assert_eq!(target.is_closed_to_keys(), closed, "{path}");
    }

    #[test]
    fn paths() {
        check("/2010-04-01/Accounts.json", Product::Api, &[], true);
        check("/2010-04-01/Accounts/AC1.json", Product::Api, &["AC1"], true);
        check("/2010-04-01/Accounts/AC1/Keys.json", Product::Api, &["AC1", "Keys"], true);
        check("/2010-04-01/Accounts/AC1/Calls.json", Product::Api, &["AC1", "Calls"], false);
        let content = ["AC1", "Messages", "MM1", "Media", "ME1"];
        check("/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1", Product::Api, &content, false);
        let sound = ["AC1", "Recordings", "RE1.mp3"];
        check("/2010-04-01/Accounts/AC1/Recordings/RE1.mp3", Product::Api, &sound, false);
        check("/v1/PhoneNumbers/Countries/NO", Product::Pricing, &["Countries", "NO"], false);
        check("/v2/RegulatoryCompliance/Bundles", Product::Numbers, &["Bundles"], false);
        for wrong in [
            "/2010-04-01/Accounts/AC1/Calls",
            "/2010-04-01/Accounts/AC1/Calls/CA1.mp3",
            "/2010-04-01/Accounts/AC1/Recordings/RE1",
            "/2010-04-01/AccountsAC1.json",
            "/v1/Voice/Countries",
        ] {
            assert!(Target::of(wrong).is_none(), "{wrong}");
        }
    }
}
