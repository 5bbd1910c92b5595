//! Whether a page may leave, and from which of our numbers.
//!
//! Three questions, each a pure function: [`cap`] (has the phone had too many?), [`Exits::choose`] (which line, if any,
//! may reach that number?) and [`DailySpend`] (is there money left today?).

mod caps;
mod exits;
mod spend;

#[cfg(test)]
mod tests;

pub use caps::{CapReached, REMEMBERED, cap};
pub use exits::{Exits, NoExit};
pub use spend::{DailySpend, SpendState};
