//! What regulators and Twilio ask of whoever buys a number, and what the account has of it.

use twilio::rest::{
    Address, AddressRequirements, Bundle, BundleFilter, BundleStatus, Client, CountryCode, Error, NumberKind,
    NumberSettings, RegulationFilter,
};

/// A paper that a purchase lacks.
#[derive(Debug)]
pub(crate) struct Missing {
    /// The field that has to name it.
    pub(crate) field: &'static str,
    /// What is missing.
    pub(crate) said: String,
    /// The same, to be read after the field.
    pub(crate) of_field: String,
}

/// The papers that numbers of one kind in one country may need, and those that the account has.
pub(crate) struct Papers {
    country: CountryCode,
    addresses: Vec<Address>,
    /// Whether a regulator asks for a bundle.
    regulated: bool,
    bundles: Vec<Bundle>,
}

impl Papers {
    /// Asks Twilio.
    pub(crate) async fn of(client: &Client, country: &CountryCode, kind: NumberKind) -> Result<Self, Error> {
        let regulations = RegulationFilter { country: Some(*country), kind: Some(kind), end_user: None };
        let mut regulations = client.regulations(&regulations);
        let addresses = client.addresses();
        let (first, addresses) = tokio::try_join!(regulations.next(), addresses.all())?;
        let regulated = first.is_some_and(|page| !page.is_empty());
        let bundles = if regulated {
            let filter = BundleFilter {
                country: Some(*country),
                kind: Some(kind),
                status: Some(BundleStatus::Approved),
                ..BundleFilter::default()
            };
            client.bundles(&filter).all().await?
        } else {
            Vec::new()
        };
        Ok(Self { country: *country, addresses, regulated, bundles })
    }

    /// The account's addresses that would do.
    pub(crate) fn addresses(&self, requirement: &AddressRequirements) -> Vec<String> {
        let fits = |address: &&Address| match requirement {
            AddressRequirements::Any => true,
            AddressRequirements::Local => address.country == self.country,
            AddressRequirements::Foreign => address.country != self.country,
            _ => false,
        };
        self.addresses.iter().filter(fits).map(|address| address.sid.to_string()).collect()
    }

    /// The account's bundles that would do.
    pub(crate) fn bundles(&self) -> Vec<String> {
        self.bundles.iter().map(|bundle| bundle.sid.to_string()).collect()
    }

    /// Why no number with this requirement can be bought now.
    pub(crate) fn obstacles(&self, requirement: &AddressRequirements) -> Vec<String> {
        let mut obstacles = Vec::new();
        if let Some(needed) = needed(requirement).filter(|_| self.addresses(requirement).is_empty()) {
            obstacles.push(format!("It needs {needed}, and this account has none."));
        }
        if self.regulated && self.bundles.is_empty() {
            obstacles.push("It needs an approved bundle of documents, and this account has none.".to_owned());
        }
        obstacles
    }

    /// What a purchase with these papers lacks: in a sentence, and of the field that has to name it.
    pub(crate) fn missing(&self, requirement: &AddressRequirements, papers: &NumberSettings) -> Vec<Missing> {
        let mut missing = Vec::new();
        let address = papers.address.as_ref();
        let fits = address.is_some_and(|sid| self.addresses(requirement).contains(&sid.to_string()));
        let is_unknown = address.is_some_and(|sid| !self.addresses.iter().any(|known| known.sid == *sid));
        match needed(requirement).filter(|_| !fits) {
            Some(needed) => missing.push(Missing {
                field: "address",
                said: format!("It needs {needed}."),
                of_field: format!("must be {needed} of this account"),
            }),
            None if is_unknown => missing.push(Missing {
                field: "address",
                said: "The account has no such address.".to_owned(),
                of_field: "is none of this account's addresses".to_owned(),
            }),
            None => {}
        }
        let bundle = papers.bundle.as_ref().map(ToString::to_string);
        if self.regulated && !bundle.is_some_and(|bundle| self.bundles().contains(&bundle)) {
            missing.push(Missing {
                field: "bundle",
                said: "It needs an approved bundle of documents.".to_owned(),
                of_field: "must be an approved bundle of this account for such numbers".to_owned(),
            });
        }
        missing
    }
}

/// The address that is needed, in words.
fn needed(requirement: &AddressRequirements) -> Option<&'static str> {
    match requirement {
        AddressRequirements::Any => Some("an address"),
        AddressRequirements::Local => Some("an address in its own country"),
        AddressRequirements::Foreign => Some("an address outside its country"),
        _ => None,
    }
}
