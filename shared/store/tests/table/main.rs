//! The store against a real DynamoDB engine, through the real SDK client, over a wire that counts and breaks.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper's failure is the test's")]

mod around;
mod call_log;
mod configuration;
mod configuration_races;
mod configuration_size;
mod documented;
mod event_rate;
mod facts;
mod fallbacks;
mod feeds;
mod fixtures;
mod holidays;
mod incident_lists;
mod incident_sizes;
mod incidents;
mod incidents_due;
mod incidents_opened;
mod legs;
mod lenience;
mod organisation;
mod phones;
mod plans;
mod purchases;
mod routing_keys;
mod save_call;
mod sending;
mod sizes;
mod table;
mod talks;
mod threads;
mod tokens;
mod trouble;
mod verifications;
mod whole;
