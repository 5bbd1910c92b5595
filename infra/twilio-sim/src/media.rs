//! Pictures and other things that come with a text.

/// What somebody sends with a text: a picture, a voice memo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its kind, such as `image/jpeg`.
    pub content_type: String,
    /// What it is.
    pub content: Vec<u8>,
}

impl Attachment {
    /// A file of a kind.
    pub fn new(content_type: impl Into<String>, content: impl Into<Vec<u8>>) -> Self {
        Self { content_type: content_type.into(), content: content.into() }
    }
}

/// A media resource.
#[derive(Debug, Clone)]
pub(crate) struct Media {
    pub(crate) sid: String,
    /// Where the product says it is, of a text that the product sends; such media are not fetched.
    pub(crate) source: String,
    pub(crate) attachment: Attachment,
    /// Whoever knows this word may read it without credentials.
    pub(crate) pass: String,
}
