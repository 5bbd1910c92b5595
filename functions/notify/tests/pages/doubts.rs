//! Twilio does not answer, or answers and nobody hears it; a worker dies.

use std::time::Duration;

use twilio_sim::{Fault, Mishap};
use wire::Fault as Broken;

use crate::{house::House, organisation::ADA};

async fn a_text_meets(mishap: Mishap) -> House {
    let house = House::open().await;
    house.sim.fault(Fault::rest("POST /Messages.json", mishap));
    house.hears("trigger", "payments", "db1").await;
    house
}

#[tokio::test]
async fn what_may_have_been_sent_is_asked_about_and_not_sent_again() {
    for mishap in [Mishap::ResetAfter, Mishap::FailedAfter(500), Mishap::Garbled, Mishap::HtmlAfter(503)] {
        let house = a_text_meets(mishap.clone()).await;
        assert!(house.states().await[0].starts_with("InDoubt"), "{mishap:?}");
        house.sweeps_for(1).await;
        assert_eq!(house.states().await, ["sent"], "{mishap:?}");
        house.sweeps_for(1).await;
        assert_eq!((house.asked("POST /Messages.json"), house.asked("GET /Messages.json")), (1, 1), "{mishap:?}");
        assert_eq!(house.texts(ADA).await.len(), 1, "{mishap:?}");
    }
}

#[tokio::test]
async fn what_twilio_does_not_know_is_sent_once_more() {
    for mishap in [Mishap::Refused(500), Mishap::Html(502), Mishap::ResetBefore] {
        let house = a_text_meets(mishap.clone()).await;
        house.sweeps_for(1).await;
        assert_eq!(house.states().await, ["sent"], "{mishap:?}");
        assert_eq!((house.asked("POST /Messages.json"), house.texts(ADA).await.len()), (2, 1), "{mishap:?}");
    }
}

#[tokio::test]
async fn too_many_requests_are_tried_later_with_the_same_code() {
    let house = a_text_meets(Mishap::TooMany { retry_after: 5 }).await;
    assert!(house.states().await[0].starts_with("Delayed"));
    house.sweeps_for(1).await;
    assert_eq!((house.asked("POST /Messages.json"), house.asked("GET /Messages.json")), (2, 0));
    let texts = house.texts(ADA).await;
    assert!(texts.len() == 1 && texts[0].contains("Alert 10:"), "{texts:?}");
}

#[tokio::test]
async fn a_call_that_may_have_been_placed_is_asked_about_and_never_placed_again() {
    for (mishap, state) in [(Mishap::ResetAfter, "sent"), (Mishap::Refused(500), "it is not known whether it was sent")]
    {
        let house = House::open().await;
        house.hears("trigger", "payments", "db1").await;
        house.sim.fault(Fault::rest("POST /Calls.json", mishap.clone()));
        house.sweeps_for(4).await;
        assert_eq!(house.states().await, ["sent", state], "{mishap:?}");
        assert_eq!((house.asked("POST /Calls.json"), house.asked("GET /Calls.json")), (1, 1), "{mishap:?}");
    }
}

#[tokio::test]
async fn a_worker_that_dies_after_sending_is_found_out_and_nothing_is_sent_twice() {
    let house = House::open().await;
    let message = house.tool("trigger", "payments", "db1");
    house.sim.fault(Fault::rest("POST /Messages.json", Mishap::Stalls(Duration::from_millis(600))));
    let breaks = async {
        while house.asked("POST /Messages.json") == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        house.table.every(wire::ANY, Broken::Refuse);
    };
    // whoever has sent it can tell nobody
    tokio::join!(house.takes(&message), breaks);
    house.table.mend();
    assert_eq!(house.states().await, ["ordered"]);
    house.takes(&message).await;
    house.sweeps_for(2).await;
    assert_eq!(house.states().await[0], "sent");
    assert_eq!((house.asked("POST /Messages.json"), house.asked("GET /Messages.json")), (1, 1));
    assert_eq!(house.texts(ADA).await.len(), 1);
}

#[tokio::test]
async fn a_worker_that_dies_before_sending_costs_a_minute() {
    let house = House::open().await;
    house.hears("trigger", "payments", "db1").await;
    let id = house.incident().await.id;
    house.sim.wait(300).await;
    // the call of the second rule and the next person's text are ordered, and nobody sends them
    assert_eq!(house.step_of_a_worker_that_dies(&id).await.len(), 2);
    house.sweeps_for(2).await;
    let states = house.states().await;
    assert_eq!(states[..3], ["sent", "it is not known whether it was sent", "sent"], "{states:?}");
}

#[tokio::test]
async fn the_table_away_while_a_page_is_prepared_delays_it() {
    let house = House::open().await;
    for fault in [Broken::Refuse, Broken::Refuse] {
        // what the phone was sent is the first PutItem
        house.table.next("PutItem", fault);
    }
    house.hears("trigger", "payments", "db1").await;
    assert!(house.states().await[0].starts_with("Delayed"), "{:?}", house.states().await);
    house.sweeps_for(1).await;
    assert_eq!((house.states().await, house.texts(ADA).await.len()), (vec!["sent".to_owned()], 1));
}
