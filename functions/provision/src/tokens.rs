//! Bearer tokens: made, listed without their secrets, revoked.

use api::{CreatedToken, NewToken, Page, PageQuery, Role, Token};
use axum::extract::State;
use jiff::Timestamp;
use store::{Author, StoredToken};

use crate::{
    answer::{Made, Removed, Shown},
    app::App,
    argument::{Body, Id, Query, page},
    caller::{Admin, Caller, TOKEN_PREFIX, role},
    endpoint::{Endpoint, delete, get, post},
    failure::{Cause, Failure},
    secret::{Digest, random_letters, random_secret},
    texts::Typed,
};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        get("/tokens", list).says("Lists tokens", "Without their secrets."),
        post("/tokens", create).says("Makes a token", "Its secret is in this answer and never shown again."),
        delete("/tokens/{token}", revoke).says("Revokes a token", "It counts no longer from then on."),
    ]
}

async fn list(
    _: Caller<Admin>,
    State(app): State<App>,
    Query(query): Query<PageQuery>,
) -> Result<Shown<Page<Token>>, Failure> {
    let (cursor, limit) = page(query)?;
    let found = app.store.tokens(cursor.as_deref(), limit).await?;
    Ok(Shown(Page { items: found.items.into_iter().map(shown).collect(), next: found.next }))
}

async fn create(
    caller: Caller<Admin>,
    State(app): State<App>,
    Body(wanted): Body<NewToken>,
) -> Result<Made<CreatedToken>, Failure> {
    let now = app.clock.now();
    check(&wanted, now)?;
    let id = random_letters(12)?;
    let secret = format!("{TOKEN_PREFIX}{id}_{}", random_secret()?);
    let token = stored(id, wanted, &secret, &caller.author, now);
    if !app.store.add_token(&token, &caller.author).await? {
        return Err(Failure::from(Cause::Exists));
    }
    Ok(Made(CreatedToken { token: shown(token), secret }))
}

async fn revoke(caller: Caller<Admin>, State(app): State<App>, Id(id): Id) -> Result<Removed, Failure> {
    if app.store.revoke_token(&id, &caller.author, app.clock.now()).await? {
        Ok(Removed)
    } else {
        Err(Failure::from(Cause::NotFound))
    }
}

fn check(wanted: &NewToken, now: Timestamp) -> Result<(), Failure> {
    let mut typed = Typed::default();
    typed.name("name", &wanted.name);
    if wanted.expires_at.is_some_and(|end| end <= now) {
        typed.refuse("expires_at", "must be in the future");
    }
    typed.read(Some(()))
}

fn stored(id: String, wanted: NewToken, secret: &str, by: &Author, now: Timestamp) -> StoredToken {
    let last4 = secret.get(secret.len().saturating_sub(4)..).unwrap_or_default().to_owned();
    StoredToken {
        id,
        name: wanted.name,
        role: wanted.role.as_str().to_owned(),
        hash: Digest::of(secret).hex(),
        last4,
        created_at: now,
        created_by: by.token.clone(),
        expires_at: wanted.expires_at,
    }
}

fn shown(token: StoredToken) -> Token {
    Token {
        // a role that this version does not know lets nobody in
        role: role(&token.role).unwrap_or(Role::Reader),
        id: token.id,
        name: token.name,
        last4: token.last4,
        created_at: token.created_at,
        created_by: token.created_by,
        expires_at: token.expires_at,
    }
}
