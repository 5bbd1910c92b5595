//! The door as seen from the wire: real AWS clients against an HTTP server on loopback that writes down what it is
//! asked, and signatures made by a signer that is not the product's.
#![allow(clippy::unwrap_used, reason = "a broken test set-up should stop the test")]

mod aws_on_loopback;
mod endpoints;
mod gate;
mod in_lambda;
mod queue;
mod secrets;
mod timeouts;
mod tls;
mod twilio_signs;
