//! Buying numbers: money is spent at most once for each `Idempotency-Key`.
//!
//! 1. `request`: what is wanted, checked; the purchase's id is made of the key.
//! 2. `terms`: the price is the one that was shown, it is below the ceiling, the papers are there.
//! 3. The store reserves: the intent, its place in the quota and its claim on the number, in one transaction.
//! 4. `step` says what to do, `work` does it: ask Twilio, look for what may have been bought, make the line.
//!
//! Whoever is killed in between leaves a purchase that says how far it went; the same request again, or the sweep,
//! carries it on.

mod request;
mod step;
mod terms;
mod work;

use api::NewPurchase;
use axum::extract::State;
use store::{Purchase, PurchaseState, Reservation, SaveContext};

pub(crate) use request::{friendly_name, ids, kind, new_line, shown_money};
pub(crate) use step::Worker;
pub(crate) use work::{End, Work};

use crate::{
    answer::{Begun, Shown},
    app::App,
    argument::{Body, Id, IdempotencyKey, Two},
    caller::{Admin, Caller, Reader},
    endpoint::{Endpoint, get, post},
    failure::{Cause, Failure},
    objects::prompts,
    secret::random_address,
};
use request::Wanted;

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        post("/integrations/{account}/purchases", buy).says(
            "Buys a number",
            "At the price that was shown, or not at all. Send the same `Idempotency-Key` with every repetition: it is \
             the same purchase, which is paid once. It becomes a line, disabled until it leads somewhere.",
        ).asks_twilio().refuses(&[
 Cause::PriceChanged, Cause::QuotaReached, Cause::NotBought, Cause::NumberTaken, Cause::Pending, Cause::KeyReused,
 ]),
        get("/integrations/{account}/purchases/{purchase}", read).says("Shows a purchase", "And where it stands."),
    ]
}

async fn read(
    _: Caller<Reader>,
    State(app): State<App>,
    Two(account, id): Two,
) -> Result<Shown<api::Purchase>, Failure> {
    let found = app.store.purchase(&id).await?.filter(|purchase| purchase.account == account);
    found.map(|purchase| Shown(shown(purchase))).ok_or_else(|| Cause::NotFound.into())
}

async fn buy(
    caller: Caller<Admin>,
    State(app): State<App>,
    Id(account): Id,
    IdempotencyKey(key): IdempotencyKey,
    Body(request): Body<NewPurchase>,
) -> Result<Begun<api::Purchase>, Failure> {
    let wanted = Wanted::check(request)?;
    let (id, line) = ids(&account, &key);
    let request = serde_json::to_value(&wanted.request).map_err(|error| Failure::internal(&error))?;
    if let Some(known) = app.store.purchase(&id).await? {
        return go_on(&app, &caller, known, &request).await;
    }
    let client = app.twilio(&account).await?;
    app.check_terms(&client, &wanted).await?;
    let now = app.clock.now();
    let prompts = prompts();
    let context = SaveContext { by: &caller.author, at: now, prompts: &prompts };
    let review = app.store.check(&wanted.line(&line), &context).await?;
    if !review.is_sound() {
        return Err(store::SaveError::Refused(review).into());
    }
    let purchase = Purchase {
        id,
        version: 0,
        lease: None,
        account,
        number: wanted.number().clone(),
        line,
        fallback: Some(random_address()?),
        request: request.clone(),
        created_at: now,
        created_by: caller.author.token.clone(),
        asked_at: None,
        state: PurchaseState::Open,
    };
    let refuse = |cause: Cause, detail: &str| Err(Failure::from(cause).detail(detail));
    match app.store.reserve(purchase, app.numbers.most, app.lease_end(now)?).await? {
        Reservation::Made(purchase) => {
            let work = Work { app: &app, client: &client, author: &caller.author, worker: Worker::Client };
            let id = purchase.id.clone();
            match work.carry_on(purchase).await? {
                End::At(purchase) => answer(*purchase),
                End::Later => later(),
                End::Overtaken => go_on_from(&app, &caller, &id, &request).await,
            }
        }
        Reservation::Exists(purchase) => go_on(&app, &caller, purchase, &request).await,
        Reservation::QuotaReached => {
            refuse(Cause::QuotaReached, &format!("At most {} numbers, bought and being bought.", app.numbers.most))
        }
        Reservation::Claimed => refuse(Cause::Pending, "The number is being bought with another Idempotency-Key."),
        Reservation::Ours => refuse(Cause::NumberTaken, "The number is a line already."),
    }
}

async fn go_on_from(
    app: &App,
    caller: &Caller<Admin>,
    id: &str,
    request: &serde_json::Value,
) -> Result<Begun<api::Purchase>, Failure> {
    let found = app.store.purchase(id).await?.ok_or(Cause::NotFound)?;
    go_on(app, caller, found, request).await
}

/// Goes on with a purchase that was begun before: its answer if it has one, else the work, when nobody else does it.
async fn go_on(
    app: &App,
    caller: &Caller<Admin>,
    mut purchase: Purchase,
    request: &serde_json::Value,
) -> Result<Begun<api::Purchase>, Failure> {
    if purchase.request != *request {
        return Err(Cause::KeyReused.into());
    }
    for _ in 0..app.numbers.pace.polls {
        if purchase.state.is_settled() {
            return answer(purchase);
        }
        let id = purchase.id.clone();
        if let Some(leased) = app.lease(purchase).await? {
            let client = app.twilio(&leased.account).await?;
            let work = Work { app, client: &client, author: &caller.author, worker: Worker::Client };
            match work.carry_on(leased).await? {
                End::At(purchase) => return answer(*purchase),
                End::Later => return later(),
                End::Overtaken => {}
            }
        } else {
            tokio::time::sleep(app.numbers.pace.poll).await;
        }
        purchase = app.store.purchase(&id).await?.ok_or(Cause::NotFound)?;
    }
    Err(Cause::Pending.into())
}

fn answer(purchase: Purchase) -> Result<Begun<api::Purchase>, Failure> {
    match &purchase.state {
        PurchaseState::Refused { code, why } => {
            let failure = Failure::from(Cause::NotBought).detail(why);
            Err(match code.and_then(paper) {
                Some(field) => failure.naming(field, "is missing, or does not do for this number"),
                None => failure,
            })
        }
        PurchaseState::Done { .. } => Ok(Begun::Made(shown(purchase))),
        PurchaseState::Open | PurchaseState::Bought { .. } => Ok(Begun::Open(shown(purchase))),
    }
}

/// The paper that Twilio misses, by its code.
fn paper(code: u32) -> Option<&'static str> {
    match code {
        21615 | 21631 => Some("address"),
        21649 => Some("bundle"),
        21650 => Some("identity"),
        _ => None,
    }
}

fn later() -> Result<Begun<api::Purchase>, Failure> {
    let detail = "Twilio has not processed it. Nothing was bought; send the same request again.";
    Err(Failure::from(Cause::Unavailable).detail(detail))
}

fn shown(purchase: Purchase) -> api::Purchase {
    let (state, code, why) = match purchase.state {
        PurchaseState::Open => (api::PurchaseState::Unknown, None, None),
        PurchaseState::Bought { .. } => (api::PurchaseState::Bought, None, None),
        PurchaseState::Done { .. } => (api::PurchaseState::Done, None, None),
        PurchaseState::Refused { code, why } => (api::PurchaseState::Refused, code, Some(why)),
    };
    api::Purchase {
        id: purchase.id,
        account: purchase.account,
        state,
        number: api::Number(purchase.number),
        line: purchase.line,
        created_at: purchase.created_at,
        code,
        why,
    }
}
