//! One round trip for one webhook.

use oncall::{CallId, LineId};
use store::{Error, Facts, PlanKey};
use wire::Fault;

use crate::{
    organisation::{LINE_ID, NUMBER, call, plan},
    table::{NAME, Table},
};

const SID: &str = "CA0123456789abcdef0123456789abcdef";

#[tokio::test]
async fn one_request_finds_plan_and_call_by_number_and_by_line() {
    let table = Table::new().await;
    let (plan, id) = (plan(1), CallId::new(SID));
    table.store.save_plan(&plan).await.unwrap();
    let call = table.saved(call(SID, "2026-10-25T00:30:00.123456789Z")).await;
    table.wire.forget();
    for key in [PlanKey::Number(&NUMBER.parse().unwrap()), PlanKey::Line(&LineId::new(LINE_ID))] {
        let facts = table.store.facts(key, &id).await.unwrap();
        assert_eq!(facts, Facts { plan: Some(plan.clone()), call: Some(call.clone()), problems: vec![] });
    }
    assert_eq!(table.wire.counts(), [("BatchGetItem".to_owned(), 2)].into());
}

#[tokio::test]
async fn what_does_not_exist_is_absent() {
    let table = Table::new().await;
    let nobody = LineId::new("ln_none");
    assert_eq!(table.store.facts(PlanKey::Line(&nobody), &CallId::new(SID)).await.unwrap(), Facts::default());
    table.store.save_plan(&plan(1)).await.unwrap();
    let facts = table.store.facts(PlanKey::Line(&LineId::new(LINE_ID)), &CallId::new(SID)).await.unwrap();
    assert_eq!((facts.plan, facts.call), (Some(plan(1)), None));
}

fn unprocessed() -> Fault {
    let key = |pk: &str, sk: &str| format!(r#"{{"pk":{{"S":"{pk}"}},"sk":{{"S":"{sk}"}}}}"#);
    let keys = format!("{},{}", key(&format!("line#{LINE_ID}"), "plan"), key(&format!("call#{SID}"), "call"));
    let rest = format!(r#"{{"{NAME}":{{"Keys":[{keys}],"ConsistentRead":true}}}}"#);
    Fault::Answer { status: 200, body: format!(r#"{{"Responses":{{"{NAME}":[]}},"UnprocessedKeys":{rest}}}"#) }
}

#[tokio::test]
async fn what_is_left_unprocessed_is_asked_for_again() {
    let table = Table::new().await;
    table.store.save_plan(&plan(1)).await.unwrap();
    table.wire.forget();
    table.wire.next("BatchGetItem", unprocessed());
    let facts = table.store.facts(PlanKey::Line(&LineId::new(LINE_ID)), &CallId::new(SID)).await.unwrap();
    assert_eq!((facts.plan, table.wire.count("BatchGetItem")), (Some(plan(1)), 2));
}

#[tokio::test]
async fn what_stays_unprocessed_is_given_up() {
    let table = Table::new().await;
    table.wire.every("BatchGetItem", unprocessed());
    let facts = table.store.facts(PlanKey::Line(&LineId::new(LINE_ID)), &CallId::new(SID)).await;
    assert!(matches!(facts, Err(Error::Unavailable(_))), "{facts:?}");
    assert_eq!(table.wire.count("BatchGetItem"), 4);
}

#[tokio::test]
async fn warming_asks_once_and_never_fails() {
    let table = Table::new().await;
    table.store.warm().await;
    assert_eq!(table.wire.counts(), [("BatchGetItem".to_owned(), 1)].into());
    table.wire.every(wire::ANY, Fault::Refuse);
    table.store.warm().await;
}
