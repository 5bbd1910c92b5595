//! One place in the quota and one claim for each purchase, whoever is killed when.

use futures_util::future::join_all;
use oncall::Line;
use store::{
    Action, Address, AuditEntry, AuditQuery, Author, Fallback, NumberRecord, PlanKey, Purchase, PurchaseState,
    Reservation, SaveError,
};
use wire::Fault;

use crate::{
    configuration::{Editor, create},
    organisation::{NUMBER, at, plan},
    table::Table,
};

const NOW: &str = "2026-10-24T12:00:00Z";
const SOON: &str = "2026-10-24T12:00:30Z";
const LATER: &str = "2026-10-24T12:01:00Z";
const BOUGHT: &str = "+46850000001";

fn purchase(id: &str, number: &str) -> Purchase {
    Purchase {
        id: id.to_owned(),
        version: 0,
        lease: None,
        account: "AC1".to_owned(),
        number: number.parse().unwrap(),
        line: format!("ln_{id}"),
        fallback: Some(address()),
        request: serde_json::json!({ "kind": "local" }),
        created_at: at(NOW),
        created_by: "tk_1".to_owned(),
        asked_at: None,
        state: PurchaseState::Open,
    }
}

fn by(token: &str) -> Author {
    Author::of(token)
}

fn address() -> Address {
    Address::from([7; 16])
}

/// What the audit log says of numbers, latest first.
async fn told(table: &Table) -> Vec<(Action, String)> {
    let entries = table.store.audit(&AuditQuery { limit: 100, ..AuditQuery::default() }).await.unwrap().items;
    let of_numbers = entries.into_iter().filter(|entry| entry.id.starts_with("ln_") && entry.action != Action::Created);
    of_numbers.map(|entry| (entry.action, format!("{} {}", entry.kind, entry.id))).collect()
}

async fn reserve(table: &Table, id: &str, number: &str) -> Reservation {
    table.store.reserve(purchase(id, number), 3, at(SOON)).await.unwrap()
}

async fn made(table: &Table, id: &str, number: &str) -> Purchase {
    match reserve(table, id, number).await {
        Reservation::Made(purchase) => purchase,
        other => panic!("{other:?}"),
    }
}

fn record(purchase: &Purchase) -> NumberRecord {
    NumberRecord {
        line: purchase.line.clone(),
        account: purchase.account.clone(),
        sid: "PN1".to_owned(),
        number: purchase.number.clone(),
        friendly_name: format!("dutyline/{}", purchase.id),
        country: "SE".to_owned(),
        kind: "local".to_owned(),
        monthly_price: Some("3.00 USD".to_owned()),
        since: at(NOW),
        purchase: Some(purchase.id.clone()),
        sends: None,
        releasing: None,
        released_by: None,
    }
}

fn line(purchase: &Purchase) -> Line {
    let id = oncall::LineId::new(purchase.line.as_str());
    Line { id, number: purchase.number.clone(), ..plan(0).line }
}

fn gave_up(purchase: &Purchase) -> AuditEntry {
    AuditEntry::new(at(NOW), &by("tk_1"), Action::Deleted, ("purchase", &purchase.id))
}

#[tokio::test]
async fn a_reservation_counts_and_claims() {
    let table = Table::patient().await;
    let first = made(&table, "pu_1", BOUGHT).await;
    assert_eq!(table.store.active_numbers().await.unwrap(), 1);
    assert_eq!(reserve(&table, "pu_1", BOUGHT).await, Reservation::Exists(first.clone()));
    assert_eq!(reserve(&table, "pu_2", BOUGHT).await, Reservation::Claimed);
    made(&table, "pu_3", "+46850000003").await;
    made(&table, "pu_4", "+46850000004").await;
    assert_eq!(reserve(&table, "pu_5", "+46850000005").await, Reservation::QuotaReached);
    assert_eq!(table.store.active_numbers().await.unwrap(), 3);

    let refused = table.store.give_up(first.clone(), Some(21422), "it is gone", &gave_up(&first)).await.unwrap();
    assert!(refused.unwrap().state.is_settled());
    assert_eq!(table.store.active_numbers().await.unwrap(), 2);
    made(&table, "pu_2", BOUGHT).await;
}

