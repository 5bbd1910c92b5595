use std::fmt;

use phone::PhoneNumber;

use crate::value_set::value_set;
use crate::webhook::{Caller, Form, FromForm, ParameterError};
use crate::{AccountSid, MessageSid, Private};

/// Somebody texts one of our numbers.
///
/// Needed: `AccountSid` and `MessageSid`. A text without words is one all the same, of pictures alone perhaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncomingText {
    /// The account, proven by the signature.
    pub account: AccountSid,
    /// This text. A repeated request has the same.
    pub sid: MessageSid,
    /// Who wrote it. Companies write under a word or a short code.
    pub from: Caller,
    /// The number that was written to; `None` when it was something else, such as a channel's address.
    pub to: Option<PhoneNumber>,
    /// The words, which may be none.
    pub body: Private,
    /// What came with them.
    pub media: Vec<MediaItem>,
    /// In how many pieces it came, if Twilio says so.
    pub segments: Option<u16>,
    /// The word was one that Twilio has handled and answered itself.
    pub opt_out: Option<OptOutType>,
}

/// A picture or another file that came with a text.
#[derive(Clone, PartialEq, Eq)]
pub struct MediaItem {
    /// Where Twilio keeps it, behind the account's credentials unless the account says otherwise.
    pub url: Box<str>,
    /// What it is, such as `image/jpeg`; empty if Twilio does not say.
    pub content_type: Box<str>,
}

/// Whoever has the address may have the picture.
impl fmt::Debug for MediaItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MediaItem({})", self.content_type)
    }
}

value_set! {
    /// What a word does that Twilio has handled itself.
    OptOutType {
        /// No texts any more.
        Stop = "STOP",
        /// Texts again.
        Start = "START",
        /// Who this is.
        Help = "HELP",
    }
}

/// Twilio takes ten files with one text.
const MOST_MEDIA: u16 = 10;

impl FromForm for IncomingText {
    fn from_form(form: &Form) -> Result<Self, ParameterError> {
        let count = form.optional::<u16>("NumMedia").unwrap_or_default().min(MOST_MEDIA);
        let media = (0..count).filter_map(|place| {
            let url = form.get(&format!("MediaUrl{place}")).filter(|url| !url.is_empty())?;
            let content_type = form.get(&format!("MediaContentType{place}")).unwrap_or_default();
            Some(MediaItem { url: url.into(), content_type: content_type.into() })
        });
        Ok(Self {
            account: form.required("AccountSid")?,
            sid: form.required("MessageSid")?,
            from: form.one("From")?.unwrap_or_default().into(),
            to: form.one("To")?.and_then(|to| to.parse().ok()),
            body: form.one("Body")?.unwrap_or_default().into(),
            media: media.collect(),
            segments: form.optional("NumSegments"),
            opt_out: form.one("OptOutType")?.map(OptOutType::from),
        })
    }
}
