//! Conversations with those who text a line from outside the team.

use std::collections::{BTreeMap, BTreeSet};

use api::{
    Conversation, ConversationIncident, ConversationMessage, ConversationQuery, Delivery, Number, Page, Said,
    SaidQuery, Writer, WriterKind,
};
use axum::extract::State;
use jiff::Timestamp;
use oncall::{LineId, ThreadId, incident::Actor, texting};
use store::{Fares, Thread};

use crate::{
    answer::Shown,
    app::App,
    argument::{self, Id, Query, cursor_at, place_of},
    attachments::attachments,
    caller::{Caller, Reader},
    endpoint::{Endpoint, get},
    failure::{Cause, Failure},
    incidents::summary,
};

/// The largest page: each conversation may have an incident, and any of those the largest document.
const MOST: u16 = 50;
/// The most texts of a conversation at once.
const MOST_SAID: u16 = 100;

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        get("/conversations", list).says(
            "Lists conversations with those who text a line",
            "Those that began last come first: of all lines, or of one.",
        ),
        get("/conversations/{id}", read).says(
            "Shows a conversation",
            "With what was said in it, or the last of that; ask again with `earlier` as `cursor` for what was said before.",
        ),
    ]
}

async fn list(
    _: Caller<Reader>,
    State(app): State<App>,
    Query(query): Query<ConversationQuery>,
) -> Result<Shown<Page<Conversation>>, Failure> {
    let ConversationQuery { line, cursor, limit } = query;
    let limit = argument::limit(limit, MOST, MOST)?;
    let cursor = cursor.as_deref().map(place_of).transpose()?;
    let mut lines: Vec<LineId> = app.store.lines().await?.into_iter().map(|line| line.id).collect();
    if let Some(wanted) = line {
        lines.retain(|line| line.as_str() == wanted);
    }
    let found = app.store.threads_of_lines(&lines, limit, cursor.as_deref()).await?;
    for id in &found.unreadable {
        tracing::error!(thread = id.as_str(), "a conversation cannot be read");
    }
    let items = app.shown_threads(&found.threads).await?;
    Ok(Shown(Page { items, next: found.next.as_deref().map(cursor_at) }))
}

async fn read(
    _: Caller<Reader>,
    State(app): State<App>,
    Id(id): Id,
    Query(query): Query<SaidQuery>,
) -> Result<Shown<Conversation>, Failure> {
    let limit = argument::limit(query.limit, MOST_SAID, MOST_SAID)?;
    let cursor = query.cursor.as_deref().map(place_of).transpose()?;
    let id = ThreadId::new(id);
    let (thread, found) = tokio::try_join!(app.store.thread(&id), app.store.said(&id, limit, cursor.as_deref()))?;
    let thread = thread.ok_or(Cause::NotFound)?;
    if found.unreadable > 0 {
        tracing::error!(thread = id.as_str(), texts = found.unreadable, "texts of a conversation cannot be read");
    }
    let people = found.said.iter().filter_map(|(said, _)| Some(said.by.as_ref()?.person_id()?.as_str()));
    let people: BTreeSet<&str> = people.collect();
    let (names, shown) =
        tokio::try_join!(app.names_of_people(&people), app.shown_threads(std::slice::from_ref(&thread)))?;
    let shown = shown.into_iter().next().ok_or(Cause::NotFound)?;
    let messages = found.said.iter().flat_map(|(said, fares)| messages(said, *fares, &names)).collect();
    let earlier = found.earlier.as_deref().map(cursor_at);
    Ok(Shown(Conversation { said: Some(Said { messages, earlier }), ..shown }))
}

impl App {
    /// Conversations, with what all that they name is called, and their incidents.
    async fn shown_threads(&self, threads: &[Thread]) -> Result<Vec<Conversation>, Failure> {
        let services: BTreeSet<_> = threads.iter().filter_map(|it| it.service.as_ref()).map(|id| id.as_str()).collect();
        let lines: BTreeSet<_> = threads.iter().map(|it| it.line.as_str()).collect();
        let about: Vec<_> = threads.iter().filter_map(|it| Some((it.id.clone(), it.service.clone()?))).collect();
        let incidents = async { Ok(self.store.incidents_of_threads(&about).await?) };
        let (services, lines, incidents) =
            tokio::try_join!(self.names_of_services(&services), self.names_of_lines(&lines), incidents)?;
        for id in &incidents.unreadable {
            tracing::error!(incident = id.as_str(), "an incident cannot be read");
        }
        let incident = |id: &ThreadId| {
            incidents.incidents.iter().map(|it| &it.incident).find(|it| it.key == id.as_str()).map(summary)
        };
        let now = self.clock.now();
        let shown = |thread: &Thread| Conversation {
            id: thread.id.to_string(),
            line: thread.line.to_string(),
            line_name: lines.get(thread.line.as_str()).cloned(),
            reporter: Number(thread.reporter.clone()),
            began_at: thread.began_at,
            opening: thread.opening.clone(),
            service: thread.service.as_ref().map(ToString::to_string),
            service_name: thread.service.as_ref().and_then(|id| services.get(id.as_str()).cloned()),
            is_over: is_over(thread, now),
            incident: incident(&thread.id).map(|api::Incident { id, number, summary, status, .. }| {
                ConversationIncident { id, number, summary, status }
            }),
            said: None,
        };
        Ok(threads.iter().map(shown).collect())
    }
}

/// Whether a conversation was ended, or is so old that it counts no longer.
fn is_over(thread: &Thread, now: Timestamp) -> bool {
    let lasts = match thread.service {
        Some(_) => texting::Conversation::LASTS,
        None => texting::Conversation::QUESTION_LASTS,
    };
    thread.is_over || thread.began_at.duration_until(now) >= lasts
}

/// A text, and what was answered at once.
fn messages(
    said: &store::Said,
    fares: Option<Fares>,
    names: &BTreeMap<String, String>,
) -> impl Iterator<Item = ConversationMessage> {
    let text = ConversationMessage {
        id: said.id.clone(),
        at: said.at,
        by: writer(said.by.as_ref(), names),
        words: said.words.clone(),
        media: attachments(&said.place(), &said.media),
        delivery: fares.map(delivery),
    };
    let answer = said.answer.as_ref().map(|words| ConversationMessage {
        id: format!("{}:answer", said.id),
        at: said.at,
        by: writer(Some(&Actor::Dutyline), names),
        words: words.clone(),
        media: Vec::new(),
        delivery: None,
    });
    std::iter::once(text).chain(answer)
}

fn writer(by: Option<&Actor>, names: &BTreeMap<String, String>) -> Writer {
    let (kind, id, name) = match by {
        None | Some(Actor::Source) => (WriterKind::Reporter, None, None),
        Some(Actor::Dutyline) => (WriterKind::Dutyline, None, None),
        Some(Actor::Person { id, .. }) => (WriterKind::Person, Some(id.to_string()), names.get(id.as_str()).cloned()),
        Some(Actor::Token(id)) => (WriterKind::Token, Some(id.clone()), None),
    };
    Writer { kind, id, name }
}

fn delivery(fares: Fares) -> Delivery {
    match fares {
        Fares::Sending => Delivery::Sending,
        Fares::Sent => Delivery::Sent,
        Fares::Delivered => Delivery::Delivered,
        Fares::Failed => Delivery::Failed,
    }
}
