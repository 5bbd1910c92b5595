//! What responders do by text.

use oncall::{
    Channel, IncidentId, PersonId,
    incident::{Actor, State},
    texting::Announcement,
};
use pipeline::Task;

use crate::{
    house::House,
    organisation::{ADA, BO, HOTLINE, incident, now, person, save, tell},
};

async fn acknowledged_by(house: &House, id: &str) -> Option<String> {
    let by = house.incident(id).await.acknowledged_by().cloned();
    by.map(|by| by.person_id().unwrap().to_string())
}

#[tokio::test]
async fn a_code_with_a_letter_acknowledges_escalates_and_closes() {
    let house = House::open().await;
    assert_eq!(incident(&house.store, "in_1", None).await, 10);
    assert_eq!(house.text(ADA, HOTLINE, "10a").await.as_deref(), Some("Dutyline: Alert 10 is yours."));
    let acknowledged = house.incident("in_1").await;
    let State::Acknowledged { by, .. } = &acknowledged.state else { panic!("{:?}", acknowledged.state) };
    assert_eq!(*by, Actor::person(PersonId::new("ada"), Channel::Sms));
    assert_eq!(house.text(ADA, HOTLINE, "E10").await.as_deref(), Some("Dutyline: Alert 10 goes to the next."));
    assert_eq!(house.text(ADA, HOTLINE, "6").await.as_deref(), Some("Dutyline: Alert 10 is closed."));
    assert!(house.incident("in_1").await.is_resolved());
    assert!(house.queued().await.texts.is_empty(), "no report of anything");
}

#[tokio::test]
async fn several_commands_are_answered_by_one_text() {
    let house = House::open().await;
    for id in ["in_1", "in_2", "in_3"] {
        incident(&house.store, id, None).await;
    }
    assert_eq!(
        house.text(ADA, HOTLINE, "10a 11a 12c").await.as_deref(),
        Some("Dutyline: 2 alerts 10, 11 are yours. Alert 12 is closed.")
    );
    assert_eq!(acknowledged_by(&house, "in_1").await.as_deref(), Some("ada"));
    assert_eq!(acknowledged_by(&house, "in_2").await.as_deref(), Some("ada"));
    assert!(house.incident("in_3").await.is_resolved());
}

#[tokio::test]
async fn a_bare_letter_is_about_the_latest_alone() {
    let house = House::open().await;
    incident(&house.store, "in_1", None).await;
    incident(&house.store, "in_2", None).await;
    assert_eq!(house.text(ADA, HOTLINE, "A").await.as_deref(), Some("Dutyline: Alert 11 is yours."));
    assert!(house.incident("in_1").await.is_triggered());
}

#[tokio::test]
async fn a_bundle_has_one_code() {
    let house = House::open().await;
    let ids = ["in_1", "in_2", "in_3", "in_4", "in_5"];
    for id in ids {
        crate::organisation::incident_of(&house.store, id, id, None).await;
    }
    let mut log = house.store.phone_log(&ADA.parse().unwrap()).await.unwrap();
    let told = ids.map(|id| log.codes.announce(&IncidentId::new(id), now()));
    assert!(matches!(told[4], Announcement::Bundled { .. }));
    let bundle = log.codes.bundle(log.codes.due().unwrap()).unwrap();
    assert_eq!((bundle.code, bundle.incidents.len()), (13, 2));
    house.store.save_phone_log(log).await.unwrap();
    tell(&house.store, BO, "in_4").await;
    house.later(5);
    assert_eq!(house.text(BO, HOTLINE, "a").await.as_deref(), Some("Dutyline: Alert 10 is yours."));
    // as many as nobody else has
    assert_eq!(house.text(ADA, HOTLINE, "13a").await.as_deref(), Some("Dutyline: Alert 13 is yours."));
    assert_eq!(acknowledged_by(&house, "in_4").await.as_deref(), Some("bo"));
    assert_eq!(acknowledged_by(&house, "in_5").await.as_deref(), Some("ada"));
    assert_eq!(house.text(ADA, HOTLINE, "13c").await.as_deref(), Some("Dutyline: 2 alerts 13 are closed."));
}

#[tokio::test]
async fn whoever_comes_second_hears_who_has_it_and_since_when() {
    let house = House::open().await;
    incident(&house.store, "in_1", None).await;
    tell(&house.store, BO, "in_1").await;
    house.text(ADA, HOTLINE, "10a").await;
    house.later(5);
    let second = house.text(BO, HOTLINE, "10a").await;
    assert_eq!(second.as_deref(), Some("Dutyline: Ada has alert 10 already, since 11:00."));
    assert_eq!(acknowledged_by(&house, "in_1").await.as_deref(), Some("ada"));
    house.text(ADA, HOTLINE, "10c").await;
    house.later(24 * 60);
    let mut bo = person("bo", "Bo", BO);
    (bo.language, bo.timezone) = (Some("nb-NO".to_owned()), None);
    save(&house.store, &bo).await;
    assert_eq!(
        house.text(BO, HOTLINE, "10a").await.as_deref(),
        Some("Dutyline: Alarm 10 ble lukket 2026-11-20 10:05 UTC av Ada.")
    );
}

