//! What an incident's item holds.

use jiff::Timestamp;
use oncall::incident::{Incident, State};

use crate::{
    Error, Item, Store,
    document::write_incident,
    item::{Attributes, CURRENT_FORMAT, DOC, FORMAT, MOST_BYTES, VERSION, number, text},
    keys::{DUE_AT, DUE_IN, EXPIRES_AT, Key, due_at, due_in},
};

/// From which size on an incident forgets some of its history.
const ENOUGH_BYTES: usize = 350_000;

/// An incident as it is to be written, and as its document says it.
pub(super) struct Kept {
    pub(super) incident: Incident,
    pub(super) document: String,
}

/// The incident with its next version, with as much of its history as an item has room for. What is still to happen is
/// never left out.
pub(super) fn keep(incident: &Incident) -> Result<Kept, Error> {
    let mut incident = Incident { version: incident.version + 1, ..incident.clone() };
    let mut document = write_incident(&incident)?;
    while document.len() > ENOUGH_BYTES && incident.forget_some() {
        document = write_incident(&incident)?;
    }
    if document.len() > MOST_BYTES {
        return Err(Error::TooLarge { item: Item::Incident, bytes: document.len() });
    }
    Ok(Kept { incident, document })
}

impl Kept {
    /// All attributes but the key.
    pub(super) fn attributes(&self, store: &Store) -> Attributes {
        let mut attributes = Attributes::from([
            (DOC.to_owned(), text(self.document.as_str())),
            (FORMAT.to_owned(), number(CURRENT_FORMAT)),
            (VERSION.to_owned(), number(self.incident.version)),
        ]);
        attributes.extend(due_attributes(&Key::incident(&self.incident.id), self.incident.due()));
        if let Some(expiry) = expiry(store, &self.incident) {
            attributes.insert(EXPIRES_AT.to_owned(), number(expiry));
        }
        attributes
    }
}

/// When an incident that is over may go.
pub(super) fn expiry(store: &Store, incident: &Incident) -> Option<i64> {
    match incident.state {
        State::Resolved { at, .. } => Some(store.expiry(at)),
        _ => None,
    }
}

/// The place of an item among what is due; none if nothing is.
pub(crate) fn due_attributes(key: &Key, due: Option<Timestamp>) -> Attributes {
    let due = due.into_iter().flat_map(|due| [(DUE_IN, text(due_in(&key.pk))), (DUE_AT, text(due_at(due)))]);
    due.map(|(name, value)| (name.to_owned(), value)).collect()
}
