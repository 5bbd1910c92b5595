//! What Twilio keeps and the API passes on: what callers left, what was said, and what came with texts.

use bytes::Bytes;
use http::{
    Method, Response, StatusCode,
    header::{CONTENT_RANGE, CONTENT_TYPE},
};

use super::{Client, Result};

/// Bytes of a file.
#[derive(Clone, PartialEq, Eq)]
pub struct Kept {
    /// The bytes.
    pub bytes: Bytes,
    /// Which of the file's they are, as `Content-Range` says it; none if they are all.
    pub range: Option<String>,
    /// What the file is, as `Content-Type` says it.
    pub media_type: String,
}

/// How many they are: what somebody said or sent is not told.
impl std::fmt::Debug for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Kept({} bytes)", self.bytes.len())
    }
}

/// What Twilio keeps: all of it, or what a header `Range` names, from its beginning as much as one answer has.
impl Client {
    /// What a caller left.
    ///
    /// # Errors
    /// [`ClientError`](super::ClientError).
    pub async fn message_audio(&self, call: &str, range: Option<&str>) -> Result<Kept> {
        self.kept(&["calls", call, "message", "audio"], range).await
    }

    /// What caller and responder said.
    ///
    /// # Errors
    /// [`ClientError`](super::ClientError).
    pub async fn recording_audio(&self, call: &str, range: Option<&str>) -> Result<Kept> {
        self.kept(&["calls", call, "recording", "audio"], range).await
    }

    /// What came with a text.
    ///
    /// # Errors
    /// [`ClientError`](super::ClientError).
    pub async fn attachment(&self, conversation: &str, media: &str, range: Option<&str>) -> Result<Kept> {
        self.kept(&["conversations", conversation, "media", media], range).await
    }

    async fn kept(&self, path: &[&str], range: Option<&str>) -> Result<Kept> {
        let asking = self.ask(Method::GET, path);
        let asking = range.into_iter().fold(asking, super::asking::Asking::range);
        asking.bytes().await.map(found)
    }
}

fn found(answer: Response<Bytes>) -> Kept {
    let header = |name| answer.headers().get(name).and_then(|value| Some(value.to_str().ok()?.to_owned()));
    let range = header(CONTENT_RANGE).filter(|_| answer.status() == StatusCode::PARTIAL_CONTENT);
    Kept { range, media_type: header(CONTENT_TYPE).unwrap_or_default(), bytes: answer.into_body() }
}
