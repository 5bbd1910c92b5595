//! People: their phones, how they are told, and whether they can be reached.

use api::{
    Kind, Person, PhoneState, Stored,
    client::{Client, ClientError},
};
use askama::Template;
use axum::{
    Router,
    extract::Query,
    response::{Html, IntoResponse, Response},
    routing::get,
};
use serde_json::{Value, json};

use crate::{
    App, choices,
    editor::{self, Done, Edited, Editing},
    failure::Failure,
    frame::Frame,
    visitor::Visitor,
};

pub(super) fn routes() -> Router<App> {
    Router::new().route(Person::SECTION, get(list)).merge(editor::routes::<Person>())
}

#[derive(Template)]
#[template(path = "people.html")]
struct List {
    frame: Frame,
    people: Vec<Stored<Person>>,
}

async fn list(visitor: Visitor, Query(done): Query<Done>) -> Result<Response, Failure> {
    let people = choices::all::<Person>(&visitor.client).await?;
    let frame = Frame::of(&visitor, Person::SECTION, "People").after(done.done.as_deref());
    Ok(Html(List { frame, people }.render()?).into_response())
}

#[derive(Template)]
#[template(path = "person.html")]
struct Page<'a> {
    frame: &'a Frame,
    editing: &'a Editing<Person>,
}

impl Edited for Person {
    const ONE: &'static str = "person";
    const SECTION: &'static str = "/console/people";
    const NEEDS: &'static [Kind] = &[];
    type Beside = Vec<PhoneState>;

    async fn beside(client: &Client, id: &str) -> Result<Vec<PhoneState>, ClientError> {
        Ok(client.phones(id).await?.items)
    }

    fn fresh(list: Option<&str>) -> Value {
        match list {
            Some("rules.high" | "rules.low") => json!({"channel": "sms", "after_minutes": 0}),
            Some(_) => json!({"number": ""}),
            None => json!({"name": "", "phones": [{"number": ""}]}),
        }
    }

    fn page(editing: &Editing<Self>) -> askama::Result<String> {
        Page { frame: &editing.frame, editing }.render()
    }
}
