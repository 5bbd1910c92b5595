//! Those who reported an incident by text.

use oncall::{
    LineId, PersonId, ServiceId, ThreadId,
    incident::{Actor, Via},
    texting::{Conversation, Stage},
};
use serde_json::{Value, json};
use store::{Author, Fares, Said, SendingSettings, StoredSendingSettings};
use twilio_sim::{Fault, Mishap, Purpose};

use crate::{
    house::House,
    organisation::{ADA, LINE},
};

const REPORTER: &str = "+4790000009";

/// An incident that somebody has texted about.
async fn reported() -> House {
    let house = House::open().await;
    report(&house).await;
    house
}

async fn report(house: &House) {
    let facts = house.store.text_facts(&LINE.parse().unwrap(), &REPORTER.parse().unwrap()).await.unwrap();
    let conversation = Conversation {
        thread: ThreadId::new("th_1"),
        stage: Stage::Open { service: ServiceId::new("payments") },
        waiting: Vec::new(),
        began_at: house.now(),
        touched_at: house.now(),
        answered_at: None,
        handled: Vec::new(),
    };
    let line = LineId::new("hotline");
    house.store.save_conversation(&facts.conversation, &line, &conversation).await.unwrap();
    let text = json!({
        "version": 1, "id": "SM1", "kind": "text.received", "thread": "th_1", "line": "hotline", "service": "payments",
        "at": house.now().to_string(), "words": "The card terminal is dead",
    });
    house.takes(&text).await;
}

async fn errand(house: &House, kind: &str, more: Value) -> Value {
    let mut errand = json!({
        "version": 1, "id": format!("in:{kind}"), "at": house.now().to_string(), "kind": format!("incident.{kind}"),
        "incident": house.incident().await.id.as_str(),
    });
    errand.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    errand
}

#[tokio::test]
async fn a_reporter_is_told_once_from_the_line_that_they_wrote_to() {
    let house = reported().await;
    let tell = errand(&house, "tell", json!({"thread": "th_1", "words": "We are on it", "from": "ada"})).await;
    assert_eq!(house.batch(&[tell.clone(), tell.clone()]).await, Vec::<String>::new());
    house.takes(&tell).await;
    assert_eq!(house.texts(REPORTER).await, ["We are on it"]);
    let ada = Actor::Person { id: PersonId::new("ada"), via: Via::Sms };
    let [(said, fares)] = &replies(&house).await[..] else { panic!("one reply") };
    assert_eq!((said.words.as_str(), said.by.as_ref(), *fares), ("We are on it", Some(&ada), Some(Fares::Sent)));
    let journal = house.sim.journal();
    let sent = journal.iter().find(|it| it.purpose == Purpose::Rest && it.url.ends_with("/Messages.json")).unwrap();
    let (_, receipts) = sent.params.iter().find(|(name, _)| name == "StatusCallback").unwrap();
    assert!(receipts.ends_with("/sms/receipt"), "{receipts}");
}

/// The replies of the conversation, and how they fare.
async fn replies(house: &House) -> Vec<(Said, Option<Fares>)> {
    house.store.said(&ThreadId::new("th_1"), 100, None).await.unwrap().said
}

#[tokio::test]
async fn a_reply_that_may_not_be_sent_says_so() {
    let house = House::open().await;
    let settings = SendingSettings { daily_cap: Some(0), ..SendingSettings::default() };
    let settings = StoredSendingSettings { settings, version: 0 };
    let by = Author::of("k1");
    assert!(house.store.save_sending_settings(&settings, &by, house.now()).await.unwrap());
    report(&house).await;
    let tell = errand(&house, "tell", json!({"thread": "th_1", "words": "We are on it", "token": "k1"})).await;
    house.takes(&tell).await;
    assert!(house.texts(REPORTER).await.is_empty());
    let [(said, fares)] = &replies(&house).await[..] else { panic!("one reply") };
    assert_eq!((said.by.as_ref(), *fares), (Some(&Actor::Token("k1".to_owned())), Some(Fares::Failed)));
}

#[tokio::test]
async fn what_was_certainly_not_told_is_left_once_more() {
    let house = reported().await;
    let tell = errand(&house, "tell", json!({"thread": "th_1", "words": "We are on it"})).await;
    house.sim.fault(Fault::rest("POST /Messages.json", Mishap::TooMany { retry_after: 0 }));
    house.takes(&tell).await;
    tokio::time::sleep(std::time::Duration::from_millis(2_500)).await; // the queue holds it back in real time
    let again: Vec<Value> = house.queued().await.into_iter().filter(|it| it["kind"] == "incident.tell").collect();
    assert_eq!((again.len(), &again[0]["id"]), (1, &json!("in:tell+")));
    assert_eq!(replies(&house).await.iter().map(|it| it.1).collect::<Vec<_>>(), [Some(Fares::Sending)]);
    house.takes(&again[0]).await;
    house.takes(&again[0]).await;
    assert_eq!(house.texts(REPORTER).await.len(), 1);
    assert_eq!(replies(&house).await.iter().map(|it| it.1).collect::<Vec<_>>(), [Some(Fares::Sent)]);
    // what may have been told is not
    let house = reported().await;
    house.sim.fault(Fault::rest("POST /Messages.json", Mishap::Refused(500)));
    house.takes(&tell).await;
    house.takes(&tell).await;
    assert!(house.texts(REPORTER).await.is_empty());
    assert_eq!(replies(&house).await.iter().map(|it| it.1).collect::<Vec<_>>(), [Some(Fares::Sending)]);
}

#[tokio::test]
async fn a_responder_is_rung_once_to_be_connected() {
    let house = reported().await;
    let call = errand(&house, "call_back", json!({"person": "ada", "phone": ADA})).await;
    assert_eq!(house.batch(&[call.clone(), call.clone()]).await, Vec::<String>::new());
    house.sim.wait(5).await;
    let incident = house.incident().await.id;
    let journal = house.sim.journal();
    let placed: Vec<_> =
        journal.iter().filter(|it| it.purpose == Purpose::Rest && it.url.ends_with("/Calls.json")).collect();
    assert_eq!((placed.len(), house.sim.phone(ADA).rang()), (1, 1));
    let (_, url) = placed[0].params.iter().find(|(name, _)| name == "Url").unwrap();
    assert!(url.ends_with(&format!("/voice/callback/hotline/{incident}")), "{url}");
}

#[tokio::test]
async fn the_end_of_an_incident_ends_its_conversations() {
    let house = reported().await;
    let id = house.incident().await.id;
    house.wishes(&id, "ada", oncall::incident::Wish::Resolve).await;
    let errands: Vec<Value> = house.queued().await.into_iter().filter(|it| it["kind"] == "incident.over").collect();
    assert_eq!(errands.len(), 1);
    house.takes(&errands[0]).await;
    house.takes(&errands[0]).await;
    assert!(house.store.thread(&ThreadId::new("th_1")).await.unwrap().unwrap().is_over);
}
