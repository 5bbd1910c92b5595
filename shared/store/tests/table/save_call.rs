//! A save counts only if nobody else saved in between.

use std::sync::Arc;

use oncall::{Acceptance, Call, CallId};
use store::Saved;
use tokio::sync::Barrier;
use wire::Fault;

use crate::{
    organisation::{at, call, ring},
    table::{Table, number, text},
};

const SID: &str = "CA0123456789abcdef0123456789abcdef";

fn ringing() -> Call {
    let mut call = call(SID, "2026-10-25T00:30:00Z");
    ring(&mut call, 7, "2026-10-25T00:30:05.25Z");
    call
}

#[tokio::test]
async fn each_save_is_one_request_and_one_version() {
    let table = Table::new().await;
    let mut call = ringing();
    for version in 1..=3 {
        assert_eq!(table.store.save_call(&call).await.unwrap(), Saved::Yes { version });
        call.version = version;
        assert_eq!(table.call(&call.id).await, Some(call.clone()));
        ring(&mut call, 8, "2026-10-25T00:31:00Z");
    }
    assert_eq!(table.wire.count("UpdateItem"), 3);
}

#[tokio::test]
async fn an_item_is_what_the_documentation_says() {
    let table = Table::new().await;
    let call = table.saved(ringing()).await;
    let item = table.item(&format!("call#{SID}"), "call").await.unwrap();
    let mut names: Vec<_> = item.keys().map(String::as_str).collect();
    names.sort_unstable();
    let documented =
        ["doc", "due_at", "due_in", "expires_at", "format", "line", "pk", "save", "sk", "started_at", "version"];
    assert_eq!(names, documented);
    // five minutes after its phone began to ring
    assert_eq!(item["due_at"], text("2026-10-25T00:35:05.250000000Z"));
    assert_eq!(item["line"], text(call.line.as_str()));
    assert_eq!(item["started_at"], text(&format!("2026-10-25T00:30:00.000000000Z#{SID}")));
    assert_eq!(item["expires_at"], number(at("2026-11-24T00:30:00Z").as_second().unsigned_abs()));
    assert_eq!((&item["format"], &item["version"]), (&number(1), &number(1)));
}

#[tokio::test]
async fn who_comes_second_gets_the_call_as_the_first_saved_it() {
    let table = Table::new().await;
    let first = table.saved(ringing()).await;
    let mut stranger = call(SID, "2026-10-25T00:30:01Z");
    assert_eq!(table.store.save_call(&stranger).await.unwrap(), Saved::Lost(Box::new(first.clone())));
    stranger.version = 7;
    assert_eq!(table.store.save_call(&stranger).await.unwrap(), Saved::Lost(Box::new(first.clone())));
    assert_eq!(table.call(&first.id).await, Some(first));
}

#[tokio::test]
async fn a_version_of_a_call_that_is_gone_is_not_saved() {
    let table = Table::new().await;
    let mut call = ringing();
    call.version = 3;
    let refused = table.store.save_call(&call).await.unwrap_err();
    assert_eq!(refused.to_string(), "the stored call cannot be read: it is gone");
    assert_eq!(table.call(&call.id).await, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_eight_at_once_one_wins_and_seven_learn_who() {
    let table = Table::new().await;
    let mut before = call(SID, "2026-10-25T00:30:00Z");
    for person in 1..=8 {
        ring(&mut before, person, "2026-10-25T00:30:05Z");
    }
    let before = table.saved(before).await;
    let start = Arc::new(Barrier::new(8));
    let racers = (1..=8_i64).map(|racer| {
        let (mut call, store, start) = (before.clone(), table.store.clone(), Arc::clone(&start));
        let pressed = at("2026-10-25T00:30:10Z") + jiff::SignedDuration::from_millis(racer);
        assert_eq!(call.accept(8, pressed), Acceptance::Accepted);
        tokio::spawn(async move {
            start.wait().await;
            let saved = store.save_call(&call).await.unwrap();
            (call, saved)
        })
    });
    let mut outcomes = Vec::new();
    for racer in racers.collect::<Vec<_>>() {
        outcomes.push(racer.await.unwrap());
    }
    let winners: Vec<_> = outcomes.iter().filter(|(_, saved)| *saved == Saved::Yes { version: 2 }).collect();
    let [(winner, _)] = winners.as_slice() else { panic!("{} winners", winners.len()) };
    let winner = Call { version: 2, ..winner.clone() };
    let lost = outcomes.iter().filter(|(_, saved)| *saved == Saved::Lost(Box::new(winner.clone()))).count();
    assert_eq!(lost, 7);
    assert_eq!(table.call(&CallId::new(SID)).await, Some(winner));
}

#[tokio::test]
async fn a_write_whose_answer_was_lost_is_recognised_as_ours() {
    let table = Table::new().await;
    let mut call = ringing();
    for version in 1..=2 {
        table.wire.forget();
        table.wire.next("UpdateItem", Fault::CutAfter);
        assert_eq!(table.store.save_call(&call).await.unwrap(), Saved::Yes { version });
        assert_eq!(table.wire.counts(), [("UpdateItem".to_owned(), 2)].into());
        call.version = version;
        call.accept(1, at("2026-10-25T00:30:10Z"));
    }
}

#[tokio::test]
async fn a_write_that_never_arrived_is_repeated() {
    let table = Table::new().await;
    table.wire.next("UpdateItem", Fault::Refuse);
    assert_eq!(table.store.save_call(&ringing()).await.unwrap(), Saved::Yes { version: 1 });
    assert_eq!(table.wire.count("UpdateItem"), 2);
}
