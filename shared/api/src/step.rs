//! The steps of an escalation policy.

use serde::{Deserialize, Serialize};

use crate::{Channel, Hours};

/// One step of a policy; `type` says which.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "snake_case", try_from = "Members")]
pub enum Step {
    /// Notify people.
    Notify {
        /// Whom.
        targets: Vec<Target>,
        /// In which order they are rung on a live call.
        order: Order,
        /// How long each phone rings, seconds (5 to 600); the line's ring time if null.
        ring_seconds: Option<u16>,
        /// By which channel; each person's notification rules decide if null.
        channel: Option<Channel>,
    },
    /// Notify people if the incident has had so many events within so long.
    NotifyIfEvents {
        /// How many events, at least.
        events: u32,
        /// Within how many minutes.
        minutes: u32,
        /// Whom.
        targets: Vec<Target>,
        /// In which order they are rung on a live call.
        order: Order,
        /// How long each phone rings, seconds (5 to 600); the line's ring time if null.
        ring_seconds: Option<u16>,
        /// By which channel; each person's notification rules decide if null.
        channel: Option<Channel>,
    },
    /// Notify people if it is the right time of the week.
    NotifyIfTime {
        /// The right time.
        hours: Hours,
        /// Whom.
        targets: Vec<Target>,
        /// In which order they are rung on a live call.
        order: Order,
        /// How long each phone rings, seconds (5 to 600); the line's ring time if null.
        ring_seconds: Option<u16>,
        /// By which channel; each person's notification rules decide if null.
        channel: Option<Channel>,
    },
    /// Give people time to answer before the next step.
    Wait {
        /// How long, 1 to 10080.
        minutes: u32,
    },
    /// Start again from the first step, then go on below.
    Repeat {
        /// How many times, 1 to 5.
        times: u8,
    },
    /// Resolve the incident; nothing comes after it.
    Resolve {},
}

/// Somebody to notify.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// What it is.
    #[serde(rename = "type")]
    pub kind: TargetKind,
    /// Which.
    pub id: String,
}

/// What a target is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TargetKind {
    /// One person.
    Person,
    /// All members of a team.
    Team,
    /// Whoever is on call by a schedule.
    Schedule,
}

/// In which order the people of one step are rung.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// As configured.
    #[default]
    Listed,
    /// Shuffled for each call and round.
    Random,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Type {
    Notify,
    NotifyIfEvents,
    NotifyIfTime,
    Wait,
    Repeat,
    Resolve,
}

/// The members that a step of any type may have. Read as one flat struct, since serde reads a tagged enum through a
/// buffer in which the place of an error is lost.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Members {
    r#type: Type,
    targets: Option<Vec<Target>>,
    order: Option<Order>,
    ring_seconds: Option<u16>,
    channel: Option<Channel>,
    events: Option<u32>,
    minutes: Option<u32>,
    hours: Option<Hours>,
    times: Option<u8>,
}

impl TryFrom<Members> for Step {
    type Error = String;

    fn try_from(members: Members) -> Result<Self, String> {
        use Type::{Notify, NotifyIfEvents, NotifyIfTime, Repeat, Wait};
        let kind = members.r#type;
        let notifies = matches!(kind, Notify | NotifyIfEvents | NotifyIfTime);
        let present = [
            ("targets", members.targets.is_some(), notifies),
            ("order", members.order.is_some(), notifies),
            ("ring_seconds", members.ring_seconds.is_some(), notifies),
            ("channel", members.channel.is_some(), notifies),
            ("events", members.events.is_some(), kind == NotifyIfEvents),
            ("minutes", members.minutes.is_some(), matches!(kind, NotifyIfEvents | Wait)),
            ("hours", members.hours.is_some(), kind == NotifyIfTime),
            ("times", members.times.is_some(), kind == Repeat),
        ];
        if let Some((name, ..)) = present.into_iter().find(|(_, present, allowed)| *present && !allowed) {
            return Err(format!("unknown field `{name}`, a step of this type has none"));
        }
        let order = members.order.unwrap_or_default();
        let (ring_seconds, channel) = (members.ring_seconds, members.channel);
        let targets = || given("targets", members.targets);
        let minutes = || given("minutes", members.minutes);
        Ok(match kind {
            Notify => Self::Notify { targets: targets()?, order, ring_seconds, channel },
            NotifyIfEvents => Self::NotifyIfEvents {
                events: given("events", members.events)?,
                minutes: minutes()?,
                targets: targets()?,
                order,
                ring_seconds,
                channel,
            },
            NotifyIfTime => Self::NotifyIfTime {
                hours: given("hours", members.hours)?,
                targets: targets()?,
                order,
                ring_seconds,
                channel,
            },
            Wait => Self::Wait { minutes: minutes()? },
            Repeat => Self::Repeat { times: given("times", members.times)? },
            Type::Resolve => Self::Resolve {},
        })
    }
}

/// In serde's own words, so that whoever reads them finds the field in them.
fn given<T>(name: &str, value: Option<T>) -> Result<T, String> {
    value.ok_or_else(|| format!("missing field `{name}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(step: &str, why: &str) {
        let error = serde_json::from_str::<Step>(step).unwrap_err().to_string();
        assert!(error.starts_with(why), "{error}");
    }

    #[test]
    fn each_type_has_its_own_members() {
        for step in [
            r#"{"type":"notify","targets":[{"type":"person","id":"ada"}],"order":"listed","ring_seconds":null,"channel":null}"#,
            r#"{"type":"notify_if_events","events":3,"minutes":10,"targets":[],"order":"random","ring_seconds":30,"channel":"sms"}"#,
            r#"{"type":"wait","minutes":5}"#,
            r#"{"type":"repeat","times":2}"#,
            r#"{"type":"resolve"}"#,
        ] {
            let read: Step = serde_json::from_str(step).unwrap();
            assert_eq!(serde_json::to_string(&read).unwrap(), step);
        }
        refused(r#"{"type":"wait"}"#, "missing field `minutes`");
        refused(r#"{"type":"notify_if_time","targets":[]}"#, "missing field `hours`");
        refused(r#"{"type":"resolve","minutes":1}"#, "unknown field `minutes`");
        refused(r#"{"type":"wait","minutes":5,"colour":"red"}"#, "unknown field `colour`");
        refused(r#"{"type":"page"}"#, "unknown variant `page`");
    }
}
