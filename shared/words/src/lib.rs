//! All that is said on a telephone, and written to it.
//!
//! Every sentence is a [`Prompt`] and stands in `prompt.rs`, in each [`Language`]. [`Words`] says it: as we do, or as
//! the line replaces it, with its values in place. What responders hear who are paged is a [`Heard`] in `heard.rs`. Every text message is a [`Text`] in `text.rs`; [`page`] and [`bundle`]
//! write the ones that wake people, in as few segments as it goes.
//!
//! ```
//! use words::{Language, Prompt, Words};
//!
//! assert_eq!(Prompt::Closed.words(Language::of("nb-NO")), "{line} er stengt for øyeblikket.");
//! assert_eq!(Words::in_english().say(Prompt::Closed, &[("line", "Hotline")]), "Hotline is closed at the moment.");
//! ```

mod answer;
mod heard;
mod language;
mod page;
mod prompt;
mod text;
mod words;

pub use heard::Heard;
pub use language::Language;
pub use page::{bundle, page};
pub use prompt::Prompt;
pub use text::Text;
pub use words::Words;
