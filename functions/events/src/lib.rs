//! The HTTP intake of incident events from other tools, into the queue.
//!
//! A request goes one way through this crate:
//!
//! 1. `handler`: its route says in which shape it comes, and where its routing key stands.
//! 2. `pagerduty`, `alertmanager` or `statement::own`: the body becomes what a tool has said, or is refused with the
//!    fields named.
//! 3. `intake`: the key's service is looked up, the events are counted against the key's minute, and put on the queue.
//! 4. `answer`: 202, when SQS has said that it has them; else a refusal, in the shape that the tool understands.
//!
//! Foreign shapes are read with patience: what is not known in them is ignored, and what can be understood counts. Ours
//! is read strictly. Routing keys are hashed where they are read, and stand in no log, no error and no `Debug`.

mod alertmanager;
mod answer;
mod app;
mod handler;
mod intake;
mod pagerduty;
mod routing_key;
mod settings;

pub use app::App;
pub use handler::router;
pub use settings::Settings;
