//! What one webhook needs to know, in one round trip.

use std::time::Duration;

use aws_sdk_dynamodb::types::KeysAndAttributes;
use oncall::{Call, CallId, Plan};

use crate::{
    Cause, Error, PlanKey, Problem, Store,
    calls::call_of,
    item::{Attributes, text_of},
    keys::{Key, PK},
    plans::plan_of,
};

/// What one round trip has found.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Facts {
    /// All that the line can reach; none if no line has this number or id.
    pub plan: Option<Plan>,
    /// Where the call stands; none before it is saved for the first time.
    pub call: Option<Call>,
    /// Parts of the plan that cannot be read and are left out. Worth an alarm.
    pub problems: Vec<Problem>,
}

/// How often keys that DynamoDB left unprocessed are asked for again, and how long before each time.
const PAUSES: [Duration; 3] = [Duration::from_millis(20), Duration::from_millis(60), Duration::from_millis(180)];

impl Store {
    /// The plan of a line and a call, as they were after the last save that succeeded: one BatchGetItem, strongly
    /// consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], or [`Error::Unreadable`] if one of the two is there and damaged.
    pub async fn facts(&self, plan: PlanKey<'_>, call: &CallId) -> Result<Facts, Error> {
        let (plan, call) = (plan.key(), Key::call(call));
        let (plan_pk, call_pk) = (plan.pk.clone(), call.pk.clone());
        let mut facts = Facts::default();
        for item in self.get(vec![plan, call]).await? {
            match text_of(&item, PK) {
                Some(pk) if pk == plan_pk => {
                    let stored = plan_of(&item)?;
                    facts.plan = Some(stored.plan);
                    facts.problems = stored.problems;
                }
                Some(pk) if pk == call_pk => facts.call = Some(call_of(&item)?),
                _ => {}
            }
        }
        Ok(facts)
    }

    /// Opens the connection, before there is a call that would wait for it: one BatchGetItem of a key that no item
    /// has. If it fails, the next request says so.
    pub async fn warm(&self) {
        let _ = self.get(vec![Key::nobodys()]).await;
    }

    /// The items of some keys, at most 100, those that exist and in any order; strongly consistent.
    pub(crate) async fn get(&self, keys: Vec<Key>) -> Result<Vec<Attributes>, Error> {
        let keys: Vec<_> = keys.into_iter().filter(Key::is_possible).map(Key::attributes).collect();
        let mut found = Vec::with_capacity(keys.len());
        if keys.is_empty() {
            return Ok(found);
        }
        let mut wanted = KeysAndAttributes::builder()
            .consistent_read(true)
            .set_keys(Some(keys))
            .build()
            .map_err(|error| Error::Refused(Cause::new(&error.to_string())))?;
        let mut pauses = PAUSES.iter();
        loop {
            let answer =
                self.client.batch_get_item().request_items(&self.table, wanted).send().await.map_err(Error::of)?;
            found.extend(answer.responses.into_iter().flatten().flat_map(|(_, items)| items));
            let unprocessed = answer.unprocessed_keys.into_iter().flatten().next();
            let Some((_, rest)) = unprocessed.filter(|(_, rest)| !rest.keys.is_empty()) else {
                return Ok(found);
            };
            let Some(pause) = pauses.next() else {
                return Err(Error::Unavailable(Cause::new("keys stay unprocessed")));
            };
            tokio::time::sleep(*pause).await;
            wanted = rest;
        }
    }
}
