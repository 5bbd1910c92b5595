//! Bodies in JSON.

use axum::{
    body::to_bytes,
    extract::{FromRequest, Request},
    http::{HeaderMap, header::CONTENT_TYPE},
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use utoipa::ToSchema;

use super::{Argument, strict::Strict};
use crate::{
    app::App,
    describe::Description,
    failure::{Cause, Failure},
    field::unread,
};

/// The longest body that is read.
const LIMIT: usize = 256 * 1024;

/// A body.
pub(crate) struct Body<T>(pub(crate) T);

/// The body of an object that is to be kept. What the server adds to one is ignored, so that what was read can be
/// changed and sent back.
pub(crate) struct Draft<T>(pub(crate) T);

/// A body one of whose members is an object that is not to be kept, and may be one that was read.
pub(crate) struct Unsaved<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<App> for Body<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &App) -> Result<Self, Failure> {
        typed(json(request).await?).map(Self)
    }
}

impl<T: DeserializeOwned> FromRequest<App> for Draft<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &App) -> Result<Self, Failure> {
        let mut json = json(request).await?;
        without_read_only(&mut json);
        typed(json).map(Self)
    }
}

impl<T: DeserializeOwned> FromRequest<App> for Unsaved<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &App) -> Result<Self, Failure> {
        let mut json = json(request).await?;
        json.as_object_mut().into_iter().flat_map(|members| members.values_mut()).for_each(without_read_only);
        typed(json).map(Self)
    }
}

fn without_read_only(json: &mut Value) {
    if let Some(members) = json.as_object_mut() {
        members.retain(|name, _| !api::READ_ONLY.contains(&name.as_str()));
    }
}

async fn json(request: Request) -> Result<Value, Failure> {
    if !is_json(request.headers()) {
        return Err(Failure::from(Cause::NotJson).detail("Content-Type has to be application/json"));
    }
    let bytes = to_bytes(request.into_body(), LIMIT)
        .await
        .map_err(|_| Failure::from(Cause::TooLarge).detail(format!("at most {LIMIT} bytes are read")))?;
    serde_json::from_slice(&bytes).map_err(|error| {
        let place = format!("the body is no JSON at line {}, column {}", error.line(), error.column());
        Failure::from(Cause::Malformed).detail(place)
    })
}

pub(crate) fn typed<T: DeserializeOwned>(json: Value) -> Result<T, Failure> {
    serde_path_to_error::deserialize(Strict::json(json)).map_err(|error| Failure::refused(vec![unread(&error)]))
}

fn is_json(headers: &HeaderMap) -> bool {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = value.split(';').next().unwrap_or_default().trim();
    media_type.eq_ignore_ascii_case("application/json")
}

fn describe<T: ToSchema>(description: &mut Description) {
    description.body::<T>();
    description.refuses(&[Cause::Malformed, Cause::TooLarge, Cause::NotJson, Cause::Refused]);
}

impl<T: ToSchema + Send + 'static> Argument for Body<T> {
    fn describe(description: &mut Description) {
        describe::<T>(description);
    }
}

impl<T: ToSchema + Send + 'static> Argument for Draft<T> {
    fn describe(description: &mut Description) {
        describe::<T>(description);
    }
}

impl<T: ToSchema + Send + 'static> Argument for Unsaved<T> {
    fn describe(description: &mut Description) {
        describe::<T>(description);
    }
}
