//! One object of the organisation, as its item holds it.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{
    Problem,
    calendar_document::CalendarDocument,
    line_document::LineDocument,
    mirror::{Mirror, Read, Written},
    policy_document::PolicyDocument,
    salvage::salvage_object,
    schedule_document::NamedScheduleDocument,
    service_document::{PersonDocument, ServiceDocument, TeamDocument},
};
use crate::{Error, Item, Kind, Object};

/// The object's document.
pub(crate) fn write_object(object: &Object) -> Result<String, Error> {
    let written = match object {
        Object::Person(person) => serde_json::to_string(&Written::<PersonDocument>(person)),
        Object::Team(team) => serde_json::to_string(&Written::<TeamDocument>(team)),
        Object::Schedule(schedule) => serde_json::to_string(&Written::<NamedScheduleDocument>(schedule)),
        Object::Calendar(calendar) => serde_json::to_string(&Written::<CalendarDocument>(calendar)),
        Object::Policy(policy) => serde_json::to_string(&Written::<PolicyDocument>(policy)),
        Object::Service(service) => serde_json::to_string(&Written::<ServiceDocument>(service)),
        Object::Line(line) => serde_json::to_string(&Written::<LineDocument>(line)),
    };
    written.map_err(|_| Error::Unreadable { item: Item::Object, why: "it cannot be written as JSON" })
}

/// The object of a document, and what had to be left out of it.
pub(crate) fn read_object(kind: Kind, document: &str) -> Result<(Object, Vec<Problem>), Error> {
    match kind {
        Kind::Person => read::<PersonDocument>(kind, document, Object::Person),
        Kind::Team => read::<TeamDocument>(kind, document, Object::Team),
        Kind::Schedule => read::<NamedScheduleDocument>(kind, document, Object::Schedule),
        Kind::Calendar => read::<CalendarDocument>(kind, document, Object::Calendar),
        Kind::Policy => read::<PolicyDocument>(kind, document, Object::Policy),
        Kind::Service => read::<ServiceDocument>(kind, document, Object::Service),
        Kind::Line => read::<LineDocument>(kind, document, Object::Line),
    }
}

fn read<M: Mirror>(kind: Kind, document: &str, wrap: fn(M::Of) -> Object) -> Result<(Object, Vec<Problem>), Error>
where
    Read<M>: DeserializeOwned,
{
    let mut problems = Vec::new();
    let read = serde_json::from_str::<Read<M>>(document).or_else(|_| {
        let mut value: Value = serde_json::from_str(document)?;
        problems = salvage_object(kind, &mut value);
        serde_json::from_value(value)
    });
    let damaged = |_: serde_json::Error| Error::Unreadable { item: Item::Object, why: "its document is damaged" };
    read.map(|read| (wrap(read.0), problems)).map_err(damaged)
}
