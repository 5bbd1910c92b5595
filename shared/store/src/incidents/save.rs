//! An incident, saved if nobody else saved it in between.

use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure::AllOld;
use oncall::incident::Incident;

use super::{
    StoredIncident,
    document::{Kept, expiry, keep},
    incident_of,
};
use crate::{
    Error, Item, Store,
    calls::{names, winner},
    item::{Attributes, DOC, FORMAT, SAVE, VERSION, number, text, text_of},
    keys::{DUE_AT, DUE_IN, EXPIRES_AT, Key, incidents_of_service, open_incidents},
    transaction::{Outcome, Transaction},
};

/// Which incident a key or a place in a list belongs to.
pub(crate) const INCIDENT: &str = "incident";

/// What became of a save.
#[derive(Clone, PartialEq, Debug)]
pub enum IncidentSaved {
    /// It counts, and the incident stands like this from now on: with its new version, and without what it had to
    /// forget of its history.
    Yes(Box<Incident>),
    /// Somebody else was first: nothing was written, and this is the incident as they saved it.
    Lost(Box<StoredIncident>),
    /// It was over and is not to be, but its key belongs to another incident by now. Nothing was written.
    Overtaken,
}

/// The parts of a change between open and over.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Incident,
    Key,
    Listed,
}

impl Store {
    /// Saves what a step has made of an incident, if the table holds the version that was read: one UpdateItem, or one
    /// transaction if it ends or begins again.
    ///
    /// A repetition of a write whose answer was lost is recognised, and has not lost against itself; unless somebody
    /// else saved on top of it meanwhile, whose incident then holds it.
    ///
    /// # Errors
    /// [`Error::Unavailable`]: it may or may not have been saved. [`Error::Refused`], [`Error::TooLarge`], and
    /// [`Error::Unreadable`] if it lost against an incident that is damaged or gone.
    pub async fn save_incident(&self, before: &Incident, after: &Incident) -> Result<IncidentSaved, Error> {
        let kept = keep(&Incident { version: before.version, ..after.clone() })?;
        if before.is_resolved() == after.is_resolved() {
            self.save_as_it_stands(kept).await
        } else {
            self.save_change(kept).await
        }
    }

    async fn save_as_it_stands(&self, kept: Kept) -> Result<IncidentSaved, Error> {
        let save = format!("{:016x}", fastrand::u64(..));
        let mut attributes = kept.attributes(self);
        attributes.insert(SAVE.to_owned(), text(save.as_str()));
        let (expression, values) = expression(attributes);
        let outcome = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(Key::incident(&kept.incident.id).attributes()))
            .condition_expression("#version = :before")
            .update_expression(expression)
            .set_expression_attribute_names(Some(names(WRITTEN)))
            .set_expression_attribute_values(Some(values))
            .expression_attribute_values(":before", number(kept.incident.version - 1))
            .return_values_on_condition_check_failure(AllOld)
            .send()
            .await;
        let Some(winner) = winner(outcome)? else { return Ok(IncidentSaved::Yes(Box::new(kept.incident))) };
        if winner.is_empty() {
            return Err(gone());
        }
        if text_of(&winner, SAVE) == Some(&save) {
            return Ok(IncidentSaved::Yes(Box::new(kept.incident)));
        }
        Ok(IncidentSaved::Lost(Box::new(incident_of(&winner)?)))
    }

    /// It ends, or begins again.
    async fn save_change(&self, kept: Kept) -> Result<IncidentSaved, Error> {
        let incident = &kept.incident;
        let (expression, values) = expression(kept.attributes(self));
        let mut transaction = Transaction::default();
        let update = self
            .to_update(Key::incident(&incident.id).attributes())
            .condition_expression("#version = :before")
            .update_expression(expression)
            .set_expression_attribute_names(Some(names(WRITTEN)))
            .set_expression_attribute_values(Some(values))
            .expression_attribute_values(":before", number(incident.version - 1));
        transaction.update(Part::Incident, update)?;
        let key = Key::incident_key(incident.service.as_ref(), &incident.key);
        let key = self
            .to_put(self.belongs(key, incident))
            .condition_expression("attribute_not_exists(pk) OR #incident = :incident")
            .set_expression_attribute_names(Some(names([INCIDENT])))
            .expression_attribute_values(":incident", text(incident.id.as_str()));
        transaction.put(Part::Key, key)?;
        self.place(&mut transaction, Part::Listed, incident)?;
        let id = incident.id.clone();
        match transaction.commit(self, Part::Incident).await? {
            Outcome::Done => Ok(IncidentSaved::Yes(Box::new(kept.incident))),
            Outcome::Refused(Part::Key) => Ok(IncidentSaved::Overtaken),
            Outcome::Refused(_) => {
                let winner = self.incident(&id).await?.ok_or_else(gone)?;
                Ok(IncidentSaved::Lost(Box::new(winner)))
            }
        }
    }

    /// An item that says that something is this incident's; it goes when the incident does.
    pub(super) fn belongs(&self, key: Key, incident: &Incident) -> Attributes {
        let mut item = key.attributes();
        item.insert(INCIDENT.to_owned(), text(incident.id.as_str()));
        if let Some(expiry) = expiry(self, incident) {
            item.insert(EXPIRES_AT.to_owned(), number(expiry));
        }
        item
    }

    /// Puts an incident where it is to be listed.
    pub(super) fn place<P: Copy + Ord>(
        &self,
        transaction: &mut Transaction<P>,
        part: P,
        incident: &Incident,
    ) -> Result<(), Error> {
        let at = |list| Key::listed_incident(list, incident.opened_at, &incident.id);
        if incident.is_resolved() {
            transaction.delete(part, self.to_delete(at(open_incidents()).attributes()))?;
        } else {
            transaction.put(part, self.to_put(self.belongs(at(open_incidents()), incident)))?;
        }
        if let Some(service) = &incident.service {
            transaction.put(part, self.to_put(self.belongs(at(incidents_of_service(service)), incident)))?;
        }
        Ok(())
    }
}

/// The attributes that a save writes, or takes away.
const WRITTEN: [&str; 7] = [DOC, FORMAT, VERSION, SAVE, DUE_IN, DUE_AT, EXPIRES_AT];

/// Sets those of them that there are, and removes the others.
fn expression(attributes: Attributes) -> (String, Attributes) {
    let (set, removed): (Vec<&str>, Vec<&str>) = WRITTEN.into_iter().partition(|name| attributes.contains_key(*name));
    let set: Vec<String> = set.into_iter().map(|name| format!("#{name} = :{name}")).collect();
    let removed: Vec<String> = removed.into_iter().map(|name| format!("#{name}")).collect();
    let remove = if removed.is_empty() { String::new() } else { format!(" REMOVE {}", removed.join(", ")) };
    let values = attributes.into_iter().map(|(name, value)| (format!(":{name}"), value)).collect();
    (format!("SET {}{remove}", set.join(", ")), values)
}

fn gone() -> Error {
    Error::Unreadable { item: Item::Incident, why: "it is gone" }
}
