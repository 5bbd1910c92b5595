//! Who would be rung, and every reason why somebody is passed over.

use serde_json::{Value, json};

use crate::{
    house::House,
    organisation::{LINE, person, schedule, settle, verify, with_line},
};

async fn house() -> House {
    let house = House::open().await;
    settle(&house).await;
    verify(&house).await;
    with_line(&house).await;
    house
}

fn rungs(explanation: &Value) -> Vec<String> {
    let rungs = explanation["destinations"][0]["rounds"][0]["rungs"].as_array().unwrap();
    let rung = |rung: &Value| format!("{} {}: {}", text(&rung["result"]), text(&rung["name"]), text(&rung["why"]));
    rungs.iter().map(rung).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("-")
}

#[tokio::test]
async fn the_ladder_of_a_real_call() {
    let house = house().await;
    let explained = house.get(&format!("/lines/{LINE}/explain?digit=1&at=2026-11-21T09:00:00Z")).await.body;
    assert_eq!(
        rungs(&explained),
        [
            "ring ada: on call in schedule primary: layer Days, group 1",
            "skip -: a wait of 5 min, not waited for on a live call",
            "ring bo: in team Leads",
            "skip ada: not needed, the steps reach somebody",
        ]
    );
    let people = |explained: &Value| -> Vec<Value> {
        let rungs = explained["destinations"][0]["rounds"][0]["rungs"].as_array().unwrap();
        rungs.iter().map(|rung| rung["person"].clone()).collect()
    };
    assert_eq!(people(&explained), [json!("ada"), Value::Null, json!("bo"), json!("ada")], "whom a skip is about, too");
    let destination = &explained["destinations"][0];
    assert_eq!((&destination["rings"], &destination["name"]), (&json!(true), &json!("Payments")));
    assert_eq!((&explained["closed"], &explained["at"]), (&json!([]), &json!("2026-11-21T09:00:00Z")));
    let nowhere = house.get(&format!("/lines/{LINE}/explain?digit=9")).await.body;
    assert_eq!(nowhere["destinations"], json!([]));
}

#[tokio::test]
async fn the_past_is_explained_by_the_schedule_of_then() {
    let house = house().await;
    let first = |at: &'static str| {
        let path = format!("/lines/{LINE}/explain?digit=1&at={at}");
        let house = &house;
        async move { rungs(&house.get(&path).await.body).remove(0) }
    };
    let ada = "ring ada: on call in schedule primary: layer Days, group 1";
    house.at("2026-11-25T09:00:00Z");
    assert_eq!(first("2026-11-21T09:00:00Z").await, ada);
    house.make("/people", person("cy", "+4791000003")).await;
    let mut changed = schedule("primary");
    changed["layers"][0]["users"] = json!([["cy"]]);
    let put = house.ask("PUT", "/schedules/primary").header("if-match", "*").json(&changed).send().await;
    assert_eq!(put.status, 200, "{put:?}");
    // nor is Ada in the plan of now by this schedule
    let mut policy = house.get("/escalation-policies/payments").await.body;
    policy["steps"].as_array_mut().unwrap().truncate(1);
    let put = house.ask("PUT", "/escalation-policies/payments").header("if-match", "*").json(&policy).send().await;
    assert_eq!(put.status, 200, "{put:?}");
    assert_eq!(first("2026-11-21T09:00:00Z").await, ada);
    assert!(first("2026-11-25T09:00:00Z").await.contains(" cy: "));
    // before the schedule was saved, nobody was on call by it
    assert_eq!(first("2026-11-19T09:00:00Z").await, "skip -: nobody is on call in schedule primary");
}

#[tokio::test]
async fn a_caller_is_not_rung_for_their_own_call() {
    let house = house().await;
    let ada = house.get("/people/ada").await.body["phones"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/lines/{LINE}/explain");
    let at = "2026-11-21T09:00:00Z";
    let by_id = house.get(&format!("{path}?at={at}&from={ada}")).await.body;
    assert_eq!(rungs(&by_id)[0], "skip ada: phone 1 is the caller's own");
    let question = json!({"at": at, "from": "+4791000001"});
    assert_eq!(house.ask("POST", &path).json(&question).send().await.body, by_id, "asked in either way");
    let blocked = house.ask("POST", &path).json(&json!({"from": "+4790000009"})).send().await.body;
    assert_eq!((&blocked["closed"], &blocked["destinations"][0]["rings"]), (&json!(["blocked"]), &json!(false)));
    house.get(&format!("{path}?from=+4791000001")).await.refuses(422, "refused", &["from"]);
}

#[tokio::test]
async fn a_caller_who_hides_their_number_can_be_asked_about() {
    let house = house().await;
    let path = format!("/lines/{LINE}");
    let closed = async |from: &str| {
        let answer = house.ask("POST", &format!("{path}/explain")).json(&json!({"from": from})).send().await;
        (answer.status, answer.body["closed"].clone())
    };
    assert_eq!(closed("anonymous").await, (200, json!([])));
    let mut line = house.get(&path).await.body;
    line["withheld"] = json!("refuse");
    assert_eq!(house.ask("PUT", &path).header("if-match", "*").json(&line).send().await.status, 200);
    // by a word, or by the word as it is typed on a keypad
    for from in ["anonymous", "Restricted", "+266696687", "86282452253"] {
        assert_eq!(closed(from).await, (200, json!(["withheld"])), "{from}");
    }
    assert_eq!(closed("+4791234567").await, (200, json!([])));
    assert_eq!(house.get(&format!("{path}/explain")).await.body["closed"], json!([]), "nothing is said of the caller");
    for from in ["", "somebody", "sip:ada@example.org", " anonymous", "+47"] {
        let asked = house.ask("POST", &format!("{path}/explain")).json(&json!({"from": from})).send().await;
        asked.refuses(422, "refused", &["from"]);
    }
}

#[tokio::test]
async fn what_keeps_a_call_out_is_told() {
    let house = house().await;
    house.ask("PUT", "/services/payments/mode").json(&json!({"mode": "maintenance", "minutes": 60})).send().await;
    let path = format!("/lines/{LINE}");
    let mut line = house.get(&path).await.body;
    line["enabled"] = json!(false);
    line["support_hours"] = json!({
        "timezone": "UTC", "windows": [{"days": ["MO"], "from": "08:00", "to": "16:00"}],
    });
    assert_eq!(house.ask("PUT", &path).header("if-match", "*").json(&line).send().await.status, 200);
    let explained = house.get(&format!("{path}/explain")).await.body;
    assert_eq!(explained["closed"], json!(["disabled", "outside_hours"]));
    let destination = &explained["destinations"][0];
    assert_eq!((&destination["mode"], &destination["rings"]), (&json!("maintenance"), &json!(false)));
    for (query, field) in [("digit=x", "digit"), ("digit=12", "digit"), ("at=noon", "at"), ("from=abc", "from")] {
        house.get(&format!("{path}/explain?{query}")).await.refuses(422, "refused", &[field]);
    }
    house.get("/lines/none/explain").await.refuses(404, "not-found", &[]);
}
