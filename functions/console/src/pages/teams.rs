//! Teams: people who are told together.

use api::{Kind, Stored, Team};
use askama::Template;
use axum::{
    Router,
    extract::Query,
    response::{Html, IntoResponse, Response},
    routing::get,
};
use serde_json::{Value, json};

use crate::{
    App,
    choices::{self, Choices, name_of},
    editor::{self, Done, Edited, Editing},
    failure::Failure,
    form::Fields,
    frame::Frame,
    visitor::Visitor,
};

pub(super) fn routes() -> Router<App> {
    Router::new().route(Team::SECTION, get(list)).merge(editor::routes::<Team>())
}

#[derive(Template)]
#[template(path = "teams.html")]
struct List {
    frame: Frame,
    teams: Vec<Stored<Team>>,
    choices: Choices,
}

impl List {
    fn members(&self, team: &Team) -> String {
        let names: Vec<&str> = team.members.iter().map(|id| name_of(&self.choices.people, id)).collect();
        names.join(", ")
    }
}

async fn list(visitor: Visitor, Query(done): Query<Done>) -> Result<Response, Failure> {
    let client = &visitor.client;
    let (teams, choices) = tokio::try_join!(choices::all::<Team>(client), Choices::read(client, &[Kind::Person]))?;
    let frame = Frame::of(&visitor, Team::SECTION, "Teams").after(done.done.as_deref());
    Ok(Html(List { frame, teams, choices }.render()?).into_response())
}

#[derive(Template)]
#[template(path = "team.html")]
struct Page<'a> {
    frame: &'a Frame,
    editing: &'a Editing<Team>,
}

impl Edited for Team {
    const ONE: &'static str = "team";
    const SECTION: &'static str = "/console/teams";
    const NEEDS: &'static [Kind] = &[Kind::Person];
    type Beside = ();

    fn fresh(list: Option<&str>) -> Value {
        match list {
            Some(_) => json!(""),
            None => json!({"name": "", "members": [""]}),
        }
    }

    fn settle(fields: &mut Fields, is_saved: bool) {
        for path in (0..fields.count("members")).rev().map(|place| format!("members[{place}]")) {
            if is_saved && fields.text(&path).is_empty() {
                fields.remove(&path);
            }
        }
    }

    fn page(editing: &Editing<Self>) -> askama::Result<String> {
        Page { frame: &editing.frame, editing }.render()
    }
}
