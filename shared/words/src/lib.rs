//! All that is said on a telephone.
//!
//! Every sentence is a [`Prompt`] and stands in `prompt.rs`, in each [`Language`]. [`Words`] says it: as we do, or as
//! the line replaces it, with its values in place.
//!
//! ```
//! use words::{Language, Prompt, Words};
//!
//! assert_eq!(Prompt::Closed.words(Language::of("nb-NO")), "{line} er stengt for øyeblikket.");
//! assert_eq!(Words::in_english().say(Prompt::Closed, &[("line", "Hotline")]), "Hotline is closed at the moment.");
//! ```

mod language;
mod prompt;
mod words;

pub use language::Language;
pub use prompt::Prompt;
pub use words::Words;
