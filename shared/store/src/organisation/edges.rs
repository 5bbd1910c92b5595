//! Who may name an object.
//!
//! An edge is written before the object that names, and removed after it has stopped to: there may be too many, never
//! too few. Whoever wants to know looks at each.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_dynamodb::types::{DeleteRequest, PutRequest, WriteRequest};

use phone::PhoneNumber;

use super::{Object, Reference, snapshot::Snapshot};
use crate::{
    Cause, Error, Store,
    item::text_of,
    keys::{Key, SK, users},
    phones::numbers,
};

/// How many items one BatchWriteItem may write.
const MOST_WRITES: usize = 25;

/// What an object names: other objects, and a person's numbers.
#[derive(Default)]
pub(super) struct Edges {
    names: BTreeSet<Reference>,
    phones: BTreeSet<PhoneNumber>,
}

impl Edges {
    pub(super) fn of(object: Option<&Object>) -> Self {
        object.map_or_else(Self::default, |object| Self { names: object.names(), phones: numbers(object) })
    }

    /// Those that the other one lacks.
    pub(super) fn without(&self, other: &Self) -> Self {
        Self {
            names: self.names.difference(&other.names).cloned().collect(),
            phones: self.phones.difference(&other.phones).cloned().collect(),
        }
    }

    fn keys(&self, user: &Reference) -> impl Iterator<Item = Key> {
        let names = self.names.iter().map(|used| Key::edge(used, user));
        names.chain(self.phones.iter().map(|phone| Key::phone_owner(phone, user)))
    }
}

impl Store {
    /// What names an object, in order: one Query for each MB, and one BatchGetItem for each hundred candidates.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], [`Error::Unreadable`].
    pub async fn users_of(&self, used: &Reference) -> Result<Vec<Reference>, Error> {
        let mut snapshot = Snapshot::default();
        self.load_users(&mut snapshot, used).await
    }

    pub(super) async fn load_users(&self, snapshot: &mut Snapshot, used: &Reference) -> Result<Vec<Reference>, Error> {
        let mut candidates = Vec::new();
        let mut from = None;
        loop {
            let answer = self.partition(users(used)).set_exclusive_start_key(from).send().await.map_err(Error::of)?;
            let names = answer.items.iter().flatten().filter_map(|item| text_of(item, SK));
            candidates.extend(names.filter_map(Reference::of_key));
            from = answer.last_evaluated_key;
            if from.is_none() {
                break;
            }
        }
        self.load(snapshot, candidates.iter().cloned()).await?;
        candidates.retain(|user| snapshot.get(user).is_some_and(|object| object.names().contains(used)));
        candidates.sort();
        Ok(candidates)
    }

    /// Says that `user` may name each of these.
    pub(super) async fn add_edges(&self, user: &Reference, used: &Edges) -> Result<(), Error> {
        let writes = used.keys(user).map(|key| {
            let put = PutRequest::builder().set_item(Some(key.attributes())).build();
            put.map(|put| WriteRequest::builder().put_request(put).build())
        });
        self.write(writes.collect::<Result<_, _>>().map_err(unbuilt)?).await
    }

    /// Says that `user` names none of these any more.
    pub(super) async fn remove_edges(&self, user: &Reference, used: &Edges) -> Result<(), Error> {
        let writes = used.keys(user).map(|key| {
            let delete = DeleteRequest::builder().set_key(Some(key.attributes())).build();
            delete.map(|delete| WriteRequest::builder().delete_request(delete).build())
        });
        self.write(writes.collect::<Result<_, _>>().map_err(unbuilt)?).await
    }

    async fn write(&self, writes: Vec<WriteRequest>) -> Result<(), Error> {
        for some in writes.chunks(MOST_WRITES) {
            let mut left = some.to_vec();
            for _ in 0..4 {
                let request = BTreeMap::from([(self.table.clone(), left)]);
                let answer = self
                    .client
                    .batch_write_item()
                    .set_request_items(Some(request.into_iter().collect()))
                    .send()
                    .await
                    .map_err(Error::of)?;
                left = answer.unprocessed_items.into_iter().flatten().flat_map(|(_, writes)| writes).collect();
                if left.is_empty() {
                    break;
                }
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            }
            if !left.is_empty() {
                return Err(Error::Unavailable(Cause::new("writes stay unprocessed")));
            }
        }
        Ok(())
    }
}

fn unbuilt(error: aws_sdk_dynamodb::error::BuildError) -> Error {
    Error::Refused(Cause::new(&error.to_string()))
}
