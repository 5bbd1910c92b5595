//! From an event to people.

use oncall::incident::{Cause, Receipt, Wish};
use serde_json::json;

use crate::{
    house::House,
    organisation::{ADA, BEN},
};

#[tokio::test]
async fn an_event_is_one_text_with_a_code_then_a_call_then_the_next_person() {
    let house = House::open().await;
    house.hears("trigger", "payments", "db1").await;
    let text = "Dutyline: Alert 10: db1 is down. Reply 10a to ack, 10e to escalate, 10c to close.";
    assert_eq!(house.texts(ADA).await, [text]);
    assert_eq!(house.states().await, ["sent"]);

    house.sweeps_for(2).await;
    house.sim.wait(10).await;
    assert_eq!((house.sim.phone(ADA).rang(), house.asked("POST /Calls")), (1, 1));
    house.sweeps_for(3).await;
    let norwegian = "Dutyline: Alarm 10: db1 is down. Svar 10a for å ta den, 10e for å eskalere, 10c for å lukke.";
    assert_eq!(house.texts(BEN).await, [norwegian]);
    assert_eq!(house.texts(ADA).await.len(), 1);
}

#[tokio::test]
async fn an_acknowledgement_ends_what_rings_and_pages_nobody_more() {
    let house = House::open().await;
    house.sim.phone(ADA).does_not_answer();
    house.hears("trigger", "payments", "db1").await;
    house.sweeps_for(2).await;
    house.sim.wait(5).await;
    assert_eq!(house.sim.phone(ADA).rang(), 1);
    let incident = house.incident().await;
    house.wishes(&incident.id, "ada", Wish::Acknowledge).await;
    // the one who acknowledged may not spend: an errand ends the call
    let errands: Vec<_> = house.queued().await.into_iter().filter(|it| it["kind"] == "incident.recall").collect();
    assert_eq!(errands.len(), 1);
    house.takes(&errands[0]).await;
    house.takes(&errands[0]).await;
    house.sweeps_for(20).await;
    assert!(house.sim.transcript().contains("canceled"), "{}", house.sim.transcript());
    assert_eq!((house.texts(BEN).await.len(), house.asked("POST /Calls.json")), (0, 1));
    house.sim.assert_clean();
}

#[tokio::test]
async fn a_page_that_is_acknowledged_while_it_waits_for_its_turn_does_not_leave() {
    let house = House::open().await;
    house.hears("trigger", "payments", "db1").await;
    let incident = house.incident().await;
    // a worker orders the call, and is slow
    house.sim.wait(120).await;
    let effects = house.step_of_a_worker_that_dies(&incident.id).await;
    assert_eq!(effects.len(), 1);
    house.wishes(&incident.id, "ada", Wish::Acknowledge).await;
    house.sweeps_for(5).await;
    assert_eq!(house.asked("POST /Calls.json"), 0);
}

#[tokio::test]
async fn what_a_tool_resolves_is_over_and_what_it_resolved_too_early_pages_nobody() {
    let house = House::open().await;
    house.hears("trigger", "payments", "db1").await;
    house.hears("resolve", "payments", "db1").await;
    assert!(house.incident().await.is_resolved());
    // the queue has changed their order
    let trigger = house.tool("trigger", "platform", "db2");
    house.sim.wait(1).await;
    house.hears("resolve", "platform", "db2").await;
    house.takes(&trigger).await;
    assert!(house.of_service("platform").await[0].is_resolved());
    house.sweeps_for(10).await;
    assert_eq!((house.texts(BEN).await.len(), house.asked("POST /Calls.json")), (0, 0));
}

#[tokio::test]
async fn a_missed_call_and_a_text_open_incidents_of_their_own() {
    let house = House::open().await;
    let at = house.now().to_string();
    let call = json!({
        "version": 1, "id": "CA1:missed", "kind": "call.missed", "call": "CA1", "line": "hotline",
        "line_name": "Hotline", "service": "payments", "caller": "+4790000009", "started_at": at, "at": at, "attempts": 3,
    });
    house.takes(&call).await;
    let text = json!({
        "version": 1, "id": "SM1", "kind": "text.received", "thread": "th_1", "line": "hotline", "service": "payments",
        "at": at, "words": "The card\nterminal is dead",
    });
    house.takes(&text).await;
    let found = house.of_service("payments").await;
    let told: Vec<_> =
        found.iter().map(|it| (it.number, it.key.as_str(), it.summary.as_str(), it.threads.len())).collect();
    assert_eq!(told, [(1, "CA1", "Missed call to Hotline", 0), (2, "th_1", "The card terminal is dead", 1)]);
    assert_eq!(house.texts(ADA).await.len(), 2);
}

