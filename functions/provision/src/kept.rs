//! Bytes of files that Twilio keeps, passed on to whoever may read what they belong to, so that nobody needs the account's
//! own keys.

use std::marker::PhantomData;

use axum::{
    body::Bytes,
    http::{
        HeaderName, StatusCode,
        header::{ACCEPT_RANGES, CACHE_CONTROL, CONTENT_RANGE, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use twilio::rest::{ByteRange, Error, File, FilePart};

use crate::{
    answer::Answer,
    argument::Part,
    describe::Description,
    failure::{Cause, Failure},
};

/// As many bytes as one answer has at most. Lambda hands on 6 MB, in which three bytes take four letters.
const MOST: u64 = 4 << 20;

/// How the parts that answers have come about, for descriptions.
pub(crate) const IN_PARTS: &str = "One answer has 4 MiB at most: whoever asks for a range gets its beginning, and a file \
                                   that is longer is not answered without one.";

/// In the place of bytes, in examples.
const BYTES: &str = "(the bytes of the file)";

/// What sort of files an endpoint answers.
pub(crate) trait Sort: Send + 'static {
    /// The media types that they may be of.
    const MEDIA_TYPES: &'static [&'static str];
}

/// Bytes of a file.
#[derive(Debug)]
pub(crate) struct Kept<S> {
    bytes: Bytes,
    /// Which of the file's they are, if a part was asked for.
    place: Option<String>,
    media_type: &'static str,
    sort: PhantomData<S>,
}

impl Part {
    /// Which bytes to ask Twilio for.
    pub(crate) fn wanted(&self) -> ByteRange {
        self.0.unwrap_or(ByteRange::ALL).at_most(MOST)
    }
}

impl<S: Sort> Kept<S> {
    /// What Twilio answered about a file of which a part, or all, was asked for.
    pub(crate) fn of(found: Result<File, Error>, part: &Part, media_type: &'static str) -> Result<Self, Failure> {
        let kept = |bytes, place| Self { bytes, place, media_type, sort: PhantomData };
        let is_wanted = part.0.is_some();
        let FilePart { bytes, first, total, .. } = match found {
            Ok(File::Part(part)) => part,
            // of an empty file, all is nothing
            Ok(File::Shorter { .. }) if !is_wanted => return Ok(kept(Bytes::new(), None)),
            Ok(File::Shorter { total }) => return Err(Failure::from(Cause::OutOfRange).of_bytes(total)),
            Err(Error::NotFound(_)) => {
                return Err(Failure::from(Cause::NotFound).detail("Twilio does not have it: not yet, or not any more"));
            }
            Err(error) => return Err(error.into()),
        };
        let length = bytes.len() as u64;
        if !is_wanted && length < total {
            let detail = format!("it has {total} bytes, and one answer {MOST} at most: ask for a Range");
            return Err(Failure::from(Cause::Malformed).detail(detail));
        }
        // bytes that are there have a last one
        let last = (first + length).saturating_sub(1);
        Ok(kept(bytes, is_wanted.then(|| format!("bytes {first}-{last}/{total}"))))
    }
}

impl<S: Sort> IntoResponse for Kept<S> {
    fn into_response(self) -> Response {
        let usual: [(HeaderName, &str); 3] =
            [(CONTENT_TYPE, self.media_type), (ACCEPT_RANGES, "bytes"), (CACHE_CONTROL, "private, max-age=300")];
        match self.place {
            None => (usual, self.bytes).into_response(),
            Some(place) => (StatusCode::PARTIAL_CONTENT, usual, [(CONTENT_RANGE, place)], self.bytes).into_response(),
        }
    }
}

impl<S: Sort> Answer for Kept<S> {
    fn describe(description: &mut Description) {
        let ranges = ("Accept-Ranges", "`bytes`.");
        description.answers_bytes(200, "All of it.", S::MEDIA_TYPES, BYTES, &[ranges]);
        let place = ("Content-Range", "Which bytes they are, and of how many.");
        description.answers_bytes(206, "A part of it.", S::MEDIA_TYPES, BYTES, &[ranges, place]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Any;

    impl Sort for Any {
        const MEDIA_TYPES: &'static [&'static str] = &["audio/mpeg"];
    }

    fn kept(first: u64, length: usize, total: u64, part: Part) -> Result<Kept<Any>, Failure> {
        let bytes = Bytes::from(vec![0xff; length]);
        Kept::of(Ok(File::Part(FilePart { content_type: None, bytes, first, total })), &part, "audio/mpeg")
    }

    #[test]
    fn a_part_says_where_it_is() {
        let some = || Part(Some(ByteRange::ALL));
        assert_eq!(kept(0, 10, 10, Part(None)).unwrap().place, None);
        assert_eq!(kept(0, 10, 10, some()).unwrap().place.as_deref(), Some("bytes 0-9/10"));
        assert_eq!(kept(4, 2, 10, some()).unwrap().place.as_deref(), Some("bytes 4-5/10"));
    }

    #[test]
    fn what_does_not_fit_is_not_cut_in_silence() {
        let failure = kept(0, 10, 11, Part(None)).unwrap_err().into_problem();
        assert_eq!(failure.status, 400);
        assert!(failure.detail.unwrap().starts_with("it has 11 bytes"));
    }
}
