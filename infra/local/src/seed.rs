//! A small organisation to begin with, set up through the admin API as an administrator would: the pretend account is
//! connected, two numbers are bought, a document is applied, phones are verified.

use std::time::Duration;

use api::client::{BuiltOn, Client, ClientError};
use api::{
    ApplyQuery, Channel, Configuration, Confirmation, Line, MarketQuery, NewAddress, NewIntegration, NewPurchase,
    NewVerification, NumberKind, NumberPattern, Override, PageQuery, Person, Sending, Stored,
};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use twilio_sim::{Offer, Pace, Sim};

use crate::phone_behaviour::Behaviour;

/// How many times as fast as life texts go while phones are verified: Twilio sends one a second.
const HURRY: f64 = 10.0;
/// How often it is looked for a text, and for how long, in real time.
const LOOK: Duration = Duration::from_millis(10);
const LOOKS: u32 = 1000;

/// How often half a minute is waited for a phone that was asked just before.
const MOST_WAITS: u32 = 10;

/// Where some of its people are, and none of its lines.
const ABROAD: &str = "+1*";

/// Who leads incidents.
const LEADS: &str = "leads";

/// The organisation could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The document is not one.
    #[error("the document of the organisation to begin with cannot be read")]
    Document(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The API did not do it.
    #[error("the admin API did not set up the organisation to begin with")]
    Api(#[from] ClientError),
    /// A number of it is not on sale.
    #[error("a number of the organisation to begin with is not on sale at the pretend Twilio")]
    NotOnSale,
    /// A part of the document was not saved.
    #[error("the organisation to begin with was set up in part; the next start goes on with it")]
    Incomplete,
}

/// Sets it up. Whatever is there from an attempt that was broken off stays, and is not made again.
///
/// # Errors
/// [`SeedError`].
pub async fn sow(client: &Client, sim: &Sim, now: Timestamp) -> Result<(), SeedError> {
    let mut document = organisation()?;
    let account = connect(client, sim).await?;
    for line in document.lines.iter_mut().flatten() {
        line.id = Some(bought(client, sim, &account, line).await?);
    }
    if !client.apply(&document, &ApplyQuery::default()).await?.complete {
        return Err(SeedError::Incomplete);
    }
    allow(client).await?;
    sim.set_pace(Pace::Speed(HURRY));
    let verified = verify(client, sim).await;
    sim.set_pace(Pace::Speed(1.0));
    verified?;
    if let Some(wanted) = today(now) {
        client.add_override("payments", &wanted).await?;
    }
    Ok(())
}

/// Lets everybody of it be paged: some have phones of a country in which there is no line.
async fn allow(client: &Client) -> Result<(), SeedError> {
    let Stored { value, version, .. } = client.sending().await?;
    let abroad = ABROAD.parse().map(NumberPattern);
    let abroad = abroad.map_err(|error: phone::InvalidPattern| SeedError::Document(Box::new(error)))?;
    if !value.allowed.contains(&abroad) {
        let allowed = value.allowed.into_iter().chain([abroad]).collect();
        let wanted = Sending { allowed, spent_today: None, spend_state: None, ..value };
        client.set_sending(&wanted, BuiltOn::Version(version)).await?;
    }
    Ok(())
}

/// Verifies everybody's phones: whoever has one reads the code there, and tells it.
async fn verify(client: &Client, sim: &Sim) -> Result<(), SeedError> {
    let all = PageQuery { cursor: None, limit: Some(200) };
    let people = client.list::<Person>(&all).await?.items.into_iter().map(|stored| stored.value);
    let mut asked = Vec::new();
    for person in people {
        let phones = person.phones.into_iter().filter(|phone| !phone.verified);
        asked.extend(phones.filter_map(|phone| Some((person.id.clone()?, phone.id?, phone.number))));
    }
    for (person, phone, _) in &asked {
        send_code(client, sim, person, phone).await?;
    }
    for (person, phone, number) in &asked {
        let code = code_on(sim, number.0.as_e164()).await.ok_or(SeedError::Incomplete)?;
        client.confirm_phone(person, phone, &Confirmation { code }).await?;
    }
    Ok(())
}

/// Asks for a code; again and again, if a start that was broken off has just done the same: a phone gets one a minute.
async fn send_code(client: &Client, sim: &Sim, person: &str, phone: &str) -> Result<(), SeedError> {
    let wanted = NewVerification { channel: Channel::Sms };
    let mut waits = 0;
    loop {
        match client.verify_phone(person, phone, &wanted).await {
            Err(ClientError::Problem(problem)) if problem.status == 429 && waits < MOST_WAITS => {
                waits += 1;
                sim.wait(30).await;
            }
            outcome => return outcome.map(drop).map_err(SeedError::Api),
        }
    }
}

/// The code in the last text to a phone, when it has come.
async fn code_on(sim: &Sim, number: &str) -> Option<String> {
    for _ in 0..LOOKS {
        if let Some(text) = sim.phone(number).texts().pop() {
            let codes = text.body.split(|character: char| !character.is_ascii_digit());
            return codes.into_iter().find(|digits| digits.len() == 6).map(str::to_owned);
        }
        tokio::time::sleep(LOOK).await;
    }
    None
}

/// The document; its lines have no ids yet.
fn organisation() -> Result<Configuration, SeedError> {
    let document = include_str!("seed/organisation.yaml");
    serde_saphyr::from_str(document).map_err(|error| SeedError::Document(error.into()))
}

/// Connects the pretend account; its SID.
async fn connect(client: &Client, sim: &Sim) -> Result<String, SeedError> {
    let known = sim.credentials();
    let connected = client.integrations(&PageQuery::default()).await?.items;
    if !connected.iter().any(|integration| integration.account == known.account_sid) {
        let wanted = NewIntegration {
            account: known.account_sid.clone(),
            name: "Pretend Twilio".to_owned(),
            auth_token: known.auth_token,
            key_sid: known.key_sid,
            key_secret: known.key_secret,
        };
        client.connect(&wanted).await?;
    }
    Ok(known.account_sid)
}

/// Buys a line's number; the line's id. The same purchase if it was made before.
async fn bought(client: &Client, sim: &Sim, account: &str, line: &Line) -> Result<String, SeedError> {
    let number = line.number.clone().ok_or(SeedError::NotOnSale)?;
    let text = number.0.as_e164();
    let (kind, country) = (NumberKind::Local, "NO".to_owned());
    if sim.number(text).is_none() {
        let offer = Offer::new(text, twilio_sim::NumberKind::Local).ok_or(SeedError::NotOnSale)?;
        sim.stock(offer.sms(true));
    }
    let owned = client.owned_numbers(account).await?.items;
    if let Some(line) = owned.into_iter().find(|owned| owned.number == number).and_then(|owned| owned.line) {
        return Ok(line);
    }
    let query = MarketQuery { contains: Some(text.trim_start_matches('+').to_owned()), ..market(&country, kind) };
    let on_sale = client.available_numbers(account, &query).await?.items;
    let offer = on_sale.into_iter().find(|offer| offer.number == number).ok_or(SeedError::NotOnSale)?;
    let address = match (offer.address_requirement.as_str(), offer.addresses.into_iter().next()) {
        ("none", _) => None,
        (_, Some(address)) => Some(address),
        (_, None) => Some(client.register_address(account, &address()).await?.id),
    };
    let wanted = NewPurchase {
        number,
        country,
        kind,
        monthly_price: offer.monthly_price.ok_or(SeedError::NotOnSale)?,
        name: line.name.clone(),
        language: line.language.clone(),
        address,
        bundle: None,
        identity: None,
    };
    Ok(client.buy(account, &format!("to-begin-with-{}", line.name), &wanted).await?.line)
}

fn market(country: &str, kind: NumberKind) -> MarketQuery {
    MarketQuery {
        country: country.to_owned(),
        kind,
        voice: None,
        sms: None,
        contains: None,
        area_code: None,
        locality: None,
        region: None,
        postal_code: None,
        limit: None,
    }
}

fn address() -> NewAddress {
    NewAddress {
        customer_name: "Nordlys AS".to_owned(),
        street: "Storgata 1".to_owned(),
        street_secondary: None,
        city: "Oslo".to_owned(),
        region: "Oslo".to_owned(),
        postal_code: "0155".to_owned(),
        country: "NO".to_owned(),
        name: None,
        auto_correct: true,
    }
}

/// Astrid covers the whole day of `now`, as Oslo counts days.
fn today(now: Timestamp) -> Option<Override> {
    let midnight = now.to_zoned(TimeZone::get("Europe/Oslo").ok()?).start_of_day().ok()?;
    let next = midnight.checked_add(1.day()).ok()?;
    Some(Override {
        id: None,
        start: midnight.timestamp().to_string(),
        end: next.timestamp().to_string(),
        users: vec!["astrid".to_owned()],
    })
}

/// What everybody's phones do on the pretend network, unless a call is told otherwise: whoever is called first does not
/// hear it, leads pick up and accept.
///
/// # Errors
/// [`SeedError::Document`].
pub fn behaviours() -> Result<Vec<(String, Behaviour)>, SeedError> {
    let Configuration { people, teams, .. } = organisation()?;
    let leads = teams.into_iter().flatten().find(|team| team.id.as_deref() == Some(LEADS));
    let leads = leads.map(|team| team.members).unwrap_or_default();
    let mut all = Vec::new();
    for person in people.into_iter().flatten() {
        let accepts = person.id.is_some_and(|id| leads.contains(&id));
        for phone in person.phones {
            let behaviour = if accepts { Behaviour::accepts(5) } else { Behaviour::Nobody };
            all.push((phone.number.0.as_e164().to_owned(), behaviour));
        }
    }
    Ok(all)
}

#[cfg(test)]
pub(crate) mod tests;
