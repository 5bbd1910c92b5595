//! How the domain is written as JSON. Each document mirrors a type of `oncall`, field by field, through serde's
//! remote derive: a field that the domain gains and a document lacks does not compile.

mod actor_document;
mod calendar_document;
mod call_document;
mod codes_document;
mod conversation_document;
mod event_document;
mod hours_document;
mod incident_document;
mod incident_log_document;
#[cfg(test)]
mod incident_round_trip;
mod line_document;
mod mirror;
mod object_document;
mod page_document;
mod plan_document;
mod policy_document;
#[cfg(test)]
mod round_trip;
mod salvage;
mod schedule_document;
mod service_document;
mod skip_document;

pub(crate) use call_document::{read_call, write_call};
pub(crate) use codes_document::CodesDocument;
pub(crate) use conversation_document::{ConversationDocument, HandledDocument, SaidDocument};
pub(crate) use event_document::{read_early, write_early};
pub(crate) use incident_document::{read_incident, write_incident};
pub(crate) use mirror::{Listed, Maybe, Read, Shown, Written};
pub(crate) use object_document::{read_object, write_object};
pub(crate) use plan_document::{read_plan, write_plan};
pub use salvage::Problem;
