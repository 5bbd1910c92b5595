//! What things are called, for those who show them to people.

use std::collections::{BTreeMap, BTreeSet};

use oncall::{Line, Person, Service};
use store::Configured;

use crate::{app::App, failure::Failure};

impl App {
    /// What people are called, by id. Whoever is no longer there is left out.
    pub(crate) async fn names_of_people(&self, ids: &BTreeSet<&str>) -> Result<BTreeMap<String, String>, Failure> {
        self.names::<Person>(ids, |person| person.name).await
    }

    /// What services are called, by id.
    pub(crate) async fn names_of_services(&self, ids: &BTreeSet<&str>) -> Result<BTreeMap<String, String>, Failure> {
        self.names::<Service>(ids, |service| service.name).await
    }

    /// What lines are called, by id.
    pub(crate) async fn names_of_lines(&self, ids: &BTreeSet<&str>) -> Result<BTreeMap<String, String>, Failure> {
        self.names::<Line>(ids, |line| line.name).await
    }

    async fn names<T: Configured>(
        &self,
        ids: &BTreeSet<&str>,
        name: impl Fn(T) -> String,
    ) -> Result<BTreeMap<String, String>, Failure> {
        let found = self.store.find_all::<T>(ids).await?;
        Ok(found.into_iter().map(|found| (found.value.id().to_owned(), name(found.value))).collect())
    }
}
