//! What handlers return.

use api::{Integration, IntegrationState, Stored};
use axum::{
    http::{
        HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, LOCATION},
    },
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{argument::Conditions, describe::Description, secret::Digest};

/// What a handler returns, and how it is described.
pub(crate) trait Answer: IntoResponse {
    fn describe(description: &mut Description);
}

/// Something to see.
pub(crate) struct Shown<T>(pub(crate) T);

/// Something that was made, and cannot be seen by a path of its own.
pub(crate) struct Made<T>(pub(crate) T);

/// Something that is not over yet, or is.
pub(crate) enum Begun<T> {
    /// It is over, and made.
    Made(T),
    /// It is not known how it ends.
    Open(T),
}

/// An object that is kept, or that whoever reads has the present version already.
pub(crate) enum Found<T> {
    Stored(Stored<T>),
    Known(u64),
}

/// Something that has a version.
pub(crate) trait Versioned {
    fn version(&self) -> u64;
}

impl<T> Versioned for Stored<T> {
    fn version(&self) -> u64 {
        self.version
    }
}

impl Versioned for Integration {
    fn version(&self) -> u64 {
        self.version
    }
}

impl Versioned for IntegrationState {
    fn version(&self) -> u64 {
        self.integration.version
    }
}

/// Something of a version that was made or added to.
pub(crate) struct Added<T>(pub(crate) T);

/// Something of a version that was changed.
pub(crate) struct Tagged<T>(pub(crate) T);

/// Something of a version that also shows what nobody saves, such as what was spent: its ETag is of all that is shown.
/// It begins with the version, so that it serves as a write's condition, too.
pub(crate) struct Live<T>(pub(crate) Conditions, pub(crate) T);

/// An object that was changed in place.
pub(crate) struct Changed<T>(pub(crate) Stored<T>);

/// An object that is new.
pub(crate) struct Created<T>(pub(crate) Saved<T>);

/// An object as it was saved, new or not.
pub(crate) struct Saved<T> {
    pub(crate) stored: Stored<T>,
    /// Its path, if there was no such object before.
    pub(crate) created: Option<String>,
}

/// Something that is not there any more.
pub(crate) struct Removed;

fn json(status: StatusCode, cache: &'static str, body: &impl Serialize) -> Response {
    let body = serde_json::to_vec(body).unwrap_or_default();
    let mut response = (status, body).into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    response
}

/// Not to be kept by anybody.
const NEVER: &str = "no-store";
/// To be asked for again each time, which an ETag makes cheap.
const EACH_TIME: &str = "private, no-cache";

/// With a version as its ETag, or with one that begins with it.
pub(crate) fn with_tag(mut response: Response, version: impl std::fmt::Display) -> Response {
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{version}\"")) {
        response.headers_mut().insert(ETAG, tag);
    }
    response
}

impl<T: Serialize> IntoResponse for Shown<T> {
    fn into_response(self) -> Response {
        json(StatusCode::OK, NEVER, &self.0)
    }
}

impl<T: Serialize> IntoResponse for Made<T> {
    fn into_response(self) -> Response {
        json(StatusCode::CREATED, NEVER, &self.0)
    }
}

impl<T: Serialize> IntoResponse for Begun<T> {
    fn into_response(self) -> Response {
        match self {
            Self::Made(made) => json(StatusCode::CREATED, NEVER, &made),
            Self::Open(open) => json(StatusCode::ACCEPTED, NEVER, &open),
        }
    }
}

impl<T: Serialize> IntoResponse for Found<T> {
    fn into_response(self) -> Response {
        match self {
            Self::Stored(stored) => with_tag(json(StatusCode::OK, EACH_TIME, &stored), stored.version),
            Self::Known(version) => with_tag(StatusCode::NOT_MODIFIED.into_response(), version),
        }
    }
}

impl<T: Serialize> IntoResponse for Saved<T> {
    fn into_response(self) -> Response {
        let status = if self.created.is_some() { StatusCode::CREATED } else { StatusCode::OK };
        let mut response = with_tag(json(status, NEVER, &self.stored), self.stored.version);
        if let Some(path) = self.created.and_then(|path| HeaderValue::from_str(&path).ok()) {
            response.headers_mut().insert(LOCATION, path);
        }
        response
    }
}

