//! Numbers that an account has, and making a line of one that was there before.

use api::{Adoption, NewAdoption, OwnedNumber, OwnedNumbers};
use axum::extract::State;
use store::{NumberRecord, SaveContext, SaveError};
use twilio::{
    PhoneNumberSid,
    rest::{self, NumberFilter, NumberSettings},
};

use crate::{
    answer::{Made, Shown},
    app::App,
    argument::{Body, Id},
    caller::{Admin, Caller},
    comparison,
    endpoint::{Endpoint, get, post},
    failure::{Cause, Failure},
    objects::prompts,
    purchases::{friendly_name, new_line},
    secret::{random_address, random_letters},
    texts::Typed,
    webhooks::{self, NAME_PREFIX},
};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        get("/integrations/{account}/owned-numbers", list)
            .says("Lists an account's numbers", "Bought here or elsewhere, with the webhooks that they have now.")
            .asks_twilio(),
        post("/integrations/{account}/adoptions", adopt)
            .says(
                "Makes a line of a number that the account has",
                "Its webhooks are overwritten, if they are still those that were shown: send them along.",
            )
            .asks_twilio()
            .refuses(&[Cause::Stale, Cause::QuotaReached, Cause::Pending]),
    ]
}

async fn list(_: Caller<Admin>, State(app): State<App>, Id(account): Id) -> Result<Shown<OwnedNumbers>, Failure> {
    let client = app.twilio(&account).await?;
    let owned = client.owned_numbers(&NumberFilter::default()).all().await?;
    let records = app.all_numbers().await?;
    let shown = |number: rest::OwnedNumber| OwnedNumber {
        line: records.iter().find(|record| record.sid == number.sid.as_str()).map(|record| record.line.clone()),
        webhooks: webhooks::shown(&number),
        id: number.sid.to_string(),
        name: number.friendly_name.as_str().to_owned(),
        number: api::Number(number.number),
    };
    Ok(Shown(OwnedNumbers { items: owned.into_iter().map(shown).collect() }))
}

async fn adopt(
    caller: Caller<Admin>,
    State(app): State<App>,
    Id(account): Id,
    Body(wanted): Body<NewAdoption>,
) -> Result<Made<Adoption>, Failure> {
    let mut typed = Typed::default();
    let sid = typed.sid::<PhoneNumberSid>("id", &wanted.id, "a phone number", "PN");
    typed.name("name", &wanted.name);
    let sid = typed.read(sid)?;
    let client = app.twilio(&account).await?;
    let number = match client.fetch_number(&sid).await {
        Err(rest::Error::NotFound(_)) => return Err(Cause::NotFound.into()),
        number => number?,
    };
    if webhooks::shown(&number) != wanted.webhooks {
        let detail = "Its webhooks are not those that were shown; look at them again.";
        return Err(Failure::stale(None).detail(detail));
    }
    app.is_nobodys(&number).await?;

    let line = format!("ln_{}", random_letters(10)?);
    let (record, now) = (record(&account, &line, &number, app.clock.now()), app.clock.now());
    let prompts = prompts();
    let context = SaveContext { by: &caller.author, at: now, prompts: &prompts };
    let draft = new_line(&line, &number.number, &wanted.name, &wanted.language);
    let fallback = random_address()?;
    match app.store.adopt(&record, &draft, fallback.clone(), app.numbers.most, &context).await {
        Ok(_) => {}
        Err(SaveError::Overtaken) => {
            let detail = format!("At most {} numbers, bought and being bought.", app.numbers.most);
            return Err(Failure::from(Cause::QuotaReached).detail(detail));
        }
        Err(error) => return Err(error.into()),
    }
    // the line is there: what is missing at Twilio now is drift, which can be repaired
    let settings = NumberSettings {
        friendly_name: Some(record.friendly_name.clone()),
        ..webhooks::settings(&app.numbers, Some(&fallback))
    };
    client.update_number(&sid, &settings).await?;
    Ok(Made(Adoption { line, number: api::Number(number.number) }))
}

impl App {
    /// Refuses a number that a purchase may still make a line of.
    async fn is_nobodys(&self, number: &rest::OwnedNumber) -> Result<(), Failure> {
        let Some(id) = number.friendly_name.as_str().strip_prefix(NAME_PREFIX) else { return Ok(()) };
        let purchase = self.store.purchase(id).await?;
        if purchase.is_some_and(|purchase| !purchase.state.is_settled()) {
            return Err(Failure::from(Cause::Pending).detail("A purchase of this number is not over yet."));
        }
        Ok(())
    }
}

fn record(account: &str, line: &str, number: &rest::OwnedNumber, since: jiff::Timestamp) -> NumberRecord {
    NumberRecord {
        line: line.to_owned(),
        account: account.to_owned(),
        sid: number.sid.to_string(),
        number: number.number.clone(),
        friendly_name: friendly_name(line),
        country: String::new(),
        kind: String::new(),
        monthly_price: None,
        since,
        purchase: None,
        sends: Some(comparison::sends(number)),
        releasing: None,
        released_by: None,
    }
}
