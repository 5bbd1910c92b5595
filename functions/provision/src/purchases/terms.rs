//! Whether a number may be bought on the terms that were shown.

use twilio::{
    Private,
    rest::{Client, Search},
};

use super::request::{Wanted, shown_money};
use crate::{
    app::App,
    failure::{Cause, Failure},
    market::asked_of_market,
};

impl App {
    /// Refuses what is not on sale as such, costs something else than was shown or more than it may, or lacks papers.
    pub(crate) async fn check_terms(&self, client: &Client, wanted: &Wanted) -> Result<(), Failure> {
        let number = wanted.number();
        let contains = number.as_e164().trim_start_matches('+');
        let search = Search { contains: Some(Private::from(contains)), ..Search::default() };
        let (prices, found, papers) = asked_of_market(client, &wanted.country, wanted.kind, &search).await?;
        let refuse = |detail: &str| Err(Failure::from(Cause::NotBought).detail(detail));
        let Some(price) = prices.of(wanted.kind).map(|price| price.current) else {
            return refuse("Twilio has no price for numbers of this kind in this country.");
        };
        if price != wanted.price {
            let now = shown_money(&price);
            let detail = format!("It costs {} {} a month now.", now.amount, now.currency);
            return Err(Failure::from(Cause::PriceChanged).detail(detail));
        }
        if !price.partial_cmp(&self.numbers.ceiling).is_some_and(|order| order.is_le()) {
            return refuse(&format!("It costs {price} a month, and the ceiling is {}.", self.numbers.ceiling));
        }
        let Some(offer) = found.iter().find(|offer| offer.number == *number) else {
            return refuse("Twilio does not offer this number as one of this kind in this country, or not any more.");
        };
        let missing = papers.missing(&offer.address_requirements, &wanted.papers);
        if missing.is_empty() {
            return Ok(());
        }
        let said: Vec<&str> = missing.iter().map(|paper| paper.said.as_str()).collect();
        let failure = Failure::from(Cause::NotBought).detail(said.join(" "));
        Err(missing.iter().fold(failure, |failure, paper| failure.naming(paper.field, paper.of_field.as_str())))
    }
}
