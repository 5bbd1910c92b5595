//! The gate through which every webhook comes.

use axum::body::to_bytes;
use axum::extract::{FromRef, FromRequest, OriginalUri, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::response::Response;
use twilio::signature::{SIGNATURE_HEADER, SIGNATURE_SETTINGS_HEADER};
use twilio::webhook::{Form, Refused, SignedRequest, Verified, receive};

use crate::chain::Chain;
use crate::public_url::PublicUrl;
use crate::reply;
use crate::secrets::TwilioSecrets;
use crate::trace;

/// The longest body that is read. Twilio's own forms stay under a tenth of it.
pub const BODY_LIMIT: usize = 64 * 1024;

/// What is needed to tell Twilio's requests from others'. Part of the router's state.
#[derive(Clone, Debug)]
pub struct Gate {
    public_url: PublicUrl,
    secrets: TwilioSecrets,
}

/// A webhook's form, taken by a handler as its last argument; without a valid signature the handler does not run.
///
/// ```
/// # use axum::{Router, extract::FromRef, response::Response, routing::post};
/// use entry::{Gate, Signed, reply};
///
/// #[derive(Clone)]
/// struct App {
///     gate: Gate,
/// }
///
/// impl FromRef<App> for Gate {
///     fn from_ref(app: &App) -> Self {
///         app.gate.clone()
///     }
/// }
///
/// async fn incoming(Signed(form): Signed) -> Response {
///     reply::twiml("<Response/>")
/// }
///
/// fn router(app: App) -> Router {
///     Router::new().route("/voice/incoming", post(incoming)).with_state(app)
/// }
/// ```
///
/// The signature is checked over the [`PublicUrl`] with the request's own path and raw query after it; the request's
/// host, scheme and forwarding headers are never looked at. A request that is refused gets an empty 403, the reason is
/// for our log alone. A body longer than [`BODY_LIMIT`] gets an empty 413. When the accounts' secrets cannot be read
/// at all, the answer is an empty 503, upon which Twilio goes to the number's fallback URL.
///
/// If the signature fails under the secrets in memory, they are read again (see
/// [`REFRESH_AT_MOST_EVERY`](crate::REFRESH_AT_MOST_EVERY)) and it is checked once more, so that a token may be rotated
/// in the middle of a call.
#[derive(Debug)]
pub struct Signed(pub Verified<Form>);

impl Gate {
    /// A gate for the routes under `public_url`.
    #[must_use]
    pub fn new(public_url: PublicUrl, secrets: TwilioSecrets) -> Self {
        Self { public_url, secrets }
    }

    async fn admit(&self, request: Request) -> Result<Verified<Form>, Response> {
        let (parts, body) = request.into_parts();
        let body = to_bytes(body, BODY_LIMIT).await.map_err(|error| {
            tracing::warn!(error = %Chain(&error), "a webhook's body was not read");
            reply::empty(StatusCode::PAYLOAD_TOO_LARGE)
        })?;
        let url = self.public_url.of_request(original_uri(&parts));
        let request = SignedRequest {
            url: &url,
            signature: only(&parts, SIGNATURE_HEADER),
            signature_settings: only(&parts, SIGNATURE_SETTINGS_HEADER),
            content_type: only(&parts, CONTENT_TYPE.as_str()),
            body: &body,
        };
        let verified = self.verify(&request).await?;
        if let Some(sid) = verified.get("CallSid") {
            trace::call(sid);
        }
        Ok(verified)
    }

    async fn verify(&self, request: &SignedRequest<'_>) -> Result<Verified<Form>, Response> {
        let accounts = self.secrets.accounts().await.map_err(|error| {
            tracing::error!(error = %Chain(&error), "a webhook could not be verified");
            reply::empty(StatusCode::SERVICE_UNAVAILABLE)
        })?;
        let outcome = match receive(request, &*accounts) {
            Err(refused) if newer_secrets_may_help(refused) => match self.secrets.newer_than(&accounts).await {
                Some(newer) => receive(request, &*newer),
                None => Err(refused),
            },
            outcome => outcome,
        };
        outcome.map_err(|refused| {
            tracing::warn!(error = %Chain(&refused), "a webhook was refused");
            reply::empty(StatusCode::FORBIDDEN)
        })
    }
}

impl<S> FromRequest<S> for Signed
where
    Gate: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        Gate::from_ref(state).admit(request).await.map(Self)
    }
}

fn newer_secrets_may_help(refused: Refused) -> bool {
    matches!(refused, Refused::UnknownAccount | Refused::UnknownKey | Refused::WrongSignature)
}

/// The target as it came: a nested router sees it shortened.
fn original_uri(parts: &Parts) -> &axum::http::Uri {
    parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |OriginalUri(uri)| uri)
}

/// The header's value, unless it came twice: which one counts would be the sender's choice.
fn only<'a>(parts: &'a Parts, name: &str) -> Option<&'a str> {
    let mut values = parts.headers.get_all(name).iter();
    let first = values.next()?;
    if values.next().is_some() { None } else { first.to_str().ok() }
}
