//! What is said in a conversation is kept, with what was answered.

use oncall::{ServiceId, ThreadId};
use store::{Fares, Said, SentReply};
use wire::Fault;

use crate::{
    house::House,
    organisation::{CALLER, HOTLINE, now},
};

/// The only conversation of the hotline, and what was said in it.
async fn kept(house: &House) -> (store::Thread, Vec<Said>) {
    let lines = [oncall::LineId::new("hotline")];
    let mut threads = house.store.threads_of_lines(&lines, 50, None).await.unwrap().threads;
    assert_eq!(threads.len(), 1);
    let thread = threads.remove(0);
    let page = house.store.said(&thread.id, 100, None).await.unwrap();
    (thread, page.said.into_iter().map(|(said, _)| said).collect())
}

#[tokio::test]
async fn every_text_is_kept_with_its_answer() {
    let house = House::open().await;
    let picture = [("NumMedia", "1"), ("MediaUrl0", "https://api.twilio.com/ME1"), ("MediaContentType0", "image/png")];
    let first = house.sid();
    let mut answers = Vec::new();
    for _ in 0..2 {
        let asked = house.text_as(&first, CALLER, HOTLINE, "It is down", &picture).await;
        answers = vec![asked];
    }
    let (thread, said) = kept(&house).await;
    assert_eq!((thread.opening.as_str(), thread.service, said.len()), ("It is down", None, 1));
    for words in ["2", "All of it"] {
        house.later(1);
        answers.push(house.text(CALLER, HOTLINE, words).await);
    }
    let (thread, said) = kept(&house).await;
    assert_eq!(thread.service, Some(ServiceId::new("network")));
    let words: Vec<_> = said.iter().map(|it| it.words.as_str()).collect();
    assert_eq!(words, ["It is down", "2", "All of it"]);
    assert_eq!(said.iter().map(|it| it.answer.clone()).collect::<Vec<_>>(), answers);
    assert!(answers[0].is_some() && answers[1].is_some() && answers[2].is_none());
    assert_eq!((said[0].id.as_str(), said[0].by.is_none(), said[0].media.len()), (first.as_str(), true, 1));
}

#[tokio::test]
async fn what_the_queue_did_not_take_is_kept_with_what_they_were_told() {
    let house = House::open().await;
    house.text(CALLER, HOTLINE, "It is down").await;
    house.sqs.every(wire::ANY, Fault::Refuse);
    let answer = house.text(CALLER, HOTLINE, "1").await;
    assert!(answer.as_ref().unwrap().contains("try again"), "{answer:?}");
    let (_, said) = kept(&house).await;
    assert_eq!((said.len(), &said.last().unwrap().answer), (2, &answer));
}

#[tokio::test]
async fn a_receipt_finds_its_reply() {
    let house = House::open().await;
    house.text(CALLER, HOTLINE, "It is down").await;
    let (thread, _) = kept(&house).await;
    for (sid, status, fares) in [("1", "delivered", Fares::Delivered), ("2", "undelivered", Fares::Failed)] {
        let sid = format!("SM0000000000000000000000000000009{sid}");
        let id = format!("in_1:{status}");
        let reply = Said { id, at: now(), by: None, words: "On it".to_owned(), media: Vec::new(), answer: None };
        house.store.say(&thread, &reply, Fares::Sent).await.unwrap();
        let place = SentReply { thread: ThreadId::new(thread.id.as_str()), place: reply.place() };
        house.store.record_reply(&sid, &place, now()).await.unwrap();
        assert_eq!(house.receipt(&sid, "sent", None).await, 204);
        assert_eq!(house.receipt(&sid, status, None).await, 204);
        let said = house.store.said(&thread.id, 100, None).await.unwrap().said;
        let (_, found) = said.iter().find(|(said, _)| said.id == reply.id).unwrap();
        assert_eq!(*found, Some(fares));
    }
}
