//! Dutyline on a laptop: everything in one process on loopback.
//! `cargo run`.
pub mod aws;
pub mod data_dir;
pub mod dynamodb;
pub mod secrets;
pub mod template;
