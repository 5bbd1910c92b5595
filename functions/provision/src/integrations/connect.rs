//! Connecting an account and replacing its secrets: tried first, then kept.

use api::{Integration, NewIntegration, Rotation};
use axum::extract::State;
use secrecy::SecretString;
use store::Action;
use twilio::{AccountSid, ApiKeySid, rest::Error};

use super::shown;
use crate::{
    answer::{Added, Tagged},
    app::App,
    argument::{Body, Conditions, Id},
    caller::{Admin, Caller},
    failure::{Cause, Failure},
    secret::Digest,
    texts::Typed,
    vault::Which,
};

pub(super) async fn connect(
    caller: Caller<Admin>,
    State(app): State<App>,
    Body(wanted): Body<NewIntegration>,
) -> Result<Added<Integration>, Failure> {
    let mut typed = Typed::default();
    let account = typed.sid::<AccountSid>("account", &wanted.account, "an account", "AC");
    typed.name("name", &wanted.name);
    let key = key_sid(&mut typed, &wanted.key_sid);
    let (account, key) = typed.read(account.zip(key))?;
    if app.store.integration(&wanted.account).await?.is_some() {
        return Err(Failure::from(Cause::Exists).detail("this account is connected; rotate its secrets instead"));
    }
    try_token(&app, &account, &wanted.auth_token).await?;
    try_key(&app, &account, key, &wanted.key_secret).await?;
    // the secrets first: an account that is listed can be used
    app.numbers
        .vault
        .change(Which::Keys, |keys| keys.set_key(&wanted.account, &wanted.key_sid, &wanted.key_secret))
        .await?;
    app.numbers.vault.change(Which::Tokens, |tokens| tokens.set_token(&wanted.account, &wanted.auth_token)).await?;
    let integration = store::Integration {
        account: wanted.account,
        version: 1,
        name: wanted.name,
        key_sid: wanted.key_sid,
        auth_token_last4: last4(&wanted.auth_token),
        key_secret_last4: last4(&wanted.key_secret),
        created_at: app.clock.now(),
        rotated_at: None,
        rotation: None,
    };
    if !app.store.add_integration(&integration, &caller.author).await? {
        return Err(Failure::from(Cause::Exists).detail("this account is connected; rotate its secrets instead"));
    }
    Ok(Added(shown(integration)))
}

pub(super) async fn rotate(
    caller: Caller<Admin>,
    State(app): State<App>,
    conditions: Conditions,
    Id(account): Id,
    Body(wanted): Body<Rotation>,
) -> Result<Tagged<Integration>, Failure> {
    let integration = app.integration_if(&account, conditions.of_write_if_any()?.as_ref()).await?;
    let sid: AccountSid = account.parse().map_err(|_| Cause::NotFound)?;
    let key = match (&wanted.key_sid, &wanted.key_secret) {
        (Some(key), Some(secret)) => Some((key, secret)),
        (None, None) => None,
        (Some(_), None) => return Err(Failure::field("key_secret", "is missing")),
        (None, Some(_)) => return Err(Failure::field("key_sid", "is missing")),
    };
    let mut typed = Typed::default();
    let new_key = key.and_then(|(key, _)| key_sid(&mut typed, key));
    let new_key = typed.read(Some(new_key))?;
    if let Some(token) = &wanted.auth_token {
        try_token(&app, &sid, token).await?;
    }
    if let (Some((key, secret)), Some(new_key)) = (key, new_key) {
        try_key(&app, &sid, new_key, secret).await?;
        app.numbers.vault.change(Which::Keys, |keys| keys.set_key(&account, key, secret)).await?;
    }
    if wanted.auth_token.is_some() || wanted.retire {
        let change = |tokens: &mut crate::vault::Document| {
            if let Some(token) = &wanted.auth_token {
                tokens.add_token(&account, token);
            }
            if wanted.retire {
                tokens.retire_tokens(&account);
            }
        };
        app.numbers.vault.change(Which::Tokens, change).await?;
    }
    let rotation = digest(&account, &wanted);
    let fields = replaced(&wanted);
    if fields.is_empty() || integration.rotation.as_ref() == Some(&rotation) {
        // nothing, or the same once more, whose answer was lost
        return Ok(Tagged(shown(integration)));
    }
    let now = app.clock.now();
    // whatever else was changed meanwhile: the secrets are replaced
    let change = |integration: &mut store::Integration| {
        if let Some((key, secret)) = key {
            integration.key_sid.clone_from(key);
            integration.key_secret_last4 = last4(secret);
        }
        if let Some(token) = &wanted.auth_token {
            integration.auth_token_last4 = last4(token);
        }
        integration.rotated_at = Some(now);
        integration.rotation = Some(rotation.clone());
    };
    app.change_integration(&caller, &account, None, (Action::Rotated, &fields), change).await.map(Tagged)
}

/// What of the secrets is another one now, in names.
fn replaced(wanted: &Rotation) -> Vec<&'static str> {
    let named = [
        ("auth_token", wanted.auth_token.is_some()),
        ("key", wanted.key_sid.is_some()),
        ("retired_auth_token", wanted.retire),
    ];
    named.into_iter().filter_map(|(name, is)| is.then_some(name)).collect()
}

/// The same for the same rotation. Its secrets are random and long.
fn digest(account: &str, wanted: &Rotation) -> String {
    let part = |part: &Option<String>| part.clone().unwrap_or_default();
    let retire = if wanted.retire { "retire" } else { "" };
    let parts = [account, &part(&wanted.auth_token), &part(&wanted.key_sid), &part(&wanted.key_secret), retire];
    Digest::of(&parts.join("\n")).hex()
}

/// The account tells of itself only to whoever has its token.
async fn try_token(app: &App, account: &AccountSid, token: &str) -> Result<(), Failure> {
    let client = app.by_token(account.clone(), SecretString::from(token));
    client.fetch_account().await.map(drop).map_err(|error| refused(error, "auth_token"))
}

/// Looking at the market spends nothing, and any key may.
async fn try_key(app: &App, account: &AccountSid, key: ApiKeySid, secret: &str) -> Result<(), Failure> {
    let client = app.by_key(account.clone(), key, SecretString::from(secret));
    client.countries().await.map(drop).map_err(|error| refused(error, "key_secret"))
}

fn refused(error: Error, field: &str) -> Failure {
    match &error {
        Error::Unauthorised(_) | Error::NotFound(_) => {
            Failure::field(field, "is not accepted by Twilio for this account")
        }
        _ => error.into(),
    }
}

fn key_sid(typed: &mut Typed, sid: &str) -> Option<ApiKeySid> {
    typed.sid("key_sid", sid, "an API key", "SK")
}

/// The last four characters, of a text from which four characters give nothing away.
fn last4(secret: &str) -> String {
    let characters: Vec<char> = secret.chars().collect();
    if characters.len() < 12 { String::new() } else { characters[characters.len() - 4..].iter().collect() }
}
