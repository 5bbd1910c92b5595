//! Calendars of holidays, and the hours that follow them.

use serde_json::{Value, json};

use crate::{
    house::{Answer, House},
    organisation::{LINE, holidays, settle, verify, with_line},
};

/// A house whose line is open all day and every day in Oslo, but for Norway's holidays.
async fn house() -> House {
    let house = House::open().await;
    settle(&house).await;
    verify(&house).await;
    with_line(&house).await;
    house.make("/holidays", holidays("norway")).await;
    assert_eq!(follow(&house, &["norway"]).await.status, 200);
    house
}

async fn follow(house: &House, calendars: &[&str]) -> Answer {
    let path = format!("/lines/{LINE}");
    let mut line = house.get(&path).await.body;
    let days = json!(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]);
    let windows = json!([{"days": days, "from": "00:00", "to": "00:00"}]);
    line["support_hours"] = json!({"timezone": "Europe/Oslo", "windows": windows, "calendars": calendars});
    house.ask("PUT", &path).header("if-match", "*").json(&line).send().await
}

#[tokio::test]
async fn a_calendar_that_hours_follow_stays_and_one_that_is_unknown_is_named() {
    let house = house().await;
    let of_policy = json!({"type": "notify_if_time", "targets": [{"type": "person", "id": "ada"}], "hours": {
        "timezone": "UTC", "windows": [{"days": ["MO"], "from": "08:00", "to": "16:00"}], "calendars": ["norway"],
    }});
    house.make("/escalation-policies", json!({"id": "mondays", "name": "Mondays", "steps": [of_policy]})).await;
    let delete = || house.ask("DELETE", "/holidays/norway").header("if-match", "*").send();
    let refused = delete().await;
    refused.refuses(409, "in-use", &[]);
    let users = json!([{"kind": "escalation_policy", "id": "mondays"}, {"kind": "line", "id": LINE}]);
    assert_eq!(refused.body["used_by"], users);

    follow(&house, &["norway", "sweden"]).await.refuses(422, "refused", &["support_hours.calendars[1]"]);
    let mut unknown = of_policy.clone();
    unknown["hours"]["calendars"] = json!(["sweden"]);
    let policy = json!({"name": "X", "steps": [unknown]});
    let answer = house.ask("POST", "/escalation-policies").json(&policy).send().await;
    answer.refuses(422, "refused", &["steps[0].hours.calendars[0]"]);

    assert_eq!(follow(&house, &[]).await.status, 200);
    assert_eq!(house.ask("DELETE", "/escalation-policies/mondays").header("if-match", "*").send().await.status, 204);
    assert_eq!(delete().await.status, 204);
}

#[tokio::test]
async fn what_cannot_be_a_holiday_is_refused_by_its_field() {
    let house = House::open().await;
    let day = |from: &str, to: &str| json!({"name": "Day", "from": from, "to": to});
    for (days, field) in [
        (json!([{"name": " ", "from": "2026-12-24"}]), "days[0].name"),
        (json!([day("2026-12-24", "2026-12-23")]), "days[0].to"),
        (json!([day("2026-06-01", "2026-09-09")]), "days[0].to"),
        (json!([day("2026-12-24", "2026-12-24"), {"name": "Same", "from": "2026-12-24"}]), "days[1]"),
        (json!([day("2026-02-30", "2026-03-01")]), "days[0].from"),
        (json!([{"name": "Day", "date": "2026-12-24"}]), "days[0].date"),
    ] {
        let answer = house.ask("POST", "/holidays").json(&json!({"name": "X", "days": days})).send().await;
        answer.refuses(422, "refused", &[field]);
    }
    let empty = house.make("/holidays", json!({"name": "X"})).await.body;
    assert_eq!(empty["warnings"][0]["field"], "days");
}

#[tokio::test]
async fn the_holiday_is_named_to_whoever_asks_why_the_line_is_closed() {
    let house = house().await;
    for (at, closed, holiday) in [
        ("2026-11-29T22:59:59Z", json!([]), Value::Null),
        ("2026-11-29T23:00:00Z", json!(["outside_hours"]), json!("Christmas party")),
        ("2026-12-01T22:59:59Z", json!(["outside_hours"]), json!("Christmas party")),
        ("2026-12-01T23:00:00Z", json!([]), Value::Null),
        ("2027-12-06T12:00:00Z", json!(["outside_hours"]), json!("Saint Nicholas")),
    ] {
        let explained = house.get(&format!("/lines/{LINE}/explain?at={at}")).await.body;
        assert_eq!((&explained["closed"], &explained["holiday"]), (&closed, &holiday), "{at}");
    }
}

#[tokio::test]
async fn nobody_is_missing_on_a_holiday() {
    let house = house().await;
    let mut document = house.get("/configuration").await.body;
    assert_eq!(document["holidays"][0]["id"], "norway");
    // Ada and Bo are away for the two days of the party, and nobody else is asked
    document["escalation_policies"][0]["steps"] =
        json!([{"type": "notify", "targets": [{"type": "schedule", "id": "primary"}]}]);
    document["escalation_policies"][0]["fallback"] = Value::Null;
    document["schedules"][0]["layers"][0]["until"] = json!("2026-11-30T00:00");
    assert_eq!(house.ask("PUT", "/configuration").json(&document).send().await.status, 200);
    let gaps = |answer: &Value| {
        let findings = answer["findings"].as_array().unwrap().clone();
        let finding = findings.into_iter().find(|finding| finding["code"] == "nobody_on_call");
        finding.map(|finding| finding["gaps"].clone())
    };
    let gap = gaps(&house.get("/readiness").await.body).expect("nobody is there in December");
    assert_eq!(gap, json!([{"start": "2026-12-01T23:00:00Z", "end": "2026-12-04T09:00:00Z"}]));

    // the file is where it is changed, too
    document["holidays"][0]["days"][1]["to"] = json!("2026-12-31");
    let applied = house.ask("PUT", "/configuration").json(&document).send().await.body;
    assert_eq!(
        (&applied["changes"][0]["kind"], &applied["changes"][0]["fields"]),
        (&json!("holiday_calendar"), &json!(["days"]))
    );
    assert_eq!(gaps(&house.get("/readiness").await.body), None);
}
