//! A conversation is found by its numbers and by its id, is ended once for all, and what is claimed is claimed once.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use oncall::{
    LineId, ServiceId, ThreadId,
    incident::Actor,
    texting::{Attachment, Conversation, Handled, Stage, Waiting},
};
use phone::PhoneNumber;
use store::{ConversationSaved, Fares, Said, SentReply};
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

pub(crate) fn open(before: &Conversation) -> Conversation {
    Conversation { stage: Stage::Open { service: ServiceId::new("payments") }, ..before.clone() }
}

/// A text of theirs.
pub(crate) fn said(id: &str, at: Timestamp, words: &str) -> Said {
    Said { id: id.to_owned(), at, by: None, words: words.to_owned(), media: Vec::new(), answer: None }
}

fn after(seconds: i64) -> Timestamp {
    noon() + SignedDuration::from_secs(seconds)
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

/// The ids of what was said, the last of it.
async fn ids(table: &Table, thread: &str) -> Vec<String> {
    let page = table.store.said(&ThreadId::new(thread), 100, None).await.unwrap();
    assert_eq!((page.unreadable, page.earlier), (0, None));
    page.said.into_iter().map(|(said, _)| said.id).collect()
}

#[tokio::test]
async fn what_is_saved_with_a_conversation_is_said_in_it_once() {
    let table = Table::patient().await;
    let (line, number) = (LineId::new(LINE_ID), plan(0).line.number);
    let nothing = table.store.text_facts(&number, &reporter()).await.unwrap().conversation;
    let first = Said {
        media: choosing("th_1").waiting.remove(0).media,
        answer: Some("Reply 1 or 2.".to_owned()),
        ..said("SM1", noon(), &"It is down. ".repeat(100))
    };
    table.wire.next("TransactWriteItems", Fault::CutAfter);
    let begun = choosing("th_1");
    assert_eq!(
        table.store.save_text(&nothing, &line, &begun, Some(&first)).await.unwrap(),
        ConversationSaved::Yes,
        "although its answer was lost"
    );
    let thread = table.store.thread(&begun.thread).await.unwrap().unwrap();
    assert_eq!((thread.began_at, &thread.service, thread.opening.chars().count()), (noon(), &None, 200));
    assert!(!format!("{thread:?} {first:?}").contains("down"), "words are somebody's");

    // another one that was as late loses with what it would have said
    let lost = table.store.save_text(&nothing, &line, &choosing("th_0"), Some(&said("SM0", noon(), "?"))).await;
    let ConversationSaved::Lost(found) = lost.unwrap() else { panic!("began although there was one") };
    table.wire.forget();
    table.wire.next("TransactWriteItems", Fault::CutAfter);
    let digit = said("SM2", after(10), "1");
    let saved = table.store.save_text(&found, &line, &open(&begun), Some(&digit)).await.unwrap();
    assert_eq!(saved, ConversationSaved::Yes);
    let again = table.store.save_text(&found, &line, &begun, Some(&said("SM3", after(11), "2"))).await.unwrap();
    let ConversationSaved::Lost(winner) = again else { panic!("saved over another save") };
    assert_eq!((winner.version, winner.conversation), (2, Some(open(&begun))));
    assert_eq!(ids(&table, "th_1").await, ["SM1", "SM2"]);
    assert_eq!(ids(&table, "th_0").await, Vec::<String>::new());
    let thread = table.store.thread(&begun.thread).await.unwrap().unwrap();
    assert_eq!(thread.service, Some(ServiceId::new("payments")));
    let page = table.store.said(&begun.thread, 100, None).await.unwrap();
    assert_eq!(page.said, [(first, None), (digit, None)]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_eight_texts_at_once_one_begins_the_conversation() {
    let table = Table::patient().await;
    let number = plan(0).line.number;
    let nothing = table.store.text_facts(&number, &reporter()).await.unwrap().conversation;
    let start = Arc::new(Barrier::new(8));
    let racers = (1..=8).map(|racer| {
        let (store, start, nothing) = (table.store.clone(), Arc::clone(&start), nothing.clone());
        tokio::spawn(async move {
            let (thread, text) = (format!("th_{racer}"), said(&format!("SM{racer}"), noon(), "Down"));
            start.wait().await;
            store.save_text(&nothing, &LineId::new(LINE_ID), &choosing(&thread), Some(&text)).await.unwrap()
        })
    });
    let mut begun = 0;
    for racer in racers.collect::<Vec<_>>() {
        begun += u8::from(racer.await.unwrap() == ConversationSaved::Yes);
    }
    let found = table.store.text_facts(&number, &reporter()).await.unwrap().conversation.conversation.unwrap();
    let listed = table.store.threads_of_lines(&[LineId::new(LINE_ID)], 50, None).await.unwrap().threads;
    assert_eq!((begun, listed.iter().map(|it| &it.id).collect::<Vec<_>>()), (1, vec![&found.thread]));
    assert_eq!(ids(&table, found.thread.as_str()).await.len(), 1);
}

#[tokio::test]
async fn conversations_are_listed_newest_first_a_page_at_a_time() {
    let table = Table::patient().await;
    let lines = [LineId::new("ln_1"), LineId::new("ln_2"), LineId::new("ln_3")];
    for number in 0_i64..7 {
        let line = &lines[usize::from(number % 2 == 1)];
        let (called, from) = ("+4721000000".parse().unwrap(), format!("+479000010{number}").parse().unwrap());
        let nothing = table.store.text_facts(&called, &from).await.unwrap().conversation;
        let began_at = after(number * 60);
        let begun = Conversation { began_at, ..choosing(&format!("th_{number}")) };
        let text = said("SM1", began_at, "Down");
        table.store.save_text(&nothing, line, &open(&begun), Some(&text)).await.unwrap();
    }
    let page = async |lines: &[LineId], limit, before: Option<&str>| {
        let page = table.store.threads_of_lines(lines, limit, before).await.unwrap();
        let ids: Vec<_> = page.threads.iter().map(|it| it.id.to_string()).collect();
        (ids, page.next)
    };
    table.wire.forget();
    let (ids, next) = page(&lines, 3, None).await;
    assert_eq!(ids, ["th_6", "th_5", "th_4"]);
    assert_eq!(table.wire.counts(), [("Query".to_owned(), 3), ("BatchGetItem".to_owned(), 1)].into());
    let (ids, next) = page(&lines, 3, next.as_deref()).await;
    assert_eq!(ids, ["th_3", "th_2", "th_1"]);
    let (ids, next) = page(&lines, 3, next.as_deref()).await;
    assert_eq!((ids, next), (vec!["th_0".to_owned()], None));
    assert_eq!(page(&lines[1..], 50, None).await.0, ["th_5", "th_3", "th_1"]);
    assert_eq!(page(&lines[2..], 50, None).await, (Vec::new(), None));
    let opened = table.store.threads_of_lines(&lines[..1], 1, None).await.unwrap().threads.remove(0);
    assert_eq!((opened.service, opened.opening.as_str()), (Some(ServiceId::new("payments")), "Down"));
}

#[tokio::test]
async fn a_reply_is_kept_once_and_what_became_of_it_stays_so() {
    let table = Table::patient().await;
    let (line, number) = (LineId::new(LINE_ID), plan(0).line.number);
    let nothing = table.store.text_facts(&number, &reporter()).await.unwrap().conversation;
    table.store.save_text(&nothing, &line, &choosing("th_1"), Some(&said("SM1", noon(), "Down"))).await.unwrap();
    let thread = table.store.thread(&ThreadId::new("th_1")).await.unwrap().unwrap();
    let by = Some(Actor::Token("k1".to_owned()));
    let reply = Said { by, ..said("in_1:2:tell:th_1", after(60), "On it") };
    table.wire.next("PutItem", Fault::CutAfter);
    table.store.say(&thread, &reply, Fares::Sending).await.unwrap();
    let place = SentReply { thread: thread.id.clone(), place: reply.place() };
    let fares = async || table.store.said(&thread.id, 100, None).await.unwrap().said.last().unwrap().1;
    table.store.record_reply("SM9", &place, noon()).await.unwrap();
    let sent = table.store.sent("SM9").await.unwrap();
    assert_eq!((sent.reply.as_ref(), sent.pages), (Some(&place), Vec::new()));
    assert_eq!(table.store.sent("SM8").await.unwrap(), store::Sent::default());
    // Twilio may be faster than whoever sent it
    for (told, stays) in [
        (Fares::Sent, Fares::Sent),
        (Fares::Delivered, Fares::Delivered),
        (Fares::Sent, Fares::Delivered),
        (Fares::Failed, Fares::Delivered),
    ] {
        table.store.reply_fares(&place, told).await.unwrap();
        assert_eq!(fares().await, Some(stays), "{told:?}");
    }
    table.store.say(&thread, &reply, Fares::Sending).await.unwrap();
    assert_eq!(fares().await, Some(Fares::Delivered), "kept once");
    let none = SentReply { place: "never".to_owned(), ..place };
    table.store.reply_fares(&none, Fares::Failed).await.unwrap();
    assert_eq!(ids(&table, "th_1").await, ["SM1", "in_1:2:tell:th_1"]);
    // tried once more, later
    table.store.say(&thread, &Said { at: after(90), ..reply }, Fares::Failed).await.unwrap();
    assert_eq!(ids(&table, "th_1").await, ["SM1", "in_1:2:tell:th_1"]);
    assert_eq!(fares().await, Some(Fares::Failed));
}

#[tokio::test]
async fn what_was_said_is_read_from_its_end() {
    let table = Table::patient().await;
    let (line, number) = (LineId::new(LINE_ID), plan(0).line.number);
    for second in 0..5 {
        let found = table.store.text_facts(&number, &reporter()).await.unwrap().conversation;
        let text = said(&format!("SM{second}"), after(second), "Down");
        table.store.save_text(&found, &line, &choosing("th_1"), Some(&text)).await.unwrap();
    }
    let (mut read, mut before) = (Vec::new(), None);
    for _ in 0..3 {
        let page = table.store.said(&ThreadId::new("th_1"), 2, before.as_deref()).await.unwrap();
        read.push(page.said.into_iter().map(|(said, _)| said.id).collect::<Vec<_>>());
        before = page.earlier;
    }
    assert_eq!(read, [vec!["SM3", "SM4"], vec!["SM1", "SM2"], vec!["SM0"]]);
    assert_eq!(before, None);
    let item = table.item("thread#th_1", "said#2026-11-20T12:00:00.000000000Z#SM0").await.unwrap();
    let thread = table.item("thread#th_1", "thread").await.unwrap();
    assert_eq!(item["expires_at"], thread["expires_at"]);
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
