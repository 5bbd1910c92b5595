//! The incidents of a stack, for whoever wants to see them: `GET <control>/incidents`, one a line, without telephone
//! numbers.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use entry::Chain;
use oncall::incident::{self, Incident, PageState};
use oncall::{Channel, Service};
use serde_json::{Value, json};
use store::{Error, IncidentsOf, Store};

/// How many of each list are shown, the latest.
const SHOWN: u16 = 50;

/// The route.
pub(crate) fn router(store: Store) -> Router {
    Router::new().route("/incidents", get(show)).with_state(store)
}

async fn show(State(store): State<Store>) -> Response {
    match all(&store).await {
        Ok(lines) => lines.into_iter().map(|line| format!("{line}\n")).collect::<String>().into_response(),
        Err(error) => (StatusCode::BAD_GATEWAY, format!("{}\n", Chain(&error))).into_response(),
    }
}

async fn all(store: &Store) -> Result<Vec<Value>, Error> {
    let mut found = BTreeMap::new();
    let services = store.list::<Service>(None, SHOWN).await?.items;
    let services: Vec<_> = services.into_iter().map(|stored| stored.value.id).collect();
    let lists = services.iter().map(IncidentsOf::Service).chain([IncidentsOf::Open]);
    for list in lists {
        for stored in store.listed_incidents(list, SHOWN, None).await?.incidents {
            found.insert(stored.incident.number, shown(&stored.incident));
        }
    }
    Ok(found.into_values().collect())
}

fn shown(incident: &Incident) -> Value {
    let state = match incident.state {
        incident::State::Triggered => "triggered",
        incident::State::Acknowledged { .. } => "acknowledged",
        incident::State::Silenced { .. } => "silenced",
        incident::State::Resolved { .. } => "resolved",
    };
    let pages: Vec<Value> = incident
        .pages
        .iter()
        .map(|page| {
            let channel = match page.channel {
                Channel::Sms => "sms",
                Channel::Voice => "voice",
            };
            json!({ "channel": channel, "person": page.person.as_str(), "state": word(&page.state) })
        })
        .collect();
    let service = incident.service.as_ref().map(|service| service.as_str());
    json!({
        "number": incident.number, "service": service, "key": incident.key.trim_start_matches('\u{1}'), "summary": incident.summary,
        "state": state, "events": incident.events.count, "pages": pages,
    })
}

fn word(state: &PageState) -> String {
    match state {
        PageState::Ordered { .. } => "ordered".to_owned(),
        PageState::Delayed { .. } => "delayed".to_owned(),
        PageState::Gathered { .. } => "gathered".to_owned(),
        PageState::InDoubt { .. } | PageState::Asked { .. } => "in doubt".to_owned(),
        PageState::Sent { .. } => "sent".to_owned(),
        PageState::Delivered => "delivered".to_owned(),
        PageState::Failed(why) => format!("failed: {why}"),
        PageState::CalledOff => "called off".to_owned(),
        PageState::Recalled => "recalled".to_owned(),
    }
}
