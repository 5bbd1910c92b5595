//! Who may name an object.
//!
//! An edge is written before the object that names, and removed after it has stopped to: there may be too many, never
//! too few. Whoever wants to know looks at each. One from a schedule to a person stays for a while: shifts that are past
//! are somebody's still.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_dynamodb::{
    error::BuildError,
    types::{DeleteRequest, PutRequest, WriteRequest},
};
use jiff::{SignedDuration, Timestamp};
use oncall::{PersonId, ScheduleId};
use phone::PhoneNumber;

use super::{Kind, Object, Reference, snapshot::Snapshot};
use crate::{
    Cause, Error, Store,
    item::{number, text_of},
    keys::{EXPIRES_AT, Key, SK, users},
    phones::numbers,
};

/// How many items one BatchWriteItem may write.
const MOST_WRITES: usize = 25;
/// How long it is known that a schedule has named a person: longer than calendars look back.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24 * 100);

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

    /// What is written once `user` names none of these any more.
    fn endings(&self, user: &Reference, at: Timestamp) -> Result<Vec<WriteRequest>, BuildError> {
        let (kept, gone): (BTreeSet<_>, BTreeSet<_>) =
            self.names.iter().cloned().partition(|used| (user.kind, used.kind) == (Kind::Schedule, Kind::Person));
        let until = number(at.as_second().saturating_add(REMEMBERED.as_secs()));
        let kept = kept.iter().map(|used| {
            let mut item = Key::edge(used, user).attributes();
            item.insert(EXPIRES_AT.to_owned(), until.clone());
            let put = PutRequest::builder().set_item(Some(item)).build();
            put.map(|put| WriteRequest::builder().put_request(put).build())
        });
        let gone = Self { names: gone, phones: self.phones.clone() };
        let gone = gone.keys(user).map(|key| {
            let delete = DeleteRequest::builder().set_key(Some(key.attributes())).build();
            delete.map(|delete| WriteRequest::builder().delete_request(delete).build())
        });
        kept.chain(gone.collect::<Vec<_>>()).collect()
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

    /// The schedules that name a person, that have named them within the last hundred days, and perhaps others, in
    /// order: one Query for each MB.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn schedules_lately(&self, person: &PersonId) -> Result<Vec<ScheduleId>, Error> {
        let mut candidates = self.candidates(&Reference::new(Kind::Person, person.as_str())).await?;
        candidates.sort();
        let schedules = candidates.into_iter().filter(|user| user.kind == Kind::Schedule);
        Ok(schedules.map(|user| ScheduleId::new(user.id)).collect())
    }

    pub(super) async fn load_users(&self, snapshot: &mut Snapshot, used: &Reference) -> Result<Vec<Reference>, Error> {
        let mut candidates = self.candidates(used).await?;
        self.load(snapshot, candidates.iter().cloned()).await?;
        candidates.retain(|user| snapshot.get(user).is_some_and(|object| object.names().contains(used)));
        candidates.sort();
        Ok(candidates)
    }

    /// Whoever may name an object.
    async fn candidates(&self, used: &Reference) -> Result<Vec<Reference>, Error> {
        let mut candidates = Vec::new();
        let mut from = None;
        loop {
            let answer = self.partition(users(used)).set_exclusive_start_key(from).send().await.map_err(Error::of)?;
            let names = answer.items.iter().flatten().filter_map(|item| text_of(item, SK));
            candidates.extend(names.filter_map(Reference::of_key));
            from = answer.last_evaluated_key;
            if from.is_none() {
                return Ok(candidates);
            }
        }
    }

    /// Says that `user` may name each of these.
    pub(super) async fn add_edges(&self, user: &Reference, used: &Edges) -> Result<(), Error> {
        let writes = used.keys(user).map(|key| {
            let put = PutRequest::builder().set_item(Some(key.attributes())).build();
            put.map(|put| WriteRequest::builder().put_request(put).build())
        });
        self.write(writes.collect::<Result<_, _>>().map_err(unbuilt)?).await
    }

    /// Says that `user` names none of these any more, from an instant on.
    pub(super) async fn remove_edges(&self, user: &Reference, used: &Edges, at: Timestamp) -> Result<(), Error> {
        self.write(used.endings(user, at).map_err(unbuilt)?).await
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

fn unbuilt(error: BuildError) -> Error {
    Error::Refused(Cause::new(&error.to_string()))
}
