//! Overrides: added and removed by operators, joined where they overlap.

use serde_json::{Value, json};

use crate::{house::House, organisation::settle};

fn bo(start: &str, end: &str) -> Value {
    json!({"start": format!("2026-11-2{start}:00Z"), "end": format!("2026-11-2{end}:00Z"), "users": ["bo"]})
}

#[tokio::test]
async fn an_operator_adds_and_removes_them() {
    let house = House::open().await;
    settle(&house).await;
    let (_, operator) = house.token("operator", None).await;
    let path = "/schedules/primary/overrides";
    let add = |json: Value| house.ask("POST", path).token(&operator).json(&json).send();
    let spans = |body: &Value| -> Vec<String> {
        let overrides = body["overrides"].as_array().unwrap().iter();
        overrides.map(|one| format!("{}/{}", one["start"].as_str().unwrap(), one["end"].as_str().unwrap())).collect()
    };
    let first = add(bo("0T18", "1T08")).await;
    assert_eq!((first.status, first.etag()), (201, "\"2\"".to_owned()), "the schedule's");
    let told = ["version", "warnings", "rebuilding"].map(|name| first.body[name].clone());
    assert_eq!(told, [json!(2), json!([]), json!([])]);
    let joined = add(bo("1T06", "1T12")).await;
    assert_eq!(spans(&joined.body), ["2026-11-20T18:00Z/2026-11-21T12:00Z"]);
    let apart = add(bo("2T06", "2T12")).await;
    assert_eq!(apart.body["overrides"].as_array().unwrap().len(), 2);
    let together = add(json!({"start": "2026-11-20T20:00Z", "end": "2026-11-20T22:00Z", "users": ["ada", "bo"]})).await;
    assert_eq!(together.body["overrides"].as_array().unwrap().len(), 3, "other people's stay");

    let id = joined.body["overrides"][0]["id"].as_str().unwrap();
    let remove = || house.ask("DELETE", &format!("{path}/{id}")).token(&operator).send();
    house.at("2026-11-20T09:30:00Z");
    let rest = remove().await;
    assert_eq!((rest.status, rest.body["overrides"].as_array().unwrap().len()), (200, 2));
    assert_eq!((rest.etag(), house.get("/schedules/primary").await.etag()), ("\"6\"".to_owned(), "\"6\"".to_owned()));
    remove().await.refuses(404, "not-found", &[]);
    let log = house.get("/audit?kind=schedule&limit=1").await.body;
    assert_eq!(log["items"][0]["fields"], json!(["overrides"]));
    let shown = house.get("/schedules/primary").await.body;
    assert_eq!(shown["overrides"], rest.body["overrides"]);
}

#[tokio::test]
async fn one_that_is_over_already_is_said_to_be() {
    let house = House::open().await;
    settle(&house).await;
    let add = async |one: Value| house.make("/schedules/primary/overrides", one).await.body["warnings"].clone();
    assert_eq!(add(bo("0T08", "0T10")).await, json!([]), "it goes on");
    let warnings = add(bo("0T07", "0T08")).await;
    assert_eq!(warnings, json!([{"field": "end", "message": "is in the past: nobody is on call by it any more"}]));
}

#[tokio::test]
async fn one_that_cannot_be_is_refused() {
    let house = House::open().await;
    settle(&house).await;
    // among others it would have another place than the first
    for (start, end) in [("1T18", "2T08"), ("3T18", "4T08")] {
        house.make("/schedules/primary/overrides", bo(start, end)).await;
    }
    let refused = |json: Value, field: &'static str| {
        let asking = house.ask("POST", "/schedules/primary/overrides").json(&json);
        async move { asking.send().await.refuses(422, "refused", &[field]) }
    };
    refused(bo("1T08", "0T18"), "end").await;
    refused(json!({"start": "soon", "end": "2026-11-21T08:00Z", "users": ["bo"]}), "start").await;
    refused(json!({"start": "2026-11-20T18:00Z", "end": "2026-11-21T08:00Z", "users": []}), "users").await;
    refused(json!({"start": "2026-11-20T18:00Z", "users": ["bo"]}), "end").await;
    let eve = json!({"start": "2026-11-20T18:00Z", "end": "2026-11-21T08:00Z", "users": ["eve"]});
    refused(eve, "users[0]").await;
    let none = house.ask("POST", "/schedules/none/overrides").json(&bo("0T18", "1T08")).send().await;
    none.refuses(404, "not-found", &[]);
}
