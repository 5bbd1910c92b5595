//! Conversations with those who text a line.

use oncall::{
    IncidentId, LineId, PersonId, ServiceId, ThreadId,
    incident::{Actor, Early, Event, Opening, Reason, Severity, Signal, Snapshot, Source, Via, open},
    texting::{Attachment, Conversation, Stage},
};
use serde_json::{Value, json};
use store::{About, Fares, Opened, Said};

use crate::{
    house::House,
    organisation::{LINE, settle, with_line},
};

const REPORTER: &str = "+4790000009";

fn said(id: &str, second: u32, words: &str) -> Said {
    let at = format!("2026-11-20T08:00:{second:02}Z").parse().unwrap();
    Said { id: id.to_owned(), at, by: None, words: words.to_owned(), media: Vec::new(), answer: None }
}

/// Somebody texts a line: what it is about may be known.
async fn texts(house: &House, id: &str, line: &str, from: &str, stage: Stage, text: &Said) {
    let called = "+4721000000".parse().unwrap();
    let found = house.store.text_facts(&called, &from.parse().unwrap()).await.unwrap().conversation;
    let conversation = Conversation {
        thread: ThreadId::new(id),
        stage,
        waiting: Vec::new(),
        began_at: text.at,
        touched_at: text.at,
        answered_at: None,
        handled: Vec::new(),
    };
    house.store.save_text(&found, &LineId::new(line), &conversation, Some(text)).await.unwrap();
}

fn about_payments() -> Stage {
    Stage::Open { service: ServiceId::new("payments") }
}

/// The conversation has an incident.
async fn reported(house: &House, thread: &str) {
    let payments = ServiceId::new("payments");
    let around = house.store.around(About::Service(&payments), &[]).await.unwrap();
    let event = Event {
        id: "SM1".to_owned(),
        at: house.now(),
        source: Source::Text,
        summary: Some("It is down".to_owned()),
        severity: Some(Severity::Critical),
        signal: Signal::Trigger,
        thread: Some(ThreadId::new(thread)),
        links: Vec::new(),
    };
    let opening = Opening {
        id: IncidentId::new("in_1"),
        number: 42,
        key: thread.to_owned(),
        service: Some(payments.clone()),
        snapshot: Snapshot { policy: around.policy.clone(), acknowledged_minutes: None },
        reason: Reason::Event { event, early: Early::default() },
    };
    let opened = open(opening, house.now(), &around.surroundings()).incident;
    let known = house.store.known_key(Some(&payments), thread, house.now()).await.unwrap();
    let Opened::Yes(_) = house.store.open_incident(&known, &opened).await.unwrap() else { panic!("a race") };
}

