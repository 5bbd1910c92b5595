//! What is known of a phone: bars by the latest news, codes and caps counted once.

use std::{collections::BTreeSet, sync::Arc};

use jiff::SignedDuration;
use oncall::{
    Channel, IncidentId, NotificationRules, Person, PersonId, Phone,
    incident::Bar,
    sending::cap,
    texting::{Announcement, Codes, Handled},
};
use phone::PhoneNumber;
use store::{Due, DueItem, Expected, PhoneSaved};
use tokio::sync::Barrier;
use wire::Fault;

use crate::{configuration::save, incidents::noon, organisation::at, table::Table};

fn phone() -> PhoneNumber {
    "+4791000001".parse().unwrap()
}

fn incident(number: usize) -> IncidentId {
    IncidentId::new(format!("in_{number}"))
}

#[tokio::test]
async fn the_latest_news_of_each_channel_count() {
    let table = Table::patient().await;
    let (sms, voice) = (Channel::Sms, Channel::Voice);
    let other: PhoneNumber = "+4791000002".parse().unwrap();
    let phones = BTreeSet::from([phone(), other.clone()]);
    let minute = |minute: i64| noon() + SignedDuration::from_mins(minute);
    for (channel, bar, instant, expected) in [
        (sms, Some(Bar::OptedOut), minute(1), (Some(Bar::OptedOut), None)),
        (voice, Some(Bar::Refused), minute(2), (Some(Bar::OptedOut), Some(Bar::Refused))),
        (sms, None, minute(0), (Some(Bar::OptedOut), Some(Bar::Refused))),
        (sms, None, minute(3), (None, Some(Bar::Refused))),
        (sms, Some(Bar::OptedOut), minute(1), (None, Some(Bar::Refused))),
    ] {
        table.wire.next("UpdateItem", Fault::CutAfter);
        table.store.bar_phone(&phone(), channel, bar, instant).await.unwrap();
        let known = table.store.known_phones(&phones).await.unwrap();
        assert_eq!((known.barred(&phone(), sms), known.barred(&phone(), voice)), expected, "{bar:?} at {instant}");
        assert_eq!((known.barred(&other, sms), known.barred(&other, voice)), (None, None));
    }
}

