//! Lines: configured here, made elsewhere.

use serde_json::{Value, json};

use crate::{
    house::House,
    organisation::{LINE, settle, with_line},
};

#[tokio::test]
async fn a_line_is_configured_and_keeps_its_number() {
    let house = House::open().await;
    settle(&house).await;
    with_line(&house).await;
    let path = format!("/lines/{LINE}");
    let read = house.get(&path).await;
    assert_eq!((&read.body["number"], &read.body["destinations"][0]["key"]), (&json!("+4721000000"), &json!("1")));
    let put = |line: Value| house.ask("PUT", &path).header("if-match", "\"1\"").json(&line).send();

    let mut line = read.body.clone();
    line["number"] = json!("+4721000001");
    line["destinations"] = json!([
        {"key": "10", "service": "payments", "label": "a"}, {"key": "1", "service": "none", "label": "b"},
    ]);
    line["default_destination"] = json!("*");
    put(line.clone()).await.refuses(422, "refused", &["number", "destinations[0].key", "default_destination"]);

    let mut line = read.body.clone();
    line["destinations"][0]["service"] = json!("none");
    line["prompts"] = json!({"greeting": "Hello.", "hello": "x"});
    line["voicemail"]["max_seconds"] = json!(121);
    let answer = put(line.clone()).await;
    let (_, _, mut fields) = answer.problem();
    fields.sort_unstable();
    assert_eq!(fields, ["destinations[0].service", "prompts.hello", "voicemail.max_seconds"]);

    line["destinations"][0]["service"] = json!("payments");
    line["prompts"] = json!({"greeting": "Hello."});
    line["voicemail"]["max_seconds"] = json!(60);
    line["recording"] = json!(true);
    line["sms_notifications"] = json!(true);
    let saved = put(line.clone()).await;
    assert_eq!((saved.status, &saved.body["sms_notifications"]), (200, &json!(true)), "{saved:?}");
    // the next call follows it
    let plan = house.store.plan(store::PlanKey::Line(&oncall::LineId::new(LINE))).await.unwrap().unwrap().plan;
    assert_eq!((plan.line.prompts["greeting"].as_str(), plan.line.recording), ("Hello.", true));
    let services = house.ask("DELETE", "/services/payments").header("if-match", "*").send().await;
    assert_eq!(services.body["used_by"], json!([{"kind": "line", "id": LINE}]));
}

#[tokio::test]
async fn a_line_is_not_made_here() {
    let house = House::open().await;
    let put = house.ask("PUT", "/lines/mine").header("if-none-match", "*");
    put.json(&json!({"name": "Mine"})).send().await.refuses(422, "refused", &[""]);
    house.ask("POST", "/lines").json(&json!({"name": "Mine"})).send().await.refuses(405, "method-not-allowed", &[]);
    house.ask("DELETE", "/lines/mine").send().await.refuses(405, "method-not-allowed", &[]);
}
