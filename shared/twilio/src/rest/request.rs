//! One request, as it is written.

use http_body_util::Full;
use hyper::Method;
use hyper::body::Bytes;
use hyper::header::{ACCEPT, AUTHORIZATION, CONNECTION, CONTENT_TYPE, HOST, HeaderValue, RANGE, USER_AGENT};

use super::byte_range::ByteRange;
use super::credentials::Credentials;
use super::error::{Cause, Error};
use super::hosts::Host;

pub(super) struct Request<'a> {
    pub(super) host: &'a Host,
    pub(super) method: Method,
    /// Path and query.
    pub(super) target: &'a str,
    pub(super) form: Bytes,
    /// Of a file, which bytes.
    pub(super) part: Option<ByteRange>,
    /// Whether whoever is asked learns the credentials.
    pub(super) signs_in: bool,
}

impl<'a> Request<'a> {
    pub(super) fn get(host: &'a Host, target: &'a str) -> Self {
        Self { host, method: Method::GET, target, form: Bytes::new(), part: None, signs_in: true }
    }

    pub(super) fn of_file(host: &'a Host, target: &'a str, part: ByteRange) -> Self {
        Self { part: Some(part), ..Self::get(host, target) }
    }

    pub(super) fn without_credentials(self) -> Self {
        Self { signs_in: false, ..self }
    }

    pub(super) fn made(&self, credentials: &Credentials) -> Result<hyper::Request<Full<Bytes>>, Error> {
        // neither error says what it cannot use, so that no number in a target is repeated
        let header = |value: Option<HeaderValue>| {
            value.ok_or_else(|| Error::NotSent(Cause::new("the credentials or the host do not fit into a header")))
        };
        let mut request = hyper::Request::builder()
            .method(&self.method)
            .uri(self.target)
            .header(HOST, header(self.host.header())?)
            .header(USER_AGENT, concat!("dutyline/", env!("CARGO_PKG_VERSION")))
            .header(ACCEPT, if self.part.is_some() { "*/*" } else { "application/json" })
            .header(CONNECTION, "close");
        if self.signs_in {
            request = request.header(AUTHORIZATION, header(credentials.header())?);
        }
        if let Some(part) = self.part {
            request = request.header(RANGE, part.to_string());
        }
        if self.method == Method::POST {
            request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        request.body(Full::new(self.form.clone())).map_err(|error| Error::NotSent(Cause::of(&error)))
    }
}
