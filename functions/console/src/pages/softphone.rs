//! The softphone: a call to a line is tried without calling anybody.
//!
//! 1. `story`: the story so far, as a form carries it.
//! 2. `told`: what happens, in words.

mod story;
mod told;

use api::{
    ExplainQuery, Explanation, Happening, IncidentStatus, Line, MoveKind, Number, Party, Person, Problem, Rehearsal,
    Rehearsed, Rung, RungResult, Stored, WhatAKeyDoes,
    client::{Client, ClientError},
};
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query},
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use http::StatusCode;
use serde::Deserialize;

use crate::{
    App,
    choices::{self, Choice},
    failure::Failure,
    form::Form,
    frame::Frame,
    visitor::{Submitted, Visitor},
};
use story::BEHAVIOURS;

const SECTION: &str = "/console/try";

pub(super) fn routes() -> Router<App> {
    Router::new().route(SECTION, get(lines)).route("/console/try/{line}", get(show).post(play))
}

#[derive(Template)]
#[template(path = "softphone_lines.html")]
struct Lines {
    frame: Frame,
    lines: Vec<Stored<Line>>,
}

#[derive(Debug, Default, Deserialize)]
struct Wanted {
    line: Option<String>,
}

/// Which line to try.
async fn lines(visitor: Visitor, Query(wanted): Query<Wanted>) -> Result<Response, Failure> {
    if let Some(line) = wanted.line.filter(|line| !line.is_empty()) {
        return Ok(Redirect::to(&to(&line)).into_response());
    }
    let lines = choices::all::<Line>(&visitor.client).await?;
    if let [only] = lines.as_slice()
        && let Some(id) = &only.value.id
    {
        return Ok(Redirect::to(&to(id)).into_response());
    }
    let frame = Frame::of(&visitor, SECTION, "Try it");
    Ok(Html(Lines { frame, lines }.render()?).into_response())
}

fn to(line: &str) -> String {
    let line: String = form_urlencoded::byte_serialize(line.as_bytes()).collect();
    format!("{SECTION}/{line}")
}

/// A phone of somebody, who may be the one who calls.
struct Caller {
    id: String,
    whose: String,
    number: Number,
}

/// What stands around a story.
struct Around {
    line: Stored<Line>,
    lines: Vec<Choice>,
    callers: Vec<Caller>,
    explanation: Option<Explanation>,
}

impl Around {
    async fn read(client: &Client, line: &str, query: &ExplainQuery) -> Result<Self, ClientError> {
        let explanation = async {
            match client.explain(line, query).await {
                Ok(explanation) => Ok(Some(explanation)),
                // whom it could ring is told after it was dialled, too
                Err(ClientError::Problem(problem)) if problem.status < 500 && problem.status != 401 => Ok(None),
                Err(other) => Err(other),
            }
        };
        let (line, lines, people, explanation) = tokio::try_join!(
            client.read::<Line>(line),
            choices::all::<Line>(client),
            choices::all::<Person>(client),
            explanation
        )?;
        let choice = |line: &Stored<Line>| Some(Choice { id: line.value.id.clone()?, name: line.value.name.clone() });
        let lines = lines.iter().filter_map(choice).collect();
        let callers = people.iter().flat_map(|person| {
            let caller = |phone: &api::Phone| {
                Some(Caller { id: phone.id.clone()?, whose: person.value.name.clone(), number: phone.number.clone() })
            };
            person.value.phones.iter().filter_map(caller)
        });
        Ok(Self { line, lines, callers: callers.collect(), explanation })
    }
}

#[derive(Template)]
#[template(path = "softphone.html")]
struct Page {
    frame: Frame,
    form: Form,
    around: Around,
    story: Option<Rehearsal>,
    rehearsed: Option<Rehearsed>,
}

/// The keys of a telephone.
const KEYS: [&str; 12] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];

impl Page {
    fn line_id(&self) -> &str {
        self.around.line.value.id.as_deref().unwrap_or_default()
    }

    fn number(&self) -> &str {
        self.around.line.value.number.as_ref().map_or("", |number| number.0.as_e164())
    }

    /// Whom the line could ring, as far as that is known: people whose behaviour can be chosen.
    fn people(&self) -> Vec<Choice> {
        let explained = self.around.explanation.iter().flat_map(|it| &it.destinations).flat_map(|it| &it.rounds);
        let climbed = self.rehearsed.iter().flat_map(|it| &it.scenes).filter_map(|scene| match &scene.what {
            Happening::Climbs { rungs, .. } => Some(rungs),
            _ => None,
        });
        let rungs = explained.map(|round| &round.rungs).chain(climbed).flatten();
        let mut people: Vec<Choice> = Vec::new();
        for Rung { person, name, .. } in rungs {
            let (Some(id), Some(name)) = (person, name) else { continue };
            if !choices::has(&people, id) {
                people.push(Choice { id: id.clone(), name: name.clone() });
            }
        }
        people
    }

