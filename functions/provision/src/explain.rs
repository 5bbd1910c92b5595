//! Who would be rung, and why, and who would not: by the ladder of a real call.

use std::collections::BTreeSet;

use api::{
    Closed, DestinationExplanation, ExplainQuery, Explanation, Question, Round, Rung, RungResult, SkippedShifts,
};
use axum::extract::State;
use jiff::Timestamp;
use oncall::{
    Destination, Key, Ladder, LineId, Mode, Person, PersonId, Plan, Service, WithheldPolicy, schedule::Schedule,
};
use phone::PhoneNumber;
use store::PlanKey;
use twilio::webhook::Caller as Calling;

use crate::{
    answer::Shown,
    app::App,
    argument::{Body, Id, Query},
    caller::{Caller, Reader},
    endpoint::{Endpoint, get, post},
    failure::{Cause, Failure},
    lines::key,
    people::phone_id,
    services::shown_mode,
};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        get("/lines/{id}/explain", explain)
            .says("Who would be rung", "In order, with every reason why somebody is passed over. Nobody is called. For a past instant by the schedules that counted then, else by what is set up now."),
        post("/lines/{id}/explain", explain_call).says(
            "Who would be rung by a certain caller",
            "As `GET`, for any caller, also one who hides their number: a telephone number does not stand in a URL. \
             Nothing is changed.",
        ),
    ]
}

async fn explain(
    _: Caller<Reader>,
    State(app): State<App>,
    Id(id): Id,
    Query(query): Query<ExplainQuery>,
) -> Result<Shown<Explanation>, Failure> {
    let at = query.at.unwrap_or_else(|| app.clock.now());
    let plan = app.plan_at(id, at).await?;
    let caller = query.from.as_deref().map(|from| phone_of(&plan, "from", from)).transpose()?;
    let who = Who { number: caller, is_withheld: false };
    Ok(Shown(explained(&plan, digit(query.digit.as_deref())?, at, who)))
}

async fn explain_call(
    _: Caller<Reader>,
    State(app): State<App>,
    Id(id): Id,
    Body(question): Body<Question>,
) -> Result<Shown<Explanation>, Failure> {
    let at = question.at.unwrap_or_else(|| app.clock.now());
    let plan = app.plan_at(id, at).await?;
    let caller = question.from.as_ref().map(|from| calling(&from.0)).transpose()?;
    let who = Who {
        number: caller.as_ref().and_then(Calling::number),
        is_withheld: caller.as_ref().is_some_and(|caller| *caller == Calling::Withheld),
    };
    Ok(Shown(explained(&plan, digit(question.digit.as_deref())?, at, who)))
}

/// Who calls, as far as a call tells.
#[derive(Clone, Copy)]
pub(crate) struct Who<'a> {
    pub(crate) number: Option<&'a PhoneNumber>,
    /// Whether they hide it; somebody of whom nothing is said does not.
    pub(crate) is_withheld: bool,
}

/// Read as the webhook of a call is.
fn calling(text: &str) -> Result<Calling, Failure> {
    let is_plain = !text.is_empty() && text.bytes().all(|byte| byte == b'+' || byte.is_ascii_alphanumeric());
    match Calling::from(text) {
        caller @ (Calling::Number(_) | Calling::Withheld) if is_plain => Ok(caller),
        _ => Err(Failure::field("from", "must be a phone number such as +4721000000, or a word such as anonymous")),
    }
}

impl App {
    /// What a call to the line would find.
    pub(crate) async fn plan(&self, line: String) -> Result<Plan, Failure> {
        let found = self.store.plan(PlanKey::Line(&LineId::new(line))).await?;
        Ok(found.ok_or(Cause::NotFound)?.plan)
    }

    /// The plan, for a past instant with the schedules that counted then and whom they had: one Query for each
    /// schedule, and one BatchGetItem if somebody is in none of them any more.
    async fn plan_at(&self, line: String, at: Timestamp) -> Result<Plan, Failure> {
        let mut plan = self.plan(line).await?;
        if at >= self.clock.now() {
            return Ok(plan);
        }
        let mut on_call = BTreeSet::new();
        for schedule in &mut plan.directory.schedules {
            let versions = self.store.schedule_history(&schedule.id, at).await?;
            match versions.into_iter().rfind(|(saved, _)| *saved <= at) {
                Some((_, then)) => schedule.definition = then.definition,
                // before the first save, nobody was
                None => (schedule.definition.layers, schedule.definition.overrides) = Default::default(),
            }
            let (sound, _) = Schedule::stored(&schedule.definition);
            on_call.extend(sound.explain(at).on_call.reasons().iter().map(|(person, _)| (*person).clone()));
        }
        on_call.retain(|id| plan.directory.person(id).is_none());
        let gone = self.store.find_all::<Person>(&on_call.iter().map(PersonId::as_str).collect()).await?;
        plan.directory.people.extend(gone.into_iter().map(|found| found.value));
        Ok(plan)
    }
}

