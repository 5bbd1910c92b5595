//! One request in the making, and its answer.

use reqwest::{
    Method, RequestBuilder, Response, StatusCode,
    header::{CONTENT_TYPE, IF_MATCH, IF_NONE_MATCH},
};
use secrecy::ExposeSecret as _;
use serde::{Serialize, de::DeserializeOwned};

use super::{BuiltOn, Client, ClientError, Result};

/// A request in the making.
pub(super) struct Asking {
    request: RequestBuilder,
}

impl Client {
    pub(super) fn ask(&self, method: Method, path: &[&str]) -> Asking {
        let path: Vec<String> = path.iter().map(|segment| escaped(segment)).collect();
        let url = format!("{}/api/v1/{}", self.base_url, path.join("/"));
        Asking { request: self.http.request(method, url).bearer_auth(self.token.expose_secret()) }
    }
}

impl Asking {
    pub(super) fn query(self, query: &impl Serialize) -> Result<Self> {
        let query = serde_urlencoded::to_string(query).map_err(|_| ClientError::NotUnderstood { status: 0 })?;
        if query.is_empty() {
            return Ok(self);
        }
        // a plus sign in a query of this API is a plus sign, not a space
        let query = query.replace('+', "%20");
        let (client, request) = self.request.build_split();
        let mut request = request.map_err(unreachable_api)?;
        request.url_mut().set_query(Some(&query));
        Ok(Self { request: RequestBuilder::from_parts(client, request) })
    }

    pub(super) fn body(self, body: &impl Serialize) -> Result<Self> {
        let body = serde_json::to_vec(body).map_err(|_| ClientError::NotUnderstood { status: 0 })?;
        Ok(Self { request: self.request.header(CONTENT_TYPE, "application/json").body(body) })
    }

    pub(super) fn built_on(self, version: BuiltOn) -> Self {
        let tag = match version {
            BuiltOn::Version(version) => format!("\"{version}\""),
            BuiltOn::Any => "*".to_owned(),
        };
        Self { request: self.request.header(IF_MATCH, tag) }
    }

    pub(super) fn if_absent(self) -> Self {
        Self { request: self.request.header(IF_NONE_MATCH, "*") }
    }

    /// Whoever sends it again with the same key means the same deed.
    pub(super) fn idempotent(self, key: &str) -> Self {
        Self { request: self.request.header("Idempotency-Key", key) }
    }

    pub(super) fn unless_known(self, version: u64) -> Self {
        Self { request: self.request.header(IF_NONE_MATCH, format!("\"{version}\"")) }
    }

    pub(super) async fn json<T: DeserializeOwned>(self) -> Result<T> {
        read(self.send().await?).await
    }

    /// None if nothing has changed.
    pub(super) async fn json_if_changed<T: DeserializeOwned>(self) -> Result<Option<T>> {
        let answer = self.send().await?;
        if answer.status() == StatusCode::NOT_MODIFIED { Ok(None) } else { read(answer).await.map(Some) }
    }

    pub(super) async fn nothing(self) -> Result<()> {
        self.send().await.map(drop)
    }

    /// The answer, if it is no problem.
    async fn send(self) -> Result<Response> {
        let answer = self.request.send().await.map_err(unreachable_api)?;
        let status = answer.status();
        if !status.is_client_error() && !status.is_server_error() {
            return Ok(answer);
        }
        let body = answer.bytes().await.map_err(unreachable_api)?;
        let not_understood = ClientError::NotUnderstood { status: status.as_u16() };
        Err(serde_json::from_slice(&body).map_or(not_understood, |problem| ClientError::Problem(Box::new(problem))))
    }
}

async fn read<T: DeserializeOwned>(answer: Response) -> Result<T> {
    let status = answer.status().as_u16();
    let body = answer.bytes().await.map_err(unreachable_api)?;
    serde_json::from_slice(&body).map_err(|_| ClientError::NotUnderstood { status })
}

/// The URL is left out: an error ends up in logs.
fn unreachable_api(error: reqwest::Error) -> ClientError {
    ClientError::Unreachable(error.without_url())
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
