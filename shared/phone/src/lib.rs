//! Phone numbers that cannot leak by accident.
//!
//! - [`PhoneNumber`]: a parsed E.164 number. `Debug` and `Display` are masked; the digits come out
//!   only where the code asks for them by name, with [`PhoneNumber::as_e164`] (for machines) or
//!   [`PhoneNumber::spoken`] (for ears).
//! - [`NumberPattern`]: a number with `*` wildcards, for block lists.
//! - [`without_numbers`]: a text that others wrote, less what may be a number.
//!
//! There is no metadata library here: whether a number is *assigned* is the carrier's knowledge.
//! The shape is checked strictly at the edge and trusted afterwards.
//!
//! ```
//! use phone::{NumberPattern, PhoneNumber};
//!
//! let caller: PhoneNumber = "+4791234589".parse()?;
//! assert_eq!(caller.to_string(), "+4791****89");
//! assert_eq!(caller.spoken(), "4 7, 9 1 2, 3 4 5, 8 9");
//!
//! let norway: NumberPattern = "+47*".parse()?;
//! assert!(norway.matches(&caller));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod calling_code;
mod masked;
mod number;
mod pattern;
mod premium;
mod spoken;

pub use masked::without_numbers;
pub use number::{InvalidNumber, PhoneNumber};
pub use pattern::{InvalidPattern, NumberPattern};
