//! Every copy of a plan at once, or none.

use oncall::{LineId, Plan};
use phone::PhoneNumber;
use store::{Error, ListedLine, PlanKey, StoredPlan};
use wire::Fault;

use crate::{
    organisation::{LINE_ID, NUMBER, plan},
    table::{NAME, Table},
};

const OTHER: &str = "+46850000000";

fn phone(number: &str) -> PhoneNumber {
    number.parse().unwrap()
}

fn with_number(version: u64, line: &str, number: &str) -> Plan {
    let mut plan = plan(version);
    plan.line.id = LineId::new(line);
    plan.line.number = phone(number);
    plan
}

async fn found(table: &Table, key: PlanKey<'_>) -> Option<Plan> {
    table.store.plan(key).await.unwrap().map(|StoredPlan { plan, problems }| {
        assert_eq!(problems, []);
        plan
    })
}

async fn check(table: &Table, number: &str, expected: Option<&Plan>) {
    assert_eq!(found(table, PlanKey::Number(&phone(number))).await.as_ref(), expected, "by number");
}

async fn items(table: &Table) -> i32 {
    table.direct.scan().table_name(NAME).send().await.unwrap().count()
}

#[tokio::test]
async fn a_plan_is_found_by_number_and_by_line_and_listed() {
    let table = Table::new().await;
    let (plan, line) = (plan(1), LineId::new(LINE_ID));
    table.store.save_plan(&plan).await.unwrap();
    assert_eq!(table.wire.counts(), [("GetItem".to_owned(), 1), ("TransactWriteItems".to_owned(), 1)].into());
    check(&table, NUMBER, Some(&plan)).await;
    assert_eq!(found(&table, PlanKey::Line(&line)).await, Some(plan));
    let listed =
        ListedLine { id: line, number: phone(NUMBER), name: "Acme on-call".to_owned(), version: 1, fallback: None };
    assert_eq!(table.store.lines().await.unwrap(), [listed]);
    assert_eq!(items(&table).await, 3);
}

#[tokio::test]
async fn versions_grow() {
    let table = Table::new().await;
    table.store.save_plan(&plan(3)).await.unwrap();
    for version in [0, 2, 3] {
        let refused = table.store.save_plan(&plan(version)).await;
        assert!(matches!(refused, Err(Error::Stale)), "{version}: {refused:?}");
    }
    table.store.save_plan(&plan(4)).await.unwrap();
    check(&table, NUMBER, Some(&plan(4))).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_editors_at_once_one_is_told() {
    let table = Table::new().await;
    table.store.save_plan(&plan(1)).await.unwrap();
    let (one, other) = (with_number(2, LINE_ID, NUMBER), with_number(2, LINE_ID, OTHER));
    let outcomes = tokio::join!(table.store.save_plan(&one), table.store.save_plan(&other));
    let winner = match &outcomes {
        (Ok(()), Err(Error::Stale | Error::Unavailable(_))) => &one,
        (Err(Error::Stale | Error::Unavailable(_)), Ok(())) => &other,
        _ => panic!("{outcomes:?}"),
    };
    assert_eq!(found(&table, PlanKey::Line(&winner.line.id)).await.as_ref(), Some(winner));
    assert_eq!(items(&table).await, 3, "no copy is left behind");
}

#[tokio::test]
async fn a_changed_number_leaves_no_copy_behind() {
    let table = Table::new().await;
    table.store.save_plan(&plan(1)).await.unwrap();
    let moved = with_number(2, LINE_ID, OTHER);
    table.store.save_plan(&moved).await.unwrap();
    check(&table, NUMBER, None).await;
    check(&table, OTHER, Some(&moved)).await;
    assert_eq!(table.store.lines().await.unwrap()[0].number, phone(OTHER));
    assert_eq!(items(&table).await, 3);
}

#[tokio::test]
async fn a_number_has_one_line() {
    let table = Table::new().await;
    table.store.save_plan(&plan(1)).await.unwrap();
    let thief = with_number(1, "ln_other", NUMBER);
    let refused = table.store.save_plan(&thief).await;
    assert!(matches!(refused, Err(Error::NumberTaken)), "{refused:?}");
    check(&table, NUMBER, Some(&plan(1))).await;
    assert_eq!(found(&table, PlanKey::Line(&thief.line.id)).await, None);
    assert_eq!(items(&table).await, 3);
}

#[tokio::test]
async fn a_save_whose_answer_was_lost_is_not_stale() {
    let table = Table::new().await;
    table.wire.next("TransactWriteItems", Fault::CutAfter);
    table.store.save_plan(&plan(1)).await.unwrap();
    assert_eq!(table.wire.count("TransactWriteItems"), 2);
    check(&table, NUMBER, Some(&plan(1))).await;
}

#[tokio::test]
async fn a_plan_that_no_item_can_hold_is_refused_before_it_is_sent() {
    let table = Table::new().await;
    let mut plan = plan(1);
    plan.line.prompts.insert("greeting".to_owned(), "Hello. ".repeat(60_000));
    let refused = table.store.save_plan(&plan).await;
    assert!(matches!(refused, Err(Error::TooLarge { bytes: 420_000.., .. })), "{refused:?}");
    assert_eq!(table.wire.passed(), []);
}

#[tokio::test]
async fn lines_are_listed_by_id() {
    let table = Table::new().await;
    for (id, number) in [("ln_b", NUMBER), ("ln_c", OTHER), ("ln_a", "+14155550100")] {
        table.store.save_plan(&with_number(1, id, number)).await.unwrap();
    }
    table.wire.forget();
    let lines = table.store.lines().await.unwrap();
    assert_eq!(lines.iter().map(|line| line.id.as_str()).collect::<Vec<_>>(), ["ln_a", "ln_b", "ln_c"]);
    assert_eq!(table.wire.counts(), [("Query".to_owned(), 1)].into());
}
