//! Many editors at once, answers that are lost, and more lines than one transaction has room for.

use std::{collections::BTreeSet, time::Duration};

use oncall::{Line, LineId, Person, Team};
use store::{Expected, PlanKey, SaveError};
use wire::Fault;

use crate::{
    configuration::{create, found, save},
    organisation::{person_id, plan},
    table::Table,
};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_editors_of_different_objects_nobody_is_lost() {
    let table = Table::patient().await;
    create(&table, &plan(0)).await;
    let mut people = Vec::new();
    for number in 1..=6 {
        let id = person_id(number);
        let mut person = table.store.find::<Person>(id.as_str()).await.unwrap().unwrap().value;
        person.name = format!("Renamed {number}");
        people.push(person);
    }
    let saves = people.iter().map(async |person| {
        // whoever is told that too many others save says it again
        for _ in 0..10 {
            match save(&table, person, Expected::Version(1)).await {
                Err(SaveError::Busy) => {}
                other => return other,
            }
        }
        panic!("nobody gets through")
    });
    for outcome in futures_util::future::join_all(saves).await {
        outcome.unwrap();
    }
    let plan = found(&table).await;
    for person in &people {
        assert_eq!(plan.directory.person(&person.id), Some(person));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_editors_of_one_object_one_is_told() {
    let table = Table::patient().await;
    create(&table, &plan(0)).await;
    let mut one = table.store.find::<Team>("team_leads").await.unwrap().unwrap().value;
    let mut other = one.clone();
    one.name = "One".to_owned();
    other.name = "Other".to_owned();
    let outcomes = tokio::join!(save(&table, &one, Expected::Version(1)), save(&table, &other, Expected::Version(1)));
    let winner = match &outcomes {
        (Ok(_), Err(SaveError::Stale { current: Some(2) })) => one,
        (Err(SaveError::Stale { current: Some(2) }), Ok(_)) => other,
        _ => panic!("{outcomes:?}"),
    };
    assert_eq!(found(&table).await.directory.teams, [winner]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nobody_names_what_goes_in_the_same_moment() {
    for _ in 0..5 {
        let table = Table::patient().await;
        create(&table, &plan(0)).await;
        let mut stranger = plan(0).directory.people.remove(0);
        stranger.id = person_id(99);
        stranger.phones.clear();
        save(&table, &stranger, Expected::Absent).await.unwrap();
        let mut team = plan(0).directory.teams.remove(0);
        team.members.push(stranger.id.clone());
        let editor = crate::configuration::Editor::at("2026-10-24T12:00:00Z");
        let context = editor.context();
        let outcomes = tokio::join!(
            save(&table, &team, Expected::Any),
            table.store.delete::<Person>(stranger.id.as_str(), Expected::Any, &context)
        );
        match &outcomes {
            (Ok(_), Err(SaveError::InUse(_))) | (Err(SaveError::Refused(_)), Ok(_)) => {}
            _ => panic!("{outcomes:?}"),
        }
    }
}

#[tokio::test]
async fn a_save_whose_answer_was_lost_counts_once() {
    let table = Table::patient().await;
    create(&table, &plan(0)).await;
    let mut team = plan(0).directory.teams.remove(0);
    team.name = "Leaders".to_owned();
    table.wire.next("TransactWriteItems", Fault::CutAfter);
    let saved = save(&table, &team, Expected::Version(1)).await.unwrap();
    assert_eq!(saved.version, 2);
    assert_eq!(found(&table).await.version, saved.revision);
}

/// As many lines as told, all to the same services.
async fn many_lines(table: &Table, many: usize) -> Vec<Line> {
    let whole = plan(0);
    create(table, &whole).await;
    let mut lines = vec![whole.line.clone()];
    for number in 1..many {
        let id = LineId::new(format!("ln_{number:03}"));
        let line = Line { id, number: format!("+4721{number:06}").parse().unwrap(), ..whole.line.clone() };
        save(table, &line, Expected::Absent).await.unwrap();
        lines.push(line);
    }
    lines
}

/// The versions of all lines' plans, where every plan has the team's new name or the whole old one.
async fn versions(table: &Table, lines: &[Line], old: &str, new: &str) -> BTreeSet<u64> {
    let mut versions = BTreeSet::new();
    for line in lines {
        let plan = table.store.plan(PlanKey::Line(&line.id)).await.unwrap().unwrap().plan;
        let name = plan.directory.teams[0].name.as_str();
        assert!([old, new].contains(&name), "{name}");
        if name == new {
            versions.insert(plan.version);
        }
    }
    versions
}

#[tokio::test]
async fn more_lines_than_a_transaction_holds_follow_at_once() {
    let table = Table::patient().await;
    let lines = many_lines(&table, 40).await;
    let mut team = plan(0).directory.teams.remove(0);
    team.name = "Leaders".to_owned();
    table.wire.forget();
    let saved = save(&table, &team, Expected::Any).await.unwrap();
    assert_eq!(saved.rebuilding, []);
    assert_eq!(versions(&table, &lines, "Leads", "Leaders").await, [saved.revision].into());
    assert_eq!(table.wire.count("TransactWriteItems"), 2);
}

#[tokio::test]
async fn what_could_not_follow_is_told_and_follows_later() {
    let table = Table::patient().await;
    let lines = many_lines(&table, 40).await;
    let mut team = plan(0).directory.teams.remove(0);
    team.name = "Leaders".to_owned();
    // the save itself passes, its follower does not
    table.wire.next("TransactWriteItems", Fault::Delay(Duration::ZERO));
    table.wire.every("TransactWriteItems", Fault::Refuse);
    let saved = save(&table, &team, Expected::Any).await.unwrap();
    assert_eq!(saved.rebuilding.len(), 10);
    let first = versions(&table, &lines, "Leads", "Leaders").await;
    assert_eq!(first, [saved.revision].into());

    table.wire.mend();
    assert_eq!(table.store.rebuild_pending().await.unwrap(), []);
    for line in &lines {
        let plan = table.store.plan(PlanKey::Line(&line.id)).await.unwrap().unwrap().plan;
        assert_eq!((plan.version, plan.directory.teams[0].name.as_str()), (saved.revision, "Leaders"));
    }
    assert_eq!(table.store.rebuild_pending().await.unwrap(), []);
}