#[tokio::test]
async fn who_comes_second_gets_what_the_first_saved() {
    let table = Table::patient().await;
    let nothing = table.store.phone_log(&phone()).await.unwrap();
    assert_eq!((nothing.version, &nothing.codes), (0, &Codes::default()));
    let mut first = nothing.clone();
    assert_eq!(first.codes.announce(&incident(1), noon()), Announcement::Alone { code: 10 });
    first.page(Channel::Sms, noon());
    table.wire.next("PutItem", Fault::CutAfter);
    let PhoneSaved::Yes(first) = table.store.save_phone_log(first).await.unwrap() else { panic!("lost to itself") };
    assert_eq!((first.version, first.paged(Channel::Sms)), (1, &[noon()][..]));

    let mut second = nothing;
    second.codes.announce(&incident(2), noon());
    assert_eq!(table.store.save_phone_log(second).await.unwrap(), PhoneSaved::Lost(first.clone()));
    assert_eq!(table.store.phone_log(&phone()).await.unwrap(), first);
    assert!(!format!("{first:?}").contains("91000001"), "{first:?}");
    let item = table.item("phone#+4791000001", "sent").await.unwrap();
    assert_eq!(item["expires_at"].as_n().unwrap(), &at("2026-12-04T12:00:00Z").as_second().to_string());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_eight_pages_at_once_the_cap_lets_one_through() {
    let table = Table::patient().await;
    let start = Arc::new(Barrier::new(8));
    let racers = (1..=8).map(|racer| {
        let (store, start) = (table.store.clone(), Arc::clone(&start));
        tokio::spawn(async move {
            let mut log = store.phone_log(&phone()).await.unwrap();
            start.wait().await;
            while cap(Channel::Sms, log.paged(Channel::Sms), noon(), false).is_ok() {
                log.page(Channel::Sms, noon());
                log.codes.announce(&incident(racer), noon());
                match store.save_phone_log(log).await.unwrap() {
                    PhoneSaved::Yes(_) => return true,
                    PhoneSaved::Lost(winner) => log = winner,
                }
            }
            false
        })
    });
    let mut paged = 0;
    for racer in racers.collect::<Vec<_>>() {
        paged += usize::from(racer.await.unwrap());
    }
    let log = table.store.phone_log(&phone()).await.unwrap();
    assert_eq!((paged, log.paged(Channel::Sms).len(), log.codes.issued.len()), (1, 1, 1));
}

#[tokio::test]
async fn what_is_gathered_for_a_phone_is_due_until_it_is_told() {
    let table = Table::patient().await;
    let mut log = table.store.phone_log(&phone()).await.unwrap();
    for number in 1..=5 {
        log.codes.announce(&incident(number), noon());
    }
    let moment = log.codes.due().unwrap();
    let PhoneSaved::Yes(mut log) = table.store.save_phone_log(log).await.unwrap() else { panic!("a race") };
    let due = DueItem { what: Due::Phone(phone()), at: moment };
    assert_eq!(table.store.due(moment, 10).await.unwrap(), [due]);
    assert!(!table.item("phone#+4791000001", "sent").await.unwrap().contains_key("expires_at"), "it stays till then");

    assert_eq!(log.codes.bundle(moment).unwrap().incidents, [incident(4), incident(5)]);
    assert!(log.codes.may_help());
    let PhoneSaved::Yes(log) = table.store.save_phone_log(log).await.unwrap() else { panic!("a race") };
    assert_eq!(table.store.due(moment, 10).await.unwrap(), []);
    let found = table.store.phone_log(&phone()).await.unwrap();
    assert_eq!((found.codes.unhelpful, &found), (1, &log));
}

#[tokio::test]
async fn pages_that_no_cap_counts_are_forgotten() {
    let table = Table::patient().await;
    let mut log = table.store.phone_log(&phone()).await.unwrap();
    for minute in 0..500 {
        log.page(Channel::Voice, noon() + SignedDuration::from_mins(minute));
    }
    let last = noon() + SignedDuration::from_mins(499);
    assert_eq!((log.paged(Channel::Voice).len(), log.paged(Channel::Voice).last()), (64, Some(&last)));
    log.page(Channel::Voice, last + SignedDuration::from_hours(3));
    assert_eq!(log.paged(Channel::Voice).len(), 1);
    assert_eq!(log.paged(Channel::Sms), []);
}

#[tokio::test]
async fn a_number_leads_to_whoever_has_verified_it() {
    let table = Table::patient().await;
    let person = |id: &str, phones: &[(&str, bool)]| Person {
        id: PersonId::new(id),
        name: id.to_owned(),
        language: None,
        timezone: None,
        phones: phones
            .iter()
            .map(|(number, verified)| Phone { number: number.parse().unwrap(), verified: *verified })
            .collect(),
        rules: NotificationRules::default(),
    };
    let (mine, second) = ("+4791000001", "+4791000002");
    let ada = person("ada", &[(mine, true), (second, false)]);
    save(&table, &ada, Expected::Absent).await.unwrap();
    let mut log = table.store.phone_log(&phone()).await.unwrap();
    log.codes.announce(&incident(1), noon());
    log.answer(Handled { id: "SM1".to_owned(), answer: Some("Alert 10 is yours.".to_owned()) }, noon());
    table.store.save_phone_log(log.clone()).await.unwrap();
    table.store.bar_phone(&phone(), Channel::Sms, Some(Bar::OptedOut), noon()).await.unwrap();

    table.wire.forget();
    let texter = table.store.texter(&phone()).await.unwrap();
    assert_eq!(table.wire.counts(), [("Query".to_owned(), 1), ("BatchGetItem".to_owned(), 1)].into());
    assert_eq!((&texter.people[..], &texter.log.codes), (&[ada.clone()][..], &log.codes));
    assert_eq!((texter.log.answered, texter.log.answered_at), (log.answered, Some(noon())));
    let people = async |number: &str| {
        let texter = table.store.texter(&number.parse().unwrap()).await.unwrap();
        texter.people.iter().map(|person| person.id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(people(second).await, [""; 0], "nobody has proved that it is theirs");
    table.wire.forget();
    assert_eq!(people("+4799999999").await, [""; 0]);
    assert_eq!(table.wire.counts(), [("Query".to_owned(), 1)].into());

    // shared, then given away
    let bo = person("bo", &[(mine, true)]);
    save(&table, &bo, Expected::Absent).await.unwrap();
    assert_eq!(people(mine).await, ["ada", "bo"]);
    save(&table, &person("ada", &[(second, true)]), Expected::Version(1)).await.unwrap();
    assert_eq!((people(mine).await, people(second).await), (vec!["bo".to_owned()], vec!["ada".to_owned()]));
    assert!(table.item(&format!("phone#{mine}"), "person#ada").await.is_none());
    assert!(table.item(&format!("phone#{mine}"), "person#bo").await.is_some());
}
