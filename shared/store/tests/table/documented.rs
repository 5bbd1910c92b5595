//! docs/data.md says what the items of an incident hold: every row of it is written, and nothing that no row says.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use aws_sdk_dynamodb::types::AttributeValue;
use oncall::{
    Channel, IncidentId, LineId,
    incident::{Bar, Signal, Wish},
};
use store::{Author, Fares, SentPage, SentReply, StoredSendingSettings};

use crate::{
    incidents::{event, incident, noon, wish},
    table::{NAME, Table},
    threads::{choosing, open, said},
};

const DATA: &str = include_str!("../../../../docs/data.md");

/// What stands in backticks in a cell.
fn words(cell: &str) -> BTreeSet<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The attributes of each row from that of the incident to that of the settings, by its key.
fn rows() -> BTreeMap<(String, String), BTreeSet<String>> {
    let rows = DATA.lines().skip_while(|line| !line.starts_with("| incident |"));
    let rows = rows.take_while(|line| line.starts_with('|')).map(|line| {
        let cells: Vec<_> = line.split('|').map(str::trim).collect();
        ((cells[2].replace('`', ""), cells[3].replace('`', "")), words(cells[4]))
    });
    rows.collect()
}

async fn written(table: &Table) -> BTreeMap<(String, String), BTreeSet<String>> {
    let items = table.direct.scan().table_name(NAME).send().await.unwrap().items.unwrap();
    // what every save raises stands among the rows of objects
    let others = |item: &HashMap<String, AttributeValue>| {
        let (pk, sk) = (item["pk"].as_s().unwrap(), item["sk"].as_s().unwrap());
        pk != "audit" && (pk != "organisation" || sk != "revision")
    };
    let items = items.into_iter().filter(others).map(|item| {
        let key = |name: &str| item[name].as_s().unwrap().clone();
        let names = item.keys().filter(|name| !["pk", "sk"].contains(&name.as_str())).cloned();
        ((key("pk"), key("sk")), names.collect())
    });
    items.collect()
}

#[tokio::test]
async fn each_item_is_a_row_and_each_row_an_item() {
    let table = Table::patient().await;
    let (store, phone) = (&table.store, "+4791000001".parse().unwrap());
    store.next_incident_number().await.unwrap();
    let opened = table.opened("disk", &incident("in_7f3k2m9q", noon())).await;
    let early = table.known("cpu", noon()).await;
    store.remember_early(&early, &event("e7", noon(), Signal::Resolve)).await.unwrap();
    let mut log = store.phone_log(&phone).await.unwrap();
    for number in 1..=4 {
        log.codes.announce(&IncidentId::new(format!("in_{number}")), noon());
    }
    store.save_phone_log(log).await.unwrap();
    for channel in [Channel::Sms, Channel::Voice] {
        store.bar_phone(&phone, channel, Some(Bar::Refused), noon()).await.unwrap();
    }
    let page = SentPage { incident: opened.id.clone(), page: 1 };
    store.record_sent("SM0123456789abcdef0123456789abcdef", &[page], noon()).await.unwrap();
    store.spend(10, None, noon()).await.unwrap();
    let by = Author::of("k1");
    assert!(store.save_sending_settings(&StoredSendingSettings::default(), &by, noon()).await.unwrap());

    let (number, reporter) = ("+4721000000".parse().unwrap(), "+4790000009".parse().unwrap());
    let begun = store.text_facts(&number, &reporter).await.unwrap().conversation;
    let conversation = choosing("th_4k2m9q7f");
    store.save_conversation(&begun, &LineId::new("ln_7f3k2m9q"), &conversation).await.unwrap();
    let thread = store.thread(&conversation.thread).await.unwrap().unwrap();
    store.say(&thread, &said("SM2", noon(), "We are on it"), Fares::Sending).await.unwrap();
    let reply = SentReply { thread: thread.id, place: said("SM2", noon(), "").place() };
    store.record_reply("SM1123456789abcdef0123456789abcdef", &reply, noon()).await.unwrap();
    store.end_thread(&conversation.thread, noon()).await.unwrap();
    assert!(store.claim_errand("in_7f3k2m9q:14:tell:th_4k2m9q7f", noon()).await.unwrap());

    let mut seen = written(&table).await;
    let rows = rows();
    assert_eq!(seen.keys().collect::<Vec<_>>(), rows.keys().collect::<Vec<_>>());

    // what another moment writes beside it
    let acknowledged = table.carried(&opened, &wish("a", Wish::Acknowledge), noon()).await;
    let mut merge = async || {
        for (key, names) in written(&table).await {
            seen.entry(key).or_default().extend(names);
        }
    };
    merge().await;
    table.carried(&acknowledged, &wish("c", Wish::Resolve), noon()).await;
    let mut log = store.phone_log(&phone).await.unwrap();
    log.codes.bundle(log.codes.due().unwrap()).unwrap();
    let begun = store.text_facts(&number, &reporter).await.unwrap().conversation;
    store.save_conversation(&begun, &LineId::new("ln_7f3k2m9q"), &open(&conversation)).await.unwrap();
    store.save_phone_log(log).await.unwrap();
    merge().await;
    assert_eq!(seen, rows);
}
