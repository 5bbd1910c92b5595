//! People: their phones, how they are told, and whether they can be reached.

mod verification;

use api::{
    Kind, Person, PhoneState, Reachability, Stored,
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
    App, choices,
    editor::{self, Done, Edited, Editing, Previewed},
    failure::Failure,
    form::{Fields, Form},
    frame::Frame,
    telephone,
    visitor::Visitor,
};
use verification::Said;

pub(super) fn routes() -> Router<App> {
    Router::new().route(Person::SECTION, get(list)).merge(editor::routes::<Person>()).merge(verification::routes())
}

#[derive(Template)]
#[template(path = "people.html")]
struct List {
    frame: Frame,
    people: Vec<Stored<Person>>,
}

async fn list(visitor: Visitor, Query(done): Query<Done>) -> Result<Response, Failure> {
    let people = choices::all::<Person>(&visitor.client).await?;
    let frame = Frame::of(&visitor, Person::SECTION, "People").after(done.done.as_deref());
    Ok(Html(List { frame, people }.render()?).into_response())
}

/// What is known of a person's phones.
#[derive(Debug, Default)]
pub(crate) struct Phones {
    states: Vec<PhoneState>,
    /// What has just become of one of them.
    said: Option<Said>,
}

#[derive(Template)]
#[template(path = "person.html")]
struct Page<'a> {
    frame: &'a Frame,
    editing: &'a Editing<Person>,
}

const CHANNELS: &[(&str, &str)] = &[("sms", "by text"), ("voice", "by a call")];

const URGENCIES: &[(&str, &str)] = &[("high", "When somebody has to act now"), ("low", "When it can wait")];

impl Page<'_> {
    /// The number of a phone, as it was when the form was made.
    fn number(&self, id: &str) -> &str {
        number(&self.editing.form, id)
    }

    /// Whether rules are chosen. What is kept always has some; whoever removes them gets the usual ones.
    fn has_rules(&self) -> bool {
        let form = &self.editing.form;
        let is_kept = self.editing.version.is_some() && form.value("_csrf").is_empty();
        is_kept || form.has_any("rules")
    }

    /// What was just said of a phone.
    fn said(&self, phone: &str) -> Option<&Said> {
        self.editing.beside.said.as_ref().filter(|said| said.phone == phone)
    }

    /// What keeps us from reaching a phone.
    fn bars(&self, state: &PhoneState) -> Vec<&'static str> {
        let sms = match state.sms {
            Reachability::Reachable => None,
            Reachability::OptedOut => Some("Gets no texts: its owner has texted STOP. START undoes it."),
            Reachability::Refused => Some("Gets no texts: Twilio refuses for good."),
        };
        let voice = match state.voice {
            Reachability::Reachable => None,
            Reachability::OptedOut => Some("Gets no calls: its owner does not want any."),
            Reachability::Refused => Some("Gets no calls: Twilio refuses for good."),
        };
        sms.into_iter().chain(voice).collect()
    }

    fn address(&self) -> String {
        self.editing.id.as_ref().map_or_else(|| "/console/people/new".to_owned(), |id| format!("/console/people/{id}"))
    }
}

/// A form keeps beside each phone what it was, since its number may be typed over.
fn number<'f>(form: &'f Form, id: &str) -> &'f str {
    match form.value(format!("_phone-{id}")) {
        "" => {
            let shown = form.items("phones").into_iter().find(|path| form.value(format!("{path}.id")) == id);
            shown.map_or("a phone that is gone", |path| form.value(format!("{path}.number")))
        }
        number => number,
    }
}

impl Edited for Person {
    const ONE: &'static str = "person";
    const SECTION: &'static str = "/console/people";
    const NEEDS: &'static [Kind] = &[];
    type Beside = Phones;

    async fn beside(client: &Client, id: &str) -> Result<Phones, ClientError> {
        Ok(Phones { states: client.phones(id).await?.items, said: None })
    }

    async fn preview(visitor: &Visitor, id: Option<&str>, _: &Self) -> Previewed<Self> {
        match id {
            Some(id) => Self::beside(&visitor.client, id).await,
            None => Ok(Phones::default()),
        }
    }

    fn fresh(list: Option<&str>) -> Value {
        match list {
            Some("rules") => json!({
                "high": [{"channel": "sms", "after_minutes": 0}, {"channel": "voice", "after_minutes": 2}],
                "low": [{"channel": "sms", "after_minutes": 0}],
            }),
            Some("rules.high" | "rules.low") => json!({"channel": "sms", "after_minutes": 0}),
            Some(_) => json!({"number": ""}),
            None => json!({"name": "", "phones": [{"number": ""}]}),
        }
    }

    fn settle(fields: &mut Fields, is_saved: bool) {
        if is_saved {
            for place in 0..fields.count("phones") {
                let path = format!("phones[{place}].number");
                let number = telephone::bare(fields.text(&path));
                fields.set(&path, &number);
            }
        }
    }

    fn page(editing: &Editing<Self>) -> askama::Result<String> {
        Page { frame: &editing.frame, editing }.render()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_keeps_its_number_while_another_is_typed() {
        let shown = Form::showing(&json!({"phones": [{"id": "a1", "number": "+4791000001"}]}));
        assert_eq!(number(&shown, "a1"), "+4791000001");
        let typed = Form::showing(&json!({"_phone-a1": "+4791000001", "phones": [{"id": "a1", "number": "+47"}]}));
        assert_eq!(number(&typed, "a1"), "+4791000001");
        assert_eq!(number(&typed, "b2"), "a phone that is gone");
    }
}