fn digit(text: Option<&str>) -> Result<Option<Key>, Failure> {
    let read = |text| key(text).ok_or_else(|| Failure::field("digit", "must be one digit, 0 to 9"));
    text.map(read).transpose()
}

pub(crate) fn phone_of<'p>(plan: &'p Plan, field: &str, id: &str) -> Result<&'p PhoneNumber, Failure> {
    let mut phones =
        plan.directory.people.iter().flat_map(|person| {
            person.phones.iter().map(move |phone| (phone_id(&person.id, &phone.number), &phone.number))
        });
    let found = phones.find(|(own, _)| own == id).map(|(_, number)| number);
    let unknown = "is not the id of a phone that this line could ring; a number is asked about with POST";
    found.ok_or_else(|| Failure::field(field, unknown))
}

fn explained(plan: &Plan, digit: Option<Key>, at: Timestamp, who: Who<'_>) -> Explanation {
    let (closed, holiday) = closed(plan, at, who);
    let line = &plan.line;
    let wanted = line.destinations.iter().filter(|destination| digit.is_none_or(|digit| digit == destination.key));
    let destinations = wanted.map(|destination| match plan.service(&destination.service) {
        Some(service) => about(plan, destination, service, at, who.number, closed.is_empty()),
        None => nothing(destination),
    });
    Explanation { line: line.id.to_string(), at, destinations: destinations.collect(), closed, holiday }
}

/// Why a line takes no call, and the holiday but for which it would be within its hours.
pub(crate) fn closed(plan: &Plan, at: Timestamp, who: Who<'_>) -> (Vec<Closed>, Option<String>) {
    let line = &plan.line;
    let is_outside = line.support_hours.as_ref().is_some_and(|hours| hours.contain(at, &plan.directory) == Ok(false));
    let holiday = line.support_hours.as_ref().and_then(|hours| hours.closed_by(at, &plan.directory));
    let holiday = holiday.map(|holiday| holiday.name.clone());
    let closed = [
        (Closed::Disabled, !line.enabled),
        (Closed::Blocked, who.number.is_some_and(|caller| line.blocks(caller))),
        (Closed::OutsideHours, is_outside),
        (Closed::Withheld, who.is_withheld && line.withheld == WithheldPolicy::Refuse),
    ];
    (closed.into_iter().filter(|(_, holds)| *holds).map(|(why, _)| why).collect(), holiday)
}

/// A destination whose service is not there.
fn nothing(destination: &Destination) -> DestinationExplanation {
    DestinationExplanation {
        key: destination.key.to_string(),
        service: destination.service.to_string(),
        name: None,
        mode: api::Mode::Normal,
        rings: false,
        rounds: Vec::new(),
        schedules: Vec::new(),
    }
}

fn about(
    plan: &Plan,
    destination: &Destination,
    service: &Service,
    at: Timestamp,
    caller: Option<&PhoneNumber>,
    is_open: bool,
) -> DestinationExplanation {
    let mode = service.mode.at(at);
    let ladders = Ladder::rounds(plan, service, at, caller, plan.line.id.as_str());
    let anybody = ladders.iter().any(|ladder| ladder.candidates().next().is_some());
    let rounds =
        (1..).zip(&ladders).map(|(round, ladder)| Round { round, rungs: ladder.rungs.iter().map(rung).collect() });
    let schedules = plan.schedules_of(service).into_iter().map(|named| {
        let (sound, _) = Schedule::stored(&named.definition);
        let skipped = sound.explain(at).skipped.iter().map(ToString::to_string).collect();
        SkippedShifts { schedule: named.id.to_string(), skipped }
    });
    DestinationExplanation {
        name: Some(service.name.clone()),
        mode: shown_mode(mode).mode,
        rings: is_open && mode == Mode::Normal && anybody,
        rounds: rounds.collect(),
        schedules: schedules.collect(),
        ..nothing(destination)
    }
}

pub(crate) fn rung(rung: &oncall::Rung) -> Rung {
    match rung {
        oncall::Rung::Ring(candidate) => Rung {
            result: RungResult::Ring,
            step: candidate.step,
            person: Some(candidate.person.to_string()),
            name: Some(candidate.name.clone()),
            phone: Some(candidate.phone + 1),
            ring_seconds: Some(candidate.ring_seconds),
            why: candidate.why.to_string(),
        },
        oncall::Rung::Skip(skip) => Rung {
            result: RungResult::Skip,
            step: skip.step,
            person: skip.person.as_ref().map(ToString::to_string),
            name: skip.name.clone(),
            phone: None,
            ring_seconds: None,
            why: skip.why.to_string(),
        },
    }
}
