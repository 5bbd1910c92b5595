//! Services, and the people whom their policies name.

use jiff::Timestamp;
use oncall::{Mode, Person, PersonId, Phone, PolicyId, Service, ServiceId, Team, TeamId};
use phone::PhoneNumber;
use serde::{Deserialize, Serialize};

use super::mirror::{Listed, Shown, mirrors};

mirrors! {
    ServiceDocument of Service,
    PersonDocument of Person,
    PhoneDocument of Phone,
    TeamDocument of Team,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Service")]
pub(super) struct ServiceDocument {
    #[serde(with = "Shown::<ServiceId>")]
    id: ServiceId,
    #[serde(default)]
    name: String,
    #[serde(with = "Shown::<PolicyId>")]
    policy: PolicyId,
    #[serde(with = "ModeDocument", default)]
    mode: Mode,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Mode", rename_all = "snake_case")]
pub(super) enum ModeDocument {
    Normal,
    Debug {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
    },
    Maintenance {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Person")]
pub(super) struct PersonDocument {
    #[serde(with = "Shown::<PersonId>")]
    id: PersonId,
    #[serde(default)]
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(with = "Shown::<Listed<PhoneDocument>>", default)]
    phones: Vec<Phone>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Phone")]
pub(super) struct PhoneDocument {
    #[serde(with = "Shown::<PhoneNumber>")]
    number: PhoneNumber,
    verified: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Team")]
pub(super) struct TeamDocument {
    #[serde(with = "Shown::<TeamId>")]
    id: TeamId,
    #[serde(default)]
    name: String,
    #[serde(with = "Shown::<Listed<PersonId>>", default)]
    members: Vec<PersonId>,
}
