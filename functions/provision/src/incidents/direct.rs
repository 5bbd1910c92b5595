//! People are paged directly.

use api::{Incident, NewIncident};
use axum::extract::State;
use oncall::{
    IncidentId,
    incident::{Actor, Answer, Opening, Reason, Severity, Snapshot, open as opened},
};
use store::{About, KnownKey, Opened};

use super::{act::named, shown};
use crate::{
    answer::Made,
    app::App,
    argument::{Body, IdempotencyKey},
    caller::{Caller, Operator},
    failure::{Cause, Failure},
    secret::random_letters,
};

/// As long as what other tools may say.
const LONGEST_SUMMARY: usize = 1_024;

pub(super) async fn open(
    caller: Caller<Operator>,
    State(app): State<App>,
    IdempotencyKey(key): IdempotencyKey,
    Body(wanted): Body<NewIncident>,
) -> Result<Made<Incident>, Failure> {
    let summary = wanted.summary.trim();
    if summary.is_empty() || summary.len() > LONGEST_SUMMARY || summary.chars().any(char::is_control) {
        let message = format!("must be one line of 1 to {LONGEST_SUMMARY} bytes");
        return Err(Failure::field("summary", message));
    }
    let whom = named("whom", wanted.whom)?;
    // no service has it, and no tool can say it
    let key = format!("\u{1}direct {} {key}", caller.author.token);
    let known = app.store.known_key(None, &key, app.clock.now()).await?;
    let same = |known: &KnownKey| {
        let incident = known.incident.as_ref().map(|found| &found.incident)?;
        Some(if incident.summary == summary { Ok(Made(shown::whole(incident))) } else { Err(Cause::KeyReused.into()) })
    };
    if let Some(answer) = same(&known) {
        return answer;
    }
    let around = app.store.around(About::Nothing, &whom).await?;
    let opening = Opening {
        id: IncidentId::new(format!("in_{}", random_letters(16)?)),
        number: app.store.next_incident_number().await?,
        key,
        service: None,
        snapshot: Snapshot::default(),
        reason: Reason::Person {
            by: Actor::Token(caller.author.token.clone()),
            whom,
            summary: summary.to_owned(),
            severity: severity(wanted.severity),
        },
    };
    let stepped = opened(opening, app.clock.now(), &around.surroundings()).handed_over();
    if stepped.answer == Some(Answer::NobodyNamed) {
        return Err(Failure::field("whom", "names nobody who exists"));
    }
    match app.store.open_incident(&known, &stepped.incident).await? {
        Opened::Yes(incident) => {
            app.carrier.wake_for(None, &incident).await;
            tracing::info!(incident = incident.id.as_str(), by = caller.author.token, "people were paged directly");
            Ok(Made(shown::whole(&incident)))
        }
        Opened::Lost(known) => same(&known).unwrap_or_else(|| Err(Cause::Unavailable.into())),
    }
}

fn severity(severity: api::IncidentSeverity) -> Severity {
    match severity {
        api::IncidentSeverity::Info => Severity::Info,
        api::IncidentSeverity::Warning => Severity::Warning,
        api::IncidentSeverity::Error => Severity::Error,
        api::IncidentSeverity::Critical => Severity::Critical,
    }
}
