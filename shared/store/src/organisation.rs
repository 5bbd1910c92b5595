//! The organisation as its administrators edit it: people, teams, schedules, escalation policies, services and
//! lines, each an item of its own.
//!
//! A save is one transaction: the object, the entry in the audit log, and both copies of the plan of every line that
//! reaches the object. Its condition is the organisation's *revision*, a number that each save raises: whatever was
//! read since is then still so, and a plan is a picture of one revision. Saves of one organisation come one after
//! the other; they are made by people.
//!
//! - [`find`](crate::Store::find), [`list`](crate::Store::list): objects as they stand.
//! - [`save`](crate::Store::save), [`delete`](crate::Store::delete): the only ways to change them.
//! - [`users_of`](crate::Store::users_of): who would miss an object.

mod around;
mod audit;
mod changes;
mod closure;
mod configured;
mod edges;
mod history;
mod kind;
mod objects;
mod pending;
mod save;
mod snapshot;
mod standing;
mod whole;
mod writes;

pub use around::{About, Around};
pub(crate) use audit::item as audit_item;
pub use audit::{Action, AuditEntry, AuditQuery};
pub use configured::{Configured, Object};
pub use kind::{Kind, Reference};
pub use objects::Stored;
pub(crate) use save::Change;
pub use save::{Author, Expected, SaveContext, SaveError, Saved as SavedObject};
pub(crate) use snapshot::REVISION;
pub use standing::Standing;
pub use whole::{StoredObject, Whole};
