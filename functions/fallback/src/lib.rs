//! Keeps the static documents that Twilio uses when the voice function is gone.
//!
//! If a webhook is not answered, Twilio asks the number's fallback URL. That is a document on S3, which needs no
//! function: it rings whoever is on call and takes a message. Who that is changes, so a schedule calls this function
//! every minute, and it writes the documents anew of every line that was saved or whose answer no longer holds.
//!
//! 1. `renew`: one Query lists the lines with what is known of their documents. Mostly that is all.
//! 2. `situation`: what the line would do for a caller now, and until when it would.
//! 3. `documents`: that, as TwiML.
//! 4. `shelf`: puts the documents on S3; what has been written is recorded with the line.

mod documents;
mod renew;
mod settings;
mod shelf;
mod situation;

pub use renew::{App, NotRenewed};
pub use settings::Settings;
pub use shelf::Shelf;
