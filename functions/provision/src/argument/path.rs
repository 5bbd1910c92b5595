//! The variable segments of a path.

use axum::{
    RequestPartsExt as _,
    extract::{FromRequestParts, Path},
    http::request::Parts,
};

use super::Argument;
use crate::{
    app::App,
    describe::Description,
    failure::{Cause, Failure},
};

/// The one variable segment of a path.
pub(crate) struct Id(pub(crate) String);

/// The two variable segments of a path.
pub(crate) struct Two(pub(crate) String, pub(crate) String);

impl FromRequestParts<App> for Id {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Failure> {
        let found: Result<Path<String>, _> = parts.extract().await;
        found.map(|Path(id)| Self(id)).map_err(|_| Failure::from(Cause::NotFound))
    }
}

impl FromRequestParts<App> for Two {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Failure> {
        let found: Result<Path<(String, String)>, _> = parts.extract().await;
        found.map(|Path((first, second))| Self(first, second)).map_err(|_| Failure::from(Cause::NotFound))
    }
}

impl Argument for Id {
    fn describe(description: &mut Description) {
        description.refuses(&[Cause::NotFound]);
    }
}

impl Argument for Two {
    fn describe(description: &mut Description) {
        description.refuses(&[Cause::NotFound]);
    }
}
