use std::fmt;

use super::Twiml;
use super::document::Document;

/// An answer to a text: texts back to whoever wrote it, or none.
///
/// ```
/// use twilio::twiml::TextResponse;
///
/// let xml = TextResponse::new().message("Alert 12 is yours & nobody else's.").into_xml();
/// assert_eq!(
///     xml,
///     concat!(
///         r#"<?xml version="1.0" encoding="UTF-8"?><Response>"#,
///         "<Message>Alert 12 is yours &amp; nobody else's.</Message></Response>",
///     ),
/// );
/// ```
///
/// It has no verbs of a call, and a call's document has no `message`:
///
/// ```compile_fail,E0599
/// # use twilio::twiml::*;
/// TextResponse::new().pause(1);
/// ```
/// ```compile_fail,E0599
/// # use twilio::twiml::*;
/// Response::new().message("Hello");
/// ```
#[must_use]
pub struct TextResponse {
    document: Document,
    messages: usize,
}

/// Twilio sends no more for one text (error 14109).
const MOST_MESSAGES: usize = 10;
/// A text has at most so many characters (error 21617).
const MOST_CHARACTERS: usize = 1600;

impl TextResponse {
    /// An empty document: nobody is answered.
    pub fn new() -> Self {
        Self { document: Document::new(), messages: 0 }
    }

    /// Texts back. What is longer than a text may be is cut, since Twilio would send none of it; empty words, and more
    /// than ten texts, are left out.
    pub fn message(mut self, text: impl AsRef<str>) -> Self {
        let text = text.as_ref();
        if text.trim().is_empty() || self.messages >= MOST_MESSAGES {
            return self;
        }
        let end = text.char_indices().nth(MOST_CHARACTERS).map_or(text.len(), |(end, _)| end);
        let text = text.get(..end).unwrap_or_default();
        self.document.steer(|document| document.element("Message", |_| (), |document| document.text(text)));
        self.messages += 1;
        self
    }

    /// Ends the document.
    pub fn end(self) -> Twiml {
        Twiml::of(self.document.finish())
    }

    /// Ends the document and gives its text.
    pub fn into_xml(self) -> String {
        self.end().into_xml()
    }
}

impl fmt::Debug for TextResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TextResponse({} texts so far)", self.messages)
    }
}

impl Default for TextResponse {
    fn default() -> Self {
        Self::new()
    }
}