impl<T: Serialize + Versioned> IntoResponse for Added<T> {
    fn into_response(self) -> Response {
        with_tag(json(StatusCode::CREATED, NEVER, &self.0), self.0.version())
    }
}

impl<T: Serialize + Versioned> IntoResponse for Tagged<T> {
    fn into_response(self) -> Response {
        with_tag(json(StatusCode::OK, NEVER, &self.0), self.0.version())
    }
}

impl<T: Serialize + Versioned> IntoResponse for Live<T> {
    fn into_response(self) -> Response {
        let Self(conditions, shown) = self;
        let digest = Digest::of(&serde_json::to_string(&shown).unwrap_or_default()).hex();
        let tag = format!("{}.{}", shown.version(), digest.get(..16).unwrap_or_default());
        if conditions.knows(&tag) {
            return with_tag(StatusCode::NOT_MODIFIED.into_response(), tag);
        }
        with_tag(json(StatusCode::OK, EACH_TIME, &shown), tag)
    }
}

impl<T: Serialize> IntoResponse for Changed<T> {
    fn into_response(self) -> Response {
        Saved { stored: self.0, created: None }.into_response()
    }
}

impl<T: Serialize> IntoResponse for Created<T> {
    fn into_response(self) -> Response {
        self.0.into_response()
    }
}

impl IntoResponse for Removed {
    fn into_response(self) -> Response {
        (StatusCode::NO_CONTENT, [(CACHE_CONTROL, HeaderValue::from_static(NEVER))]).into_response()
    }
}

const ETAG_HEADER: (&str, &str) = ("ETag", "The object's version, for If-Match and If-None-Match.");
const LIVE_HEADER: (&str, &str) =
    ("ETag", "Of all that is shown, for If-None-Match. It begins with the version, and serves for If-Match, too.");
const LOCATION_HEADER: (&str, &str) = ("Location", "The object's path.");

impl<T: Serialize + ToSchema> Answer for Shown<T> {
    fn describe(description: &mut Description) {
        description.answers::<T>(200, "As asked for.", &[]);
    }
}

impl<T: Serialize + ToSchema> Answer for Made<T> {
    fn describe(description: &mut Description) {
        description.answers::<T>(201, "It has been made.", &[]);
    }
}

impl<T: Serialize + ToSchema> Answer for Begun<T> {
    fn describe(description: &mut Description) {
        description.answers::<T>(201, "It is done.", &[]);
        description.answers::<T>(202, "Its outcome is not known yet. The same request again finds out.", &[]);
    }
}

impl<T: Serialize + ToSchema> Answer for Found<T> {
    fn describe(description: &mut Description) {
        description.answers::<Stored<T>>(200, "The object.", &[ETAG_HEADER]);
        description.answers_empty(304, "It is as you know it.", &[ETAG_HEADER]);
    }
}

impl<T: Serialize + Versioned + ToSchema> Answer for Added<T> {
    fn describe(description: &mut Description) {
        description.answers::<T>(201, "It has been made.", &[ETAG_HEADER]);
    }
}

impl<T: Serialize + Versioned + ToSchema> Answer for Tagged<T> {
    fn describe(description: &mut Description) {
        description.answers::<T>(200, "As it was saved.", &[ETAG_HEADER]);
    }
}

impl<T: Serialize + Versioned + ToSchema> Answer for Live<T> {
    fn describe(description: &mut Description) {
        description.answers::<T>(200, "As asked for.", &[LIVE_HEADER]);
        description.answers_empty(304, "It is as you know it.", &[LIVE_HEADER]);
    }
}

impl<T: Serialize + ToSchema> Answer for Changed<T> {
    fn describe(description: &mut Description) {
        description.answers::<Stored<T>>(200, "The object as it was saved.", &[ETAG_HEADER]);
    }
}

impl<T: Serialize + ToSchema> Answer for Created<T> {
    fn describe(description: &mut Description) {
        description.answers::<Stored<T>>(201, "The object, which is new.", &[ETAG_HEADER, LOCATION_HEADER]);
    }
}

impl<T: Serialize + ToSchema> Answer for Saved<T> {
    fn describe(description: &mut Description) {
        Changed::<T>::describe(description);
        Created::<T>::describe(description);
    }
}

impl Answer for Removed {
    fn describe(description: &mut Description) {
        description.answers_empty(204, "It is gone.", &[]);
    }
}