fn ids(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn conversations_are_listed_newest_first_a_page_at_a_time() {
    let house = House::open().await;
    settle(&house).await;
    with_line(&house).await;
    crate::organisation::keep(&house, &crate::organisation::line("ln_other", "+4721000001")).await;
    assert_eq!(house.get("/conversations").await.body, json!({"items": [], "next": null}));
    for number in 0..3 {
        let (id, line) = (format!("th_{number}"), if number == 1 { "ln_other" } else { LINE });
        let text = said("SM1", number, "It is down");
        texts(&house, &id, line, &format!("+479000000{number}"), about_payments(), &text).await;
    }
    reported(&house, "th_2").await;
    let first = house.get("/conversations?limit=2").await.body;
    assert_eq!(ids(&first), ["th_2", "th_1"]);
    let incident = json!({"id": "in_1", "number": 42, "summary": "It is down", "status": "triggered"});
    let newest = json!({
        "id": "th_2", "line": LINE, "line_name": "Hotline", "reporter": "+4790000002",
        "began_at": "2026-11-20T08:00:02Z", "opening": "It is down", "service": "payments", "service_name": "Payments",
        "is_over": false, "incident": incident,
    });
    assert_eq!(first["items"][0], newest);
    assert_eq!(first["items"][1]["incident"], Value::Null);
    let rest = house.get(&format!("/conversations?cursor={}", first["next"].as_str().unwrap())).await.body;
    assert_eq!((ids(&rest), &rest["next"]), (vec!["th_0"], &Value::Null));
    assert_eq!(ids(&house.get("/conversations?line=ln_other").await.body), ["th_1"]);
    assert_eq!(ids(&house.get("/conversations?line=ln_none").await.body), Vec::<&str>::new());
    house.get("/conversations?cursor=x!").await.refuses(422, "refused", &["cursor"]);
    house.get("/conversations?limit=51").await.refuses(422, "refused", &["limit"]);
    let client = house.client().await;
    assert_eq!(client.conversations(&api::ConversationQuery::default()).await.unwrap().items.len(), 3);

    house.store.end_thread(&ThreadId::new("th_2"), house.now()).await.unwrap();
    assert_eq!(house.get("/conversations?limit=1").await.body["items"][0]["is_over"], true);
    // who never said what it is about begins anew after a day
    texts(&house, "th_9", LINE, REPORTER, Stage::Choosing { asked: 1 }, &said("SM1", 9, "")).await;
    for (at, is_over) in [("2026-11-21T08:00:08Z", false), ("2026-11-21T08:00:09Z", true)] {
        house.at(at);
        assert_eq!(house.get("/conversations?limit=1").await.body["items"][0]["is_over"], is_over, "{at}");
    }
}

#[tokio::test]
async fn a_conversation_is_shown_as_it_was_said() {
    let house = House::open().await;
    settle(&house).await;
    with_line(&house).await;
    let media =
        vec![Attachment { href: "https://api.twilio.com/ME1".to_owned(), content_type: "image/png".to_owned() }];
    let first = Said { media, answer: Some("Thank you.".to_owned()), ..said("SM1", 0, "It is down") };
    texts(&house, "th_1", LINE, REPORTER, about_payments(), &first).await;
    let thread = house.store.thread(&ThreadId::new("th_1")).await.unwrap().unwrap();
    let by_ada = Some(Actor::Person { id: PersonId::new("ada"), via: Via::Sms });
    let replies = [
        (Said { by: by_ada, ..said("in_1:2", 10, "On it") }, Fares::Delivered),
        (Said { by: Some(Actor::Token("k1".to_owned())), ..said("in_1:3", 20, "Done") }, Fares::Sending),
    ];
    for (reply, fares) in &replies {
        house.store.say(&thread, reply, *fares).await.unwrap();
    }
    let shown = house.get("/conversations/th_1").await.body;
    let by = |kind: &str, id: Value, name: Value| json!({"kind": kind, "id": id, "name": name});
    let message = |id: &str, second: &str, by: Value, words: &str, delivery: Value| {
        let at = format!("2026-11-20T08:00:{second}Z");
        json!({"id": id, "at": at, "by": by, "words": words, "media": [], "delivery": delivery})
    };
    let mut theirs = message("SM1", "00", by("reporter", Value::Null, Value::Null), "It is down", Value::Null);
    theirs["media"] = json!([{"id": shown["said"]["messages"][0]["media"][0]["id"], "content_type": "image/png"}]);
    let expected = json!([
        theirs,
        message("SM1:answer", "00", by("dutyline", Value::Null, Value::Null), "Thank you.", Value::Null),
        message("in_1:2", "10", by("person", json!("ada"), json!("ada")), "On it", json!("delivered")),
        message("in_1:3", "20", by("token", json!("k1"), Value::Null), "Done", json!("sending")),
    ]);
    assert_eq!(shown["said"], json!({"messages": expected, "earlier": null}));
    assert_eq!((&shown["reporter"], &shown["incident"]), (&json!(REPORTER), &Value::Null));

    let last = house.get("/conversations/th_1?limit=1").await.body;
    assert_eq!(last["said"]["messages"], json!([expected[3]]));
    let cursor = last["said"]["earlier"].as_str().unwrap();
    let before = house.get(&format!("/conversations/th_1?limit=100&cursor={cursor}")).await.body;
    assert_eq!(before["said"], json!({"messages": [expected[0], expected[1], expected[2]], "earlier": null}));
    house.get("/conversations/th_1?limit=0").await.refuses(422, "refused", &["limit"]);
    house.get("/conversations/th_1?cursor=x!").await.refuses(422, "refused", &["cursor"]);
    house.get("/conversations/th_2").await.refuses(404, "not-found", &[]);
    let client = house.client().await;
    let found = client.conversation("th_1", &api::SaidQuery::default()).await.unwrap();
    assert_eq!(found.said.unwrap().messages.len(), 4);
    reported(&house, "th_1").await;
    assert_eq!(house.get("/incidents/in_1").await.body["details"]["conversations"], json!(["th_1"]));
    assert_eq!(house.get("/conversations/th_1").await.body["incident"]["number"], 42);
}
