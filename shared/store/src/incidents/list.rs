//! Incidents in lists, the latest first.

use oncall::{IncidentId, ServiceId};

use super::{Incidents, MOST_AT_ONCE, StoredIncident};
use crate::{
    Error, Store,
    item::{text, text_of},
    keys::{SK, incident_of_place, incidents_of_service, open_incidents},
};

/// Which incidents are listed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IncidentsOf<'a> {
    /// Those that are not over, whatever they are about.
    Open,
    /// Those of a service, over or not.
    Service(&'a ServiceId),
}

/// Some incidents of a list.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct IncidentPage {
    /// The latest first.
    pub incidents: Vec<StoredIncident>,
    /// Those of this page that are there and cannot be read. Worth an alarm.
    pub unreadable: Vec<IncidentId>,
    /// Where the next page begins; none if this is the last.
    pub next: Option<String>,
}

impl Store {
    /// Incidents of a list before a place in it, the latest first, at most `limit` (1 to 50): one Query and one
    /// BatchGetItem, strongly consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn listed_incidents(
        &self,
        of: IncidentsOf<'_>,
        limit: u16,
        before: Option<&str>,
    ) -> Result<IncidentPage, Error> {
        let partition = match of {
            IncidentsOf::Open => open_incidents(),
            IncidentsOf::Service(service) => incidents_of_service(service),
        };
        let query = self.partition(partition).scan_index_forward(false);
        let query = match before {
            None => query,
            Some(before) => query
                .key_condition_expression("pk = :pk AND sk < :before")
                .expression_attribute_values(":before", text(before)),
        };
        let limit = usize::from(limit).clamp(1, MOST_AT_ONCE);
        let answer = query.limit(i32::try_from(limit).unwrap_or(1)).send().await.map_err(Error::of)?;
        let places = answer.items.unwrap_or_default();
        let ids: Vec<_> = places.iter().filter_map(|item| incident_of_place(text_of(item, SK)?)).collect();
        let Incidents { incidents, unreadable } = self.incidents(&ids).await?;
        let next = answer.last_evaluated_key.as_ref().and_then(|last| text_of(last, SK)).map(str::to_owned);
        Ok(IncidentPage { incidents, unreadable, next })
    }
}
