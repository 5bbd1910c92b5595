//! Queries.

use api::PageQuery;
use axum::{extract::FromRequestParts, http::request::Parts};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::de::DeserializeOwned;
use utoipa::IntoParams;

use super::{
    Argument,
    strict::{Parameters, Strict},
};
use crate::{app::App, describe::Description, failure::Cause, failure::Failure, field::unread};

/// What stands behind the question mark. A plus sign is one: offsets of instants begin with it.
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequestParts<App> for Query<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Failure> {
        let query = parts.uri.query().unwrap_or_default().replace('+', "%2B");
        let pairs = form_urlencoded::parse(query.as_bytes())
            .map(|(name, value)| (name.into_owned(), Strict::written(value.into_owned())));
        serde_path_to_error::deserialize(Parameters::new(pairs))
            .map(Self)
            .map_err(|error| Failure::refused(vec![unread(&error)]))
    }
}

impl<T: IntoParams + Send + 'static> Argument for Query<T> {
    fn describe(description: &mut Description) {
        description.query::<T>();
        description.refuses(&[Cause::Refused]);
    }
}

const MOST: u16 = 200;
const USUAL: u16 = 50;

/// Where a page begins, and how many items it has at most.
pub(crate) fn page(query: PageQuery) -> Result<(Option<String>, u16), Failure> {
    Ok((query.cursor, limit(query.limit, USUAL, MOST)?))
}

/// How many items an answer has at most.
pub(crate) fn limit(asked: Option<u16>, usual: u16, most: u16) -> Result<u16, Failure> {
    let limit = asked.unwrap_or(usual);
    if !(1..=most).contains(&limit) {
        return Err(Failure::field("limit", format!("must be between 1 and {most}")));
    }
    Ok(limit)
}

/// A place in a list as a cursor: places that hold more than letters and digits would have to be escaped in a URL.
pub(crate) fn cursor_at(place: &str) -> String {
    URL_SAFE_NO_PAD.encode(place)
}

/// The place that was given out as a cursor.
pub(crate) fn place_of(cursor: &str) -> Result<String, Failure> {
    let place = URL_SAFE_NO_PAD.decode(cursor).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    place.ok_or_else(|| Failure::field("cursor", "is not one that was given out here"))
}
