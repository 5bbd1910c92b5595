//! What is known of telephones: how they cannot be reached, and what they were sent.

mod bars;
mod log;

pub use log::{PhoneLog, PhoneSaved};
