//! Postal addresses, which numbers of many countries need.

use api::{Address, Addresses, NewAddress, NewValidation, Notice};
use axum::extract::State;
use oncall::longest;
use store::Action;
use twilio::{AddressSid, Private, rest};

use crate::{
    answer::{Made, Removed, Shown},
    app::App,
    argument::{Body, Id, Two},
    caller::{Admin, Caller},
    endpoint::{Endpoint, delete, get, post},
    failure::{Cause, Failure},
    texts::Typed,
    twilio_account::with_sentence,
};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        get("/integrations/{account}/addresses", list)
            .says("Lists an account's addresses", "As Twilio has them.")
            .asks_twilio(),
        post("/integrations/{account}/addresses", create)
            .says(
                "Registers an address",
                "Twilio validates it, and corrects what is nearly right: `corrected` then says what. With `auto_correct` \
                 set to `false`, it is refused instead, with Twilio's suggestion.",
            )
            .asks_twilio(),
        post("/integrations/{account}/addresses/{address}/validation", validate)
            .says(
                "Has an address checked once more",
                "It is sent to Twilio as Twilio has it. What Twilio does not know it refuses, and so it does an address \
                 that it would correct, unless `auto_correct` lets it. Countries in which Twilio knows no addresses take \
                 any, and `validated` stays false.",
            )
            .asks_twilio(),
        delete("/integrations/{account}/addresses/{address}", remove)
            .says("Deletes an address", "One that a number uses stays; Twilio then says so.")
            .asks_twilio(),
    ]
}

async fn list(_: Caller<Admin>, State(app): State<App>, Id(account): Id) -> Result<Shown<Addresses>, Failure> {
    let client = app.twilio(&account).await?;
    let items = client.addresses().all().await?.into_iter().map(shown).collect();
    Ok(Shown(Addresses { items }))
}

async fn create(
    caller: Caller<Admin>,
    State(app): State<App>,
    Id(account): Id,
    Body(wanted): Body<NewAddress>,
) -> Result<Made<Address>, Failure> {
    let sent = wanted.clone();
    let address = checked(wanted)?;
    let client = app.twilio(&account).await?;
    match client.create_address(&address).await {
        Ok(address) => {
            app.tell(&caller.author, Action::Created, ("address", address.sid.as_str()), &[]).await;
            let mut made = shown(address);
            made.corrected = corrected(&sent, &made);
            Ok(Made(made))
        }
        Err(rest::Error::Refused(refusal)) => Err(Failure::from(Cause::TwilioRefused).detail(with_sentence(&refusal))),
        Err(error) => Err(error.into()),
    }
}

async fn validate(
    caller: Caller<Admin>,
    State(app): State<App>,
    Two(account, address): Two,
    Body(wanted): Body<NewValidation>,
) -> Result<Shown<Address>, Failure> {
    let sid: AddressSid = address.parse().map_err(|_| Failure::from(Cause::NotFound))?;
    let client = app.twilio(&account).await?;
    let known = match client.fetch_address(&sid).await {
        Err(rest::Error::NotFound(_)) => return Err(Cause::NotFound.into()),
        known => known?,
    };
    match client.check_address(&known, wanted.auto_correct).await {
        Ok(checked) => {
            let fields = changed(&known, &checked);
            if !fields.is_empty() {
                app.tell(&caller.author, Action::Updated, ("address", checked.sid.as_str()), &fields).await;
            }
            Ok(Shown(shown(checked)))
        }
        Err(rest::Error::Refused(refusal)) => Err(Failure::from(Cause::TwilioRefused).detail(with_sentence(&refusal))),
        Err(rest::Error::NotFound(_)) => Err(Cause::NotFound.into()),
        Err(error) => Err(error.into()),
    }
}

/// What Twilio has corrected.
fn changed(known: &rest::Address, checked: &rest::Address) -> Vec<String> {
    let compared = [
        ("street", known.street != checked.street),
        ("street_secondary", known.street_secondary != checked.street_secondary),
        ("city", known.city != checked.city),
        ("region", known.region != checked.region),
        ("postal_code", known.postal_code != checked.postal_code),
        ("validated", known.validated != checked.validated),
    ];
    compared.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name.to_owned()).collect()
}

async fn remove(caller: Caller<Admin>, State(app): State<App>, Two(account, address): Two) -> Result<Removed, Failure> {
    let sid: AddressSid = address.parse().map_err(|_| Failure::from(Cause::NotFound))?;
    match app.twilio(&account).await?.delete_address(&sid).await {
        Ok(()) => {
            app.tell(&caller.author, Action::Deleted, ("address", sid.as_str()), &[]).await;
            Ok(Removed)
        }
        Err(rest::Error::NotFound(_)) => Err(Cause::NotFound.into()),
        Err(error) => Err(error.into()),
    }
}

fn checked(wanted: NewAddress) -> Result<rest::NewAddress, Failure> {
    let mut typed = Typed::default();
    typed.name("customer_name", &wanted.customer_name);
    typed.name("street", &wanted.street);
    typed.name("city", &wanted.city);
    let others = [
        ("street_secondary", wanted.street_secondary.as_deref()),
        ("region", Some(wanted.region.as_str())),
        ("postal_code", Some(wanted.postal_code.as_str())),
        ("name", wanted.name.as_deref()),
    ];
    for (field, text) in others {
        typed.short(field, text.unwrap_or_default(), longest::NAME);
    }
    let country = wanted.country.parse().ok();
    if country.is_none() {
        typed.refuse("country", "must be two capital letters");
    }
    Ok(rest::NewAddress {
        country: typed.read(country)?,
        customer_name: Private::from(wanted.customer_name),
        street: Private::from(wanted.street),
        street_secondary: wanted.street_secondary.map(Private::from),
        city: wanted.city,
        region: wanted.region,
        postal_code: Private::from(wanted.postal_code),
        friendly_name: wanted.name,
        auto_correct: wanted.auto_correct,
    })
}

/// What Twilio has written otherwise than it was sent.
fn corrected(sent: &NewAddress, kept: &Address) -> Vec<Notice> {
    let secondary = sent.street_secondary.as_deref().unwrap_or_default();
    let fields = [
        ("customer_name", sent.customer_name.as_str(), kept.customer_name.as_str()),
        ("street", &sent.street, &kept.street),
        ("street_secondary", secondary, &kept.street_secondary),
        ("city", &sent.city, &kept.city),
        ("region", &sent.region, &kept.region),
        ("postal_code", &sent.postal_code, &kept.postal_code),
        ("country", &sent.country, &kept.country),
    ];
    let others = fields.into_iter().filter(|(_, sent, kept)| sent != kept);
    let notice = |(field, sent, _): (&str, &str, &str)| {
        let message = if sent.is_empty() { "was sent empty".to_owned() } else { format!("was sent as {sent}") };
        Notice { field: field.to_owned(), message }
    };
    others.map(notice).collect()
}

fn shown(address: rest::Address) -> Address {
    Address {
        id: address.sid.to_string(),
        customer_name: address.customer_name.as_str().to_owned(),
        street: address.street.as_str().to_owned(),
        street_secondary: address.street_secondary.as_str().to_owned(),
        city: address.city,
        region: address.region,
        postal_code: address.postal_code.as_str().to_owned(),
        country: address.country.as_str().to_owned(),
        name: address.friendly_name,
        validated: address.validated,
        verified: address.verified,
        corrected: Vec::new(),
    }
}
