//! A service's routing keys: made, shown once, removed.

use api::{FieldError, NewRoutingKey, PageQuery, RoutingKey, Service, client::ClientError};
use askama::Template;
use axum::{
    Router,
    extract::Path,
    response::{Html, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use http::StatusCode;

use super::{
    again,
    snippets::{Snippet, snippets},
};
use crate::{
    App,
    editor::Edited,
    failure::Failure,
    form::Form,
    frame::Frame,
    visitor::{Submitted, Visitor},
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/console/services/{id}/keys", get(guide).post(make))
        .route("/console/services/{id}/keys/{key}", post(remove))
}

#[derive(Template)]
#[template(path = "routing_key.html")]
struct Page {
    frame: Frame,
    service: String,
    /// The key that was just made, and what its bearer shows.
    made: Option<(RoutingKey, String)>,
    snippets: Vec<Snippet>,
}

fn page(visitor: &Visitor, service: String, made: Option<(RoutingKey, String)>) -> Result<Response, Failure> {
    let title = if made.is_some() { "A new routing key" } else { "How tools send events" };
    let frame = Frame::of(visitor, Service::SECTION, title);
    let secret = made.as_ref().map_or("ROUTING-KEY", |(_, secret)| secret.as_str());
    let snippets = snippets(visitor.app.base_url(), secret, &service);
    Ok(Html(Page { frame, service, made, snippets }.render()?).into_response())
}

/// The same with a word in the place of the key: what somebody sees, too, who loads the address of a new one again.
async fn guide(Path(id): Path<String>, visitor: Visitor) -> Result<Response, Failure> {
    page(&visitor, id, None)
}

async fn make(Path(id): Path<String>, submitted: Submitted) -> Result<Response, Failure> {
    let Submitted { visitor, fields } = submitted;
    let client = &visitor.client;
    let name = fields.text("name").trim().to_owned();
    let all = PageQuery { limit: Some(200), ..PageQuery::default() };
    // the same form sent twice makes one key, since nobody would have seen the first one
    let known = client.routing_keys(&id, &all).await?;
    let form = if known.items.iter().any(|key| key.name == name) {
        let taken = "is taken: there is a key of this name. If nobody has noted it, remove it and make another one";
        Form::typed(fields).with_errors(vec![FieldError::new("name", taken)])
    } else {
        match client.create_routing_key(&id, &NewRoutingKey { name }).await {
            Ok(created) => return page(&visitor, id, Some((created.key, created.secret))),
            Err(ClientError::Problem(problem)) if problem.status == 422 || problem.status == 409 => {
                Form::typed(fields).refused(&problem)
            }
            Err(other) => return Err(other.into()),
        }
    };
    let page = again(&visitor, id, |beside| beside.key_form = form).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
}

async fn remove(Path((id, key)): Path<(String, String)>, submitted: Submitted) -> Result<Response, Failure> {
    match submitted.visitor.client.remove_routing_key(&id, &key).await {
        Ok(()) => {}
        // it is gone already, by the same form
        Err(ClientError::Problem(problem)) if problem.status == 404 => {}
        Err(other) => return Err(other.into()),
    }
    Ok(Redirect::to(&format!("{}/{id}?done=key-removed", Service::SECTION)).into_response())
}
