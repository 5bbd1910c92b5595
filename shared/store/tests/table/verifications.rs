//! Codes that were sent to phones: counted once, used once.

use jiff::Timestamp;
use oncall::{Person, PersonId};
use phone::PhoneNumber;
use store::{Action, AuditQuery, Expected, SaveError, SentCode, Verification};
use wire::Fault;

use crate::{configuration::Editor, organisation::at, table::Table};

const NOW: &str = "2026-10-24T12:00:00Z";

fn phone() -> PhoneNumber {
    "+4791000001".parse().unwrap()
}

fn code(hash: &str) -> SentCode {
    let expires_at = at("2026-10-24T12:10:00Z");
    SentCode { person: PersonId::new("ada"), salt: "salt".to_owned(), hash: hash.to_owned(), expires_at, tries: 0 }
}

fn sent(before: Verification, hash: &str) -> Verification {
    let useful_until = at("2026-10-24T13:10:00Z");
    Verification { sent: vec![at(NOW)], code: Some(code(hash)), useful_until, ..before }
}

#[tokio::test]
async fn of_two_that_have_read_the_same_one_saves() {
    let table = Table::patient().await;
    let nothing = table.store.verification(&phone()).await.unwrap();
    assert_eq!((nothing.version, &nothing.code, nothing.useful_until), (0, &None, Timestamp::UNIX_EPOCH));
    table.wire.next("TransactWriteItems", Fault::CutAfter);
    let first = table.store.save_verification(sent(nothing.clone(), "h1")).await.unwrap().unwrap();
    assert_eq!(first.version, 1, "although its answer was lost");
    assert_eq!(table.store.save_verification(sent(nothing, "h2")).await.unwrap(), None);
    assert_eq!(table.store.verification(&phone()).await.unwrap(), first);
    let item = table.item("verification#+4791000001", "code").await.unwrap();
    assert_eq!(item["expires_at"].as_n().unwrap(), &at("2026-10-24T13:10:00Z").as_second().to_string());
    assert!(!format!("{first:?}").contains("h1"), "{first:?}");
}

#[tokio::test]
async fn a_code_is_used_once() {
    let table = Table::patient().await;
    let editor = Editor::at(NOW);
    let phones = vec![oncall::Phone { number: phone(), verified: false }];
    let ada = Person {
        id: PersonId::new("ada"),
        name: "Ada".to_owned(),
        language: None,
        timezone: None,
        phones,
        rules: Default::default(),
    };
    let saved = table.store.save(&ada, Expected::Absent, &editor.context()).await.unwrap();
    let nothing = table.store.verification(&phone()).await.unwrap();
    let kept = table.store.save_verification(sent(nothing, "h1")).await.unwrap().unwrap();
    let mut verified = ada.clone();
    verified.phones[0].verified = true;
    let stale = table.store.verify_phone(&verified, saved.version + 1, &kept, &editor.context()).await;
    assert!(matches!(stale, Err(SaveError::Stale { .. })), "{stale:?}");
    let tried = Verification { version: kept.version + 1, ..kept.clone() };
    let other = table.store.verify_phone(&verified, saved.version, &tried, &editor.context()).await;
    assert!(matches!(other, Err(SaveError::Overtaken)), "{other:?}");
    assert!(!table.store.find::<Person>("ada").await.unwrap().unwrap().value.phones[0].verified);

    let editor = Editor::at("2026-10-24T12:01:00Z");
    let done = table.store.verify_phone(&verified, saved.version, &kept, &editor.context()).await.unwrap();
    assert_eq!(table.store.find::<Person>("ada").await.unwrap().unwrap().value, verified);
    let used = table.store.verification(&phone()).await.unwrap();
    assert_eq!((used.code, used.sent), (None, vec![at(NOW)]));
    let again = table.store.verify_phone(&verified, done.version, &kept, &editor.context()).await;
    assert!(matches!(again, Err(SaveError::Overtaken)), "{again:?}");
    let log = table.store.audit(&AuditQuery { limit: 10, ..AuditQuery::default() }).await.unwrap().items;
    let told: Vec<_> = log.iter().map(|entry| (entry.action, entry.id.as_str())).collect();
    assert_eq!(told, [(Action::Verified, "ada"), (Action::Created, "ada")]);
}
