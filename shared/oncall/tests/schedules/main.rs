//! Who is on call: the published cases, the rules as properties, and an independent reference that walks through every shift.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail by panicking")]

mod alone;
mod clock_changes;
mod fixtures;
mod history;
mod layers;
mod overrides;
mod reasons;
mod reference;
mod refusals;
mod rendered;
mod shifts;
mod totality;
mod turns;
mod typed;
