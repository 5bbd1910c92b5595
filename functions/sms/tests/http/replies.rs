//! Responders and those who reported something, and what responders write beside commands.

use std::collections::BTreeSet;

use oncall::{Channel, ServiceId, ThreadId, incident::Bar};
use phone::PhoneNumber;
use pipeline::{Caller, Task};

use crate::{
    house::House,
    organisation::{ADA, DESK, HOTLINE, incident, now},
};

#[tokio::test]
async fn words_behind_a_code_go_to_whoever_reported_it() {
    let house = House::open().await;
    incident(&house.store, "in_1", Some("th_1")).await;
    let sid = house.sid();
    for _ in 0..2 {
        let answer = house.text_as(&sid, ADA, HOTLINE, "10 We are on it", &[]).await;
        assert_eq!(answer.as_deref(), Some("Dutyline: Sent to the reporter of alert 10."));
    }
    let errands = house.queued().await.errands;
    let [errand] = &errands[..] else { panic!("{errands:?}") };
    let told = Task::Tell {
        incident: "in_1".to_owned(),
        thread: "th_1".to_owned(),
        words: "We are on it".to_owned(),
        from: Some("ada".to_owned()),
        token: None,
    };
    assert_eq!(errand.what, told);
    incident(&house.store, "in_2", None).await;
    assert_eq!(
        house.text(ADA, HOTLINE, "11 Hello").await.as_deref(),
        Some("Dutyline: Nobody waits for a reply on alert 11.")
    );
    house.text(ADA, HOTLINE, "10c").await;
    assert_eq!(
        house.text(ADA, HOTLINE, "10 Bye").await.as_deref(),
        Some("Dutyline: Alert 10 was closed at 11:00 by Ada.")
    );
    let errands = house.queued().await.errands;
    let over = Task::EndThread { incident: "in_1".to_owned(), thread: "th_1".to_owned() };
    assert!(errands.iter().any(|errand| errand.what == over), "{errands:?}");
    assert!(!errands.iter().any(|errand| matches!(errand.what, Task::Tell { .. })), "{errands:?}");
}

#[tokio::test]
async fn a_responder_is_connected_with_whoever_reported_it() {
    let house = House::open().await;
    incident(&house.store, "in_1", Some("th_1")).await;
    let sid = house.sid();
    for _ in 0..2 {
        assert_eq!(
            house.text_as(&sid, ADA, HOTLINE, "10cb", &[]).await.as_deref(),
            Some("Dutyline: You will be called and connected with the reporter of alert 10.")
        );
    }
    let errands = house.queued().await.errands;
    let [errand] = &errands[..] else { panic!("{errands:?}") };
    assert_eq!(errand.id, format!("{sid}:call_back"));
    let ring = Task::CallBack { incident: "in_1".to_owned(), person: "ada".to_owned(), phone: Caller(ADA.to_owned()) };
    assert_eq!(errand.what, ring);
    incident(&house.store, "in_2", None).await;
    assert_eq!(
        house.text(ADA, HOTLINE, "cb").await.as_deref(),
        Some("Dutyline: Nobody waits for a reply on alert 11.")
    );
    assert!(house.queued().await.errands.is_empty());
}

#[tokio::test]
async fn stop_and_start_are_remembered_and_not_answered() {
    let house = House::open().await;
    let phones: BTreeSet<PhoneNumber> = [ADA.parse().unwrap()].into();
    let barred = async || {
        let known = house.store.known_phones(&phones).await.unwrap();
        known.barred(&ADA.parse().unwrap(), Channel::Sms)
    };
    incident(&house.store, "in_1", None).await;
    for (word, opt_out, expected) in [
        ("STOP", None, Some(Bar::OptedOut)),
        ("start", None, None),
        ("Genug", Some("STOP"), Some(Bar::OptedOut)),
        ("help", None, Some(Bar::OptedOut)),
        ("a", Some("START"), None),
        ("cancel", None, Some(Bar::OptedOut)),
        ("10a", Some("HELP"), Some(Bar::OptedOut)),
    ] {
        house.later(1);
        let more: Vec<_> = opt_out.map(|word| ("OptOutType", word)).into_iter().collect();
        assert_eq!(house.text_as(&house.sid(), ADA, HOTLINE, word, &more).await, None, "{word}");
        assert_eq!(barred().await, expected, "{word}");
    }
    assert!(house.incident("in_1").await.is_triggered(), "none of them is a command");
    assert!(house.queued().await.texts.is_empty());
}

#[tokio::test]
async fn whoever_was_never_paged_may_need_help_like_anybody() {
    let house = House::open().await;
    let taken = "Desk: Thank you. Your message is with the team, who will reply here.";
    assert_eq!(house.text(ADA, DESK, "2 servers are down").await.as_deref(), Some(taken));
    let texts = house.queued().await.texts;
    assert_eq!(texts[0].words, "2 servers are down");
    // they stay in that conversation, although they are paged meanwhile, and acknowledge beside it
    incident(&house.store, "in_1", None).await;
    house.text(ADA, DESK, "and the third").await;
    assert_eq!(house.queued().await.texts[0].thread, texts[0].thread);
    assert_eq!(house.text(ADA, DESK, "10a").await.as_deref(), Some("Dutyline: Alert 10 is yours."));
    house.store.end_thread(&ThreadId::new(&*texts[0].thread), now()).await.unwrap();
    assert!(house.text(ADA, DESK, "thanks all").await.unwrap().starts_with("Dutyline: Not understood."));
}

#[tokio::test]
async fn a_digit_answers_whatever_asked_last() {
    let house = House::open().await;
    let mut hotline = crate::organisation::line("hotline", "Acme", HOTLINE, &["payments", "network"]);
    hotline.destinations[1].key = oncall::Key::from_char('4').unwrap();
    crate::organisation::save(&house.store, &hotline).await;
    assert!(house.text(ADA, HOTLINE, "the network is down").await.unwrap().starts_with("Acme: What is it about?"));
    assert!(house.text(ADA, HOTLINE, "4").await.unwrap().starts_with("Acme: Thank you."));
    assert_eq!(house.queued().await.texts[0].service, ServiceId::new("network").as_str());
    // a page that came after the menu
    house.store.end_thread(&thread(&house).await, now()).await.unwrap();
    house.text(ADA, HOTLINE, "something else").await;
    incident(&house.store, "in_1", None).await;
    let mut log = house.store.phone_log(&ADA.parse().unwrap()).await.unwrap();
    log.codes.announce(&oncall::IncidentId::new("in_1"), "2026-11-20T10:01:00Z".parse().unwrap());
    house.store.save_phone_log(log).await.unwrap();
    assert_eq!(house.text(ADA, HOTLINE, "4").await.as_deref(), Some("Dutyline: Alert 10 is yours."));
}

async fn thread(house: &House) -> ThreadId {
    let facts = house.store.text_facts(&HOTLINE.parse().unwrap(), &ADA.parse().unwrap()).await.unwrap();
    facts.conversation.conversation.unwrap().thread
}
