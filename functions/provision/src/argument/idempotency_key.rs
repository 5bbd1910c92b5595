//! The key by which a repeated request is known to be one.

use axum::{extract::FromRequestParts, http::request::Parts};

use super::Argument;
use crate::{
    app::App,
    describe::Description,
    failure::{Cause, Failure},
};

const HEADER: &str = "Idempotency-Key";
const LONGEST: usize = 200;

/// A key that the client made for one intent, and sends with every repetition of it.
pub(crate) struct IdempotencyKey(pub(crate) String);

impl FromRequestParts<App> for IdempotencyKey {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Failure> {
        let mut values = parts.headers.get_all(HEADER).iter();
        let refused = |message: &str| {
            Failure::from(Cause::Malformed).detail(format!("{HEADER} {message}")).naming(HEADER, message)
        };
        let (value, None) = (values.next(), values.next()) else { return Err(refused("must be sent once")) };
        let Some(value) = value else {
            return Err(refused("is missing: without it, a repetition would do it twice"));
        };
        let key = value.to_str().map_err(|_| refused("must be ASCII"))?.trim();
        if key.is_empty() || key.len() > LONGEST {
            return Err(refused(&format!("must have 1 to {LONGEST} characters")));
        }
        Ok(Self(key.to_owned()))
    }
}

impl Argument for IdempotencyKey {
    fn describe(description: &mut Description) {
        description
            .request_header(HEADER, "Made by the client for this one intent; needed, and the same when it repeats.");
        description.refuses(&[Cause::Malformed]);
    }
}