#[tokio::test]
async fn the_sweep_alone_carries_everything_at_most_a_minute_late() {
    let house = House::open().await;
    house.hears("trigger", "payments", "db1").await;
    // every message is lost
    house.sim.wait(30).await;
    for _ in 0..7 {
        house.sim.wait(60).await;
        house.sweeps().await;
    }
    let incident = house.incident().await;
    let due = [0, 120, 300, 420];
    for (page, due) in incident.pages.iter().zip(due) {
        let late = page.ordered_at.duration_since(incident.opened_at).as_secs() - due;
        assert!((0..=60).contains(&late), "page {} is {late} s late", page.number);
    }
    assert_eq!(incident.pages.len(), due.len());
}

#[tokio::test]
async fn a_message_alone_carries_an_incident_on_and_one_that_is_early_does_nothing() {
    let house = House::open().await;
    house.hears("trigger", "payments", "db1").await;
    let id = house.incident().await.id;
    let look = json!({
        "version": 1, "id": "x:1", "at": house.now().to_string(), "kind": "incident.due", "incident": id.as_str(),
    });
    house.sim.wait(119).await;
    house.takes(&look).await;
    assert_eq!(house.asked("POST /Calls.json"), 0);
    house.sim.wait(1).await;
    house.takes(&look).await;
    house.takes(&look).await;
    assert_eq!(house.asked("POST /Calls.json"), 1);
}

#[tokio::test]
async fn a_text_that_is_delivered_stays_so_and_one_that_is_not_goes_another_way() {
    let house = House::open().await;
    house.hears("trigger", "payments", "db1").await;
    let incident = house.incident().await;
    let sent = house.incident().await.pages[0].clone();
    let oncall::incident::PageState::Sent { sid } = &sent.state else { panic!("{sent:?}") };
    // the receipt finds its page
    let pages = house.store.sent_pages(sid).await.unwrap();
    assert_eq!((pages[0].incident.clone(), pages[0].page), (incident.id.clone(), 1));
    let receipt = Receipt::Failed(oncall::incident::Failure::Undelivered);
    house.app.carrier.act(&incident.id, &Cause::Receipt { page: 1, receipt }).await.unwrap();
    for errand in house.queued().await {
        house.takes(&errand).await;
    }
    assert_eq!(house.asked("POST /Calls.json"), 1, "the call does not wait its two minutes");
}

#[tokio::test]
async fn an_event_costs_so_many_requests_until_the_page_has_left() {
    let house = House::open().await;
    house.hears("trigger", "payments", "warm").await;
    house.sim.wait(61).await;
    house.table.forget();
    house.hears("trigger", "payments", "db1").await;
    assert_eq!(house.asked("POST /Messages.json"), 2);
    let counts = house.table.counts();
    let shown: Vec<String> = counts.iter().map(|(name, count)| format!("{name} {count}")).collect();
    assert_eq!(shown.join(", "), "BatchGetItem 5, GetItem 4, PutItem 2, Query 2, TransactWriteItems 2, UpdateItem 2");
}

#[tokio::test]
async fn more_events_of_an_open_incident_cost_three_requests_however_many_a_batch_has() {
    let house = House::open().await;
    house.hears("trigger", "payments", "db1").await;
    for count in [1, 10] {
        let messages: Vec<_> = (0..count).map(|_| house.tool("trigger", "payments", "db1")).collect();
        house.table.forget();
        assert_eq!(house.batch(&messages).await, Vec::<String>::new());
        let shown: Vec<String> = house.table.counts().iter().map(|(name, count)| format!("{name} {count}")).collect();
        assert_eq!(shown.join(", "), "BatchGetItem 1, GetItem 1, UpdateItem 1");
    }
    assert_eq!((house.incident().await.events.count, house.asked("POST /Messages.json")), (12, 1));
}
