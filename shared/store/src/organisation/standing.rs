//! How much there is.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::Select;
use oncall::LineId;

use super::Kind;
use crate::{Error, Store};

/// The organisation at a glance.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Standing {
    /// Grows by one with every save of any object.
    pub revision: u64,
    /// Lines whose plans do not hold the last saves yet.
    pub rebuilding: Vec<LineId>,
    /// How many objects there are of each kind.
    pub counts: BTreeMap<Kind, u64>,
}

impl Store {
    /// The organisation at a glance: one GetItem, and for each kind one Query for each MB that only counts.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn standing(&self) -> Result<Standing, Error> {
        let snapshot = self.snapshot().await?;
        let mut counts = BTreeMap::new();
        for kind in Kind::ALL {
            counts.insert(kind, self.count(kind).await?);
        }
        let rebuilding = snapshot.pending.into_iter().map(LineId::new).collect();
        Ok(Standing { revision: snapshot.revision, rebuilding, counts })
    }

    async fn count(&self, kind: Kind) -> Result<u64, Error> {
        let (mut count, mut start) = (0, None);
        loop {
            let query = self.partition(kind.partition().to_owned()).select(Select::Count);
            let answer = query.set_exclusive_start_key(start).send().await.map_err(Error::of)?;
            count += u64::try_from(answer.count).unwrap_or_default();
            start = answer.last_evaluated_key;
            if start.is_none() {
                return Ok(count);
            }
        }
    }
}
