//! A table that does not answer, refuses, or answers nonsense.

use std::time::Duration;

use oncall::{CallId, LineId};
use store::{Author, Error, PlanKey, Retention, Store};
use wire::{ANY, Fault};

use crate::{
    organisation::{LINE_ID, NUMBER, call, plan},
    table::{Table, number, text},
    tokens::token,
};

const SID: &str = "CA0123456789abcdef0123456789abcdef";

async fn ask(store: &Store) -> Result<store::Facts, Error> {
    store.facts(PlanKey::Number(&NUMBER.parse().unwrap()), &CallId::new(SID)).await
}

fn answer(status: u16, code: &str) -> Fault {
    let said = format!(r#"{{"__type":"com.amazonaws.dynamodb.v20120810#{code}","message":"about number#{NUMBER}"}}"#);
    Fault::Answer { status, body: said }
}

/// The error, whole chain, after `fault` befell every request.
async fn chain(fault: Fault) -> (Error, String) {
    let table = Table::new().await;
    table.wire.every(ANY, fault);
    let error = ask(&table.store).await.unwrap_err();
    let cause = std::error::Error::source(&error).expect("a cause").to_string();
    let shown = format!("{error}: {cause}");
    for text in [&shown, &format!("{error:?}")] {
        assert!(!text.contains("21000000"), "{text}");
    }
    (error, shown)
}

#[tokio::test]
async fn what_passes() {
    for (fault, shown) in [
        (answer(500, "InternalServerError"), "InternalServerError: about number#+…"),
        (answer(503, "ServiceUnavailable"), "ServiceUnavailable: about number#+…"),
        (answer(400, "ThrottlingException"), "ThrottlingException: about number#+…"),
        (
            answer(400, "ProvisionedThroughputExceededException"),
            "ProvisionedThroughputExceededException: about number#+…",
        ),
        (Fault::Answer { status: 502, body: "<html>".to_owned() }, ""),
        (Fault::Refuse, "dispatch failure"),
        (Fault::CutAfter, "dispatch failure"),
        (Fault::Delay(Duration::from_secs(5)), "timed out"),
    ] {
        let (error, text) = chain(fault.clone()).await;
        assert!(matches!(error, Error::Unavailable(_)), "{fault:?}: {error:?}");
        assert!(text.contains(shown), "{fault:?}: {text}");
    }
}

#[tokio::test]
async fn what_is_ours() {
    for code in ["AccessDeniedException", "ValidationException", "UnrecognizedClientException"] {
        let (error, text) = chain(answer(400, code)).await;
        assert!(matches!(error, Error::Refused(_)), "{code}: {error:?}");
        assert_eq!(text, format!("the table refuses the request: {code}: about number#+…"));
    }
}

/// A transaction of two writes, of which the second was not carried out for this reason.
fn cancelled(reason: &str) -> Fault {
    let body = format!(
        r#"{{"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException","Message":"cancelled",
            "CancellationReasons":[{{"Code":"None"}},{{"Code":"{reason}","Message":"about number#{NUMBER}"}}]}}"#
    );
    Fault::Answer { status: 400, body }
}

#[tokio::test]
async fn a_transaction_tells_what_passes_from_what_is_ours() {
    for (reason, passes) in [
        ("ProvisionedThroughputExceeded", true),
        ("ThrottlingError", true),
        ("ItemCollectionSizeLimitExceeded", false),
        ("ValidationError", false),
    ] {
        let table = Table::new().await;
        table.wire.every("TransactWriteItems", cancelled(reason));
        let saved = table.store.save_plan(&plan(1)).await;
        let added = table.store.add_token(&token("k1"), &Author::of("bootstrap")).await.map(drop);
        for error in [saved, added].map(Result::unwrap_err) {
            assert_eq!(matches!(error, Error::Unavailable(_)), passes, "{reason}: {error:?}");
            assert_eq!(matches!(error, Error::Refused(_)), !passes, "{reason}: {error:?}");
            let cause = std::error::Error::source(&error).expect("a cause").to_string();
            assert_eq!(cause, format!("TransactionCanceledException: None, {reason}"));
        }
    }
}

#[tokio::test]
async fn a_missing_table_is_ours() {
    let table = Table::new().await;
    let store = Store::new(table.direct.clone(), "elsewhere", Retention { call_log_days: 1 });
    let error = ask(&store).await.unwrap_err();
    assert!(matches!(error, Error::Refused(_)), "{error:?}");
}

#[tokio::test]
async fn trouble_that_passes_is_not_noticed() {
    let table = Table::new().await;
    table.store.save_plan(&plan(1)).await.unwrap();
    for fault in [
        answer(500, "InternalServerError"),
        answer(400, "ThrottlingException"),
        Fault::Refuse,
        Fault::CutAfter,
        Fault::Delay(Duration::from_secs(5)),
    ] {
        table.wire.forget();
        table.wire.next("BatchGetItem", fault.clone());
        assert_eq!(ask(&table.store).await.unwrap().plan, Some(plan(1)), "{fault:?}");
        assert_eq!(table.wire.count("BatchGetItem"), 2, "{fault:?}");
    }
}

#[tokio::test]
async fn every_operation_tells_that_the_table_is_away() {
    let table = Table::new().await;
    table.wire.every(ANY, Fault::Refuse);
    let (store, id, line) = (&table.store, CallId::new(SID), LineId::new(LINE_ID));
    let leg = store::Leg { status: "completed".to_owned(), seconds: Some(1), sip_response: None };
    let outcomes = [
        ask(store).await.map(drop),
        store.save_call(&call(SID, "2026-10-25T00:30:00Z")).await.map(drop),
        store.record_leg(&id, 1, &leg).await,
        store.save_plan(&plan(1)).await,
        store.plan(PlanKey::Line(&line)).await.map(drop),
        store.call(&id).await.map(drop),
        store.calls(&line, 10, None).await.map(drop),
        store.lines().await.map(drop),
        store.service_of_routing_key("hash").await.map(drop),
        store.count_events("hash", 1, 1, jiff::Timestamp::UNIX_EPOCH).await.map(drop),
    ];
    for outcome in outcomes {
        assert!(matches!(outcome, Err(Error::Unavailable(_))), "{outcome:?}");
    }
}

#[tokio::test]
async fn damage_is_told_without_what_it_holds() {
    let table = Table::new().await;
    table.store.save_plan(&plan(1)).await.unwrap();
    let sound = table.item(&format!("number#{NUMBER}"), "plan").await.unwrap();
    for (attribute, value, shown) in [
        ("doc", text(&format!("{{\"line\":\"{NUMBER}\"}}")), "its document is damaged"),
        ("doc", number(47), "it has no document"),
        ("format", number(2), "its format is not known"),
        ("format", number(0), "its format is not known"),
        ("format", text("1"), "it has no format"),
        ("version", text("1"), "it has no version"),
    ] {
        let mut damaged = sound.clone();
        damaged.insert(attribute.to_owned(), value);
        table.put(damaged).await;
        let error = ask(&table.store).await.unwrap_err();
        assert_eq!(error.to_string(), format!("the stored plan cannot be read: {shown}"));
        assert!(!format!("{error:?}").contains(NUMBER));
    }
}
