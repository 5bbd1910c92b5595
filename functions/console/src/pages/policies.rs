//! Escalation policies: whom to reach, and who follows.

mod ladder;
mod settled;

use api::{EscalationPolicy, Kind, Stored};
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
    choices::{self, Choice, Choices},
    editor::{self, Done, Edited, Editing},
    failure::Failure,
    form::{self, Fields},
    frame::Frame,
    lists::DAYS,
    visitor::Visitor,
};

pub(super) fn routes() -> Router<App> {
    Router::new().route(EscalationPolicy::SECTION, get(list)).merge(editor::routes::<EscalationPolicy>())
}

#[derive(Template)]
#[template(path = "policies.html")]
struct List {
    frame: Frame,
    policies: Vec<Stored<EscalationPolicy>>,
    choices: Choices,
}

impl List {
    fn ladder(&self, policy: &EscalationPolicy) -> Vec<String> {
        ladder::told(policy, &self.choices)
    }
}

async fn list(visitor: Visitor, Query(done): Query<Done>) -> Result<Response, Failure> {
    let client = &visitor.client;
    let needs = [Kind::Person, Kind::Team, Kind::Schedule];
    let (policies, choices) =
        tokio::try_join!(choices::all::<EscalationPolicy>(client), Choices::read(client, &needs))?;
    let frame = Frame::of(&visitor, EscalationPolicy::SECTION, "Escalation policies").after(done.done.as_deref());
    Ok(Html(List { frame, policies, choices }.render()?).into_response())
}

#[derive(Template)]
#[template(path = "policy.html")]
struct Page<'a> {
    frame: &'a Frame,
    editing: &'a Editing<EscalationPolicy>,
    /// What the form stands for, in words; nothing while it stands for nothing.
    ladder: Vec<String>,
}

const TYPES: &[(&str, &str)] = &[
    ("notify", "Tell people"),
    ("notify_if_events", "Tell people if there are many events"),
    ("notify_if_time", "Tell people at certain times"),
    ("wait", "Wait"),
    ("repeat", "Start again"),
    ("resolve", "Resolve the incident"),
];

const ORDERS: &[(&str, &str)] = &[("listed", "in this order"), ("random", "in an order of chance, each time another")];

const CHANNELS: &[(&str, &str)] =
    &[("", "as each has chosen for themselves"), ("sms", "by text"), ("voice", "by a call")];

impl Page<'_> {
    /// What a step is, as its form says.
    fn kind(&self, step: &str) -> &str {
        self.editing.form.value_or(format!("{step}.type"), "notify")
    }

    /// Whether it is said how people are told, so that it is shown at once.
    fn is_special(&self, step: &str) -> bool {
        let form = &self.editing.form;
        let says = |member: &str| !form.value(format!("{step}.{member}")).is_empty();
        let is_wrong = |member: &str| form.error(format!("{step}.{member}")).is_some();
        form.value(format!("{step}.order")) == "random"
            || ["ring_seconds", "channel"].iter().any(|member| says(member) || is_wrong(member))
    }

    /// Whether something is the target that was chosen.
    fn is_target(&self, path: &str, kind: &str, choice: &Choice) -> bool {
        let form = &self.editing.form;
        form.value(format!("{path}.type")) == kind && form.value(format!("{path}.id")) == choice.id
    }

    /// The people, teams and schedules that can be chosen.
    fn groups(&self) -> [(&'static str, &'static str, &[Choice]); 3] {
        let choices = &self.editing.choices;
        [
            ("Whoever is on call in a schedule", "schedule", &choices.schedules),
            ("People", "person", &choices.people),
            ("Teams", "team", &choices.teams),
        ]
    }

    /// A target that is chosen, and is not among those that there are.
    fn lost(&self, path: &str) -> Option<String> {
        let form = &self.editing.form;
        let (kind, id) = (form.value(format!("{path}.type")), form.value(format!("{path}.id")));
        let known = self
            .groups()
            .into_iter()
            .any(|(_, group, choices)| group == kind && choices.iter().any(|choice| choice.id == id));
        (!id.is_empty() && !known).then(|| format!("{kind}:{id}"))
    }
}

impl Edited for EscalationPolicy {
    const ONE: &'static str = "escalation policy";
    const SECTION: &'static str = "/console/escalation-policies";
    const NEEDS: &'static [Kind] = &[Kind::Person, Kind::Team, Kind::Schedule, Kind::HolidayCalendar];
    type Beside = ();

    fn fresh(list: Option<&str>) -> Value {
        let target = json!({"type": "", "id": ""});
        let window = json!({"days": ["MO", "TU", "WE", "TH", "FR"], "from": "08:00", "to": "16:00"});
        let step = json!({"type": "notify", "targets": [target], "order": "listed"});
        match list {
            Some(list) if list.ends_with(".targets") => target,
            Some(list) if list.ends_with(".windows") => window,
            Some(_) => step,
            None => json!({"name": "", "steps": [step]}),
        }
    }

    fn settle(fields: &mut Fields, is_saved: bool) {
        settled::settle(fields, is_saved);
    }

    fn page(editing: &Editing<Self>) -> askama::Result<String> {
        let mut fields = editing.form.fields().clone();
        settled::settle(&mut fields, true);
        let draft = form::read::<Self>(&fields);
        let ladder = draft.map(|draft| ladder::told(&draft, &editing.choices)).unwrap_or_default();
        Page { frame: &editing.frame, editing, ladder }.render()
    }
}