    fn behaviours(&self) -> &'static [(&'static str, &'static str)] {
        &BEHAVIOURS
    }

    fn does(&self, person: &str, word: &str) -> bool {
        self.form.value(format!("people.{person}")) == word
    }

    fn others_do(&self, word: &str) -> bool {
        self.form.value_or("others", "no_answer") == word
    }

    fn is_caller(&self, who: &str) -> bool {
        self.form.value_or("_who", "withheld") == who
    }

    fn is_phone(&self, id: &str) -> bool {
        self.form.value("_who").strip_prefix("phone:") == Some(id)
    }

    /// What the form carries of the story.
    fn moves(&self) -> String {
        self.story.as_ref().map(|story| story::written(&story.moves)).unwrap_or_default()
    }

    fn has_moves(&self) -> bool {
        self.story.as_ref().is_some_and(|story| !story.moves.is_empty())
    }

    fn can(&self, kind: &str) -> bool {
        let waits = self.rehearsed.as_ref().and_then(|it| it.waits_for.as_ref());
        waits.is_some_and(|wait| wait.moves.iter().any(|known| kind_word(*known) == kind))
    }

    fn keys(&self) -> Vec<(&'static str, Option<&WhatAKeyDoes>)> {
        let known = self.rehearsed.iter().filter_map(|it| it.waits_for.as_ref()).flat_map(|wait| &wait.keys);
        let known: Vec<&WhatAKeyDoes> = known.collect();
        let does = |key: &'static str| known.iter().copied().find(|known| known.key.as_deref() == Some(key));
        KEYS.iter().map(|key| (*key, does(key))).collect()
    }

    /// Where silence leads.
    fn silence(&self) -> Option<String> {
        let wait = self.rehearsed.as_ref()?.waits_for.as_ref()?;
        wait.keys.iter().find(|known| known.key.is_none()).map(told::leads)
    }

    /// What whoever is rung now is pretended to do.
    fn pretended(&self) -> &'static str {
        let Some(story) = &self.story else { return "" };
        let wait = self.rehearsed.as_ref().and_then(|it| it.waits_for.as_ref());
        let person = wait.and_then(|wait| wait.person.as_ref());
        let does = person.and_then(|person| story.people.get(&person.id)).copied().unwrap_or(story.others);
        story::word(does)
    }

    /// Whether the keys are those of whoever is rung.
    fn is_person_asked(&self) -> bool {
        let wait = self.rehearsed.as_ref().and_then(|it| it.waits_for.as_ref());
        wait.is_some_and(|wait| wait.who == Party::Person)
    }
}

fn kind_word(kind: MoveKind) -> &'static str {
    match kind {
        MoveKind::Press => "press",
        MoveKind::Wait => "wait",
        MoveKind::HangUp => "hang_up",
        MoveKind::Message => "message",
        MoveKind::Phone => "phone",
    }
}

async fn show(visitor: Visitor, Path(id): Path<String>) -> Result<Response, Failure> {
    let around = Around::read(&visitor.client, &id, &ExplainQuery::default()).await?;
    page(&visitor, around, Form::default(), None, None, StatusCode::OK)
}

fn page(
    visitor: &Visitor,
    around: Around,
    form: Form,
    story: Option<Rehearsal>,
    rehearsed: Option<Rehearsed>,
    status: StatusCode,
) -> Result<Response, Failure> {
    let frame = Frame::of(visitor, SECTION, format!("Try {}", around.line.value.name));
    Ok((status, Html(Page { frame, form, around, story, rehearsed }.render()?)).into_response())
}

async fn play(Path(id): Path<String>, submitted: Submitted) -> Result<Response, Failure> {
    let Submitted { visitor, fields } = submitted;
    let client = &visitor.client;
    let deed = story::deed(&fields);
    let told = story::told(&fields, &deed);
    let at = told.as_ref().ok().and_then(|story| story.as_ref()?.at);
    let query = ExplainQuery { at, ..ExplainQuery::default() };
    let rehearse = async {
        match &told {
            Ok(Some(story)) => rehearsed(client, &id, story.clone()).await,
            Ok(None) | Err(_) => Ok(Played::default()),
        }
    };
    let (around, played) = tokio::try_join!(Around::read(client, &id, &query), rehearse)?;
    let form = Form::typed(fields);
    match told {
        Err(errors) => page(&visitor, around, form.with_errors(errors), None, None, StatusCode::UNPROCESSABLE_ENTITY),
        Ok(_) => {
            let (form, status) = match &played.refused {
                Some(problem) => (form.refused(problem), StatusCode::UNPROCESSABLE_ENTITY),
                None => (form, StatusCode::OK),
            };
            page(&visitor, around, form, played.story, played.rehearsed, status)
        }
    }
}

/// How far a story went.
#[derive(Default)]
struct Played {
    story: Option<Rehearsal>,
    rehearsed: Option<Rehearsed>,
    refused: Option<Problem>,
}

/// Plays a story; without its last move, if that one does not count now.
async fn rehearsed(client: &Client, line: &str, mut story: Rehearsal) -> Result<Played, ClientError> {
    let mut refused = None;
    loop {
        match client.rehearse(line, &story).await {
            Ok(rehearsed) => {
                story.at = Some(rehearsed.at);
                story.seed = Some(rehearsed.seed.clone());
                return Ok(Played { story: Some(story), rehearsed: Some(rehearsed), refused });
            }
            Err(ClientError::Problem(problem)) if problem.status == 422 || problem.status == 400 => {
                let is_move = problem.errors.iter().any(|error| error.field.starts_with("moves["));
                if !is_move || story.moves.pop().is_none() || refused.is_some() {
                    return Ok(Played { story: None, rehearsed: None, refused: Some(*problem) });
                }
                refused = Some(*problem);
            }
            Err(other) => return Err(other),
        }
    }
}
