//! People.

use api::{
    Channel, FieldError, NotificationRule, NotificationRules, Number, Page, Person, Phone, PhoneState, Reachability,
};
use axum::extract::State;
use oncall::{PersonId, incident::Bar};

use crate::{
    answer::Shown,
    app::App,
    argument::Id,
    caller::{Admin, Caller, Reader},
    endpoint::{Endpoint, get},
    failure::{Cause, Failure},
    objects::{self, Kept},
    secret::opaque_id,
};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    let phones = get("/people/{id}/phones", phones).says(
        "Shows whether a person's phones can be reached",
        "As far as Twilio or their owners have said: whoever texts STOP is not texted any more, until they text START.",
    );
    objects::endpoints::<Person>().into_iter().chain([phones]).collect()
}

async fn phones(_: Caller<Reader>, State(app): State<App>, Id(id): Id) -> Result<Shown<Page<PhoneState>>, Failure> {
    let person = app.store.find::<oncall::Person>(&id).await?.ok_or(Cause::NotFound)?.value;
    let known = app.store.known_phones(&person.phones.iter().map(|phone| phone.number.clone()).collect()).await?;
    let state = |phone: &oncall::Phone| PhoneState {
        id: phone_id(&person.id, &phone.number),
        verified: phone.verified,
        sms: reachability(known.barred(&phone.number, oncall::Channel::Sms)),
        voice: reachability(known.barred(&phone.number, oncall::Channel::Voice)),
    };
    Ok(Shown(Page { items: person.phones.iter().map(state).collect(), next: None }))
}

fn reachability(bar: Option<Bar>) -> Reachability {
    match bar {
        None => Reachability::Reachable,
        Some(Bar::OptedOut) => Reachability::OptedOut,
        Some(Bar::Refused) => Reachability::Refused,
    }
}

/// What a phone is called where its number may not stand.
pub(crate) fn phone_id(person: &PersonId, number: &phone::PhoneNumber) -> String {
    opaque_id(&[person.as_str(), number.as_e164()])
}

impl Kept for Person {
    type Domain = oncall::Person;
    type Editor = Admin;
    const PREFIX: &'static str = "pe";

    fn shown(person: oncall::Person) -> Self {
        let shown = |phone: oncall::Phone| Phone {
            id: Some(phone_id(&person.id, &phone.number)),
            number: Number(phone.number),
            verified: phone.verified,
        };
        Self {
            phones: person.phones.into_iter().map(shown).collect(),
            id: Some(person.id.to_string()),
            name: person.name,
            language: person.language,
            timezone: person.timezone,
            rules: Some(NotificationRules {
                high: person.rules.high.into_iter().map(shown_rule).collect(),
                low: person.rules.low.into_iter().map(shown_rule).collect(),
            }),
        }
    }

    fn domain(self, id: &str, before: Option<&oncall::Person>) -> Result<oncall::Person, Vec<FieldError>> {
        let was_verified = |number: &phone::PhoneNumber| {
            let phones = before.iter().flat_map(|person| &person.phones);
            phones.into_iter().any(|phone| phone.number == *number && phone.verified)
        };
        let phone = |Phone { number: Number(number), .. }| oncall::Phone { verified: was_verified(&number), number };
        let rules = self.rules.map(|rules| oncall::NotificationRules {
            high: rules.high.iter().map(domain_rule).collect(),
            low: rules.low.iter().map(domain_rule).collect(),
        });
        Ok(oncall::Person {
            id: PersonId::new(id),
            name: self.name,
            language: self.language,
            timezone: self.timezone,
            phones: self.phones.into_iter().map(phone).collect(),
            rules: rules.unwrap_or_default(),
        })
    }
}

fn shown_rule(rule: oncall::NotificationRule) -> NotificationRule {
    NotificationRule { channel: shown_channel(rule.channel), after_minutes: rule.after_minutes }
}

fn domain_rule(rule: &NotificationRule) -> oncall::NotificationRule {
    oncall::NotificationRule { channel: domain_channel(rule.channel), after_minutes: rule.after_minutes }
}

pub(crate) fn shown_channel(channel: oncall::Channel) -> Channel {
    match channel {
        oncall::Channel::Sms => Channel::Sms,
        oncall::Channel::Voice => Channel::Voice,
    }
}

pub(crate) fn domain_channel(channel: Channel) -> oncall::Channel {
    match channel {
        Channel::Sms => oncall::Channel::Sms,
        Channel::Voice => oncall::Channel::Voice,
    }
}
