//! Many who write at the same time: whose change means the same whatever else has changed is not turned away.

use api::{
    Mode, ModeChange, Override, Schedule, Service, Stored,
    client::{BuiltOn, Client, ClientError},
};
use serde_json::json;
use tokio::task::JoinSet;

use crate::{house::House, organisation::settle};

/// How many write at the same time.
const MANY: usize = 8;

fn override_of(hour: usize) -> Override {
    let (day, hour) = (1 + hour / 20, hour % 20);
    let instant = |minutes| format!("2026-12-{day:02}T{hour:02}:{minutes}:00Z");
    Override { id: None, start: instant("00"), end: instant("30"), users: vec!["bo".to_owned()] }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn eight_add_ten_overrides_each_to_one_schedule() {
    let house = House::open().await;
    settle(&house).await;
    let client = house.client().await;
    let mut tasks = JoinSet::new();
    for task in 0..MANY {
        let client = client.clone();
        tasks.spawn(async move {
            for one in 0..10 {
                client.add_override("primary", &override_of(10 * task + one)).await?;
            }
            Ok::<_, ClientError>(())
        });
    }
    for outcome in tasks.join_all().await {
        outcome.unwrap();
    }
    let schedule: Stored<Schedule> = client.read("primary").await.unwrap();
    assert_eq!((schedule.value.overrides.len(), schedule.version), (80, 81));
}

/// Each of many, at the same time.
async fn all_at_once<F>(client: &Client, each: impl Fn(Client, usize) -> F) -> Vec<u16>
where
    F: Future<Output = Result<(), ClientError>> + Send + 'static,
{
    let mut tasks = JoinSet::new();
    for task in 0..MANY {
        let asked = each(client.clone(), task);
        tasks.spawn(async move {
            match asked.await {
                Ok(()) => 200,
                Err(ClientError::Problem(problem)) => problem.status,
                Err(error) => panic!("{error:?}"),
            }
        });
    }
    let mut statuses = tasks.join_all().await;
    statuses.sort_unstable();
    statuses
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn modes_of_one_service_and_of_others_are_all_set() {
    let house = House::open().await;
    settle(&house).await;
    for id in 0..MANY {
        house.make("/services", json!({"id": format!("s{id}"), "name": "S", "policy": "payments"})).await;
    }
    let client = house.client().await;
    let minutes = |minutes| ModeChange { mode: Mode::Debug, minutes: u32::try_from(minutes).ok(), until: None };
    let statuses = all_at_once(&client, |client, task| async move {
        client.set_mode("payments", &minutes(task + 1)).await?;
        client.set_mode(&format!("s{task}"), &minutes(5)).await?;
        client.set_mode("payments", &minutes(task + 20)).await.map(drop)
    });
    assert_eq!(statuses.await, [200; MANY]);
    let service: Stored<Service> = client.read("payments").await.unwrap();
    assert_eq!(service.version, 17, "each of them counts");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_does_not_mind_is_not_overtaken() {
    let house = House::open().await;
    settle(&house).await;
    let client = house.client().await;
    let schedule: Stored<Schedule> = client.read("primary").await.unwrap();
    let named = |task| Schedule { name: format!("Primary {task}"), ..schedule.value.clone() };
    let statuses = all_at_once(&client, |client, task| {
        let named = named(task);
        async move { client.replace("primary", &named, BuiltOn::Any).await.map(drop) }
    });
    assert_eq!(statuses.await, [200; MANY]);
    let schedule: Stored<Schedule> = client.read("primary").await.unwrap();
    assert_eq!(schedule.version, 9, "the last one wins");

    // whoever minds is told
    let statuses = all_at_once(&client, |client, task| {
        let named = named(10 + task);
        async move { client.replace("primary", &named, BuiltOn::Version(9)).await.map(drop) }
    });
    assert_eq!(statuses.await, [200, 412, 412, 412, 412, 412, 412, 412]);

    let statuses = all_at_once(&client, |client, task| async move {
        let cap = serde_json::from_value(json!({"daily_cap": format!("{task}.00")}));
        client.set_sending(&cap.unwrap(), BuiltOn::Any).await.map(drop)
    });
    assert_eq!(statuses.await, [200; MANY]);
    assert_eq!(client.sending().await.unwrap().version, 8);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_others_change_all_the_time_can_be_deleted() {
    let house = House::open().await;
    settle(&house).await;
    house.make("/people", json!({"id": "eve", "name": "Eve"})).await;
    let client = house.client().await;
    let statuses = all_at_once(&client, |client, task| async move {
        let named = serde_json::from_value(json!({"name": format!("Eve {task}")}));
        let named: api::Person = named.unwrap();
        match task {
            0 => client.delete::<api::Person>("eve", BuiltOn::Any).await,
            _ => client.replace("eve", &named, BuiltOn::Any).await.map(drop),
        }
    });
    // whoever came after the deletion is told that there is nothing to replace
    let statuses = statuses.await;
    assert!(statuses.iter().all(|status| [200, 412].contains(status)), "{statuses:?}");
    house.get("/people/eve").await.refuses(404, "not-found", &[]);
}
