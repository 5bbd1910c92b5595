use jiff::Timestamp;
use serde::Deserialize;

use crate::value_set::value_set;
use crate::{BundleSid, RegulationSid};

use super::client::Client;
use super::codes::CountryCode;
use super::error::Error;
use super::hosts::Product;
use super::number_kind::NumberKind;
use super::pages::Pages;
use super::parameters::Parameters;
use super::read;

value_set! {
    /// Who uses a number.
    EndUser {
        /// A person.
        Individual = "individual",
        /// An organisation.
        Business = "business",
    }
}

value_set! {
    /// Where a bundle stands. Only an approved one buys numbers.
    BundleStatus {
        /// Being put together.
        Draft = "draft",
        /// Handed in.
        PendingReview = "pending-review",
        /// Being looked at.
        InReview = "in-review",
        /// Refused.
        Rejected = "twilio-rejected",
        /// Good.
        Approved = "twilio-approved",
        /// Good until it is looked at again.
        ProvisionallyApproved = "provisionally-approved",
    }
}

/// What a country asks of whoever uses its numbers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Regulation {
    /// Which one.
    #[serde(deserialize_with = "read::required")]
    pub sid: RegulationSid,
    /// For people: `Australia: Local - Individual`.
    #[serde(default, deserialize_with = "read::or_default")]
    pub friendly_name: String,
    /// The country.
    #[serde(rename = "iso_country")]
    pub country: CountryCode,
    /// The kind of number; none for one that we do not know.
    #[serde(default, rename = "number_type", deserialize_with = "read::optional")]
    pub kind: Option<NumberKind>,
    /// Whom it is about.
    #[serde(default, rename = "end_user_type", deserialize_with = "read::optional")]
    pub end_user: Option<EndUser>,
}

/// Documents that a regulator asks for, for one country, kind of number and kind of user.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Bundle {
    /// Which one.
    #[serde(deserialize_with = "read::required")]
    pub sid: BundleSid,
    /// What its owner calls it.
    #[serde(default, deserialize_with = "read::or_default")]
    pub friendly_name: String,
    /// Where it stands.
    #[serde(deserialize_with = "read::required")]
    pub status: BundleStatus,
    /// What it is meant to satisfy.
    #[serde(default, rename = "regulation_sid", deserialize_with = "read::optional")]
    pub regulation: Option<RegulationSid>,
    /// Until when it is good, if it ends.
    #[serde(default, deserialize_with = "read::instant")]
    pub valid_until: Option<Timestamp>,
}

/// Which regulations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegulationFilter {
    /// Of this country.
    pub country: Option<CountryCode>,
    /// For this kind of number.
    pub kind: Option<NumberKind>,
    /// For this kind of user.
    pub end_user: Option<EndUser>,
}

/// Which bundles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BundleFilter {
    /// For this country.
    pub country: Option<CountryCode>,
    /// For this kind of number.
    pub kind: Option<NumberKind>,
    /// For this kind of user.
    pub end_user: Option<EndUser>,
    /// That stand here.
    pub status: Option<BundleStatus>,
}

impl Client {
    /// What countries ask for. No regulation for a country and kind: nothing is asked.
    pub fn regulations(&self, filter: &RegulationFilter) -> Pages<'_, Regulation> {
        let query = about(filter.country, filter.kind, filter.end_user.as_ref()).with("PageSize", 1000);
        let first = query.after("/v2/RegulatoryCompliance/Regulations".to_owned());
        Pages::new(self, Product::Numbers, "results", first)
    }

    /// The account's bundles.
    pub fn bundles(&self, filter: &BundleFilter) -> Pages<'_, Bundle> {
        let query = about(filter.country, filter.kind, filter.end_user.as_ref())
            .with_any("Status", filter.status.as_ref().map(BundleStatus::as_str))
            .with("PageSize", 1000);
        let first = query.after("/v2/RegulatoryCompliance/Bundles".to_owned());
        Pages::new(self, Product::Numbers, "results", first)
    }

    /// One bundle.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn fetch_bundle(&self, bundle: &BundleSid) -> Result<Bundle, Error> {
        self.get(Product::Numbers, format!("/v2/RegulatoryCompliance/Bundles/{bundle}")).await
    }
}

fn about(country: Option<CountryCode>, kind: Option<NumberKind>, end_user: Option<&EndUser>) -> Parameters {
    Parameters::new()
        .with_any("IsoCountry", country)
        .with_any("NumberType", kind)
        .with_any("EndUserType", end_user.map(EndUser::as_str))
}
