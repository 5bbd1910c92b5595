//! What every answer says to the browser: nothing from elsewhere, nothing inline, nowhere framed, nothing kept.

use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use http::{
    HeaderName, HeaderValue, Method,
    header::{
        CACHE_CONTROL, CONTENT_SECURITY_POLICY, LOCATION, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
        X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
    },
};

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const ALWAYS: [(HeaderName, &str); 7] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (REFERRER_POLICY, "same-origin"),
    (STRICT_TRANSPORT_SECURITY, "max-age=31536000"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=(), payment=()"),
];

/// Answers with them. A script that is led elsewhere is told so by its own header: it would put the page into the place of
/// a part of this one. After a deed the browser goes there, so that the address is right and what was done is seen at the
/// top; to sign in, always.
pub(crate) async fn added(request: Request, next: Next) -> Response {
    let by_script = request.headers().contains_key("hx-request");
    let is_deed = request.method() == Method::POST;
    let mut response = next.run(request).await;
    let leads = |to: &&HeaderValue| is_deed || to.as_bytes().starts_with(SIGN_IN);
    if by_script && let Some(to) = response.headers().get(LOCATION).filter(leads) {
        response = ([(HeaderName::from_static("hx-redirect"), to.clone())], "").into_response();
    }
    for (name, value) in ALWAYS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    // a page holds what only its visitor may see
    response.headers_mut().entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

const SIGN_IN: &[u8] = b"/console/sign-in";
