//! An incident is opened, once.

use oncall::incident::Incident;

use super::{KnownKey, document::keep, save::INCIDENT};
use crate::{
    Error, Store,
    calls::names,
    item::{VERSION, number, text},
    keys::Key,
    transaction::{Outcome, Transaction},
};

/// What became of an opening.
#[derive(Clone, PartialEq, Debug)]
pub enum Opened {
    /// It is open, and stands like this from now on.
    Yes(Box<Incident>),
    /// Somebody else was first, with the key or with news about it: nothing was written, and this is what is known
    /// of the key by now.
    Lost(Box<KnownKey>),
}

/// The parts of an opening.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Known,
    Incident,
    Listed,
}

impl Store {
    /// Opens an incident for a key, if nothing has changed since the key was read: one transaction of the incident, its
    /// key's owner, its places in lists, and what was said early, which is used up.
    ///
    /// # Errors
    /// [`Error::Unavailable`]: it may or may not be open, and the next look at the key tells. [`Error::Refused`],
    /// [`Error::TooLarge`], [`Error::Unreadable`].
    pub async fn open_incident(&self, known: &KnownKey, incident: &Incident) -> Result<Opened, Error> {
        let kept =
            keep(&Incident { key: known.key.clone(), service: known.service.clone(), version: 0, ..incident.clone() })?;
        let mut transaction = Transaction::default();
        let mut item = Key::incident(&incident.id).attributes();
        item.extend(kept.attributes(self));
        transaction.put(Part::Incident, self.to_put(item).condition_expression("attribute_not_exists(pk)"))?;
        let service = known.service.as_ref();
        let owner = self.to_put(self.belongs(Key::incident_key(service, &known.key), &kept.incident));
        let owner = match &known.owner {
            None => owner.condition_expression("attribute_not_exists(pk)"),
            Some(before) => owner
                .condition_expression("#incident = :before")
                .set_expression_attribute_names(Some(names([INCIDENT])))
                .expression_attribute_values(":before", text(before.as_str())),
        };
        transaction.put(Part::Known, owner)?;
        let early = Key::early(service, &known.key).attributes();
        match known.early_version {
            0 => {
                let check = self.to_check(early).condition_expression("attribute_not_exists(pk)");
                transaction.check(Part::Known, check)?;
            }
            version => {
                let delete = self
                    .to_delete(early)
                    .condition_expression("#version = :version")
                    .set_expression_attribute_names(Some(names([VERSION])))
                    .expression_attribute_values(":version", number(version));
                transaction.delete(Part::Known, delete)?;
            }
        }
        self.check_unchanged(&mut transaction, Part::Known, known)?;
        self.place(&mut transaction, Part::Listed, &kept.incident)?;
        match transaction.commit(self, Part::Known).await? {
            Outcome::Done => Ok(Opened::Yes(Box::new(kept.incident))),
            Outcome::Refused(_) => Ok(Opened::Lost(Box::new(self.known_again(known).await?))),
        }
    }
}