#[tokio::test]
async fn nothing_is_bought_where_nothing_is_allowed() {
    let table = Table::patient().await;
    let refused = table.store.reserve(purchase("pu_1", BOUGHT), 0, at(SOON)).await.unwrap();
    assert_eq!(refused, Reservation::QuotaReached);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_eight_with_one_key_one_works() {
    let table = Table::patient().await;
    let outcomes = join_all((0..8).map(|_| reserve(&table, "pu_1", BOUGHT))).await;
    let made = outcomes.iter().filter(|outcome| matches!(outcome, Reservation::Made(_))).count();
    let exists = outcomes.iter().filter(|outcome| matches!(outcome, Reservation::Exists(_))).count();
    assert_eq!((made, exists), (1, 7), "{outcomes:?}");
    assert_eq!(table.store.active_numbers().await.unwrap(), 1);
}

#[tokio::test]
async fn a_reservation_whose_answer_was_lost_counts_once() {
    let table = Table::patient().await;
    table.wire.next("TransactWriteItems", Fault::CutAfter);
    made(&table, "pu_1", BOUGHT).await;
    assert_eq!(table.store.active_numbers().await.unwrap(), 1);
}

#[tokio::test]
async fn a_lease_is_held_by_one_and_ends() {
    let table = Table::patient().await;
    let mine = made(&table, "pu_1", BOUGHT).await;
    assert_eq!(table.store.lease(mine.clone(), at(NOW), at(LATER)).await.unwrap(), None);
    let theirs = table.store.lease(mine.clone(), at(SOON), at(LATER)).await.unwrap().unwrap();
    assert_eq!(theirs.lease, Some(at(LATER)));
    // whoever comes back late is told
    let late = Purchase { state: PurchaseState::Bought { sid: "PN1".to_owned() }, ..mine.clone() };
    assert_eq!(table.store.note(late).await.unwrap(), None);
    assert_eq!(table.store.give_up(mine.clone(), None, "late", &gave_up(&mine)).await.unwrap(), None);
    assert_eq!(table.store.purchase("pu_1").await.unwrap(), Some(theirs));
    assert_eq!(table.store.active_numbers().await.unwrap(), 1);
}

#[tokio::test]
async fn the_line_comes_with_the_end_of_the_purchase() {
    let table = Table::patient().await;
    create(&table, &plan(0)).await;
    let purchase = made(&table, "pu_1", BOUGHT).await;
    let editor = Editor::at(NOW);
    let done = table.store.complete(&purchase, &record(&purchase), &line(&purchase), &editor.context()).await.unwrap();
    assert_eq!(done.version, 1);
    let number = purchase.number.clone();
    let plan = table.store.plan(PlanKey::Number(&number)).await.unwrap().unwrap().plan;
    assert_eq!((plan.line, plan.version), (line(&purchase), done.revision));
    let settled = table.store.purchase("pu_1").await.unwrap().unwrap();
    assert_eq!(settled.state, PurchaseState::Done { sid: "PN1".to_owned() });
    assert_eq!(table.store.number_record("ln_pu_1").await.unwrap(), Some(record(&purchase)));

    let listed = table.store.fallback(&line(&purchase).id).await.unwrap();
    assert_eq!(listed, Some(Fallback { address: address(), written: None }));

    // once; and nobody buys it again
    let again = table.store.complete(&purchase, &record(&purchase), &line(&purchase), &editor.context()).await;
    assert!(matches!(again, Err(SaveError::Stale { .. } | SaveError::Overtaken)), "{again:?}");
    assert_eq!(reserve(&table, "pu_2", BOUGHT).await, Reservation::Ours);
    assert_eq!(table.store.active_numbers().await.unwrap(), 1);
    assert_eq!(told(&table).await, [(Action::Purchased, "line ln_pu_1".to_owned())]);
}

#[tokio::test]
async fn a_number_that_is_given_back_is_forgotten_once() {
    let table = Table::patient().await;
    create(&table, &plan(0)).await;
    let purchase = made(&table, "pu_1", BOUGHT).await;
    let editor = Editor::at(NOW);
    table.store.complete(&purchase, &record(&purchase), &line(&purchase), &editor.context()).await.unwrap();
    let record = table.store.begin_release(record(&purchase), &by("tk_2"), at(SOON)).await.unwrap();
    assert_eq!((record.releasing, record.released_by.as_deref()), (Some(at(SOON)), Some("tk_2")));
    let again = table.store.begin_release(record.clone(), &by("tk_3"), at(LATER)).await.unwrap();
    assert_eq!(again, record, "the first one counts");
    let editor = Editor::at(SOON);
    table.store.forget(&record, &editor.context()).await.unwrap();
    let again = table.store.forget(&record, &editor.context()).await;
    assert!(matches!(again, Err(SaveError::Missing)), "{again:?}");
    assert_eq!(table.store.active_numbers().await.unwrap(), 0);
    assert_eq!(table.store.number_records(None, 10).await.unwrap().items, []);
    made(&table, "pu_2", BOUGHT).await;
    let line = || "line ln_pu_1".to_owned();
    assert_eq!(told(&table).await, [(Action::Released, line()), (Action::Purchased, line())]);
}

#[tokio::test]
async fn an_adopted_number_counts() {
    let table = Table::patient().await;
    create(&table, &plan(0)).await;
    let editor = Editor::at(NOW);
    let adopted = purchase("old", BOUGHT);
    table.store.adopt(&record(&adopted), &line(&adopted), address(), 1, &editor.context()).await.unwrap();
    assert_eq!(table.store.active_numbers().await.unwrap(), 1);
    let taken = purchase("other", NUMBER);
    let refused = table.store.adopt(&record(&taken), &line(&taken), address(), 1, &editor.context()).await;
    assert!(matches!(refused, Err(SaveError::Overtaken | SaveError::Store(_))), "{refused:?}");
    let more = purchase("more", "+46850000009");
    let refused = table.store.adopt(&record(&more), &line(&more), address(), 1, &editor.context()).await;
    assert!(matches!(refused, Err(SaveError::Overtaken)), "{refused:?}");
    assert_eq!(table.store.active_numbers().await.unwrap(), 1);
    assert_eq!(told(&table).await, [(Action::Adopted, "line ln_old".to_owned())]);
    let listed = table.store.fallback(&line(&adopted).id).await.unwrap();
    assert_eq!(listed, Some(Fallback { address: address(), written: None }));
}
