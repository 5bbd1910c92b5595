//! Services, and the people whom their policies name.

use jiff::Timestamp;
use oncall::{
    Channel, Mode, NotificationRule, NotificationRules, Person, PersonId, Phone, PolicyId, Service, ServiceId, Team,
    TeamId,
};
use phone::PhoneNumber;
use serde::{Deserialize, Serialize};

use super::{
    mirror::{Listed, Shown, mirrors},
    policy_document::ChannelDocument,
};

mirrors! {
    ServiceDocument of Service,
    PersonDocument of Person,
    PhoneDocument of Phone,
    RuleDocument of NotificationRule,
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    acknowledged_minutes: Option<u32>,
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    timezone: Option<String>,
    #[serde(with = "Shown::<Listed<PhoneDocument>>", default)]
    phones: Vec<Phone>,
    #[serde(with = "RulesDocument", default, skip_serializing_if = "are_usual")]
    rules: NotificationRules,
}

fn are_usual(rules: &NotificationRules) -> bool {
    *rules == NotificationRules::default()
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "NotificationRules")]
struct RulesDocument {
    #[serde(with = "Shown::<Listed<RuleDocument>>", default)]
    high: Vec<NotificationRule>,
    #[serde(with = "Shown::<Listed<RuleDocument>>", default)]
    low: Vec<NotificationRule>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "NotificationRule")]
struct RuleDocument {
    #[serde(with = "Shown::<ChannelDocument>")]
    channel: Channel,
    after_minutes: u16,
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
