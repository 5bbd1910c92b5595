//! An incident is saved only if nobody else saved in between, and whoever was second learns how it stands.

use std::sync::Arc;

use jiff::Timestamp;
use oncall::{
    Channel, IncidentId, Mode, ServiceId,
    incident::{
        Act, Actor, Cause, Early, Event, Incident, KnownPhones, Opening, Reason, Sending, Severity, Signal, Snapshot,
        Source, Surroundings, Via, Wish, open, step,
    },
};
use store::{IncidentSaved, KnownKey, Opened, StoredIncident};
use tokio::sync::Barrier;
use wire::Fault;

use crate::{
    fixtures::item,
    organisation::{at, person_id, plan},
    table::{Table, number, text},
};

pub(crate) fn noon() -> Timestamp {
    at("2026-11-20T12:00:00Z")
}

pub(crate) fn payments() -> ServiceId {
    ServiceId::new("payments")
}

pub(crate) fn event(id: &str, instant: Timestamp, signal: Signal) -> Event {
    let (summary, severity) = (Some("Disk full on db-3".to_owned()), Some(Severity::Critical));
    Event {
        id: id.to_owned(),
        at: instant,
        source: Source::Tool,
        summary,
        severity,
        signal,
        thread: None,
        links: Vec::new(),
    }
}

/// An incident of the organisation's payments as it was opened, before it is saved.
pub(crate) fn incident(id: &str, instant: Timestamp) -> Incident {
    begun(id, instant, Early::default())
}

pub(crate) fn begun(id: &str, instant: Timestamp, early: Early) -> Incident {
    let plan = plan(1);
    let opening = Opening {
        id: IncidentId::new(id),
        number: 42,
        key: "disk".to_owned(),
        service: Some(payments()),
        snapshot: Snapshot { policy: plan.policies.first().cloned(), acknowledged_minutes: None },
        reason: Reason::Event { event: event("e1", instant, Signal::Trigger), early },
    };
    let phones = KnownPhones::default();
    let around = Surroundings { directory: &plan.directory, mode: Mode::Normal, phones: &phones };
    open(opening, instant, &around).incident
}

pub(crate) fn stepped(incident: &Incident, cause: &Cause, instant: Timestamp) -> Incident {
    let (plan, phones) = (plan(1), KnownPhones::default());
    let around = Surroundings { directory: &plan.directory, mode: Mode::Normal, phones: &phones };
    step(incident, cause, instant, &around).incident
}

pub(crate) fn wish(id: &str, wish: Wish) -> Cause {
    Cause::Act(Act { id: id.to_owned(), by: Actor::Person { id: person_id(7), via: Via::Sms }, wish })
}

pub(crate) fn sent(page: u32) -> Cause {
    Cause::Sending { page, outcome: Sending::Accepted { sid: format!("SM{page}") } }
}

impl Table {
    pub(crate) async fn known(&self, key: &str, instant: Timestamp) -> KnownKey {
        self.store.known_key(Some(&payments()), key, instant).await.unwrap()
    }

    /// Opens an incident that nobody else opens.
    pub(crate) async fn opened(&self, key: &str, incident: &Incident) -> Incident {
        let known = self.known(key, incident.opened_at).await;
        let Opened::Yes(opened) = self.store.open_incident(&known, incident).await.unwrap() else { panic!("a race") };
        *opened
    }

    /// Steps, and saves what nobody else saves.
    pub(crate) async fn carried(&self, before: &Incident, cause: &Cause, instant: Timestamp) -> Incident {
        let after = stepped(before, cause, instant);
        let saved = self.store.save_incident(before, &after).await.unwrap();
        let IncidentSaved::Yes(saved) = saved else { panic!("a race") };
        *saved
    }

    pub(crate) async fn incident(&self, id: &IncidentId) -> Option<Incident> {
        self.store.incident(id).await.unwrap().map(|stored| stored.incident)
    }
}

fn stored(incident: Incident) -> Box<StoredIncident> {
    Box::new(StoredIncident { incident, problems: vec![] })
}

