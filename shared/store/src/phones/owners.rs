//! Whose a phone is. That a person may have a number stands in the number's own partition, beside what its phone was sent:
//! it is written before the person is saved and removed after, so that there may be too many, never too few. The person
//! says whether it is so.

use std::collections::BTreeSet;

use oncall::Person;
use phone::PhoneNumber;

use super::{PhoneLog, log::log_of};
use crate::{
    Error, Kind, Object, Reference, Store,
    item::text_of,
    keys::{PHONE_LOG, SK, all_of_phone},
};

/// What is known of whoever texts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Texter {
    /// Those of whom this is a verified phone, by their ids; rarely more than one.
    pub people: Vec<Person>,
    /// What the phone was sent.
    pub log: PhoneLog,
}

impl Store {
    /// Whose verified phone a number is, and what it was sent: one Query, and one BatchGetItem if it may be somebody's.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`], or [`Error::Unreadable`] if something of it is there and damaged.
    pub async fn texter(&self, phone: &PhoneNumber) -> Result<Texter, Error> {
        let mut texter = Texter { people: Vec::new(), log: PhoneLog::new(phone) };
        let mut owners = BTreeSet::new();
        let answer = self.partition(all_of_phone(phone)).send().await.map_err(Error::of)?;
        for item in answer.items.iter().flatten() {
            match text_of(item, SK) {
                Some(PHONE_LOG) => texter.log = log_of(phone, item)?,
                Some(key) => owners.extend(Reference::of_key(key).filter(|owner| owner.kind == Kind::Person)),
                None => {}
            }
        }
        let owners = owners.iter().map(|owner| owner.id.as_str()).collect();
        let people = self.find_all::<Person>(&owners).await?.into_iter().map(|stored| stored.value);
        let has = |person: &Person| person.phones.iter().any(|own| own.verified && own.number == *phone);
        texter.people.extend(people.filter(has));
        texter.people.sort_by(|one, two| one.id.cmp(&two.id));
        Ok(texter)
    }
}

/// The numbers of a person.
pub(crate) fn numbers(object: &Object) -> BTreeSet<PhoneNumber> {
    match object {
        Object::Person(person) => person.phones.iter().map(|phone| phone.number.clone()).collect(),
        _ => BTreeSet::new(),
    }
}
