//! Whoever asks: who that is, and how they stop being it.

use api::{How, Me};
use axum::extract::State;

use crate::{
    answer::{Removed, Shown},
    app::App,
    caller::{Caller, Reader},
    endpoint::{Endpoint, delete, get},
    failure::{Cause, Failure},
};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        get("/me", show).says("Who asks", "With what role, and by what they are known."),
        delete("/me", revoke)
            .says("Revokes the token that asks", "Wherever it is used, it counts no longer from then on.")
            .refuses(&[Cause::KeptElsewhere]),
    ]
}

async fn show(caller: Caller<Reader>) -> Result<Shown<Me>, Failure> {
    let Caller { author, role, name, how, expires_at, .. } = caller;
    Ok(Shown(Me { id: author.token, name, role, how, expires_at }))
}

async fn revoke(caller: Caller<Reader>, State(app): State<App>) -> Result<Removed, Failure> {
    let elsewhere = match caller.how {
        How::Token => None,
        How::Issuer => Some("it counts until it expires; end the session at the issuer, which gives out the next one"),
        How::Bootstrap => Some("put another one into Secrets Manager: this one then counts for five minutes at most"),
    };
    if let Some(elsewhere) = elsewhere {
        return Err(Failure::from(Cause::KeptElsewhere).detail(elsewhere));
    }
    // if somebody else was first it is gone all the same
    app.store.revoke_token(&caller.author.token, &caller.author, app.clock.now()).await?;
    Ok(Removed)
}
