//! What is known of telephones: how they cannot be reached, and what they were sent.

mod bars;
mod log;
mod owners;

pub(crate) use owners::numbers;

pub use log::{PhoneLog, PhoneSaved};
pub use owners::Texter;