#[tokio::test]
async fn a_text_that_is_delivered_again_does_nothing_and_is_answered_as_before() {
    let house = House::open().await;
    incident(&house.store, "in_1", None).await;
    tell(&house.store, BO, "in_1").await;
    let sid = house.sid();
    let first = house.text_as(&sid, BO, HOTLINE, "a", &[]).await;
    assert_eq!(first.as_deref(), Some("Dutyline: Alert 10 is yours."));
    house.text(ADA, HOTLINE, "10c").await;
    let after = house.incident("in_1").await;
    assert_eq!(house.text_as(&sid, BO, HOTLINE, "a", &[]).await, first);
    assert_eq!(house.incident("in_1").await, after);
    let log = house.store.phone_log(&BO.parse().unwrap()).await.unwrap();
    assert_eq!(log.answered.len(), 1);
    // at once, on two machines
    incident(&house.store, "in_2", None).await;
    let sid = house.sid();
    let (one, two) =
        tokio::join!(house.text_as(&sid, ADA, HOTLINE, "11a", &[]), house.text_as(&sid, ADA, HOTLINE, "11a", &[]));
    assert_eq!((one.as_deref(), two.as_deref()), (Some("Dutyline: Alert 11 is yours."), one.as_deref()));
    let done = house.incident("in_2").await;
    let acks = done.log.entries.iter().filter(|entry| format!("{:?}", entry.what).starts_with("Acknowledged"));
    assert_eq!(acks.count(), 1);
}

#[tokio::test]
async fn a_code_that_was_never_told_means_nothing_and_help_is_given_five_times() {
    let house = House::open().await;
    assert_eq!(house.text(ADA, HOTLINE, "a").await.as_deref(), Some("Dutyline: There is no alert for you."));
    incident(&house.store, "in_1", None).await;
    assert_eq!(house.text(ADA, HOTLINE, "12a").await.as_deref(), Some("Dutyline: There is no alert 12 for you."));
    let help = "Dutyline: Not understood. Reply with the alert's number and a to ack, e to escalate, c to close: 10a.";
    for _ in 0..3 {
        assert_eq!(house.text(ADA, HOTLINE, "on my way").await.as_deref(), Some(help));
    }
    for _ in 0..2 {
        assert_eq!(house.text(ADA, HOTLINE, "on my way").await, None, "five did not help");
    }
    assert_eq!(house.text(ADA, HOTLINE, "10a").await.as_deref(), Some("Dutyline: Alert 10 is yours."));
    assert_eq!(house.text(ADA, HOTLINE, "on my way").await.as_deref(), Some(help));
    assert!(house.queued().await.texts.is_empty());
}

#[tokio::test]
async fn nobody_acts_with_a_phone_that_is_not_proved_to_be_theirs() {
    let house = House::open().await;
    incident(&house.store, "in_1", None).await;
    let mut ada = person("ada", "Ada", ADA);
    ada.phones[0].verified = false;
    save(&house.store, &ada).await;
    house.text(ADA, HOTLINE, "10a").await;
    assert!(house.incident("in_1").await.is_triggered());
    save(&house.store, &person("ada", "Ada", "+4790000003")).await;
    house.text(ADA, HOTLINE, "10a").await;
    assert!(house.incident("in_1").await.is_triggered());
}

#[tokio::test]
async fn an_incident_that_is_forgotten_has_no_code() {
    let house = House::open().await;
    tell(&house.store, ADA, "in_gone").await;
    assert_eq!(house.text(ADA, HOTLINE, "10a").await.as_deref(), Some("Dutyline: There is no alert 10 for you."));
    assert_eq!(house.text(ADA, HOTLINE, "10cb").await.as_deref(), Some("Dutyline: There is no alert 10 for you."));
}

#[tokio::test]
async fn an_acknowledgement_recalls_what_rings_and_leaves_nothing_else() {
    let house = House::open().await;
    incident(&house.store, "in_1", None).await;
    house.text(ADA, HOTLINE, "10e").await;
    let errands = house.queued().await.errands;
    assert!(errands.iter().all(|errand| matches!(errand.what, Task::Look { .. })), "{errands:?}");
    assert!(!errands.is_empty(), "whoever sends is woken for the next one");
    house.text(ADA, HOTLINE, "10a").await;
    assert!(house.queued().await.errands.is_empty(), "nothing is due any more");
}
