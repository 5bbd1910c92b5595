//! Texts of the public: conversations with those who text a line, and one of them as it was said.
//!
//! `told`: conversations in words.

mod told;

use api::{
    Attachment, Conversation, ConversationMessage, ConversationQuery, IncidentAction, IncidentStatus, Kind, Said,
    SaidQuery, client::ClientError,
};
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query},
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use http::{HeaderMap, StatusCode};
use serde::Deserialize;

use super::incidents::done;
use crate::{
    App,
    choices::{Choice, Choices},
    failure::Failure,
    form::Form,
    frame::Frame,
    kept::{passed_on, range},
    once,
    view::address,
    visitor::{Submitted, Visitor},
};

use told::Attached;

const SECTION: &str = "/console/texts";

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(SECTION, get(list))
        .route("/console/texts/{id}", get(show).post(reply))
        .route("/console/texts/{id}/media/{media}", get(media))
}

/// Which conversations are shown.
#[derive(Clone, Debug, Default, Deserialize)]
struct Wanted {
    line: Option<String>,
    cursor: Option<String>,
}

#[derive(Template)]
#[template(path = "texts.html")]
struct List {
    frame: Frame,
    conversations: Vec<Conversation>,
    next: Option<String>,
    lines: Vec<Choice>,
    wanted: Wanted,
}

impl List {
    fn is_line(&self, id: &str) -> bool {
        self.wanted.line.as_deref() == Some(id)
    }

    fn here(&self) -> String {
        self.address(self.wanted.cursor.as_deref())
    }

    fn older(&self) -> Option<String> {
        self.next.as_ref().map(|next| self.address(Some(next)))
    }

    fn address(&self, cursor: Option<&str>) -> String {
        let said = [("line", self.wanted.line.as_deref()), ("cursor", cursor)];
        address(SECTION, &said.map(|(name, value)| (name, value.unwrap_or_default())))
    }
}

async fn list(visitor: Visitor, Query(wanted): Query<Wanted>) -> Result<Response, Failure> {
    let client = &visitor.client;
    let line = wanted.line.clone().filter(|line| !line.is_empty());
    let query = ConversationQuery { line, cursor: wanted.cursor.clone(), limit: None };
    let (page, choices) = tokio::try_join!(client.conversations(&query), Choices::read(client, &[Kind::Line]))?;
    let frame = Frame::of(&visitor, SECTION, "Texts");
    let list = List { frame, conversations: page.items, next: page.next, lines: choices.lines, wanted };
    Ok(Html(list.render()?).into_response())
}

/// What an address says of a conversation's page.
#[derive(Clone, Debug, Default, Deserialize)]
struct Part {
    cursor: Option<String>,
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "text.html")]
struct Page {
    frame: Frame,
    conversation: Conversation,
    said: Said,
    /// Whether it is the end of what was said that is shown.
    is_end: bool,
    /// By what the log knows whoever reads.
    me: String,
    form: Form,
    key: String,
}

impl Page {
    fn writer(&self, message: &ConversationMessage) -> String {
        told::writer(&message.by, &self.me)
    }

    fn to_media(&self, attachment: &Attachment) -> String {
        format!("{}/media/{}", to(&self.conversation.id), attachment.id)
    }

    /// The incident through which a reply goes, while one does.
    fn replies_through(&self) -> Option<&str> {
        let incident = self.conversation.incident.as_ref()?;
        let open = !self.conversation.is_over && incident.status != IncidentStatus::Resolved;
        open.then_some(incident.id.as_str())
    }

    fn earlier(&self) -> Option<String> {
        let earlier = self.said.earlier.as_deref()?;
        Some(address(&to(&self.conversation.id), &[("cursor", earlier)]))
    }
}

async fn show(visitor: Visitor, Path(id): Path<String>, Query(part): Query<Part>) -> Result<Response, Failure> {
    let page = page(&visitor, &id, Form::default(), part).await?;
    Ok(Html(page).into_response())
}

async fn page(visitor: &Visitor, id: &str, form: Form, part: Part) -> Result<String, Failure> {
    let client = &visitor.client;
    let (is_end, query) = (part.cursor.is_none(), SaidQuery { cursor: part.cursor, limit: None });
    let (mut conversation, me) = tokio::try_join!(client.conversation(id, &query), client.me())?;
    let said = conversation.said.take().unwrap_or_default();
    let title = format!("Texts from {}", conversation.reporter.0.as_e164());
    let frame = Frame::of(visitor, SECTION, title).after(part.done.as_deref());
    Ok(Page { frame, conversation, said, is_end, me: me.id, form, key: once::key() }.render()?)
}

async fn reply(Path(id): Path<String>, submitted: Submitted) -> Result<Response, Failure> {
    let Submitted { visitor, fields } = submitted;
    let action = IncidentAction::Reply { words: fields.text("reply.words").to_owned() };
    match visitor.client.act(fields.text("_incident"), &action, fields.text("_key")).await {
        Ok(answer) => {
            let done = done(&action, answer.outcome);
            Ok(Redirect::to(&format!("{}?done={done}", to(&id))).into_response())
        }
        Err(ClientError::Problem(problem)) if problem.status == 422 || problem.status == 400 => {
            let page = page(&visitor, &id, Form::typed(fields).refused(&problem), Part::default()).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

async fn media(
    visitor: Visitor,
    Path((id, media)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    Ok(passed_on(visitor.client.attachment(&id, &media, range(&headers)).await?))
}

/// The page of a conversation.
fn to(id: &str) -> String {
    let id: String = form_urlencoded::byte_serialize(id.as_bytes()).collect();
    format!("{SECTION}/{id}")
}
