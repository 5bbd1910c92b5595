//! Numbers that Twilio has for sale.
use std::collections::BTreeMap;

use crate::{
    account::scatter,
    catalogue::{self, AddressRequirement, NumberKind, Place, Terms},
};

/// Steps through a range; no length of a range has it as a factor.
const STRIDE: u64 = 37;

/// A number for sale.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    pub(crate) number: String,
    pub(crate) terms: Terms,
    pub(crate) place: Place,
}

impl Offer {
    /// A number in E.164 on the usual terms of its country; None when none of that kind are sold there.
    pub fn new(number: impl Into<String>, kind: NumberKind) -> Option<Self> {
        let number = number.into();
        let terms = catalogue::country_of(&number)?.terms(kind)?;
        Some(Self { number, terms, place: Place::default() })
    }

    /// The address that its buyer needs.
    pub fn address(mut self, requirement: AddressRequirement) -> Self {
        self.terms.address = requirement;
        self
    }

    /// Whether its buyer needs an approved bundle.
    pub fn bundle(mut self, needed: bool) -> Self {
        self.terms.bundle = needed;
        self
    }

    /// Whether it can text.
    pub fn sms(mut self, able: bool) -> Self {
        self.terms.sms = able;
        self
    }

    /// New to Twilio.
    pub fn beta(mut self, beta: bool) -> Self {
        self.terms.beta = beta;
        self
    }

    /// In E.164.
    pub fn number(&self) -> &str {
        &self.number
    }

    /// What it is, costs and asks for.
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    /// As people of its country write it, where the simulator knows how.
    pub(crate) fn friendly_name(&self) -> String {
        match self.number.strip_prefix("+1").map(|rest| (rest.get(..3), rest.get(3..6), rest.get(6..))) {
            Some((Some(area), Some(exchange), Some(line))) => format!("({area}) {exchange}-{line}"),
            _ => self.number.clone(),
        }
    }
}

/// The stock of all countries: some hundred numbers, chosen by the seed.
pub(crate) fn stock(seed: u64) -> BTreeMap<String, Offer> {
    let series = catalogue::countries().iter().flat_map(|country| country.series);
    let ranges = series.flat_map(|series| series.ranges.iter().map(|range| (series.terms, range)));
    let offers = ranges.flat_map(|(terms, range)| {
        let start = scatter(seed ^ range.first) % range.span;
        (0..range.take).map(move |step| {
            let number = format!("+{}", range.first + (start + step * STRIDE) % range.span);
            Offer { number, terms, place: range.place }
        })
    });
    offers.map(|offer| (offer.number.clone(), offer)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_makes_the_same_stock() {
        let all = stock(1);
        assert_eq!(all, stock(1));
        assert_ne!(all, stock(2));
        let takes = catalogue::countries().iter().flat_map(|c| c.series).flat_map(|s| s.ranges).map(|r| r.take);
        assert_eq!(all.len() as u64, takes.sum::<u64>(), "no number twice");
        assert!(all.len() > 500, "{}", all.len());
    }

    #[test]
    fn an_offer_has_the_terms_of_its_country() {
        let offer = Offer::new("+14155550100", NumberKind::Local).unwrap();
        assert_eq!((offer.friendly_name().as_str(), offer.terms.mms), ("(415) 555-0100", true));
        assert!(Offer::new("+14155550100", NumberKind::Mobile).is_none());
        assert!(Offer::new("+999", NumberKind::Local).is_none());
        assert!(Offer::new("+493023125000", NumberKind::Local).unwrap().terms.bundle);
    }
}
