//! What happens to a line's number after it was bought: it drifts, is repaired, and is given back.

use api::{Drift, Release, Released};
use axum::extract::State;
use oncall::LineId;
use store::{Action, Author, NumberRecord, SaveContext, SaveError};
use twilio::{
    PhoneNumberSid,
    rest::{Client, Error, NumberSettings, OwnedNumber},
};

use crate::{
    answer::Shown,
    app::App,
    argument::{Body, Id},
    caller::{Admin, Caller, Reader},
    endpoint::{Endpoint, get, post},
    failure::{Cause, Failure},
    objects::prompts,
    secret::random_address,
    sweep::SWEEP,
    webhooks,
};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        get("/lines/{id}/drift", drift)
            .says(
                "Compares a line's number with what it should be",
                "Somebody may have changed it in Twilio's console.",
            )
            .asks_twilio(),
        post("/lines/{id}/repair", repair)
            .says("Sets a line's number again as it should be", "Its name and its webhooks; other settings stay.")
            .asks_twilio(),
        post("/lines/{id}/release", release)
            .says(
                "Gives a line's number back to Twilio, for good",
                "The number is typed once more. The line goes with it; callers hear that the number is not in service. If \
                 the Twilio account that has the number is not connected any more, nothing can be given back: with \
                 `abandon` the line goes with its place among the numbers, and Twilio goes on billing the number.",
            )
            .asks_twilio()
            .refuses(&[Cause::AccountGone]),
    ]
}

async fn drift(_: Caller<Reader>, State(app): State<App>, Id(line): Id) -> Result<Shown<Drift>, Failure> {
    let record = app.number_of(&line).await?;
    let client = app.twilio(&record.account).await?;
    let fallback = app.store.fallback(&LineId::new(line.as_str())).await?.map(|fallback| fallback.address);
    let (owned, differences) = match fetch(&client, &record).await? {
        Some(number) => {
            app.learn(&number, &record, fallback.as_ref()).await;
            (true, webhooks::differences(&number, &app.numbers, fallback.as_ref()))
        }
        None => (false, Vec::new()),
    };
    Ok(Shown(Drift { line, owned, differences }))
}

async fn repair(caller: Caller<Admin>, State(app): State<App>, Id(line): Id) -> Result<Shown<Drift>, Failure> {
    let record = app.number_of(&line).await?;
    let client = app.twilio(&record.account).await?;
    // an older line may have none yet; whoever gives it one first counts
    let fallback = app.store.address_fallback(&LineId::new(line.as_str()), random_address()?).await?;
    let Some(found) = fetch(&client, &record).await? else {
        return Ok(Shown(Drift { line, owned: false, differences: Vec::new() }));
    };
    let wrong = webhooks::differences(&found, &app.numbers, Some(&fallback));
    let mut fields: Vec<String> = wrong.into_iter().map(|difference| difference.setting).collect();
    if found.friendly_name.as_str() != record.friendly_name {
        fields.push("name".to_owned());
    }
    if fields.is_empty() {
        app.learn(&found, &record, Some(&fallback)).await;
        return Ok(Shown(Drift { line, owned: true, differences: Vec::new() }));
    }
    let settings = NumberSettings {
        friendly_name: Some(record.friendly_name.clone()),
        ..webhooks::settings(&app.numbers, Some(&fallback))
    };
    match client.update_number(&sid(&record)?, &settings).await {
        Ok(number) => {
            app.tell(&caller.author, Action::Repaired, ("line", &line), &fields).await;
            app.learn(&number, &record, Some(&fallback)).await;
            let differences = webhooks::differences(&number, &app.numbers, Some(&fallback));
            Ok(Shown(Drift { line, owned: true, differences }))
        }
        Err(Error::NotFound(_)) => Ok(Shown(Drift { line, owned: false, differences: Vec::new() })),
        Err(error) => Err(error.into()),
    }
}

async fn release(
    caller: Caller<Admin>,
    State(app): State<App>,
    Id(line): Id,
    Body(typed): Body<Release>,
) -> Result<Shown<Released>, Failure> {
    let record = app.number_of(&line).await?;
    if typed.number.0 != record.number {
        return Err(Failure::field("number", "is not this line's"));
    }
    match (app.store.integration(&record.account).await?, typed.abandon) {
        (Some(_), true) => Err(Failure::field(
            "abandon",
            "cannot be: the Twilio account that has the number is connected, and gives it back",
        )),
        (None, false) => Err(Failure::from(Cause::AccountGone).detail(
            "Connect it again to give the number back, or send abandon=true: the line goes, and Twilio goes on billing \
             the number to that account.",
        )),
        (None, true) => {
            app.store.abandon(&record, &app.context(&caller, &prompts())).await.map(drop).or_else(is_gone)?;
            Ok(Shown(Released { line, still_rented: true, account: Some(record.account) }))
        }
        (Some(_), false) => {
            let client = app.twilio(&record.account).await?;
            let record = app.store.begin_release(record, &caller.author, app.clock.now()).await?;
            app.finish_release(&client, &record).await?;
            Ok(Shown(Released { line, still_rented: false, account: None }))
        }
    }
}

/// Whether somebody else has let the line go meanwhile.
fn is_gone(error: SaveError) -> Result<(), Failure> {
    match error {
        SaveError::Missing | SaveError::Overtaken => Ok(()),
        error => Err(error.into()),
    }
}

impl App {
    pub(crate) async fn number_of(&self, line: &str) -> Result<NumberRecord, Failure> {
        let none =
            || Failure::from(Cause::NotFound).detail("there is no line with this id that has its number from Twilio");
        self.store.number_record(line).await?.ok_or_else(none)
    }

    /// Gives a number back that is marked so. Whatever was done of it before is not done twice.
    /// The audit log names whoever wanted it, even if another finishes it.
    pub(crate) async fn finish_release(&self, client: &Client, record: &NumberRecord) -> Result<(), Failure> {
        match client.release_number(&sid(record)?).await {
            Ok(()) | Err(Error::NotFound(_)) => {}
            Err(error) => return Err(error.into()),
        }
        let prompts = prompts();
        let by = Author::of(record.released_by.as_deref().unwrap_or(SWEEP));
        let context = SaveContext { by: &by, at: self.clock.now(), prompts: &prompts };
        self.store.forget(record, &context).await.map(drop).or_else(is_gone)
    }
}

async fn fetch(client: &Client, record: &NumberRecord) -> Result<Option<OwnedNumber>, Failure> {
    match client.fetch_number(&sid(record)?).await {
        Ok(number) => Ok(Some(number)),
        Err(Error::NotFound(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn sid(record: &NumberRecord) -> Result<PhoneNumberSid, Failure> {
    record.sid.parse().map_err(|_| Cause::Internal.into())
}
