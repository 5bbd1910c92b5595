//! Incidents: opened once for each deduplication key, saved if nobody else saved in between, found when they are due.
//!
//! All that is still to happen stands in the incident itself, and the index of what is due is made of its attributes:
//! there is no second write that could be lost. What changes only when an incident is opened, ends or begins again (the
//! owner of its key, the lists, when it may go) is written with it in one transaction.

mod document;
mod due;
mod key;
mod list;
mod numbers;
mod open;
mod save;

pub use due::{Due, DueItem};
pub use key::KnownKey;
pub use list::{IncidentPage, IncidentsOf};
pub use open::Opened;
pub use save::IncidentSaved;

pub(crate) use document::due_attributes;
pub(crate) use save::INCIDENT;

use std::collections::BTreeMap;

use oncall::{IncidentId, incident::Incident};

use crate::{
    Error, Item, Problem, Store,
    document::read_incident,
    item::{Attributes, document_of, text_of, version_of},
    keys::{Key, PK},
};

/// How many incidents are read at once: any may have the largest document, and one answer holds 16 MB.
const MOST_AT_ONCE: usize = 50;

/// An incident as it was found.
#[derive(Clone, PartialEq, Debug)]
pub struct StoredIncident {
    /// What could be read of it.
    pub incident: Incident,
    /// What could not. Worth an alarm; the next save loses it.
    pub problems: Vec<Problem>,
}

/// Some incidents.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Incidents {
    /// Those that are there, in the order in which they were asked for.
    pub incidents: Vec<StoredIncident>,
    /// Those that are there and cannot be read. Worth an alarm.
    pub unreadable: Vec<IncidentId>,
}

impl Store {
    /// An incident: one GetItem, strongly consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn incident(&self, id: &IncidentId) -> Result<Option<StoredIncident>, Error> {
        self.get_one(Key::incident(id)).await?.as_ref().map(incident_of).transpose()
    }

    /// Some incidents, as the code of a bundle means them: one BatchGetItem for each fifty, strongly consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn incidents(&self, ids: &[IncidentId]) -> Result<Incidents, Error> {
        let mut found = Incidents::default();
        for some in ids.chunks(MOST_AT_ONCE) {
            let mut keys: BTreeMap<String, Key> =
                some.iter().map(Key::incident).map(|key| (key.pk.clone(), key)).collect();
            let items = self.get(std::mem::take(&mut keys).into_values().collect()).await?;
            let items: BTreeMap<&str, &Attributes> =
                items.iter().filter_map(|item| Some((text_of(item, PK)?, item))).collect();
            for id in some {
                match items.get(Key::incident(id).pk.as_str()).map(|item| incident_of(item)) {
                    None => {}
                    Some(Ok(incident)) => found.incidents.push(incident),
                    Some(Err(_)) => found.unreadable.push(id.clone()),
                }
            }
        }
        Ok(found)
    }
}

/// The incident of an item.
fn incident_of(item: &Attributes) -> Result<StoredIncident, Error> {
    let version = version_of(item, Item::Incident)?;
    let (incident, problems) = read_incident(document_of(item, Item::Incident)?, version)?;
    Ok(StoredIncident { incident, problems })
}
