//! A line and all that it can reach.

use oncall::{Directory, EscalationPolicy, HolidayCalendar, Line, NamedSchedule, Person, Plan, Service, Team};
use serde::{Deserialize, Serialize};

use super::{
    Problem,
    calendar_document::CalendarDocument,
    line_document::LineDocument,
    mirror::{Listed, Read, Shown, Written, mirrors},
    policy_document::PolicyDocument,
    salvage::salvage,
    schedule_document::NamedScheduleDocument,
    service_document::{PersonDocument, ServiceDocument, TeamDocument},
};
use crate::{Error, Item};

/// The plan's document, without its version.
pub(crate) fn write_plan(plan: &Plan) -> Result<String, Error> {
    serde_json::to_string(&Written::<PlanDocument>(plan))
        .map_err(|_| Error::Unreadable { item: Item::Plan, why: "it cannot be written as JSON" })
}

/// The plan of a document, and what had to be left out of it.
///
/// A sound document is parsed once. Only one that is not sound is looked at part by part.
pub(crate) fn read_plan(document: &str, version: u64) -> Result<(Plan, Vec<Problem>), Error> {
    let mut problems = Vec::new();
    let read = serde_json::from_str::<Read<PlanDocument>>(document).or_else(|_| {
        let mut value = serde_json::from_str(document)?;
        problems = salvage(&mut value);
        serde_json::from_value(value)
    });
    let Read(mut plan) =
        read.map_err(|_: serde_json::Error| Error::Unreadable { item: Item::Plan, why: "its document is damaged" })?;
    plan.version = version;
    Ok((plan, problems))
}

mirrors! {
    PlanDocument of Plan,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Plan")]
struct PlanDocument {
    /// An attribute of the item, so that it can be compared.
    #[serde(skip)]
    version: u64,
    #[serde(with = "Shown::<LineDocument>")]
    line: Line,
    #[serde(with = "Shown::<Listed<ServiceDocument>>", default)]
    services: Vec<Service>,
    #[serde(with = "Shown::<Listed<PolicyDocument>>", default)]
    policies: Vec<EscalationPolicy>,
    #[serde(with = "DirectoryDocument", default)]
    directory: Directory,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Directory")]
struct DirectoryDocument {
    #[serde(with = "Shown::<Listed<PersonDocument>>", default)]
    people: Vec<Person>,
    #[serde(with = "Shown::<Listed<TeamDocument>>", default, skip_serializing_if = "Vec::is_empty")]
    teams: Vec<Team>,
    #[serde(with = "Shown::<Listed<NamedScheduleDocument>>", default, skip_serializing_if = "Vec::is_empty")]
    schedules: Vec<NamedSchedule>,
    #[serde(with = "Shown::<Listed<CalendarDocument>>", default, skip_serializing_if = "Vec::is_empty")]
    calendars: Vec<HolidayCalendar>,
}
