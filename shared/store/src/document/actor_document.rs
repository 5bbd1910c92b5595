//! Who does something to an incident.

use oncall::{
    PersonId,
    incident::{Actor, Via},
};
use serde::{Deserialize, Serialize};

use super::mirror::Shown;

#[derive(Serialize, Deserialize)]
#[serde(remote = "Actor", rename_all = "snake_case")]
pub(super) enum ActorDocument {
    Dutyline,
    Source,
    Person {
        #[serde(with = "Shown::<PersonId>")]
        id: PersonId,
        #[serde(with = "ViaDocument")]
        via: Via,
    },
    Token(String),
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Via", rename_all = "snake_case")]
enum ViaDocument {
    Sms,
    Voice,
    Console,
    Call,
}
