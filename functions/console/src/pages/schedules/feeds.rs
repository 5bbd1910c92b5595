//! A schedule in somebody's own calendar.

use api::{NewFeed, client::ClientError};
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;

use super::{
    SECTION,
    show::{Told, page},
    window::Asked,
};
use crate::{failure::Failure, visitor::Submitted};

/// Makes a feed, whose address is shown in the answer and never again; or revokes one.
pub(super) async fn change(Path(id): Path<String>, submitted: Submitted) -> Result<Response, Failure> {
    let Submitted { visitor, fields } = submitted;
    let client = &visitor.client;
    if let Some(unwanted) = fields.text("_do").strip_prefix("revoke:") {
        return match client.revoke_feed(unwanted).await {
            Ok(()) => Ok(revoked(&id)),
            Err(ClientError::Problem(problem)) if problem.status == 404 => Ok(revoked(&id)),
            Err(other) => Err(other.into()),
        };
    }
    let made = client.create_feed(&NewFeed { schedule: Some(id.clone()), person: None }).await?;
    let told = Told { made: Some(made), base_url: visitor.app.base_url().to_owned(), ..Told::default() };
    page(&visitor, id, &Asked::default(), told, StatusCode::CREATED).await
}

fn revoked(id: &str) -> Response {
    Redirect::to(&format!("{SECTION}/{id}?done=feed-revoked#calendar")).into_response()
}
