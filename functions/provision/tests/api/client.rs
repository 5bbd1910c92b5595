//! The typed client, against the API itself over HTTP.

use api::{
    ApplyQuery, AtQuery, AuditKind, AuditQuery, CallQuery, DisconnectQuery, ExplainQuery, IntegrationChange,
    MarketQuery, Mode, ModeChange, NewFeed, NewIntegration, NewPurchase, NewRoutingKey, NewToken, Override, PageQuery,
    Person, Question, Release, Role, Rotation, Service, Stored, Team, WindowQuery,
    client::{BuiltOn, Client, ClientError},
};

use crate::{
    estate::Estate,
    house::House,
    organisation::{LINE, settle, verify, with_line},
};

fn ada() -> Person {
    let json = r#"{"id": "ada", "name": "Ada", "phones": [{"number": "+4791000001"}]}"#;
    serde_json::from_str(json).unwrap()
}

fn status<T: std::fmt::Debug>(outcome: Result<T, ClientError>) -> u16 {
    match outcome {
        Err(ClientError::Problem(problem)) => problem.status,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_object_from_its_making_to_its_end() {
    let house = House::open().await;
    let client = house.client().await;
    let made = client.create(&ada()).await.unwrap();
    assert_eq!((made.version, made.value.phones[0].verified), (1, false));
    assert_eq!(status(client.create(&ada()).await), 409);
    assert_eq!(status(client.create_as("ada", &ada()).await), 412);
    let other = Person { id: None, name: "Bo".to_owned(), ..ada() };
    assert_eq!(client.create_as("bo", &other).await.unwrap().value.id.as_deref(), Some("bo"));

    let read: Stored<Person> = client.read("ada").await.unwrap();
    assert!(client.read_if_changed::<Person>("ada", read.version).await.unwrap().is_none());
    let changed = Person { name: "Ada Lovelace".to_owned(), ..read.value.clone() };
    let saved = client.replace("ada", &changed, BuiltOn::Version(read.version)).await.unwrap();
    assert_eq!((saved.version, saved.value.name.as_str()), (2, "Ada Lovelace"));
    assert_eq!(status(client.replace("ada", &read.value, BuiltOn::Version(1)).await), 412);
    assert_eq!(client.read_if_changed::<Person>("ada", 1).await.unwrap(), Some(client.read("ada").await.unwrap()));

    let page = client.list::<Person>(&PageQuery { cursor: None, limit: Some(1) }).await.unwrap();
    let rest = client.list::<Person>(&PageQuery { cursor: page.next, limit: None }).await.unwrap();
    assert_eq!((page.items[0].value.id.as_deref(), rest.items[0].value.id.as_deref()), (Some("ada"), Some("bo")));
    client.delete::<Person>("bo", BuiltOn::Any).await.unwrap();
    assert_eq!(status(client.delete::<Person>("bo", BuiltOn::Version(1)).await), 404);
}

#[tokio::test]
async fn a_problem_names_its_fields() {
    let house = House::open().await;
    let client = house.client().await;
    let team = Team { id: None, name: String::new(), members: vec!["eve".to_owned()] };
    let Err(ClientError::Problem(problem)) = client.create(&team).await else { panic!("it was made") };
    let mut fields: Vec<_> = problem.errors.iter().map(|error| error.field.as_str()).collect();
    fields.sort_unstable();
    assert_eq!((problem.slug(), fields), ("refused", vec!["members[0]", "name"]));
    assert!(problem.to_string().contains("members[0] is nobody's id"), "{problem}");
}

#[tokio::test]
async fn every_question_is_answered() {
    let house = House::open().await;
    settle(&house).await;
    verify(&house).await;
    with_line(&house).await;
    let client = house.client().await;
    let one = Override {
        id: None,
        start: "2026-11-20T18:00:00+01:00".to_owned(),
        end: "2026-11-21T08:00:00+01:00".to_owned(),
        users: vec!["ada".to_owned()],
    };
    let added = client.add_override("primary", &one).await.unwrap().value.overrides;
    let at = "2026-11-20T19:00:00+01:00".parse().ok();
    let on_call = client.on_call("primary", &AtQuery { at }).await.unwrap();
    assert!(on_call.people[0].reason.starts_with("override from"), "{on_call:?}");
    let everywhere = client.on_call_everywhere(&PageQuery::default()).await.unwrap();
    assert_eq!((everywhere.items.len(), everywhere.items[0].schedule.as_str()), (1, "primary"));
    let id = added[0].id.clone().unwrap();
    assert_eq!(client.remove_override("primary", &id).await.unwrap().value.overrides, []);
    let timeline = client.timeline("primary", &WindowQuery::default()).await.unwrap();
    assert!(timeline.shifts[0].gap && timeline.shifts.len() > 50, "{timeline:?}");

    let change = ModeChange { mode: Mode::Debug, minutes: Some(5), until: None };
    let service: Stored<Service> = client.set_mode("payments", &change).await.unwrap();
    assert_eq!(service.value.mode.unwrap().mode, Mode::Debug);
    let query = ExplainQuery { digit: Some("1".to_owned()), at: None, from: None };
    let question = Question { digit: Some("1".to_owned()), at: None, from: None };
    let explained = client.explain(LINE, &query).await.unwrap();
    assert_eq!(explained, client.explain_call(LINE, &question).await.unwrap());
    assert!(!explained.destinations[0].rings);

    assert_eq!(client.calls(LINE, &CallQuery::default()).await.unwrap().items, []);
    assert_eq!(status(client.call("CA1").await), 404);
    assert_eq!(client.status().await.unwrap().counts.people, 2);
    let log = client.audit(&AuditQuery { kind: Some(AuditKind::Line), ..AuditQuery::default() }).await.unwrap();
    assert_eq!(log.items[0].id, LINE);
    assert_eq!(client.openapi().await.unwrap()["openapi"], "3.1.0");
}

#[tokio::test]
async fn tokens_come_and_go() {
    let house = House::open().await;
    let client = house.client().await;
    let wanted = NewToken { name: "backup".to_owned(), role: Role::Reader, expires_at: None };
    let made = client.create_token(&wanted).await.unwrap();
    assert_eq!(client.tokens(&PageQuery::default()).await.unwrap().items, std::slice::from_ref(&made.token));
    client.revoke_token(&made.token.id).await.unwrap();
    assert_eq!(status(client.revoke_token(&made.token.id).await), 404);
    assert!(!format!("{client:?}").contains(crate::house::BOOTSTRAP));
}

#[tokio::test]
async fn what_is_not_the_api_is_told_apart() {
    let http = reqwest::Client::new();
    // nobody listens on port 9 of loopback
    let client = Client::new(http, "http://127.0.0.1:9", "secret".to_owned().into());
    assert!(matches!(client.status().await, Err(ClientError::Unreachable(_))));
}

#[tokio::test]
async fn from_an_account_to_a_number_and_back() {
    let estate = Estate::unconnected().await;
    let client = estate.client().await;
    let known = estate.sim.credentials();
    let wanted = NewIntegration {
        account: known.account_sid.clone(),
        name: "Acme".to_owned(),
        auth_token: known.auth_token,
        key_sid: known.key_sid,
        key_secret: known.key_secret,
    };
    let account = client.connect(&wanted).await.unwrap().account;
    assert_eq!(client.integrations(&PageQuery::default()).await.unwrap().items[0].account, account);
    let change = IntegrationChange { name: "Acme AS".to_owned() };
    assert_eq!(client.rename_integration(&account, &change).await.unwrap().name, "Acme AS");
    assert!(client.integration(&account).await.unwrap().balance.is_some());
    let rotation = Rotation { auth_token: Some(wanted.auth_token.clone()), ..Rotation::default() };
    assert!(client.rotate(&account, &rotation).await.unwrap().rotated_at.is_some());

    let json = r#"{"customer_name": "Acme AS", "street": "Storgata 1", "city": "Oslo", "region": "Oslo",
        "postal_code": "0155", "country": "NO"}"#;
    let address = client.register_address(&account, &serde_json::from_str(json).unwrap()).await.unwrap();
    assert_eq!(client.addresses(&account).await.unwrap().items[0].id, address.id);
    client.delete_address(&account, &address.id).await.unwrap();
    assert!(client.countries(&account).await.unwrap().items.iter().any(|country| country.country == "US"));

    let query: MarketQuery = serde_json::from_str(r#"{"country": "US", "type": "local", "limit": 1}"#).unwrap();
    let offer = client.available_numbers(&account, &query).await.unwrap().items.remove(0);
    let wanted = NewPurchase {
        number: offer.number.clone(),
        country: offer.country,
        kind: offer.kind,
        monthly_price: offer.monthly_price.unwrap(),
        name: "Hotline".to_owned(),
        language: "en-US".to_owned(),
        address: None,
        bundle: None,
        identity: None,
    };
    let bought = client.buy(&account, "key-1", &wanted).await.unwrap();
    assert_eq!(client.buy(&account, "key-1", &wanted).await.unwrap(), bought);
    assert_eq!(client.purchase(&account, &bought.id).await.unwrap(), bought);
    let owned = client.owned_numbers(&account).await.unwrap().items.remove(0);
    assert_eq!(owned.line.as_ref(), Some(&bought.line));
    assert_eq!(client.drift(&bought.line).await.unwrap().differences, []);
    estate.sim.drift(offer.number.0.as_e164(), "VoiceUrl", "https://elsewhere.example.org/");
    assert_eq!(client.drift(&bought.line).await.unwrap().differences.len(), 1);
    assert_eq!(client.repair(&bought.line).await.unwrap().differences, []);
    let wanted = Release { number: offer.number, abandon: false };
    assert!(!client.release(&bought.line, &wanted).await.unwrap().still_rented);
    let gone = client.disconnect(&account, &DisconnectQuery { confirm: false }).await.unwrap();
    assert_eq!((gone.account, gone.stopped), (account, vec![]));
}

#[tokio::test]
async fn keys_feeds_and_the_whole_organisation() {
    let house = House::open().await;
    settle(&house).await;
    let client = house.client().await;
    let wanted = NewRoutingKey { name: "alerts".to_owned() };
    let key = client.create_routing_key("payments", &wanted).await.unwrap().key;
    assert_eq!(client.routing_keys("payments", &PageQuery::default()).await.unwrap().items, std::slice::from_ref(&key));
    client.remove_routing_key("payments", &key.id).await.unwrap();

    let wanted: NewFeed = serde_json::from_str(r#"{"schedule": "primary"}"#).unwrap();
    let feed = client.create_feed(&wanted).await.unwrap().feed;
    assert_eq!(client.feeds(&PageQuery::default()).await.unwrap().items, std::slice::from_ref(&feed));
    client.revoke_feed(&feed.id).await.unwrap();

    let document = client.configuration().await.unwrap();
    let applied = client.apply(&document, &ApplyQuery::default()).await.unwrap();
    assert!(applied.complete && applied.changes.is_empty(), "{applied:?}");
    assert!(!client.readiness().await.unwrap().findings.is_empty(), "nobody is verified");
}
