//! Disconnecting an account, and what stops working then.

use api::{DisconnectQuery, Disconnection, Kind, Number, Reference, StoppedLine};
use axum::extract::State;
use store::NumberRecord;

use crate::{
    answer::Shown,
    app::App,
    argument::{Conditions, Id, Query},
    caller::{Admin, Caller},
    failure::Failure,
    vault::Which,
};

pub(super) async fn disconnect(
    caller: Caller<Admin>,
    State(app): State<App>,
    conditions: Conditions,
    Id(account): Id,
    Query(query): Query<DisconnectQuery>,
) -> Result<Shown<Disconnection>, Failure> {
    app.integration_if(&account, conditions.of_write_if_any()?.as_ref()).await?;
    let numbers = numbers_of(&app, &account).await?;
    if !numbers.is_empty() && !query.confirm {
        let users = numbers.iter().map(|number| Reference { kind: Kind::Line, id: number.line.clone() });
        let detail = "These lines would answer no longer, and Twilio would go on billing their numbers. Release them \
                      first, or send confirm=true.";
        return Err(Failure::used_by(users.collect()).detail(detail));
    }
    // first what can spend; the account is listed until all of it is gone, so that the rest can be repeated
    app.numbers.vault.change(Which::Keys, |keys| keys.remove(&account)).await?;
    app.numbers.vault.change(Which::Tokens, |tokens| tokens.remove(&account)).await?;
    app.store.forget_integration(&account, &caller.author, app.clock.now()).await?;
    let stopped = numbers.into_iter().map(|record| StoppedLine { line: record.line, number: Number(record.number) });
    Ok(Shown(Disconnection { account, stopped: stopped.collect() }))
}

/// The numbers that lines have from an account.
pub(super) async fn numbers_of(app: &App, account: &str) -> Result<Vec<NumberRecord>, Failure> {
    let mut records = app.all_numbers().await?;
    records.retain(|record| record.account == account);
    Ok(records)
}

impl App {
    /// Every number of ours.
    pub(crate) async fn all_numbers(&self) -> Result<Vec<NumberRecord>, Failure> {
        let (mut records, mut after) = (Vec::new(), None);
        loop {
            let page = self.store.number_records(after.as_deref(), 200).await?;
            records.extend(page.items);
            match page.next {
                Some(next) => after = Some(next),
                None => return Ok(records),
            }
        }
    }
}
