//! Tokens: who may ask, and what of.

use api::{
    FieldError, NewToken, PageQuery, Role, Token,
    client::{Client, ClientError},
};
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query},
    response::{Html, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use http::StatusCode;
use jiff::{SignedDuration, Timestamp};

use crate::{
    App,
    editor::Done,
    failure::Failure,
    form::{Fields, Form},
    frame::Frame,
    visitor::{Submitted, Visitor},
};

const SECTION: &str = "/console/tokens";

pub(super) fn routes() -> Router<App> {
    Router::new().route(SECTION, get(list).post(make)).route("/console/tokens/{id}", post(revoke))
}

#[derive(Template)]
#[template(path = "tokens.html")]
struct List {
    frame: Frame,
    tokens: Vec<Token>,
    form: Form,
    now: Timestamp,
}

impl List {
    fn has_ended(&self, token: &Token) -> bool {
        token.expires_at.is_some_and(|end| end <= self.now)
    }

    /// What the maker of a token is called, as far as they are in the list.
    fn maker<'t>(&'t self, token: &'t Token) -> &'t str {
        match self.tokens.iter().find(|known| known.id == token.created_by) {
            Some(known) => &known.name,
            None if token.created_by == "bootstrap" => "the first administrator",
            None => &token.created_by,
        }
    }
}

#[derive(Template)]
#[template(path = "token.html")]
struct Made {
    frame: Frame,
    token: Token,
    secret: String,
}

const ROLES: &[(&str, &str)] = &[
    ("reader", "reader: sees everything but secrets"),
    ("operator", "operator: schedules, modes, incidents and phones, too"),
    ("admin", "admin: changes everything"),
];

const DAYS: &[(&str, &str)] =
    &[("", "never"), ("1", "in a day"), ("30", "in 30 days"), ("90", "in 90 days"), ("365", "in a year")];

async fn all(client: &Client) -> Result<Vec<Token>, ClientError> {
    let (mut tokens, mut cursor) = (Vec::new(), None);
    loop {
        let page = client.tokens(&PageQuery { cursor, limit: Some(200) }).await?;
        tokens.extend(page.items);
        if page.next.is_none() {
            return Ok(tokens);
        }
        cursor = page.next;
    }
}

async fn list(visitor: Visitor, Query(done): Query<Done>) -> Result<Response, Failure> {
    let tokens = if visitor.is(Role::Admin) { all(&visitor.client).await? } else { Vec::new() };
    page(&visitor, tokens, Form::default(), done.done.as_deref(), StatusCode::OK)
}

fn page(
    visitor: &Visitor,
    tokens: Vec<Token>,
    form: Form,
    done: Option<&str>,
    status: StatusCode,
) -> Result<Response, Failure> {
    let frame = Frame::of(visitor, SECTION, "Tokens").after(done);
    Ok((status, Html(List { frame, tokens, form, now: visitor.app.now() }.render()?)).into_response())
}

async fn make(submitted: Submitted) -> Result<Response, Failure> {
    let Submitted { visitor, fields } = submitted;
    let wanted = wanted(&fields, visitor.app.now());
    let tokens = all(&visitor.client).await?;
    // the same form sent twice makes one token, since nobody would have seen the first one
    let is_taken = tokens.iter().any(|token| token.name == wanted.name);
    let form = if is_taken {
        let taken = "is taken: there is a token of this name. If nobody has noted it, revoke it and make another one";
        Form::typed(fields).with_errors(vec![FieldError::new("name", taken)])
    } else {
        match visitor.client.create_token(&wanted).await {
            Ok(created) => {
                let frame = Frame::of(&visitor, SECTION, "A new token");
                let made = Made { frame, token: created.token, secret: created.secret };
                return Ok(Html(made.render()?).into_response());
            }
            Err(ClientError::Problem(problem)) if problem.status == 422 => Form::typed(fields).refused(&problem),
            Err(other) => return Err(other.into()),
        }
    };
    page(&visitor, tokens, form, None, StatusCode::UNPROCESSABLE_ENTITY)
}

fn wanted(fields: &Fields, now: Timestamp) -> NewToken {
    let role = match fields.text("role") {
        "admin" => Role::Admin,
        "operator" => Role::Operator,
        _ => Role::Reader,
    };
    let days: Option<i64> = fields.text("_days").parse().ok();
    let expires_at = days.and_then(|days| now.checked_add(SignedDuration::from_hours(days.checked_mul(24)?)).ok());
    NewToken { name: fields.text("name").trim().to_owned(), role, expires_at }
}

async fn revoke(Path(id): Path<String>, submitted: Submitted) -> Result<Response, Failure> {
    match submitted.visitor.client.revoke_token(&id).await {
        Ok(()) => {}
        // it is gone already, by the same form
        Err(ClientError::Problem(problem)) if problem.status == 404 => {}
        Err(other) => return Err(other.into()),
    }
    Ok(Redirect::to("/console/tokens?done=revoked").into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_ends_when_it_was_said_to() {
        let now: Timestamp = "2026-11-22T09:00:00Z".parse().unwrap();
        let token = wanted(&Fields::submitted(b"name=+backup+&role=operator&_days=30"), now);
        assert_eq!((token.name.as_str(), token.role), ("backup", Role::Operator));
        assert_eq!(token.expires_at.unwrap().to_string(), "2026-12-22T09:00:00Z");
        let token = wanted(&Fields::submitted(b"name=x&role=else&_days="), now);
        assert_eq!((token.role, token.expires_at), (Role::Reader, None));
    }
}
