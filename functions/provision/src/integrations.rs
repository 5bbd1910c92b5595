//! Connected Twilio accounts: their secrets are tried at Twilio before they are kept, and never shown again.

mod connect;
mod disconnect;

use api::{Integration, IntegrationChange, IntegrationState, Page, PageQuery};
use axum::extract::State;
use store::Action;

use crate::{
    answer::Shown,
    app::App,
    argument::{Body, Id, Query, page},
    caller::{Admin, Caller},
    endpoint::{Endpoint, delete, get, post, put},
    failure::{Cause, Failure},
    purchases::shown_money,
    texts::Typed,
};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        get("/integrations", list).says("Lists connected Twilio accounts", "Without their secrets."),
        post("/integrations", connect::connect).says(
            "Connects a Twilio account",
            "Its auth token and its API key are tried at Twilio first. They are kept in Secrets Manager and never shown \
             again.",
        ).asks_twilio().refuses(&[Cause::Exists]),
        get("/integrations/{account}", read)
            .says("Shows a connected account", "With its balance at Twilio, who bills all numbers, calls and texts."),
        put("/integrations/{account}", rename).says("Renames a connected account", "Its secrets stay."),
        delete("/integrations/{account}", disconnect::disconnect).says(
            "Disconnects an account",
            "Refused as long as lines have their numbers from it, and lists them; with `confirm=true` they stop working. \
             Twilio goes on billing their numbers.",
        ).refuses(&[Cause::InUse]),
        post("/integrations/{account}/rotate", connect::rotate).says(
            "Replaces an account's secrets",
            "A new auth token counts beside the one before it, until `retire` forgets that.",
        ).asks_twilio(),
    ]
}

async fn list(
    _: Caller<Admin>,
    State(app): State<App>,
    Query(query): Query<PageQuery>,
) -> Result<Shown<Page<Integration>>, Failure> {
    let (cursor, limit) = page(query)?;
    let found = app.store.integrations(cursor.as_deref(), limit).await?;
    Ok(Shown(Page { items: found.items.into_iter().map(shown).collect(), next: found.next }))
}

async fn read(_: Caller<Admin>, State(app): State<App>, Id(account): Id) -> Result<Shown<IntegrationState>, Failure> {
    let integration = app.integration(&account).await?;
    let balance = match app.twilio(&account).await {
        Ok(client) => client.fetch_balance().await.map_err(|error| error.to_string()),
        Err(failure) => Err(failure.said().to_owned()),
    };
    let numbers = disconnect::numbers_of(&app, &account).await?.len();
    Ok(Shown(IntegrationState {
        integration: shown(integration),
        trouble: balance.as_ref().err().cloned(),
        balance: balance.ok().map(|balance| shown_money(&balance)),
        numbers: u64::try_from(numbers).unwrap_or(u64::MAX),
        billing: "Twilio bills numbers, calls and texts to this account directly.".to_owned(),
    }))
}

async fn rename(
    caller: Caller<Admin>,
    State(app): State<App>,
    Id(account): Id,
    Body(change): Body<IntegrationChange>,
) -> Result<Shown<Integration>, Failure> {
    let mut typed = Typed::default();
    typed.name("name", &change.name);
    typed.read(Some(()))?;
    let before = app.integration(&account).await?;
    let integration = store::Integration { name: change.name, ..before.clone() };
    if integration != before {
        let (by, now) = (&caller.author, app.clock.now());
        if !app.store.change_integration(&integration, Action::Updated, &["name"], by, now).await? {
            return Err(Cause::NotFound.into());
        }
    }
    Ok(Shown(shown(integration)))
}

impl App {
    /// Every connected account.
    pub(crate) async fn all_integrations(&self) -> Result<Vec<store::Integration>, Failure> {
        let (mut integrations, mut after) = (Vec::new(), None);
        loop {
            let page = self.store.integrations(after.as_deref(), 200).await?;
            integrations.extend(page.items);
            match page.next {
                Some(next) => after = Some(next),
                None => return Ok(integrations),
            }
        }
    }
}

fn shown(integration: store::Integration) -> Integration {
    Integration {
        account: integration.account,
        name: integration.name,
        key_sid: integration.key_sid,
        auth_token_last4: integration.auth_token_last4,
        key_secret_last4: integration.key_secret_last4,
        created_at: integration.created_at,
        rotated_at: integration.rotated_at,
    }
}
