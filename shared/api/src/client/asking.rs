//! One request in the making, and its answer.

use bytes::Bytes;
use http::{
    HeaderName, HeaderValue, Method, Request, Response, StatusCode,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, ETAG, IF_MATCH, IF_NONE_MATCH, RANGE},
};
use secrecy::ExposeSecret as _;
use serde::{Serialize, de::DeserializeOwned};

use super::{BuiltOn, Client, ClientError, Result};

/// A request in the making.
pub(super) struct Asking<'c> {
    client: &'c Client,
    method: Method,
    url: String,
    headers: Vec<(HeaderName, String)>,
    body: Vec<u8>,
}

impl Client {
    pub(super) fn ask(&self, method: Method, path: &[&str]) -> Asking<'_> {
        let path: Vec<String> = path.iter().map(|segment| escaped(segment)).collect();
        let url = format!("{}/api/v1/{}", self.base_url, path.join("/"));
        Asking { client: self, method, url, headers: Vec::new(), body: Vec::new() }
    }
}

impl Asking<'_> {
    pub(super) fn query(mut self, query: &impl Serialize) -> Result<Self> {
        let query = serde_urlencoded::to_string(query).map_err(|_| ClientError::NotUnderstood { status: 0 })?;
        if !query.is_empty() {
            // a plus sign in a query of this API is a plus sign, not a space
            self.url = format!("{}?{}", self.url, query.replace('+', "%20"));
        }
        Ok(self)
    }

    pub(super) fn body(mut self, body: &impl Serialize) -> Result<Self> {
        self.body = serde_json::to_vec(body).map_err(|_| ClientError::NotUnderstood { status: 0 })?;
        Ok(self.with(CONTENT_TYPE, "application/json"))
    }

    /// A body that is written already.
    pub(super) fn text(mut self, body: &str, media_type: &'static str) -> Self {
        self.body = body.as_bytes().to_vec();
        self.with(CONTENT_TYPE, media_type)
    }

    pub(super) fn accepting(self, media_type: &'static str) -> Self {
        self.with(ACCEPT, media_type)
    }

    pub(super) fn built_on(self, version: BuiltOn) -> Self {
        match version {
            BuiltOn::Version(version) => self.with(IF_MATCH, format!("\"{version}\"")),
            BuiltOn::Any => self.with(IF_MATCH, "*"),
        }
    }

    pub(super) fn if_absent(self) -> Self {
        self.with(IF_NONE_MATCH, "*")
    }

    /// Whoever sends it again with the same key means the same deed.
    pub(super) fn idempotent(self, key: &str) -> Self {
        self.with(HeaderName::from_static("idempotency-key"), key)
    }

    pub(super) fn unless_known(self, version: u64) -> Self {
        self.with(IF_NONE_MATCH, format!("\"{version}\""))
    }

    /// Of a file, these bytes.
    pub(super) fn range(self, range: &str) -> Self {
        self.with(RANGE, range)
    }

    fn with(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(super) async fn json<T: DeserializeOwned>(self) -> Result<T> {
        read(&self.send().await?)
    }

    /// None if nothing has changed.
    pub(super) async fn json_if_changed<T: DeserializeOwned>(self) -> Result<Option<T>> {
        let answer = self.send().await?;
        if answer.status() == StatusCode::NOT_MODIFIED { Ok(None) } else { read(&answer).map(Some) }
    }

    /// The answer as it is written, and the version in its ETag.
    pub(super) async fn written(self) -> Result<(String, Option<u64>)> {
        let answer = self.send().await?;
        let status = answer.status().as_u16();
        let tag = answer.headers().get(ETAG).and_then(|tag| tag.to_str().ok());
        let version = tag.and_then(|tag| tag.trim_start_matches("W/").trim_matches('"').parse().ok());
        let text = std::str::from_utf8(answer.body()).map_err(|_| ClientError::NotUnderstood { status })?;
        Ok((text.to_owned(), version))
    }

    /// The answer, whatever is in it.
    pub(super) async fn bytes(self) -> Result<Response<Bytes>> {
        self.send().await
    }

    pub(super) async fn nothing(self) -> Result<()> {
        self.send().await.map(drop)
    }

    /// The answer, if it is no problem.
    async fn send(self) -> Result<Response<Bytes>> {
        let client = self.client;
        let request = self.made().map_err(|error| ClientError::Unreachable(error.into()))?;
        let answer = client.transport.carry(request).await.map_err(ClientError::Unreachable)?;
        let status = answer.status();
        if !status.is_client_error() && !status.is_server_error() {
            return Ok(answer);
        }
        let not_understood = ClientError::NotUnderstood { status: status.as_u16() };
        Err(serde_json::from_slice(answer.body())
            .map_or(not_understood, |problem| ClientError::Problem(Box::new(problem))))
    }

    fn made(self) -> std::result::Result<Request<Vec<u8>>, http::Error> {
        let mut bearer = HeaderValue::try_from(format!("Bearer {}", self.client.token.expose_secret()))?;
        bearer.set_sensitive(true);
        let mut request = Request::builder().method(self.method).uri(self.url).header(AUTHORIZATION, bearer);
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        request.body(self.body)
    }
}

fn read<T: DeserializeOwned>(answer: &Response<Bytes>) -> Result<T> {
    let status = answer.status().as_u16();
    serde_json::from_slice(answer.body()).map_err(|_| ClientError::NotUnderstood { status })
}

/// A segment of a path, whatever it holds.
fn escaped(segment: &str) -> String {
    let mut escaped = String::with_capacity(segment.len());
    for byte in segment.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => escaped.push(char::from(byte)),
            other => escaped.push_str(&format!("%{other:02X}")),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_stays_one() {
        assert_eq!(escaped("ln_7f3k-2"), "ln_7f3k-2");
        assert_eq!(escaped("a/b?c#d e+å"), "a%2Fb%3Fc%23d%20e%2B%C3%A5");
    }
}
