//! Files that Twilio keeps: what was recorded, and what came with a text. They are read in parts, and wherever they are:
//! a file may be at another host, which is asked without the credentials.

use hyper::body::Bytes;
use hyper::header::{CONTENT_RANGE, CONTENT_TYPE, LOCATION};

use crate::{AccountSid, MediaSid, MessageSid, RecordingSid};

use super::answer::{judged, unreadable};
use super::byte_range::{ByteRange, Place};
use super::client::Client;
use super::error::Error;
use super::hosts::{Host, Product};
use super::request::Request;
use super::wire::Answer;

/// How many hosts may send on to the next one.
const MOST_REDIRECTS: usize = 3;

/// An answer about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum File {
    /// Bytes of it.
    Part(FilePart),
    /// It has none of those that were wanted.
    Shorter {
        /// How many it has, if that is said.
        total: Option<u64>,
    },
}

/// Bytes of a file.
#[derive(Clone, PartialEq, Eq)]
pub struct FilePart {
    /// What the file is, in the words of whoever keeps it.
    pub content_type: Option<String>,
    /// The bytes.
    pub bytes: Bytes,
    /// Which of the file's bytes is the first of them, counted from 0.
    pub first: u64,
    /// How many bytes the file has.
    pub total: u64,
}

/// What somebody sent to us is told neither in logs nor in errors.
impl std::fmt::Debug for FilePart {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FilePart({} bytes from {} of {})", self.bytes.len(), self.first, self.total)
    }
}

/// Something that came with a text, as the webhook's `MediaUrl…` names it: [`Client::media_named`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaName {
    account: AccountSid,
    message: MessageSid,
    media: MediaSid,
}

impl MediaName {
    /// What an address names, if it is one of this host and nothing else. The names alone are taken from it, so that no
    /// address leads the client anywhere.
    fn of(href: &str, host: &Host) -> Option<Self> {
        let path = href.strip_prefix(host.base().as_str())?;
        let segments: Vec<&str> = path.split('/').collect();
        let ["", "2010-04-01", "Accounts", account, "Messages", message, "Media", media] = segments[..] else {
            return None;
        };
        Some(Self { account: account.parse().ok()?, message: message.parse().ok()?, media: media.parse().ok()? })
    }
}

impl Client {
    /// Bytes of a recording as MP3.
    ///
    /// # Errors
    /// Any [`Error`]: not found when it is not there yet, or has been deleted.
    pub async fn fetch_recording(&self, recording: &RecordingSid, wanted: ByteRange) -> Result<File, Error> {
        let path = self.path(format_args!("/Recordings/{recording}.mp3"));
        self.file(path, wanted).await
    }

    /// What an address names that came with a text; none unless it is an address of the API and of this account.
    pub fn media_named(&self, href: &str) -> Option<MediaName> {
        MediaName::of(href, self.host(Product::Api)).filter(|name| name.account == *self.account())
    }

    /// Bytes of what came with a text.
    ///
    /// # Errors
    /// Any [`Error`]: not found when it has been deleted, or is another account's.
    pub async fn fetch_media(&self, name: &MediaName, wanted: ByteRange) -> Result<File, Error> {
        let MediaName { account, message, media } = name;
        let path = format!("/2010-04-01/Accounts/{account}/Messages/{message}/Media/{media}");
        self.file(path, wanted).await
    }

    async fn file(&self, path: String, wanted: ByteRange) -> Result<File, Error> {
        let api = self.host(Product::Api);
        let mut request = Request::of_file(api, &path, wanted);
        let mut elsewhere;
        for _ in 0..=MOST_REDIRECTS {
            match self.ask(&request, |answer| found(answer, wanted)).await? {
                Found::Here(file) => return Ok(file),
                Found::Elsewhere(location) => {
                    elsewhere = request.host.leads_to(&location).ok_or_else(|| unreadable("a link leads nowhere"))?;
                    request = Request::of_file(&elsewhere.0, &elsewhere.1, wanted).without_credentials();
                }
            }
        }
        Err(unreadable("a link leads on and on"))
    }
}

