//! Who asks. A handler that lacks a [`Caller`] cannot be mounted (`endpoint.rs`).

use std::marker::PhantomData;

use api::{How, Role};
use axum::{
    extract::FromRequestParts,
    http::{header::AUTHORIZATION, request::Parts},
};
use entry::Chain;
use jiff::{SignedDuration, Timestamp};
use store::{Author, StoredToken};

use crate::{
    app::App,
    failure::{Cause, Failure},
    issuer::{Bearer, Issuer, Unrecognised, is_jwt},
    secret::Digest,
};

/// The author of whatever the first administrator's token does.
pub(crate) const BOOTSTRAP: &str = "bootstrap";

/// How long the first administrator's token counts after it was replaced.
const BOOTSTRAP_AGE: SignedDuration = SignedDuration::from_mins(5);

/// What every token that we make begins with.
pub(crate) const TOKEN_PREFIX: &str = "dl_";

/// A role that a handler may ask for.
pub(crate) trait Rank: Send + Sync + 'static {
    /// The least role that is let in.
    const ROLE: Role;
}

macro_rules! ranks {
    ($($(#[$about:meta])* $rank:ident),+) => {$(
        $(#[$about])*
        #[derive(Debug)]
        pub(crate) struct $rank;

        impl Rank for $rank {
            const ROLE: Role = Role::$rank;
        }
    )+};
}

ranks! {
    /// Whoever may see things.
    Reader,
    /// Whoever may change schedules, set modes, act on incidents and verify phones, too.
    Operator,
    /// Whoever may change everything.
    Admin
}

/// Somebody whose role is at least this.
#[derive(Debug)]
pub(crate) struct Caller<R> {
    /// Who, for the audit log.
    pub(crate) author: Author,
    /// What they may do.
    pub(crate) role: Role,
    /// What to call them.
    pub(crate) name: String,
    /// By what they are known.
    pub(crate) how: How,
    /// Until when that counts.
    pub(crate) expires_at: Option<Timestamp>,
    rank: PhantomData<fn() -> R>,
}

impl<R: Rank> FromRequestParts<App> for Caller<R> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let Known { id, role, name, how, expires_at } = app.recognise(parts).await?;
        if role < R::ROLE {
            let detail = format!("this needs the role {}, the token has {role}", R::ROLE);
            return Err(Failure::from(Cause::Forbidden).detail(detail).challenge(INSUFFICIENT));
        }
        Ok(Self {
            author: Author { token: id, name: Some(name.clone()) },
            role,
            name,
            how,
            expires_at,
            rank: PhantomData,
        })
    }
}

/// Somebody who was recognised.
struct Known {
    id: String,
    role: Role,
    name: String,
    how: How,
    expires_at: Option<Timestamp>,
}

const MISSING: &str = r#"Bearer realm="dutyline""#;
const INVALID: &str = r#"Bearer realm="dutyline", error="invalid_token""#;
const INSUFFICIENT: &str = r#"Bearer realm="dutyline", error="insufficient_scope""#;

impl App {
    async fn recognise(&self, parts: &Parts) -> Result<Known, Failure> {
        let missing = || Failure::from(Cause::Unauthenticated).challenge(MISSING);
        let mut values = parts.headers.get_all(AUTHORIZATION).iter();
        let (value, None) = (values.next().ok_or_else(missing)?, values.next()) else { return Err(missing()) };
        let (scheme, shown) = value.to_str().ok().and_then(|value| value.split_once(' ')).ok_or_else(missing)?;
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(missing());
        }
        let digest = Digest::of(shown);
        let known = match (id_of(shown), &self.issuer) {
            (Some(id), _) => self.token(id, &digest).await?,
            (None, Some(issuer)) if is_jwt(shown) => by_jwt(issuer, shown).await?,
            (None, _) => self.is_bootstrap(&digest).await?.then(first_administrator),
        };
        // an unknown, a revoked and an expired token look the same from outside
        known.ok_or_else(|| Failure::from(Cause::Unauthenticated).challenge(INVALID))
    }

    async fn token(&self, id: &str, shown: &Digest) -> Result<Option<Known>, Failure> {
        let Some(token) = self.store.token(id).await? else { return Ok(None) };
        let counts = Digest::of_hex(&token.hash).is(shown) && !has_ended(&token, self);
        let role = role(&token.role).filter(|_| counts);
        Ok(role.map(|role| {
            let StoredToken { id, name, expires_at, .. } = token;
            Known { id, role, name, how: How::Token, expires_at }
        }))
    }

    /// A token that was put into Secrets Manager counts at once, the one before it for some minutes at most.
    async fn is_bootstrap(&self, shown: &Digest) -> Result<bool, Failure> {
        let known = self.admin.value_of_age(BOOTSTRAP_AGE).await.map_err(|error| {
            tracing::error!(error = %Chain(&error), "nobody can be recognised");
            Failure::from(Cause::Unavailable)
        })?;
        if known.is(shown) {
            return Ok(true);
        }
        Ok(self.admin.newer_than(&known).await.is_some_and(|newer| newer.is(shown)))
    }
}

fn first_administrator() -> Known {
    let name = "First administrator".to_owned();
    Known { id: BOOTSTRAP.to_owned(), role: Role::Admin, name, how: How::Bootstrap, expires_at: None }
}

async fn by_jwt(issuer: &Issuer, shown: &str) -> Result<Option<Known>, Failure> {
    match issuer.recognise(shown).await {
        Ok(bearer) => {
            let missing = || {
                let claim = issuer.role_claim();
                let detail = format!("the token's claim {claim:?} names none of the roles reader, operator and admin");
                Failure::from(Cause::Forbidden).detail(detail).challenge(INSUFFICIENT)
            };
            let Bearer { author, role, name, expires_at } = bearer;
            let role = role.ok_or_else(missing)?;
            Ok(Some(Known { id: author, role, name, how: How::Issuer, expires_at: Some(expires_at) }))
        }
        Err(Unrecognised::Refused(refusal)) => {
            tracing::info!(%refusal, "a JWT does not count");
            Ok(None)
        }
        Err(Unrecognised::Unreachable(reason)) => Err(Failure::from(Cause::Unavailable).detail(reason.to_string())),
    }
}

/// The id in a token of ours: `dl_<id>_<secret>`.
fn id_of(shown: &str) -> Option<&str> {
    shown.strip_prefix(TOKEN_PREFIX)?.split_once('_').map(|(id, _)| id).filter(|id| !id.is_empty())
}

fn has_ended(token: &StoredToken, app: &App) -> bool {
    token.expires_at.is_some_and(|end| end <= app.clock.now())
}

/// A role by its word.
pub(crate) fn role(word: &str) -> Option<Role> {
    [Role::Reader, Role::Operator, Role::Admin].into_iter().find(|role| role.as_str() == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_of_ours_tells_its_id() {
        assert_eq!(id_of("dl_k7f3_a_b"), Some("k7f3"));
        for other in ["dl_", "dl__x", "dl_k7f3", "k7f3_x", ""] {
            assert_eq!(id_of(other), None, "{other}");
        }
    }
}
