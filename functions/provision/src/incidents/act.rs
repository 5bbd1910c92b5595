//! What somebody wants done with an incident.

use api::{ActionAnswer, ActionOutcome, IncidentAction};
use axum::extract::State;
use carrier::Taken;
use jiff::{SignedDuration, Timestamp};
use oncall::{
    IncidentId, Target,
    incident::{self, Act, Actor, Answer, Cause::Act as Acted, Wish},
};

use super::shown;
use crate::{
    answer::Shown,
    app::App,
    argument::{Body, Id, IdempotencyKey},
    caller::{Caller, Operator},
    escalation_policies::domain_target,
    failure::{Cause, Failure},
};

/// Minutes of thirty days: the longest silence.
const LONGEST_SILENCE: u32 = 30 * 24 * 60;
/// How many people, teams and schedules may be named at once.
const MOST_NAMED: usize = 20;
/// As much as goes into one text, with the name of whoever says it.
const LONGEST_REPLY: usize = 1_000;

pub(super) async fn act(
    caller: Caller<Operator>,
    State(app): State<App>,
    Id(id): Id,
    IdempotencyKey(key): IdempotencyKey,
    Body(wanted): Body<IncidentAction>,
) -> Result<Shown<ActionAnswer>, Failure> {
    let by = Actor::Token(caller.author.token.clone());
    let wish = wish(wanted, app.clock.now())?;
    let id = IncidentId::new(id);
    let act = Act { id: format!("{}:{key}", caller.author.token), by, wish };
    match app.carrier.act(&id, &Acted(act)).await? {
        Taken::Unknown => Err(Cause::NotFound.into()),
        Taken::Overtaken => Err(Cause::Unavailable.into()),
        Taken::Taken { incident, answer, .. } => {
            tracing::info!(incident = id.as_str(), by = caller.author.token, "an incident was acted upon");
            let (outcome, by) = answer.map_or((ActionOutcome::Done, None), outcome);
            Ok(Shown(ActionAnswer { outcome, by, incident: shown::whole(&incident) }))
        }
    }
}

fn wish(wanted: IncidentAction, now: Timestamp) -> Result<Wish, Failure> {
    Ok(match wanted {
        IncidentAction::Acknowledge {} => Wish::Acknowledge,
        IncidentAction::Resolve {} => Wish::Resolve,
        IncidentAction::Escalate {} => Wish::Escalate,
        IncidentAction::Silence { minutes } => {
            if !(1..=LONGEST_SILENCE).contains(&minutes) {
                return Err(Failure::field("silence.minutes", format!("must be between 1 and {LONGEST_SILENCE}")));
            }
            let until = now.checked_add(SignedDuration::from_mins(minutes.into())).unwrap_or(Timestamp::MAX);
            Wish::Silence { until }
        }
        IncidentAction::Reassign { to } => Wish::Reassign { to: named("reassign.to", to)? },
        IncidentAction::Ask { whom } => Wish::Ask { whom: named("ask.whom", whom)? },
        IncidentAction::Reply { words } => {
            let words = words.trim();
            if words.is_empty() || words.chars().count() > LONGEST_REPLY {
                return Err(Failure::field("reply.words", format!("must have 1 to {LONGEST_REPLY} characters")));
            }
            Wish::Reply { words: words.to_owned() }
        }
    })
}

/// Whom somebody names, by the field in which they do.
pub(super) fn named(field: &str, targets: Vec<api::Target>) -> Result<Vec<Target>, Failure> {
    if targets.is_empty() || targets.len() > MOST_NAMED {
        return Err(Failure::field(field, format!("must name 1 to {MOST_NAMED}")));
    }
    Ok(targets.into_iter().map(domain_target).collect())
}

fn outcome(answer: Answer) -> (ActionOutcome, Option<api::Actor>) {
    let first = |by: &incident::Actor| Some(shown::actor(by));
    match answer {
        Answer::Done => (ActionOutcome::Done, None),
        Answer::AcknowledgedBy { by, .. } => (ActionOutcome::AcknowledgedBefore, first(&by)),
        Answer::ResolvedBy { by, .. } => (ActionOutcome::ResolvedBefore, first(&by)),
        Answer::JustEscalated => (ActionOutcome::EscalatedBefore, None),
        Answer::NobodyLeft => (ActionOutcome::NobodyLeft, None),
        Answer::NobodyNamed => (ActionOutcome::NobodyNamed, None),
        Answer::NoReporter => (ActionOutcome::NoReporter, None),
        Answer::Senseless => (ActionOutcome::Senseless, None),
    }
}
