//! What Twilio has on sale, what it costs, and what it takes to buy it.

mod papers;

use api::{AvailableNumber, Countries, Country, Market, MarketQuery};
use axum::extract::State;
use twilio::{
    Private,
    rest::{self, Client, CountryCode, NumberKind, NumberPrices, Search},
};

use papers::Papers;

use crate::{
    answer::Shown,
    app::App,
    argument::{Id, Query, limit},
    caller::{Admin, Caller},
    endpoint::{Endpoint, get},
    failure::Failure,
    purchases::{kind, shown_money},
};

const MOST: u16 = 200;
const USUAL: u16 = 30;

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        get("/integrations/{account}/countries", countries)
            .says("Lists countries", "In which Twilio sells numbers, and of which kinds.").asks_twilio(),
        get("/integrations/{account}/available-numbers", search).says(
            "Looks for numbers on sale",
            "With the monthly price, and whether each could be bought now: what is missing is said before, not after.",
        ).asks_twilio(),
    ]
}

async fn countries(_: Caller<Admin>, State(app): State<App>, Id(account): Id) -> Result<Shown<Countries>, Failure> {
    let client = app.twilio(&account).await?;
    let country = |country: twilio::rest::Country| Country {
        country: country.code.as_str().to_owned(),
        name: country.name,
        kinds: country.kinds.into_iter().map(shown_kind).collect(),
        beta: country.beta,
    };
    let mut items: Vec<Country> = client.countries().await?.into_iter().map(country).collect();
    items.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(Shown(Countries { items }))
}

async fn search(
    _: Caller<Admin>,
    State(app): State<App>,
    Id(account): Id,
    Query(query): Query<MarketQuery>,
) -> Result<Shown<Market>, Failure> {
    let country: CountryCode =
        query.country.parse().map_err(|_| Failure::field("country", "must be two capital letters"))?;
    let limit = limit(query.limit, USUAL, MOST)?;
    let wanted = kind(query.kind);
    let client = app.twilio(&account).await?;
    let search = Search {
        area_code: query.area_code,
        contains: query.contains.map(Private::from),
        voice: query.voice,
        sms: query.sms,
        locality: query.locality,
        region: query.region,
        postal_code: query.postal_code,
        page_size: Some(limit),
        ..Search::default()
    };
    let (prices, found, papers) = asked_of_market(&client, &country, wanted, &search).await?;
    let active = app.store.active_numbers().await?;
    let price = prices.of(wanted).map(|price| price.current);
    let item = |number: twilio::rest::AvailableNumber| {
        let requirement = &number.address_requirements;
        let mut obstacles = papers.obstacles(requirement);
        match &price {
            None => obstacles.push("Twilio has no price for it.".to_owned()),
            Some(price) if !price.partial_cmp(&app.numbers.ceiling).is_some_and(|order| order.is_le()) => {
                obstacles.push(format!("It costs more than the ceiling of {} a month.", app.numbers.ceiling));
            }
            Some(_) => {}
        }
        if active >= app.numbers.most {
            let most = app.numbers.most;
            obstacles.push(format!("There are as many numbers as there may be: {active} of {most}."));
        }
        AvailableNumber {
            country: number.country.as_str().to_owned(),
            kind: query.kind,
            locality: number.locality,
            region: number.region,
            voice: number.capabilities.voice,
            sms: number.capabilities.sms,
            beta: number.beta,
            monthly_price: price.as_ref().map(shown_money),
            address_requirement: requirement.as_str().to_owned(),
            buyable: obstacles.is_empty(),
            obstacles,
            addresses: papers.addresses(requirement),
            bundles: papers.bundles(),
            number: api::Number(number.number),
        }
    };
    Ok(Shown(Market { items: found.into_iter().take(usize::from(limit)).map(item).collect() }))
}

/// Prices, numbers on sale, and the papers that they need.
pub(crate) async fn asked_of_market(
    client: &Client,
    country: &CountryCode,
    kind: NumberKind,
    search: &Search,
) -> Result<(NumberPrices, Vec<rest::AvailableNumber>, Papers), Failure> {
    let found = tokio::try_join!(
        client.number_prices(country),
        client.search_numbers(country, kind, search),
        Papers::of(client, country, kind),
    );
    match found {
        Err(rest::Error::NotFound(refusal)) => {
            let countries = client.countries().await?;
            Err(not_sold(&countries, country, kind).unwrap_or_else(|| rest::Error::NotFound(refusal).into()))
        }
        found => Ok(found?),
    }
}

/// Which of the two Twilio does not know: it says only that there is no such thing.
fn not_sold(countries: &[rest::Country], country: &CountryCode, kind: NumberKind) -> Option<Failure> {
    let Some(found) = countries.iter().find(|one| one.code == *country) else {
        return Some(Failure::field("country", "is none in which Twilio sells numbers"));
    };
    let kinds: Vec<&str> = found.kinds.iter().map(|kind| name(shown_kind(*kind))).collect();
    let message = format!("is none that Twilio sells in this country, where it has {}", kinds.join(", "));
    (!found.kinds.contains(&kind)).then(|| Failure::field("type", message))
}

/// As the query and the body write it.
fn name(kind: api::NumberKind) -> &'static str {
    match kind {
        api::NumberKind::Local => "local",
        api::NumberKind::Mobile => "mobile",
        api::NumberKind::TollFree => "toll_free",
        api::NumberKind::National => "national",
    }
}

fn shown_kind(kind: NumberKind) -> api::NumberKind {
    match kind {
        NumberKind::Local => api::NumberKind::Local,
        NumberKind::Mobile => api::NumberKind::Mobile,
        NumberKind::TollFree => api::NumberKind::TollFree,
        NumberKind::National => api::NumberKind::National,
    }
}
