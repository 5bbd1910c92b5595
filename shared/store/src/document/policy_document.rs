//! Escalation policies.

use oncall::{Channel, EscalationPolicy, Hours, Notify, Order, PersonId, PolicyId, ScheduleId, Step, Target, TeamId};
use serde::{Deserialize, Serialize};

use super::{
    hours_document::HoursDocument,
    mirror::{Listed, Maybe, Shown, mirrors},
};

mirrors! {
    PolicyDocument of EscalationPolicy,
    StepDocument of Step,
    TargetDocument of Target,
    ChannelDocument of Channel,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "EscalationPolicy")]
pub(super) struct PolicyDocument {
    #[serde(with = "Shown::<PolicyId>")]
    id: PolicyId,
    #[serde(default)]
    name: String,
    #[serde(with = "Shown::<Listed<StepDocument>>", default)]
    steps: Vec<Step>,
    #[serde(with = "Shown::<Maybe<PersonId>>", default, skip_serializing_if = "Option::is_none")]
    fallback: Option<PersonId>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Step", rename_all = "snake_case")]
pub(super) enum StepDocument {
    Notify(#[serde(with = "NotifyDocument")] Notify),
    NotifyIfEvents {
        events: u32,
        minutes: u32,
        #[serde(with = "NotifyDocument")]
        notify: Notify,
    },
    NotifyIfTime {
        #[serde(with = "HoursDocument")]
        hours: Hours,
        #[serde(with = "NotifyDocument")]
        notify: Notify,
    },
    Wait {
        minutes: u32,
    },
    Repeat {
        times: u8,
    },
    Resolve,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Notify")]
struct NotifyDocument {
    #[serde(with = "Shown::<Listed<TargetDocument>>")]
    targets: Vec<Target>,
    #[serde(with = "OrderDocument", default)]
    order: Order,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ring_seconds: Option<u16>,
    #[serde(with = "Shown::<Maybe<ChannelDocument>>", default, skip_serializing_if = "Option::is_none")]
    channel: Option<Channel>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Target", rename_all = "snake_case")]
pub(super) enum TargetDocument {
    Person(#[serde(with = "Shown::<PersonId>")] PersonId),
    Team(#[serde(with = "Shown::<TeamId>")] TeamId),
    Schedule(#[serde(with = "Shown::<ScheduleId>")] ScheduleId),
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Order", rename_all = "snake_case")]
enum OrderDocument {
    Listed,
    Random,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Channel", rename_all = "snake_case")]
pub(super) enum ChannelDocument {
    Sms,
    Voice,
}
