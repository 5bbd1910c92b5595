//! Many incidents at once.

use oncall::incident::{PageState, Wish};

use crate::{
    house::House,
    organisation::{ADA, BEN, CLEO},
};

#[tokio::test]
async fn sixty_incidents_are_a_few_texts_to_each_and_settled_all() {
    let house = House::open().await;
    let messages: Vec<_> = (0..60).map(|n| house.tool("trigger", "platform", &format!("db{n}"))).collect();
    for batch in messages.chunks(10) {
        assert_eq!(house.batch(batch).await, Vec::<String>::new());
    }
    let found = house.open_incidents().await;
    assert_eq!(found.len(), 60);
    let pages = found.iter().flat_map(|incident| &incident.pages);
    let gathered = pages.filter(|page| matches!(page.state, PageState::Gathered { .. })).count();
    assert_eq!(gathered, 57 * 3);

    house.sweeps_for(1).await;
    for phone in [ADA, BEN, CLEO] {
        let texts = house.texts(phone).await;
        assert_eq!(texts.len(), 4, "{texts:#?}");
        assert!(texts[3].contains("57 ") && texts[3].contains(" 13"), "{}", texts[3]);
    }
    let found = house.open_incidents().await;
    let texts: Vec<_> = found.iter().flat_map(|it| &it.pages).filter(|page| page.rule == 0).collect();
    assert!(texts.iter().all(|page| matches!(page.state, PageState::Sent { .. })));
    assert_eq!(texts.len(), 180);
    // each page of a bundle has the text's sid, and its receipt finds all of them
    let PageState::Sent { sid } = &found[59].pages[0].state else { panic!() };
    assert_eq!(house.store.sent_pages(sid).await.unwrap().len(), 57);

    // nobody is called more often than the caps allow
    house.sweeps_for(3).await;
    for phone in [ADA, BEN, CLEO] {
        let rang = house.sim.phone(phone).rang();
        assert!((1..=3).contains(&rang), "{rang} calls in four minutes");
        assert!(house.texts(phone).await.len() <= 5);
    }
}

#[tokio::test]
async fn who_needs_nobody_any_more_is_left_out_of_the_bundle() {
    let house = House::open().await;
    for n in 0..6 {
        house.hears("trigger", "payments", &format!("db{n}")).await;
    }
    let found = house.of_service("payments").await;
    for incident in &found[3..5] {
        house.wishes(&incident.id, "ben", Wish::Acknowledge).await;
    }
    house.sweeps_for(1).await;
    let texts = house.texts(ADA).await;
    assert_eq!(texts.len(), 4);
    assert!(texts[3].starts_with("Dutyline: Alert 13: db5 is down."), "{}", texts[3]);
    // and if nobody is left, nothing is said
    let house = House::open().await;
    for n in 0..4 {
        house.hears("trigger", "payments", &format!("db{n}")).await;
    }
    let last = house.of_service("payments").await.remove(3);
    house.wishes(&last.id, "ben", Wish::Acknowledge).await;
    house.sweeps_for(2).await;
    assert_eq!(house.texts(ADA).await.len(), 3);
}

#[tokio::test]
async fn two_workers_tell_a_bundle_once() {
    let house = House::open().await;
    for n in 0..5 {
        house.hears("trigger", "payments", &format!("db{n}")).await;
    }
    house.sim.wait(60).await;
    let look = serde_json::json!({
        "version": 1, "id": "x:phone", "at": house.now().to_string(), "kind": "phone.due", "phone": ADA,
    });
    let all: Vec<_> = std::iter::repeat_n(look, 4).collect();
    assert_eq!(house.batch(&all).await, Vec::<String>::new());
    assert_eq!((house.asked("POST /Messages.json"), house.texts(ADA).await.len()), (4, 4));
}

#[tokio::test]
async fn a_bundle_of_which_nobody_knows_whether_it_left_is_asked_about_and_not_told_again() {
    let house = House::open().await;
    for n in 0..5 {
        house.hears("trigger", "payments", &format!("db{n}")).await;
    }
    let lost = twilio_sim::Fault::rest("POST /Messages.json", twilio_sim::Mishap::ResetAfter);
    house.sim.fault(lost);
    house.sweeps_for(2).await;
    assert_eq!((house.asked("POST /Messages.json"), house.texts(ADA).await.len()), (4, 4));
    let found = house.of_service("payments").await;
    assert!(found.iter().all(|incident| matches!(incident.pages[0].state, PageState::Sent { .. })), "{found:#?}");
}

#[tokio::test]
async fn later_pages_wait_for_their_minute_in_a_bundle() {
    let house = House::open().await;
    for n in 0..3 {
        house.hears("trigger", "payments", &format!("db{n}")).await;
    }
    // after five minutes it is Ben's turn, and his first pages are not the incidents' first
    house.sweeps_for(5).await;
    assert_eq!(house.texts(BEN).await.len(), 1);
    house.sweeps_for(1).await;
    let texts = house.texts(BEN).await;
    assert!(texts.len() == 2 && texts[1].starts_with("Dutyline: 2 alarmer 11: "), "{texts:#?}");
}
