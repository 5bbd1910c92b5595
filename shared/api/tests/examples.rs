//! Every example of the OpenAPI document is one: it can be read as the type that it stands for, and is written again
//! with the same members.

#![cfg(feature = "openapi")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a helper's failure is the test's")]

use api::{
    Address, Addresses, Adoption, Applied, AuditEntry, Call, Configuration, Countries, CreatedFeed, CreatedRoutingKey,
    CreatedToken, Disconnection, Drift, EscalationPolicy, Explanation, Feed, HolidayCalendar, Hours, Integration,
    IntegrationChange, IntegrationState, Line, Market, Me, ModeChange, Money, NewAddress, NewAdoption, NewFeed,
    NewIntegration, NewPurchase, NewRoutingKey, NewSpoken, NewToken, NewValidation, Notice, NumberPlan, OnCall,
    Override, Overrides, OwnedNumbers, Page, Person, Problem, Purchase, Question, Readiness, Release, Released,
    Rotation, RoutingKey, Schedule, SchedulePreview, Service, Spoken, Status, Stored, Team, Timeline, Token, Webhooks,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use utoipa::{
    PartialSchema as _, ToSchema,
    openapi::{RefOr, Schema},
};

#[track_caller]
fn check<T: ToSchema + Serialize + DeserializeOwned>() {
    let RefOr::T(Schema::Object(schema)) = T::schema() else { panic!("{} is no object", T::name()) };
    assert!(!schema.examples.is_empty(), "{} has no example", T::name());
    for example in schema.examples {
        let read: T = serde_json::from_value(example.clone()).unwrap_or_else(|e| panic!("{}: {e}", T::name()));
        assert_eq!(serde_json::to_value(&read).unwrap(), example, "{}", T::name());
    }
}

#[test]
fn examples_are_what_they_say() {
    check::<Address>();
    check::<Addresses>();
    check::<Adoption>();
    check::<Countries>();
    check::<Disconnection>();
    check::<Drift>();
    check::<Integration>();
    check::<IntegrationChange>();
    check::<IntegrationState>();
    check::<Market>();
    check::<Money>();
    check::<NewAddress>();
    check::<NewAdoption>();
    check::<NewIntegration>();
    check::<NewPurchase>();
    check::<OwnedNumbers>();
    check::<Purchase>();
    check::<Release>();
    check::<Released>();
    check::<Rotation>();
    check::<Webhooks>();
    check::<Applied>();
    check::<AuditEntry>();
    check::<Call>();
    check::<Configuration>();
    check::<CreatedFeed>();
    check::<CreatedRoutingKey>();
    check::<CreatedToken>();
    check::<EscalationPolicy>();
    check::<Explanation>();
    check::<Feed>();
    check::<HolidayCalendar>();
    check::<Hours>();
    check::<Line>();
    check::<Me>();
    check::<ModeChange>();
    check::<NewFeed>();
    check::<NewRoutingKey>();
    check::<NewSpoken>();
    check::<NewToken>();
    check::<NewValidation>();
    check::<NumberPlan>();
    check::<Notice>();
    check::<OnCall>();
    check::<Override>();
    check::<Overrides>();
    check::<Person>();
    check::<Problem>();
    check::<Question>();
    check::<Readiness>();
    check::<RoutingKey>();
    check::<Schedule>();
    check::<SchedulePreview>();
    check::<Service>();
    check::<Spoken>();
    check::<Status>();
    check::<Team>();
    check::<Timeline>();
    check::<Token>();
    check::<Stored<Line>>();
    check::<Stored<Person>>();
    check::<Page<Stored<Schedule>>>();
}

#[test]
fn what_is_kept_allows_what_the_server_adds_and_nothing_else() {
    let schema = serde_json::to_value(Stored::<Team>::schema()).unwrap();
    let properties: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
    assert_eq!(properties.len(), 6, "{properties:?}");
    assert_eq!(schema["additionalProperties"], Value::Bool(false));
    assert_eq!(Page::<Stored<Team>>::name(), "PageOfStoredTeam");
}

#[test]
fn debug_shows_no_number_and_no_secret() {
    let person: Person = serde_json::from_str(r#"{"name": "Ada", "phones": [{"number": "+447700900123"}]}"#).unwrap();
    assert!(!format!("{person:?}").contains("7700900123"));
    let RefOr::T(Schema::Object(schema)) = CreatedToken::schema() else { panic!("no object") };
    let token: CreatedToken = serde_json::from_value(schema.examples[0].clone()).unwrap();
    assert!(!format!("{token:?}").contains("dl_"), "{token:?}");
}
