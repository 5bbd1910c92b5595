//! Which bytes of a file are wanted (RFC 9110, section 14).

use std::convert::Infallible;

use axum::{
    extract::FromRequestParts,
    http::{header::RANGE, request::Parts},
};
use twilio::rest::ByteRange;

use super::Argument;
use crate::{app::App, describe::Description, failure::Cause};

/// The range that a request names. A header that names none, or several, is as if it were not there.
pub(crate) struct Part(pub(crate) Option<ByteRange>);

impl FromRequestParts<App> for Part {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Infallible> {
        Ok(Self(parts.headers.get(RANGE).and_then(|range| range.to_str().ok()?.trim().parse().ok())))
    }
}

impl Argument for Part {
    fn describe(description: &mut Description) {
        description.request_header("Range", "One range of bytes, as `bytes=0-`. The answer may have fewer.");
        description.refuses(&[Cause::OutOfRange]);
    }
}
