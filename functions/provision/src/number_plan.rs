//! How many numbers there may be, and what those that there are cost.

use std::collections::BTreeMap;

use api::NumberPlan;
use axum::extract::State;
use twilio::rest::Money;

use crate::{
    answer::Shown,
    app::App,
    caller::{Caller, Reader},
    endpoint::{Endpoint, get},
    failure::Failure,
    purchases::shown_money,
};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![get("/plan", show).says(
        "How many numbers there may be, and what they cost",
        "By the prices at which they were bought. Twilio bills calls and texts besides.",
    )]
}

async fn show(_: Caller<Reader>, State(app): State<App>) -> Result<Shown<NumberPlan>, Failure> {
    // counted before the numbers are listed: one that is bought meanwhile is then not missing from both
    let active = app.store.active_numbers().await?;
    let records = app.all_numbers().await?;
    let known = u64::try_from(records.len()).unwrap_or(u64::MAX);
    let mut costs: BTreeMap<String, Money> = BTreeMap::new();
    let mut without_price = 0;
    for record in &records {
        match record.monthly_price.as_deref().and_then(|price| price.parse::<Money>().ok()) {
            Some(price) => add(&mut costs, price),
            None => without_price += 1,
        }
    }
    Ok(Shown(NumberPlan {
        max_active_numbers: app.numbers.most,
        active: active.max(known),
        being_bought: active.saturating_sub(known),
        max_monthly_price: shown_money(&app.numbers.ceiling),
        monthly_cost: costs.values().map(shown_money).collect(),
        without_price,
    }))
}

fn add(costs: &mut BTreeMap<String, Money>, price: Money) {
    let sum = costs.entry(price.currency().to_string());
    sum.and_modify(|sum| *sum = sum.checked_add(&price).unwrap_or(*sum)).or_insert(price);
}
