//! What callers left and what was said, as sound.

use bytes::Bytes;
use http::{Method, Response, StatusCode, header::CONTENT_RANGE};

use super::{Client, Result};

/// Bytes of an MP3.
#[derive(Clone, PartialEq, Eq)]
pub struct Audio {
    /// The bytes.
    pub bytes: Bytes,
    /// Which of the file's they are, as `Content-Range` says it; none if they are all.
    pub range: Option<String>,
}

/// How many they are: what somebody said is not told.
impl std::fmt::Debug for Audio {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Audio({} bytes)", self.bytes.len())
    }
}

/// What callers left and what was said, as sound.
impl Client {
    /// What a caller left: all of it, or what a header `Range` names, from its beginning as much as one answer has.
    ///
    /// # Errors
    /// [`ClientError`](super::ClientError).
    pub async fn message_audio(&self, call: &str, range: Option<&str>) -> Result<Audio> {
        self.audio(&["calls", call, "message", "audio"], range).await
    }

    /// What caller and responder said, in the same way.
    ///
    /// # Errors
    /// [`ClientError`](super::ClientError).
    pub async fn recording_audio(&self, call: &str, range: Option<&str>) -> Result<Audio> {
        self.audio(&["calls", call, "recording", "audio"], range).await
    }

    async fn audio(&self, path: &[&str], range: Option<&str>) -> Result<Audio> {
        let asking = self.ask(Method::GET, path);
        let asking = range.into_iter().fold(asking, super::asking::Asking::range);
        asking.bytes().await.map(heard)
    }
}

fn heard(answer: Response<Bytes>) -> Audio {
    let range = answer.headers().get(CONTENT_RANGE).filter(|_| answer.status() == StatusCode::PARTIAL_CONTENT);
    Audio { range: range.and_then(|range| Some(range.to_str().ok()?.to_owned())), bytes: answer.into_body() }
}