enum Found {
    Here(File),
    Elsewhere(String),
}

fn found(answer: Answer, wanted: ByteRange) -> Result<Found, Error> {
    match answer.status {
        301 | 302 | 303 | 307 | 308 => match answer.header(LOCATION) {
            Some(location) => Ok(Found::Elsewhere(location.to_owned())),
            None => judged(answer).and_then(|_| Err(unreadable("a link leads nowhere"))),
        },
        416 => {
            let total = answer.header(CONTENT_RANGE).and_then(|range| range.strip_prefix("bytes */")?.parse().ok());
            Ok(Found::Here(File::Shorter { total }))
        }
        206 => part(answer, wanted).map(File::Part).map(Found::Here),
        _ => whole(answer, wanted).map(Found::Here),
    }
}

/// What was asked for.
fn part(answer: Answer, wanted: ByteRange) -> Result<FilePart, Error> {
    let range = answer.header(CONTENT_RANGE).and_then(|range| range.strip_prefix("bytes ")?.split_once('/'));
    let place = range.and_then(|(range, total)| Some((range.split_once('-')?.0.parse().ok()?, total.parse().ok()?)));
    let (first, total): (u64, u64) = place.ok_or_else(|| unreadable("it does not say which part it is"))?;
    let content_type = answer.header(CONTENT_TYPE).map(str::to_owned);
    let bytes = judged(answer)?;
    let Some(Place { length, .. }) = wanted.place(total).filter(|place| place.first as u64 == first) else {
        return Err(unreadable("it is another part"));
    };
    if bytes.len() > length {
        return Err(unreadable("it is longer than it says"));
    }
    Ok(FilePart { content_type, bytes, first, total })
}

/// All of the file: of one whose length was known, the wanted part alone has been read.
fn whole(answer: Answer, wanted: ByteRange) -> Result<File, Error> {
    let length = answer.length;
    let content_type = answer.header(CONTENT_TYPE).map(str::to_owned);
    let bytes = judged(answer)?;
    let total = length.unwrap_or(bytes.len() as u64);
    let Some(place) = wanted.place(total) else { return Ok(File::Shorter { total: Some(total) }) };
    let bytes = if length.is_some() { bytes } else { bytes.slice(place.first..place.first + place.length) };
    if bytes.len() != place.length {
        return Err(unreadable("it is shorter than it says"));
    }
    Ok(File::Part(FilePart { content_type, bytes, first: place.first as u64, total }))
}

#[cfg(test)]
mod tests {
    use super::super::hosts::Hosts;
    use super::*;

    #[test]
    fn only_addresses_of_the_api_name_anything() {
        let path = "/2010-04-01/Accounts/AC1/Messages/MM2/Media/ME3";
        let (twilio, here) = (Hosts::default(), Hosts::all_at("http://127.0.0.1:4010").unwrap());
        for (hosts, base) in [(&twilio, "https://api.twilio.com"), (&here, "http://127.0.0.1:4010")] {
            let name = MediaName::of(&format!("{base}{path}"), hosts.of(Product::Api)).unwrap();
            assert_eq!((name.account.as_str(), name.message.as_str(), name.media.as_str()), ("AC1", "MM2", "ME3"));
        }
        for wrong in [
            format!("http://api.twilio.com{path}"),
            format!("https://api.twilio.com.example.org{path}"),
            format!("https://example.org/api.twilio.com{path}"),
            format!("https://api.twilio.com@example.org{path}"),
            format!("https://api.twilio.com:8443{path}"),
            format!("https://api.twilio.com{path}?a=b"),
            format!("https://api.twilio.com{path}/.."),
            "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM2/Media/..".to_owned(),
            "https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1".to_owned(),
            String::new(),
        ] {
            assert_eq!(MediaName::of(&wrong, twilio.of(Product::Api)), None, "{wrong}");
        }
    }
}