#[tokio::test]
async fn each_save_is_one_request_and_one_version() {
    let table = Table::patient().await;
    let mut incident = table.opened("disk", &incident("in_1", noon())).await;
    table.wire.forget();
    for (version, cause) in [(2, sent(1)), (3, wish("a", Wish::Acknowledge)), (4, wish("b", Wish::Acknowledge))] {
        incident = table.carried(&incident, &cause, at("2026-11-20T12:00:01Z")).await;
        assert_eq!(incident.version, version);
        assert_eq!(table.incident(&incident.id).await, Some(incident.clone()));
    }
    assert_eq!((table.wire.count("UpdateItem"), table.wire.count("TransactWriteItems")), (3, 0));
    table.wire.forget();
    incident = table.carried(&incident, &wish("c", Wish::Resolve), at("2026-11-20T12:10:00Z")).await;
    assert_eq!(table.wire.counts(), [("TransactWriteItems".to_owned(), 1)].into());
    assert_eq!(table.incident(&incident.id).await, Some(incident));
}

#[tokio::test]
async fn items_are_what_the_documentation_says() {
    let table = Table::patient().await;
    let incident = table.opened("disk", &incident("in_1", noon())).await;
    let names = |item: &std::collections::HashMap<String, _>| {
        let mut names: Vec<_> = item.keys().cloned().collect();
        names.sort_unstable();
        names.join(" ")
    };
    let item = async |pk: &str, sk: &str| table.item(pk, sk).await;
    let open = item("incident#in_1", "incident").await.unwrap();
    assert_eq!(names(&open), "doc due_at due_in format pk sk version");
    assert_eq!(
        open["due_at"],
        text("2026-11-20T12:01:00.000000000Z"),
        "when whoever sends the page has to have said so"
    );
    let place = "2026-11-20T12:00:00.000000000Z#in_1";
    for (pk, sk) in
        [("incident_key#disk", "incident#payments"), ("incidents#open", place), ("incidents#service#payments", place)]
    {
        let item = item(pk, sk).await.unwrap();
        assert_eq!((names(&item), &item["incident"]), ("incident pk sk".to_owned(), &text("in_1")), "{pk}");
    }

    let over = table.carried(&incident, &wish("c", Wish::Resolve), at("2026-11-20T12:10:00Z")).await;
    let goes = number(at("2026-12-20T12:10:00Z").as_second().unsigned_abs());
    assert_eq!(names(&item("incident#in_1", "incident").await.unwrap()), "doc expires_at format pk sk version");
    for (pk, sk) in [
        ("incident#in_1", "incident"),
        ("incident_key#disk", "incident#payments"),
        ("incidents#service#payments", place),
    ] {
        assert_eq!(item(pk, sk).await.unwrap()["expires_at"], goes, "{pk}");
    }
    assert_eq!(item("incidents#open", place).await, None);

    let again = Cause::Event(event("e2", at("2026-11-20T12:15:00Z"), Signal::Trigger));
    let again = table.carried(&over, &again, at("2026-11-20T12:15:00Z")).await;
    assert!(!again.is_resolved());
    for (pk, sk) in [
        ("incident#in_1", "incident"),
        ("incident_key#disk", "incident#payments"),
        ("incidents#open", place),
        ("incidents#service#payments", place),
    ] {
        assert_eq!(item(pk, sk).await.unwrap().get("expires_at"), None, "{pk} stays");
    }
}

#[tokio::test]
async fn who_comes_second_gets_the_incident_as_the_first_saved_it() {
    let table = Table::patient().await;
    let before = table.opened("disk", &incident("in_1", noon())).await;
    let first = table.carried(&before, &wish("a", Wish::Acknowledge), noon()).await;
    for cause in [sent(1), wish("c", Wish::Resolve)] {
        let late = stepped(&before, &cause, noon());
        let saved = table.store.save_incident(&before, &late).await.unwrap();
        assert_eq!(saved, IncidentSaved::Lost(stored(first.clone())), "{cause:?}");
    }
    assert_eq!(table.incident(&before.id).await, Some(first));
}

#[tokio::test]
async fn an_incident_that_is_gone_is_not_saved() {
    let table = Table::patient().await;
    let gone = Incident { version: 3, ..incident("in_1", noon()) };
    for cause in [sent(1), wish("c", Wish::Resolve)] {
        let refused = table.store.save_incident(&gone, &stepped(&gone, &cause, noon())).await.unwrap_err();
        assert_eq!(refused.to_string(), "the stored incident cannot be read: it is gone");
    }
    assert_eq!(table.incident(&gone.id).await, None);
}

