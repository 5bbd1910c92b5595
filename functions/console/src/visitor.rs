//! Who asks. A page is a handler that takes a [`Visitor`]; a change is one that takes a [`Submitted`] form, which cannot
//! be had but from a page of ours.

use api::{Role, client::Client};
use axum::{
    body::Body,
    extract::{FromRequest, FromRequestParts, Request},
    http::request::Parts,
};
use http::header::{HOST, ORIGIN};

use crate::{App, failure::Failure, form::Fields, session::Session, setting_up};

/// Somebody who has signed in.
#[derive(Clone, Debug)]
pub(crate) struct Visitor {
    /// The API, asked with their token.
    pub(crate) client: Client,
    pub(crate) session: Session,
    pub(crate) app: App,
    /// Whether they are on their way from nothing to a line that rings.
    pub(crate) is_setting_up: bool,
}

impl Visitor {
    /// Whether somebody of this role may do what is offered.
    pub(crate) fn is(&self, role: Role) -> bool {
        self.session.role >= role
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let Some(session) = Session::of(&parts.headers, app) else {
            return Err(Failure::signed_out(parts));
        };
        let is_setting_up = setting_up::is_under_way(&parts.headers);
        Ok(Self { client: app.client(session.token.clone()), session, app: app.clone(), is_setting_up })
    }
}

/// A form that a page of ours was made for, sent from there by the one whom it was made for.
#[derive(Debug)]
pub(crate) struct Submitted {
    pub(crate) visitor: Visitor,
    pub(crate) fields: Fields,
}

/// API Gateway takes no more; an organisation as a file is the largest that is sent.
const LARGEST_FORM: usize = 6 << 20;

impl FromRequest<App> for Submitted {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::from_request_parts(&mut parts, app).await?;
        let fields = read(&parts, body, app).await?;
        if !visitor.session.made(fields.text("_csrf")) {
            return Err(Failure::NotFromHere);
        }
        Ok(Self { visitor, fields })
    }
}

/// A form of somebody who has not signed in yet: there is no token to prove anything by, but a browser says where it
/// comes from.
#[derive(Debug)]
pub(crate) struct Anonymous(pub(crate) Fields);

impl FromRequest<App> for Anonymous {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let (parts, body) = request.into_parts();
        read(&parts, body, app).await.map(Self)
    }
}

async fn read(parts: &Parts, body: Body, app: &App) -> Result<Fields, Failure> {
    if !is_from_here(parts, app) {
        return Err(Failure::NotFromHere);
    }
    let body = axum::body::to_bytes(body, LARGEST_FORM).await.map_err(|_| Failure::TooLarge)?;
    Ok(Fields::submitted(&body))
}

/// Whether the page that sent a form was ours, as far as its browser says. They say so with every POST; whoever does not,
/// is no browser and has no cookie. On a laptop the same pages have several names.
fn is_from_here(parts: &Parts, app: &App) -> bool {
    let Some(origin) = parts.headers.get(ORIGIN).map(|origin| origin.as_bytes()) else { return true };
    let host = parts.headers.get(HOST).map(|host| host.as_bytes());
    let authority = origin.strip_prefix(b"https://").or_else(|| origin.strip_prefix(b"http://"));
    origin == app.base_url().as_bytes() || (authority.is_some() && authority == host)
}
