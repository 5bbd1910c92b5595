//! How our own texts fared: in any order, more than once, early, and of texts that are no pages.

use std::{collections::BTreeSet, time::Duration};

use oncall::{
    Channel, IncidentId,
    incident::{Bar, Cause, Failure, PageState, Sending},
};
use phone::PhoneNumber;
use store::SentPage;

use crate::{
    house::House,
    organisation::{ADA, incident, now},
};

const PAGE: &str = "SM00000000000000000000000000000099";

/// An incident whose first page, a text to Ada, has left.
async fn paged(house: &House, id: &str) {
    incident(&house.store, id, None).await;
    let before = house.incident(id).await;
    let around = house.store.around(store::About::Incident(&before), &[]).await.unwrap();
    let sent = Cause::Sending { page: 1, outcome: Sending::Accepted { sid: PAGE.to_owned() } };
    let after = oncall::incident::step(&before, &sent, now(), &around.surroundings()).incident;
    house.store.save_incident(&before, &after).await.unwrap();
}

async fn record(house: &House, ids: &[&str]) {
    let pages: Vec<_> = ids.iter().map(|id| SentPage { incident: IncidentId::new(*id), page: 1 }).collect();
    house.store.record_sent(PAGE, &pages, now()).await.unwrap();
}

async fn state(house: &House, id: &str) -> PageState {
    house.incident(id).await.page(1).unwrap().state.clone()
}

#[tokio::test]
async fn each_page_of_a_bundle_hears_that_it_was_delivered_whatever_comes_late() {
    let house = House::open().await;
    paged(&house, "in_1").await;
    paged(&house, "in_2").await;
    record(&house, &["in_1", "in_2"]).await;
    let sent = PageState::Sent { sid: PAGE.to_owned() };
    for status in ["queued", "sending", "sent", "teleported"] {
        assert_eq!(house.receipt(PAGE, status, None).await, 204);
        assert_eq!(state(&house, "in_1").await, sent, "{status}");
    }
    for (status, code) in [("delivered", None), ("delivered", None), ("sent", None), ("undelivered", Some("30003"))] {
        assert_eq!(house.receipt(PAGE, status, code).await, 204);
        for id in ["in_1", "in_2"] {
            assert_eq!(state(&house, id).await, PageState::Delivered, "{status}");
        }
    }
}

#[tokio::test]
async fn what_did_not_arrive_goes_another_way_and_a_phone_that_cannot_be_texted_is_known() {
    let bars = [
        ("30003", Failure::Undelivered, None),
        ("30006", Failure::Refused, Some(Bar::Refused)),
        ("21610", Failure::OptedOut, Some(Bar::OptedOut)),
    ];
    for (code, failure, bar) in bars {
        let house = House::open().await;
        paged(&house, "in_1").await;
        record(&house, &["in_1"]).await;
        for _ in 0..2 {
            assert_eq!(house.receipt(PAGE, "undelivered", Some(code)).await, 204);
        }
        assert_eq!(state(&house, "in_1").await, PageState::Failed(failure), "{code}");
        let after = house.incident("in_1").await;
        let call = after.pages.iter().find(|page| page.channel == Channel::Voice);
        assert!(call.is_some(), "{code}: the call comes at once: {:?}", after.pages);
        let phones: BTreeSet<PhoneNumber> = [ADA.parse().unwrap()].into();
        let known = house.store.known_phones(&phones).await.unwrap();
        assert_eq!(known.barred(&ADA.parse().unwrap(), Channel::Sms), bar, "{code}");
        assert!(!house.queued().await.errands.is_empty(), "{code}: whoever rings is woken");
    }
}

#[tokio::test]
async fn a_receipt_that_overtakes_the_note_of_its_text_waits_for_it() {
    let house = House::open().await;
    paged(&house, "in_1").await;
    let (status, ()) = tokio::join!(house.receipt(PAGE, "delivered", None), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        record(&house, &["in_1"]).await;
    });
    assert_eq!((status, state(&house, "in_1").await), (204, PageState::Delivered));
}

#[tokio::test]
async fn a_text_that_was_no_page_changes_nothing() {
    let house = House::open().await;
    paged(&house, "in_1").await;
    let before = house.incident("in_1").await;
    assert_eq!(house.receipt("SM00000000000000000000000000000098", "delivered", None).await, 204);
    assert_eq!(house.incident("in_1").await, before);
}
