//! Signing in at an OpenID Connect issuer: the authorization code flow with PKCE (RFC 7636), as an application without a
//! secret. Nothing is verified here but that the answer belongs to the question: the JWT is the API's to judge.

use std::sync::Arc;

use api::client::{NotCarried, Transport};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use http::{
    Method, Request, StatusCode, Uri,
    header::{ACCEPT, CONTENT_TYPE},
};
use ring::digest::{SHA256, digest};
use secrecy::SecretString;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::once;

/// An issuer, and what this console is called there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issuer {
    /// Its identifier, as its own documents write it.
    pub url: String,
    /// The application's id, for which its JWTs are meant.
    pub client_id: String,
}

/// Why nobody was let in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotSignedIn {
    #[error("the issuer does not answer")]
    NoAnswer(#[source] NotCarried),
    #[error("the issuer answers {0}")]
    Status(StatusCode),
    #[error("what the issuer answers is not understood")]
    NotUnderstood(#[source] serde_json::Error),
    #[error("the issuer's configuration is of another issuer, or leads to where TLS does not")]
    NotTheIssuer,
    #[error("a request to the issuer could not be made")]
    NoRequest(#[source] http::Error),
}

/// What a browser keeps while its visitor is with the issuer.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Login {
    state: String,
    verifier: String,
    /// Where they want to be.
    pub(crate) next: String,
}

impl Login {
    /// The beginning of a login.
    pub(crate) fn begin(next: String) -> Self {
        Self { state: once::key(), verifier: format!("{}{}", once::key(), once::key()), next }
    }

    /// Whether an answer belongs to it. Without randomness there was no login.
    pub(crate) fn is_answered_by(&self, state: &str) -> bool {
        !self.state.is_empty() && self.state == state
    }
}

#[derive(Deserialize)]
struct Configuration {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
}

#[derive(Deserialize)]
struct Tokens {
    id_token: String,
}

impl Issuer {
    /// Where a browser is sent to sign in.
    pub(crate) async fn entrance(
        &self,
        transport: &Arc<dyn Transport>,
        login: &Login,
        back: &str,
    ) -> Result<String, NotSignedIn> {
        let endpoint = self.configuration(transport).await?.authorization_endpoint;
        let challenge = URL_SAFE_NO_PAD.encode(digest(&SHA256, login.verifier.as_bytes()));
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.client_id)
            .append_pair("redirect_uri", back)
            .append_pair("scope", "openid profile email")
            .append_pair("state", &login.state)
            .append_pair("code_challenge", &challenge)
            .append_pair("code_challenge_method", "S256")
            .finish();
        let joint = if endpoint.contains('?') { '&' } else { '?' };
        Ok(format!("{endpoint}{joint}{query}"))
    }

    /// The JWT for a code that a browser has brought back.
    pub(crate) async fn token(
        &self,
        transport: &Arc<dyn Transport>,
        login: &Login,
        code: &str,
        back: &str,
    ) -> Result<SecretString, NotSignedIn> {
        let endpoint = self.configuration(transport).await?.token_endpoint;
        let body = form_urlencoded::Serializer::new(String::new())
            .append_pair("grant_type", "authorization_code")
            .append_pair("code", code)
            .append_pair("redirect_uri", back)
            .append_pair("client_id", &self.client_id)
            .append_pair("code_verifier", &login.verifier)
            .finish();
        let request = Request::builder()
            .method(Method::POST)
            .uri(endpoint)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(ACCEPT, "application/json")
            .body(body.into_bytes());
        let tokens: Tokens = ask(transport, request).await?;
        Ok(tokens.id_token.into())
    }

    async fn configuration(&self, transport: &Arc<dyn Transport>) -> Result<Configuration, NotSignedIn> {
        let url = format!("{}/.well-known/openid-configuration", self.url.trim_end_matches('/'));
        let request = Request::builder().uri(url).header(ACCEPT, "application/json").body(Vec::new());
        let configuration: Configuration = ask(transport, request).await?;
        let led = [&configuration.authorization_endpoint, &configuration.token_endpoint];
        if configuration.issuer == self.url && led.into_iter().all(|url| self.may_lead_to(url)) {
            Ok(configuration)
        } else {
            Err(NotSignedIn::NotTheIssuer)
        }
    }

    /// Only an issuer without TLS, which is one on this machine, may lead to where there is none.
    fn may_lead_to(&self, url: &str) -> bool {
        let scheme = url.parse::<Uri>().ok().and_then(|uri| uri.scheme_str().map(str::to_owned));
        scheme.as_deref() == Some("https") || (scheme.is_some() && self.url.starts_with("http://"))
    }
}

async fn ask<T: DeserializeOwned>(
    transport: &Arc<dyn Transport>,
    request: http::Result<Request<Vec<u8>>>,
) -> Result<T, NotSignedIn> {
    let answer = transport.carry(request.map_err(NotSignedIn::NoRequest)?).await.map_err(NotSignedIn::NoAnswer)?;
    if answer.status() != StatusCode::OK {
        return Err(NotSignedIn::Status(answer.status()));
    }
    serde_json::from_slice(answer.body()).map_err(NotSignedIn::NotUnderstood)
}
