//! What callers left and what was said, as sound. Twilio keeps it; it passes through here to whoever may read calls, so
//! that nobody needs the account's own keys.

use axum::{
    body::Bytes,
    extract::State,
    http::{
        HeaderName, StatusCode,
        header::{ACCEPT_RANGES, CACHE_CONTROL, CONTENT_RANGE, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use oncall::CallId;
use store::LoggedCall;
use twilio::rest::{ByteRange, Error, File, FilePart};

use crate::{
    answer::Answer,
    app::App,
    argument::{Id, Part},
    caller::{Caller, Reader},
    describe::Description,
    endpoint::{Endpoint, get},
    failure::{Cause, Failure},
};

/// As many bytes as one answer has at most. Lambda hands on 6 MB, in which three bytes take four letters.
const MOST: u64 = 4 << 20;

pub(crate) fn endpoints() -> Vec<Endpoint> {
    let about = "From the Twilio account that keeps it, as MP3. One answer has 4 MiB at most: whoever asks for a range gets \
                 its beginning, and a file that is longer is not answered without one.";
    vec![
        get("/calls/{id}/message/audio", message).says("Plays what a caller left", about),
        get("/calls/{id}/recording/audio", recording).says("Plays what caller and responder said", about),
    ]
    .into_iter()
    .map(|endpoint| endpoint.asks_twilio().refuses(&[Cause::Malformed]))
    .collect()
}

async fn message(_: Caller<Reader>, State(app): State<App>, Id(id): Id, part: Part) -> Result<Audio, Failure> {
    let found = app.logged(id).await?;
    let message = found.call.message.ok_or_else(|| none("the call has no message"))?;
    let sid = message.recording.ok_or_else(|| none("the message was not recorded"))?;
    let account = app.number_of(found.call.line.as_str()).await?.account;
    app.played(&account, &sid, part).await
}

async fn recording(_: Caller<Reader>, State(app): State<App>, Id(id): Id, part: Part) -> Result<Audio, Failure> {
    let found = app.logged(id).await?;
    let talk = found.recording().ok_or_else(|| none("the call was not recorded, or Twilio has not stored it yet"))?;
    app.played(&talk.account, &talk.sid, part).await
}

fn none(detail: &str) -> Failure {
    Failure::from(Cause::NotFound).detail(detail)
}

impl App {
    async fn logged(&self, id: String) -> Result<LoggedCall, Failure> {
        Ok(self.store.call(&CallId::new(id)).await?.ok_or(Cause::NotFound)?)
    }

    async fn played(&self, account: &str, sid: &str, Part(wanted): Part) -> Result<Audio, Failure> {
        let sid = sid.parse().map_err(|error| Failure::internal(&error))?;
        let client = self.twilio(account).await?;
        match client.fetch_recording(&sid, wanted.unwrap_or(ByteRange::ALL).at_most(MOST)).await {
            Ok(File::Part(part)) => Audio::of(part, wanted.is_some()),
            // of an empty file, all is nothing
            Ok(File::Shorter { .. }) if wanted.is_none() => Ok(Audio { bytes: Bytes::new(), place: None }),
            Ok(File::Shorter { total }) => Err(Failure::from(Cause::OutOfRange).of_bytes(total)),
            Err(Error::NotFound(_)) => Err(none("Twilio does not have it: not yet, or not any more")),
            Err(error) => Err(error.into()),
        }
    }
}

/// Bytes of an MP3.
#[derive(Debug)]
struct Audio {
    bytes: Bytes,
    /// Which of the file's they are, if a part was asked for.
    place: Option<String>,
}

impl Audio {
    fn of(part: FilePart, is_wanted: bool) -> Result<Self, Failure> {
        let FilePart { bytes, first, total, .. } = part;
        let length = bytes.len() as u64;
        if !is_wanted && length < total {
            let detail = format!("it has {total} bytes, and one answer {MOST} at most: ask for a Range");
            return Err(Failure::from(Cause::Malformed).detail(detail));
        }
        // bytes that are there have a last one
        let last = (first + length).saturating_sub(1);
        Ok(Self { place: is_wanted.then(|| format!("bytes {first}-{last}/{total}")), bytes })
    }
}

const MEDIA_TYPE: &str = "audio/mpeg";

impl IntoResponse for Audio {
    fn into_response(self) -> Response {
        let usual: [(HeaderName, &str); 3] =
            [(CONTENT_TYPE, MEDIA_TYPE), (ACCEPT_RANGES, "bytes"), (CACHE_CONTROL, "private, max-age=300")];
        match self.place {
            None => (usual, self.bytes).into_response(),
            Some(place) => (StatusCode::PARTIAL_CONTENT, usual, [(CONTENT_RANGE, place)], self.bytes).into_response(),
        }
    }
}

impl Answer for Audio {
    fn describe(description: &mut Description) {
        let ranges = ("Accept-Ranges", "`bytes`.");
        description.answers_bytes(200, "All of it.", MEDIA_TYPE, &[ranges]);
        let place = ("Content-Range", "Which bytes they are, and of how many.");
        description.answers_bytes(206, "A part of it.", MEDIA_TYPE, &[ranges, place]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(first: u64, length: usize, total: u64) -> FilePart {
        FilePart { content_type: None, bytes: Bytes::from(vec![0xff; length]), first, total }
    }

    #[test]
    fn a_part_says_where_it_is() {
        let place = |part, is_wanted| Audio::of(part, is_wanted).unwrap().place;
        assert_eq!(place(part(0, 10, 10), false), None);
        assert_eq!(place(part(0, 10, 10), true).as_deref(), Some("bytes 0-9/10"));
        assert_eq!(place(part(4, 2, 10), true).as_deref(), Some("bytes 4-5/10"));
    }

    #[test]
    fn what_does_not_fit_is_not_cut_in_silence() {
        let failure = Audio::of(part(0, 10, 11), false).unwrap_err().into_problem();
        assert_eq!(failure.status, 400);
        assert!(failure.detail.unwrap().starts_with("it has 11 bytes"));
    }
}
