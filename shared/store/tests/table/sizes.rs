//! The sizes that docs/data.md states.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use oncall::{CallId, LegEnd, LineId};
use store::{Leg, PlanKey};

use crate::{
    organisation::{LINE_ID, NUMBER, at, call, plan, ring},
    table::Table,
};

const SID: &str = "CA0123456789abcdef0123456789abcdef";

/// As DynamoDB counts: names and texts in bytes of UTF-8, a number by its digits, two in a byte, and one more.
fn bytes(item: &HashMap<String, AttributeValue>) -> usize {
    let value = |value: &AttributeValue| match value {
        AttributeValue::S(text) => text.len(),
        AttributeValue::N(number) => number.len().div_ceil(2) + 1,
        other => panic!("{other:?}"),
    };
    item.iter().map(|(name, attribute)| name.len() + value(attribute)).sum()
}

pub(crate) async fn item(table: &Table, pk: String, sk: &str) -> usize {
    bytes(&table.item(&pk, sk).await.unwrap())
}

#[tokio::test]
async fn sizes() {
    let table = Table::new().await;
    table.store.save_plan(&plan(1)).await.unwrap();
    let mut call = table.saved(call(SID, "2026-10-25T00:30:00.123456Z")).await;
    let begun = item(&table, format!("call#{SID}"), "call").await;
    for attempt in 1..=3 {
        ring(&mut call, usize::from(attempt), "2026-10-25T00:30:05.123456Z");
        if attempt == 3 {
            call.accept(attempt, at("2026-10-25T00:30:30.123456Z"));
        }
        call.leg_over(attempt, LegEnd::NoAnswer, at("2026-10-25T00:30:25.123456Z"));
    }
    call.end(at("2026-10-25T00:34:00.123456Z"));
    table.saved(call).await;
    for attempt in 1..=3 {
        let leg = Leg { status: "no-answer".to_owned(), seconds: Some(0), sip_response: Some(487) };
        table.store.record_leg(&CallId::new(SID), attempt, &leg).await.unwrap();
    }
    table.wire.forget();
    table.store.facts(PlanKey::Line(&LineId::new(LINE_ID)), &CallId::new(SID)).await.unwrap();
    let answered = table.wire.passed()[0].answered.unwrap();

    let by_number = item(&table, format!("number#{NUMBER}"), "plan").await;
    let by_line = item(&table, format!("line#{LINE_ID}"), "plan").await;
    assert_eq!((by_number, by_line), (5624, 5622), "a plan with twenty people and three services");
    assert_eq!(item(&table, "lines".to_owned(), LINE_ID).await, 596, "a line's entry in the list");
    assert_eq!(begun, 391, "a call that has come in");
    let ended = item(&table, format!("call#{SID}"), "call").await;
    assert_eq!(ended, 1314, "a call with three attempts and their legs");
    assert_eq!(answered, 8309, "the answer with plan and call, bytes of JSON");
}