#[tokio::test]
async fn a_write_whose_answer_was_lost_counts_once() {
    let table = Table::patient().await;
    let opening = incident("in_1", noon());
    let known = table.known("disk", noon()).await;
    table.wire.next("TransactWriteItems", Fault::CutAfter);
    let Opened::Yes(opened) = table.store.open_incident(&known, &opening).await.unwrap() else { panic!("lost") };
    table.wire.next("UpdateItem", Fault::CutAfter);
    let told = table.carried(&opened, &sent(1), noon()).await;
    table.wire.next("TransactWriteItems", Fault::CutAfter);
    let over = table.carried(&told, &wish("c", Wish::Resolve), noon()).await;
    assert_eq!((over.version, table.incident(&over.id).await), (3, Some(over.clone())));
    assert_eq!((table.wire.count("UpdateItem"), table.wire.count("TransactWriteItems")), (2, 4));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_acknowledgement_by_text_and_by_key_in_the_same_second() {
    let table = Table::patient().await;
    let before = table.opened("disk", &incident("in_1", noon())).await;
    let start = Arc::new(Barrier::new(8));
    let racers = (1..=8_usize).map(|racer| {
        let (before, store, start) = (before.clone(), table.store.clone(), Arc::clone(&start));
        let by = Actor::person(person_id(racer), if racer % 2 == 0 { Channel::Sms } else { Channel::Voice });
        let act = Cause::Act(Act { id: format!("act {racer}"), by, wish: Wish::Acknowledge });
        tokio::spawn(async move {
            let after = stepped(&before, &act, noon());
            start.wait().await;
            store.save_incident(&before, &after).await.unwrap()
        })
    });
    let (mut winners, mut losers) = (Vec::new(), Vec::new());
    for racer in racers.collect::<Vec<_>>() {
        match racer.await.unwrap() {
            IncidentSaved::Yes(incident) => winners.push(*incident),
            IncidentSaved::Lost(stored) => losers.push(stored.incident),
            IncidentSaved::Overtaken => panic!("its key is its own"),
        }
    }
    let [winner] = &winners[..] else { panic!("{} winners", winners.len()) };
    assert_eq!((losers.len(), losers.iter().all(|incident| incident == winner)), (7, true));
}

#[tokio::test]
async fn what_cannot_be_read_is_left_out_and_the_rest_pages() {
    let table = Table::patient().await;
    let sound = table.opened("disk", &incident("in_1", noon())).await;
    let document = table.item("incident#in_1", "incident").await.unwrap()["doc"].as_s().unwrap().clone();
    let mut value: serde_json::Value = serde_json::from_str(&document).unwrap();
    value["log"]["entries"][0]["what"] = "sang".into();
    value["events"]["recent"][0]["signal"] = "drums".into();
    value["snapshot"]["policy"]["steps"][1] = serde_json::json!({ "dance": 1 });
    value["severity"] = "purple".into();
    value["colour"] = "purple".into();
    table.put(item("incident#in_1", "incident", &value.to_string())).await;

    let found = table.store.incident(&sound.id).await.unwrap().unwrap();
    let parts: Vec<_> = found.problems.iter().map(store::Problem::part).collect();
    let steps = "snapshot.policy.steps[1].steps[0]";
    assert_eq!(parts, [steps, "events.recent[0]", "log.entries[0]", "severity"]);
    assert_eq!((&found.incident.pages, &found.incident.pursuits), (&sound.pages, &sound.pursuits));
    assert_eq!(found.incident.due(), sound.due());
    let steps = |incident: &Incident| incident.snapshot.policy.as_ref().unwrap().steps.clone();
    assert_eq!(steps(&found.incident)[1], oncall::Step::Wait { minutes: 0 });
    assert_eq!(steps(&found.incident)[2..], steps(&sound)[2..], "positions count them");

    table.put(item("incident#in_1", "incident", "{}")).await;
    let refused = table.store.incident(&sound.id).await.unwrap_err();
    assert_eq!(refused.to_string(), "the stored incident cannot be read: its document is damaged");
}
