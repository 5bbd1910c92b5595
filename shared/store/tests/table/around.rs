//! What is around an incident: what it needs, as it stands now, and no more, however large the organisation.

use std::collections::BTreeMap;

use oncall::{
    Channel, IncidentId, Mode, NamedSchedule, Person, PersonId, Service, ServiceId, Target, TeamId,
    incident::{Bar, Incident},
};
use store::{About, Around, Expected, Kind, Reference};

use crate::{
    configuration::{create, save},
    configuration_size::{document, fill},
    fixtures::item,
    incidents::{incident, noon, payments},
    organisation::{person_id, plan},
    table::Table,
};

fn people(around: &Around) -> Vec<&str> {
    let mut people: Vec<_> = around.directory.people.iter().map(|person| person.id.as_str()).collect();
    people.sort_unstable();
    people
}

async fn cost(schedules: usize) -> [BTreeMap<String, usize>; 3] {
    let table = Table::patient().await;
    create(&table, &plan(0)).await;
    let schedule = document::<NamedSchedule>(&table, "schedules", "sch_network").await;
    fill(&table, "schedules", "sch_network", &schedule, schedules).await;
    let incident = incident("in_1", noon());
    let mut costs = Vec::new();
    for (about, whom) in [
        (About::Service(&payments()), vec![]),
        (About::Incident(&incident), vec![Target::Person(person_id(19))]),
        (About::Nothing, vec![Target::Team(TeamId::new("team_leads"))]),
    ] {
        table.wire.forget();
        table.store.around(about, &whom).await.unwrap();
        costs.push(table.wire.counts());
    }
    costs.try_into().unwrap()
}

#[tokio::test]
async fn ten_thousand_schedules_cost_what_ten_do() {
    let small = cost(10).await;
    assert_eq!(small, cost(10_000).await);
    let counts = small.map(|counts| counts.into_iter().collect::<Vec<_>>());
    let reads = |many| vec![("BatchGetItem".to_owned(), many)];
    assert_eq!(counts, [reads(5), reads(3), reads(3)], "levels of names, and the phones");
}

#[tokio::test]
async fn of_a_service_its_policy_and_whom_that_reaches() {
    let table = Table::patient().await;
    create(&table, &plan(0)).await;
    let service = payments();
    let around = table.store.around(About::Service(&service), &[]).await.unwrap();
    assert_eq!(around.service.as_ref().map(|service| service.name.as_str()), Some("Payments"));
    assert_eq!(around.policy, plan(0).policies.first().cloned());
    let schedules: Vec<_> = around.directory.schedules.iter().map(|schedule| schedule.name.as_str()).collect();
    assert_eq!((schedules, around.directory.teams.len()), (vec!["Payments"], 1));
    let expected = ["per_01", "per_02", "per_03", "per_04", "per_05", "per_06", "per_08", "per_15", "per_20"];
    assert_eq!(people(&around), expected, "on call, leads, the override");
    assert_eq!((around.mode(), around.damaged.len()), (Mode::Normal, 0));
    let nobodys = ServiceId::new("gone");
    let around = table.store.around(About::Service(&nobodys), &[]).await.unwrap();
    assert_eq!((around.service.as_ref(), around.policy.as_ref(), people(&around).len()), (None, None, 0));
}

#[tokio::test]
async fn of_an_incident_its_own_policy_and_everybody_as_they_are_now() {
    let table = Table::patient().await;
    create(&table, &plan(0)).await;
    let opened = incident("in_1", noon());
    let mode = Mode::Maintenance { until: None };
    let service = Service { mode, ..plan(0).services[0].clone() };
    save(&table, &service, Expected::Version(1)).await.unwrap();
    let mut person = plan(0).directory.people[1].clone();
    person.phones[0].number = "+4799999999".parse().unwrap();
    save(&table, &person, Expected::Version(1)).await.unwrap();
    table.store.bar_phone(&person.phones[0].number, Channel::Sms, Some(Bar::OptedOut), noon()).await.unwrap();

    let asked = [Target::Person(person_id(19)), Target::Person(PersonId::new("nobody"))];
    let around = table.store.around(About::Incident(&opened), &asked).await.unwrap();
    assert_eq!((around.mode(), around.policy.as_ref()), (mode, None));
    assert!(around.directory.people.contains(&person), "with the corrected number");
    assert_eq!(around.phones.barred(&person.phones[0].number, Channel::Sms), Some(Bar::OptedOut));
    assert!(people(&around).contains(&"per_19"), "named by hand");
    let surroundings = around.surroundings();
    assert_eq!((surroundings.mode, surroundings.directory), (mode, &around.directory));

    let mut alone = Incident { service: None, ..opened };
    alone.snapshot.policy = None;
    alone.id = IncidentId::new("in_2");
    let around = table.store.around(About::Incident(&alone), &[]).await.unwrap();
    let paged: Vec<_> = alone.pursuits.iter().map(|pursuit| pursuit.person.as_str()).collect();
    assert_eq!((people(&around), around.service.as_ref()), (paged, None), "whom it pages already");
}

#[tokio::test]
async fn what_cannot_be_read_is_told_and_the_others_are_reached() {
    let table = Table::patient().await;
    create(&table, &plan(0)).await;
    table.put(item("people", "per_02", "{}")).await;
    let around = table.store.around(About::Service(&payments()), &[]).await.unwrap();
    assert_eq!(around.damaged, [Reference::new(Kind::Person, "per_02")]);
    assert!(!people(&around).contains(&"per_02") && people(&around).contains(&"per_03"));
    assert!(table.store.find::<Person>("per_02").await.is_err());
}
