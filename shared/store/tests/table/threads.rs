//! A conversation is found by its numbers and by its id, is ended once for all, and what is claimed is claimed once.

use std::sync::Arc;

use jiff::SignedDuration;
use oncall::{
    LineId, ServiceId, ThreadId,
    texting::{Attachment, Conversation, Handled, Stage, Waiting},
};
use phone::PhoneNumber;
use store::ConversationSaved;
use tokio::sync::Barrier;
use wire::Fault;

use crate::{
    configuration::create,
    incidents::noon,
    organisation::{LINE_ID, plan},
    table::Table,
};

fn reporter() -> PhoneNumber {
    "+4790000009".parse().unwrap()
}

pub(crate) fn choosing(thread: &str) -> Conversation {
    let media = vec![Attachment { href: "https://example.org/1".to_owned(), content_type: "image/png".to_owned() }];
    let waiting = vec![Waiting { id: "SM1".to_owned(), at: noon(), words: "It is down".to_owned(), media }];
    Conversation {
        thread: ThreadId::new(thread),
        stage: Stage::Choosing { asked: 1 },
        waiting,
        began_at: noon(),
        touched_at: noon(),
        answered_at: Some(noon()),
        handled: vec![Handled { id: "SM1".to_owned(), answer: Some("Reply 1 or 2.".to_owned()) }],
    }
}

fn open(before: &Conversation) -> Conversation {
    Conversation { stage: Stage::Open { service: ServiceId::new("payments") }, ..before.clone() }
}

#[tokio::test]
async fn a_conversation_is_found_by_its_numbers_and_by_its_id_until_it_is_over() {
    let table = Table::patient().await;
    create(&table, &plan(0)).await;
    let (line, number) = (LineId::new(LINE_ID), plan(0).line.number);
    table.wire.forget();
    let facts = table.store.text_facts(&number, &reporter()).await.unwrap();
    assert_eq!(table.wire.counts(), [("BatchGetItem".to_owned(), 1)].into());
    assert_eq!(facts.plan.unwrap().line.id, line);
    assert_eq!((facts.conversation.version, &facts.conversation.conversation), (0, &None));

    let first = choosing("th_1");
    table.wire.next("TransactWriteItems", Fault::CutAfter);
    let saved = table.store.save_conversation(&facts.conversation, &line, &first).await.unwrap();
    assert_eq!(saved, ConversationSaved::Yes);
    let found = table.store.text_facts(&number, &reporter()).await.unwrap().conversation;
    assert_eq!((found.version, found.is_over, found.conversation.as_ref()), (1, false, Some(&first)));
    table.wire.next("UpdateItem", Fault::CutAfter);
    let saved = table.store.save_conversation(&found, &line, &open(&first)).await.unwrap();
    assert_eq!(saved, ConversationSaved::Yes, "although its answer was lost");
    let ConversationSaved::Lost(winner) = table.store.save_conversation(&found, &line, &first).await.unwrap() else {
        panic!("saved over another save");
    };
    assert_eq!((winner.version, winner.conversation.as_ref()), (2, Some(&open(&first))));
    let ConversationSaved::Lost(again) =
        table.store.save_conversation(&facts.conversation, &line, &choosing("th_0")).await.unwrap()
    else {
        panic!("began although there was one");
    };
    assert_eq!(again, winner);
    assert_eq!(table.store.thread(&ThreadId::new("th_0")).await.unwrap(), None, "both or nothing");

    let thread = table.store.thread(&ThreadId::new("th_1")).await.unwrap().unwrap();
    assert_eq!((&thread.line, &thread.line_number, &thread.reporter), (&line, &number, &reporter()));
    assert!(!thread.is_over);
    for _ in 0..2 {
        table.wire.next("UpdateItem", Fault::CutAfter);
        table.store.end_thread(&ThreadId::new("th_1"), noon()).await.unwrap();
        assert!(table.store.thread(&ThreadId::new("th_1")).await.unwrap().unwrap().is_over);
    }
    let over = table.store.text_facts(&number, &reporter()).await.unwrap().conversation;
    assert!(over.is_over);
    // a save that was decided before the end does not undo it
    assert_eq!(table.store.save_conversation(&over, &line, &open(&first)).await.unwrap(), ConversationSaved::Yes);
    let over = table.store.text_facts(&number, &reporter()).await.unwrap().conversation;
    assert!(over.is_over);

    let next = choosing("th_2");
    assert_eq!(table.store.save_conversation(&over, &line, &next).await.unwrap(), ConversationSaved::Yes);
    // told again that the first one is over, late
    table.store.end_thread(&ThreadId::new("th_1"), noon()).await.unwrap();
    let found = table.store.text_facts(&number, &reporter()).await.unwrap().conversation;
    assert_eq!((found.is_over, found.conversation.as_ref()), (false, Some(&next)));
    assert!(table.store.thread(&ThreadId::new("th_1")).await.unwrap().unwrap().is_over);
    table.store.end_thread(&ThreadId::new("th_9"), noon()).await.unwrap();
    assert_eq!(table.store.thread(&ThreadId::new("th_9")).await.unwrap(), None);
}

#[tokio::test]
async fn a_conversation_outlives_what_it_may_be_about() {
    let table = Table::patient().await;
    let (line, number) = (LineId::new(LINE_ID), plan(0).line.number);
    let facts = table.store.text_facts(&number, &reporter()).await.unwrap();
    let conversation = choosing("th_1");
    table.store.save_conversation(&facts.conversation, &line, &conversation).await.unwrap();
    for (pk, sk) in [("thread#th_1", "thread"), (&format!("texts#{}", number.as_e164()), "from#+4790000009")] {
        let item = table.item(pk, sk).await.unwrap();
        let expires_at: i64 = item["expires_at"].as_n().unwrap().parse().unwrap();
        let lasts = noon() + Conversation::LASTS;
        assert!(expires_at > (lasts + SignedDuration::from_hours(24)).as_second(), "{pk}");
        assert!(conversation.is_stale(lasts));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_eight_who_claim_an_errand_one_does_it() {
    let table = Table::patient().await;
    let start = Arc::new(Barrier::new(8));
    let racers = (1..=8).map(|_| {
        let (store, start) = (table.store.clone(), Arc::clone(&start));
        tokio::spawn(async move {
            start.wait().await;
            store.claim_errand("in_1:3:tell:th_1", noon()).await.unwrap()
        })
    });
    let mut first = 0;
    for racer in racers.collect::<Vec<_>>() {
        first += u8::from(racer.await.unwrap());
    }
    assert_eq!(first, 1);
    table.wire.next("PutItem", Fault::CutAfter);
    assert!(table.store.claim_errand("in_1:4:tell:th_1", noon()).await.unwrap(), "although its answer was lost");
    assert!(!table.store.claim_errand("in_1:4:tell:th_1", noon()).await.unwrap());
}
