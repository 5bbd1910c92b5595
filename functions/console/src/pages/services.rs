//! Services: what people call about and what alerts are about, their modes and their routing keys.

mod keys;
mod mode;
mod snippets;

use api::{
    Kind, Mode, PageQuery, RoutingKey, Service, ServiceMode, Stored,
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
    App,
    choices::{self, Choice, Choices, name_of},
    editor::{self, Done, Edited, Editing, Previewed},
    failure::Failure,
    form::Form,
    frame::Frame,
    visitor::Visitor,
};

pub(super) fn routes() -> Router<App> {
    let own = Router::new().route(Service::SECTION, get(list));
    own.merge(editor::routes::<Service>()).merge(mode::routes()).merge(keys::routes())
}

#[derive(Template)]
#[template(path = "services.html")]
struct List {
    frame: Frame,
    services: Vec<Stored<Service>>,
    policies: Vec<Choice>,
}

impl List {
    fn policy(&self, service: &Service) -> &str {
        match self.policies.iter().find(|policy| policy.id == service.policy) {
            Some(policy) => &policy.name,
            None => "gone",
        }
    }

    /// What a mode is called.
    fn mode_name(&self, mode: &Mode) -> &'static str {
        match mode {
            Mode::Normal => "normal",
            Mode::Debug => "being tried out",
            Mode::Maintenance => "maintenance",
        }
    }
}

async fn list(visitor: Visitor, Query(done): Query<Done>) -> Result<Response, Failure> {
    let client = &visitor.client;
    let (services, choices) =
        tokio::try_join!(choices::all::<Service>(client), Choices::read(client, &[Kind::EscalationPolicy]))?;
    let frame = Frame::of(&visitor, Service::SECTION, "Services").after(done.done.as_deref());
    Ok(Html(List { frame, services, policies: choices.policies }.render()?).into_response())
}

/// What stands beside a service's form.
#[derive(Debug, Default)]
pub(crate) struct Beside {
    mode: Option<ServiceMode>,
    keys: Vec<RoutingKey>,
    /// What was typed for another mode, and why it does not do.
    mode_form: Form,
    /// What was typed for another key, and why it does not do.
    key_form: Form,
}

#[derive(Template)]
#[template(path = "service.html")]
struct Page<'a> {
    frame: &'a Frame,
    editing: &'a Editing<Service>,
}

impl Page<'_> {
    fn address(&self) -> String {
        let section = Service::SECTION;
        self.editing.id.as_ref().map_or_else(|| format!("{section}/new"), |id| format!("{section}/{id}"))
    }

    /// What no choice is called: if there is one policy, it is the choice.
    fn unchosen(&self) -> &'static str {
        if self.editing.choices.policies.len() == 1 { "" } else { "Choose…" }
    }

    fn policy(&self) -> Option<(&str, &str)> {
        let id = self.editing.form.value("policy");
        let policies = &self.editing.choices.policies;
        choices::has(policies, id).then(|| (id, name_of(policies, id)))
    }
}

impl Edited for Service {
    const ONE: &'static str = "service";
    const SECTION: &'static str = "/console/services";
    const NEEDS: &'static [Kind] = &[Kind::EscalationPolicy];
    type Beside = Beside;

    async fn beside(client: &Client, id: &str) -> Result<Beside, ClientError> {
        let page = PageQuery { limit: Some(200), ..PageQuery::default() };
        let (service, keys) = tokio::try_join!(client.read::<Self>(id), client.routing_keys(id, &page))?;
        Ok(Beside { mode: service.value.mode, keys: keys.items, ..Beside::default() })
    }

    async fn preview(visitor: &Visitor, id: Option<&str>, _: &Self) -> Previewed<Self> {
        match id {
            Some(id) => Self::beside(&visitor.client, id).await,
            None => Ok(Beside::default()),
        }
    }

    fn fresh(_: Option<&str>) -> Value {
        json!({"name": "", "policy": ""})
    }

    fn page(editing: &Editing<Self>) -> askama::Result<String> {
        Page { frame: &editing.frame, editing }.render()
    }
}

/// The page of a service after something else than its form was sent, all of it read anew.
async fn again(visitor: &Visitor, id: String, said: impl FnOnce(&mut Beside)) -> Result<String, Failure> {
    let client = &visitor.client;
    let needs = [Kind::EscalationPolicy];
    let (stored, choices, mut beside) =
        tokio::try_join!(client.read::<Service>(&id), Choices::read(client, &needs), Service::beside(client, &id))?;
    said(&mut beside);
    let form = Form::showing(&serde_json::to_value(&stored.value).unwrap_or_default());
    let frame = Frame::of(visitor, Service::SECTION, stored.value.name.as_str());
    let (version, now) = (Some(stored.version), visitor.app.now());
    let editing = Editing::<Service> { frame, form, id: Some(id), version, choices, beside, now };
    Ok(Service::page(&editing)?)
}
