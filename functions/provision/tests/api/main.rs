//! The admin API as its clients see it: real requests to the router, over a real DynamoDB engine and Secrets Manager.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a helper's failure is the test's")]

mod attachments;
mod audit_of_numbers;
mod bodies;
mod calls;
mod client;
mod conditions;
mod configuration;
mod contention;
mod conversations;
mod document;
mod estate;
mod explain;
mod feeds;
mod holidays;
mod house;
mod incidents;
mod issuer;
mod jwt;
mod killed;
mod limits;
mod lines;
mod me;
mod number_plan;
mod numbers;
mod objects;
mod organisation;
mod overrides;
mod people;
mod policies;
mod readiness;
mod refused_callers;
mod rehearsal;
mod routing_keys;
mod sending;
mod services;
mod shifts;
mod size;
mod sound;
mod spoken;
mod tables;
mod tokens;
mod typed_at_twilio;
mod verification;
