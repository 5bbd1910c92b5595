//! Dutyline on a laptop: everything in one process on loopback, with only a Rust toolchain.
//!
//! ```text
//! cargo run                                        # serve
//! cargo run -- call +4721000000 --press 1          # call a line, read what every phone hears
//! cargo run -- who +4721000000 --digit 2 --at 2026-10-25T02:30
//! cargo run -- log
//! ```
//!
//! What runs is what is deployed: [`template`] reads template.yaml, and from it come the table, the
//! queues, the secrets, the routes and each function's environment. The functions are the crates
//! that Lambda runs. What surrounds them is local:
//!
//! | in AWS | here |
//! |---|---|
//! | API Gateway | [`gateway`] |
//! | DynamoDB | [`dynamodb`], kept in a file of the [data directory](data_dir) |
//! | EventBridge | [`schedule`] |
//! | Lambda, reading a queue | `consumer` |
//! | SQS, S3 and Secrets Manager | [`aws`], in memory; [`secrets`] are kept in a file |
//! | what everybody can read on S3 | [`documents`] |
//! | Twilio | [`twilio_side`]: the simulator, or a real account by a public URL |
//!
//! [`stack`] starts them all; [`control`] is what the other commands ask a running stack.

mod answers;
pub mod aws;
pub mod cli;
mod consumer;
pub mod control;
pub mod data_dir;
pub mod documents;
pub mod dynamodb;
pub mod gateway;
mod incidents;
mod keeper;
pub mod log;
pub mod moment;
mod names;
pub mod phone_behaviour;
mod private_file;
mod run;
pub mod running;
pub mod schedule;
pub mod secrets;
pub mod seed;
mod servers;
pub mod speed;
pub mod stack;
pub mod template;
mod transcript;
pub mod twilio_side;
pub mod who;

pub use run::main;
