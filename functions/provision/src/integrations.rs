//! Connected Twilio accounts: their secrets are tried at Twilio before they are kept, and never shown again.

mod connect;
mod disconnect;

use api::{Integration, IntegrationChange, IntegrationState, Page, PageQuery};
use axum::extract::State;
use store::{Action, SaveError};

use crate::{
    answer::{Live, Shown, Tagged},
    app::App,
    argument::{Body, Condition, Conditions, Id, Query, page},
    caller::{Admin, Caller},
    endpoint::{Endpoint, delete, get, post, put},
    failure::{Cause, Failure},
    objects::Turns,
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
        put("/integrations/{account}", rename).says("Renames a connected account", "Its secrets stay. It needs no condition; `If-Match` is heeded.")
            .refuses(&[Cause::Stale]),
        delete("/integrations/{account}", disconnect::disconnect).says(
            "Disconnects an account",
            "Refused as long as lines have their numbers from it, and lists them; with `confirm=true` they stop working. \
             Twilio goes on billing their numbers. It needs no condition; `If-Match` is heeded.",
        ).refuses(&[Cause::InUse, Cause::Stale]),
        post("/integrations/{account}/rotate", connect::rotate).says(
            "Replaces an account's secrets",
            "A new auth token counts beside the one before it, until `retire` forgets that. It needs no condition; \
             `If-Match` is heeded.",
        ).asks_twilio().refuses(&[Cause::Stale]),
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

async fn read(
    _: Caller<Admin>,
    State(app): State<App>,
    conditions: Conditions,
    Id(account): Id,
) -> Result<Live<IntegrationState>, Failure> {
    let integration = app.integration(&account).await?;
    let balance = match app.twilio(&account).await {
        Ok(client) => client.fetch_balance().await.map_err(|error| error.to_string()),
        Err(failure) => Err(failure.said().to_owned()),
    };
    let numbers = disconnect::numbers_of(&app, &account).await?.len();
    let state = IntegrationState {
        integration: shown(integration),
        trouble: balance.as_ref().err().cloned(),
        balance: balance.ok().map(|balance| shown_money(&balance)),
        numbers: u64::try_from(numbers).unwrap_or(u64::MAX),
        billing: "Twilio bills numbers, calls and texts to this account directly.".to_owned(),
    };
    Ok(Live(conditions, state))
}

async fn rename(
    caller: Caller<Admin>,
    State(app): State<App>,
    conditions: Conditions,
    Id(account): Id,
    Body(change): Body<IntegrationChange>,
) -> Result<Tagged<Integration>, Failure> {
    let mut typed = Typed::default();
    typed.name("name", &change.name);
    typed.read(Some(()))?;
    let condition = conditions.of_write_if_any()?;
    let rename = |integration: &mut store::Integration| integration.name.clone_from(&change.name);
    app.change_integration(&caller, &account, condition, (Action::Updated, &["name"]), rename).await.map(Tagged)
}

impl App {
    /// An account, if the condition holds for it.
    async fn integration_if(
        &self,
        account: &str,
        condition: Option<&Condition>,
    ) -> Result<store::Integration, Failure> {
        let found = self.integration(account).await?;
        let holds = condition.is_none_or(|condition| condition.holds(found.version));
        if holds { Ok(found) } else { Err(Failure::stale(Some(found.version))) }
    }

    /// Changes what is kept of an account. Without a version to mind, it waits for whoever was first.
    async fn change_integration(
        &self,
        caller: &Caller<Admin>,
        account: &str,
        condition: Option<Condition>,
        (action, fields): (Action, &[&str]),
        change: impl Fn(&mut store::Integration),
    ) -> Result<Integration, Failure> {
        let mut turns = Turns::of(condition.as_ref().unwrap_or(&Condition::Present));
        loop {
            let before = self.integration_if(account, condition.as_ref()).await?;
            let mut changed = before.clone();
            change(&mut changed);
            if changed == before {
                return Ok(shown(before));
            }
            let (by, now) = (&caller.author, self.clock.now());
            if self.store.change_integration(&changed, action, fields, by, now).await? {
                return Ok(shown(store::Integration { version: before.version + 1, ..changed }));
            }
            turns.next(SaveError::Stale { current: None }).await?;
        }
    }

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
        version: integration.version,
    }
}
