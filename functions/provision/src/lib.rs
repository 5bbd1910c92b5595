//! The admin API: the organisation's configuration, its tokens, and what it says of itself.
//!
//! Each resource is one module with a function `endpoints`, which the one list in `routes.rs` calls. An [`Endpoint`]
//! is a handler together with its description for the OpenAPI document, both taken from the handler's own types:
//!
//! - its first argument is a `Caller<Reader>`, `Caller<Operator>` or `Caller<Admin>`; a handler without one is not an
//!   endpoint and does not compile (`caller.rs`, `endpoint.rs`). What may be asked without a token is listed there.
//! - its other arguments read the path, the query, conditions and the body, and refuse what they cannot read with a
//!   problem that names the field (`argument/`).
//! - it returns an answer or a `Failure`, which is a problem, too (`answer.rs`, `failure.rs`).
//!
//! The six kinds of objects are listed, created, read, replaced and deleted by the same five handlers (`objects.rs`);
//! what differs between them is how JSON becomes the domain's type, one file a kind.
//!
//! [`Endpoint`]: routes

mod addresses;
mod answer;
mod app;
mod argument;
mod attachments;
mod audit;
mod caller;
mod calls;
mod comparison;
mod configuration;
mod conversations;
mod describe;
mod endpoint;
mod escalation_policies;
mod explain;
mod failure;
mod feeds;
mod field;
mod holidays;
mod hours;
mod incidents;
mod integrations;
mod issuer;
mod kept;
mod lines;
mod market;
mod me;
mod names;
mod number_plan;
mod numbers;
mod objects;
mod owned_numbers;
mod people;
mod purchases;
mod readiness;
mod rehearsal;
mod routes;
mod routing_keys;
mod schedules;
mod secret;
mod sending;
mod services;
mod settings;
mod sound;
mod spoken;
mod status;
mod sweep;
mod teams;
mod texts;
mod tokens;
mod twilio_account;
mod upkeep;
mod vault;
mod verification;
mod webhooks;

pub use app::App;
pub use issuer::{Issuer, IssuerUrl, NotAnIssuer, TrustedIssuer};
pub use numbers::{Numbers, Pace};
pub use routes::{openapi, router};
pub use secret::{Digest, TooShort};
pub use settings::Settings;
pub use sweep::NotSwept;
pub use vault::Vault;
