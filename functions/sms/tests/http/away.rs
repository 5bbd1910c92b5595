//! With the table or the queue away somebody is still answered, and nothing is lost that they were told is not.

use std::time::Duration;

use wire::{ANY, Fault};

use crate::{
    house::House,
    organisation::{ADA, CALLER, DESK, HOTLINE, incident},
};

const TRY_AGAIN: &str = "That did not work. Please try again in a minute.";

#[tokio::test]
async fn without_the_table_everybody_is_told_to_try_again() {
    let house = House::open().await;
    incident(&house.store, "in_1", None).await;
    house.table.every(ANY, Fault::Refuse);
    assert_eq!(house.text(ADA, HOTLINE, "10a").await, Some(format!("Dutyline: {TRY_AGAIN}")));
    assert_eq!(house.text(CALLER, DESK, "Down").await, Some(format!("Dutyline: {TRY_AGAIN}")));
    assert_eq!(house.text(ADA, HOTLINE, "STOP").await, None);
    assert_eq!(house.receipt("SM00000000000000000000000000000099", "delivered", None).await, 503);
    house.table.mend();
    assert_eq!(house.text(ADA, HOTLINE, "10a").await.as_deref(), Some("Dutyline: Alert 10 is yours."));
    house.text(CALLER, DESK, "Down").await;
    assert_eq!(house.queued().await.texts.len(), 1);
}

#[tokio::test]
async fn a_table_that_hangs_does_not_keep_anybody_waiting() {
    let house = House::with_deadline(Duration::from_millis(300)).await;
    house.table.every(ANY, Fault::Delay(Duration::from_secs(5)));
    assert_eq!(house.text(CALLER, DESK, "Down").await, Some(format!("Dutyline: {TRY_AGAIN}")));
    assert_eq!(house.receipt("SM00000000000000000000000000000099", "delivered", None).await, 503);
}

#[tokio::test]
async fn an_acknowledgement_counts_although_the_queue_is_away() {
    let house = House::open().await;
    incident(&house.store, "in_1", Some("th_1")).await;
    house.sqs.every(ANY, Fault::Refuse);
    assert_eq!(house.text(ADA, HOTLINE, "10a").await.as_deref(), Some("Dutyline: Alert 10 is yours."));
    assert!(house.incident("in_1").await.acknowledged_by().is_some());
    // what only the queue can do is not said to be done
    for words in ["10 We are on it", "10cb"] {
        assert_eq!(house.text(ADA, HOTLINE, words).await, Some(format!("Dutyline: {TRY_AGAIN}")), "{words}");
    }
    house.sqs.mend();
    assert!(house.text(ADA, HOTLINE, "10 We are on it").await.unwrap().contains("Sent to the reporter"));
    assert_eq!(house.queued().await.errands.len(), 1);
}

#[tokio::test]
async fn what_the_queue_did_not_take_goes_with_the_next_text() {
    let house = House::open().await;
    house.sqs.every(ANY, Fault::Refuse);
    let sid = house.sid();
    for _ in 0..2 {
        assert_eq!(house.text_as(&sid, CALLER, DESK, "Down", &[]).await, Some(format!("Desk: {TRY_AGAIN}")));
    }
    house.sqs.mend();
    house.text(CALLER, DESK, "Hello?").await;
    let texts = house.queued().await.texts;
    let words: Vec<_> = texts.iter().map(|text| text.words.as_str()).collect();
    assert_eq!(words, ["Down", "Hello?"]);
    assert_eq!((&texts[0].id, &texts[0].thread), (&sid, &texts[1].thread));
}

#[tokio::test]
async fn an_answer_that_is_not_remembered_is_given_all_the_same() {
    let house = House::open().await;
    incident(&house.store, "in_1", None).await;
    house.table.every("PutItem", Fault::Refuse);
    assert_eq!(house.text(ADA, HOTLINE, "10a").await.as_deref(), Some("Dutyline: Alert 10 is yours."));
}

#[tokio::test]
async fn a_line_that_cannot_be_read_keeps_no_responder_from_their_incidents() {
    let house = House::open().await;
    incident(&house.store, "in_1", None).await;
    house.damage(&format!("number#{HOTLINE}"), "plan").await;
    assert_eq!(house.text(ADA, HOTLINE, "10a").await.as_deref(), Some("Dutyline: Alert 10 is yours."));
    assert_eq!(house.text(CALLER, HOTLINE, "Down").await, Some(format!("Dutyline: {TRY_AGAIN}")));
}
