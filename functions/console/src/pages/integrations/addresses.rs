//! The postal addresses of an account, which numbers of many countries need.

use api::{
    Address, NewAddress,
    client::{Client, ClientError},
};
use askama::Template;
use axum::{
    extract::{Path, Query},
    response::{Html, IntoResponse, Redirect, Response},
};
use http::StatusCode;
use serde::Deserialize;
use serde_json::json;

use super::SECTION;
use crate::{
    choices::Choice,
    countries,
    failure::Failure,
    form::{self, Fields, Form},
    frame::Frame,
    visitor::{Submitted, Visitor},
};

#[derive(Template)]
#[template(path = "addresses.html")]
struct Page {
    frame: Frame,
    form: Form,
    account: String,
    addresses: Vec<Address>,
    /// The one that was just registered, if Twilio has corrected it.
    corrected: Option<Address>,
}

/// Where an address was needed: a search for numbers of a country and a kind.
const SEARCH: [&str; 2] = ["country", "_type"];

impl Page {
    /// The way back to the search that needed an address.
    fn search(&self) -> Option<String> {
        let [country, kind] = SEARCH.map(|name| self.form.value(name));
        let account = &self.account;
        let is_known = !self.addresses.is_empty() && is_word(country) && is_word(kind);
        is_known.then(|| format!("/console/numbers/purchase/{account}/search?country={country}&type={kind}"))
    }

    fn countries(&self) -> Vec<Choice> {
        countries::all()
    }
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    /// Where an address is needed.
    country: Option<String>,
    /// What kind of number needs it.
    #[serde(rename = "type")]
    kind: Option<String>,
    done: Option<String>,
}

pub(super) async fn list(
    visitor: Visitor,
    Path(account): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Failure> {
    let (country, kind) = (wanted.country.unwrap_or_default(), wanted.kind.unwrap_or_default());
    let form = Form::showing(&json!({"country": country, "_type": kind, "auto_correct": true}));
    let addresses = visitor.client.addresses(&account).await?.items;
    let frame = Frame::of(&visitor, SECTION, "Addresses").after(wanted.done.as_deref());
    Ok(Html(Page { frame, form, account, addresses, corrected: None }.render()?).into_response())
}

/// Deletes one, or registers one.
pub(super) async fn change(Path(account): Path<String>, submitted: Submitted) -> Result<Response, Failure> {
    let Submitted { visitor, fields } = submitted;
    match fields.text("_do").split_once(':') {
        Some(("delete", id)) => delete(&visitor, account, id).await,
        _ => register(&visitor, account, fields).await,
    }
}

async fn delete(visitor: &Visitor, account: String, id: &str) -> Result<Response, Failure> {
    let gone = || Redirect::to(&format!("{SECTION}/{account}/addresses?done=deleted")).into_response();
    match visitor.client.delete_address(&account, id).await {
        Ok(()) => Ok(gone()),
        // the same form, sent twice
        Err(ClientError::Problem(problem)) if problem.status == 404 => Ok(gone()),
        Err(ClientError::Problem(problem)) if ![401, 403].contains(&problem.status) => {
            let form = Form::showing(&json!({"auto_correct": true})).refused(&problem);
            let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::BAD_GATEWAY);
            page(visitor, account, form, status).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn register(visitor: &Visitor, account: String, fields: Fields) -> Result<Response, Failure> {
    let client = &visitor.client;
    let wanted: NewAddress = match form::read(&fields) {
        Ok(wanted) => wanted,
        Err(errors) => {
            let form = Form::typed(fields).with_errors(errors);
            return page(visitor, account, form, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let [country, kind] = SEARCH.map(|name| fields.text(name).to_owned());
    let done = || {
        let search =
            if is_word(&country) && is_word(&kind) { format!("&country={country}&type={kind}") } else { String::new() };
        Redirect::to(&format!("{SECTION}/{account}/addresses?done=registered{search}")).into_response()
    };
    // the same form sent twice, or an address that somebody has registered before
    if is_there(client, &account, &wanted).await? {
        return Ok(done());
    }
    match client.register_address(&account, &wanted).await {
        Ok(address) if same(&address, &wanted) => Ok(done()),
        Ok(address) => {
            let addresses = client.addresses(&account).await?.items;
            let form = Form::showing(&json!({"country": country, "_type": kind, "auto_correct": true}));
            let frame = Frame::of(visitor, SECTION, "Addresses");
            let page = Page { frame, form, account, addresses, corrected: Some(address) };
            Ok(Html(page.render()?).into_response())
        }
        Err(ClientError::Problem(problem)) if ![401, 403, 404].contains(&problem.status) => {
            let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::BAD_GATEWAY);
            page(visitor, account, Form::typed(fields).refused(&problem), status).await
        }
        Err(other) => Err(other.into()),
    }
}

/// Whether something can stand in an address as it is.
fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_')
}

async fn is_there(client: &Client, account: &str, wanted: &NewAddress) -> Result<bool, ClientError> {
    Ok(client.addresses(account).await?.items.iter().any(|address| same(address, wanted)))
}

/// Whether they are the same but for capitals and blanks.
fn same(address: &Address, wanted: &NewAddress) -> bool {
    let alike = |one: &str, other: &str| {
        let bare = |text: &str| text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
        bare(one) == bare(other)
    };
    alike(&address.customer_name, &wanted.customer_name)
        && alike(&address.street, &wanted.street)
        && alike(&address.street_secondary, wanted.street_secondary.as_deref().unwrap_or_default())
        && alike(&address.city, &wanted.city)
        && alike(&address.region, &wanted.region)
        && alike(&address.postal_code, &wanted.postal_code)
        && address.country == wanted.country
}

async fn page(visitor: &Visitor, account: String, form: Form, status: StatusCode) -> Result<Response, Failure> {
    let addresses = visitor.client.addresses(&account).await?.items;
    let frame = Frame::of(visitor, SECTION, "Addresses");
    Ok((status, Html(Page { frame, form, account, addresses, corrected: None }.render()?)).into_response())
}
