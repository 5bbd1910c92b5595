//! Texts that people write: each as long as the OpenAPI document says, and no longer.

use serde_json::{Value, json};

use crate::{
    house::House,
    organisation::{LINE, person, policy, schedule, settle, with_line},
};

/// How long a property of a schema may be, by the document.
fn most(schema: &str, property: &str) -> usize {
    let document = serde_json::to_value(provision::openapi()).unwrap();
    let most = &document["components"]["schemas"][schema]["properties"][property]["maxLength"];
    usize::try_from(most.as_u64().unwrap_or_else(|| panic!("{schema}.{property} has no end"))).unwrap()
}

fn put(object: &mut Value, field: &str, value: Value) {
    let pointer = format!("/{}", field.replace('[', "/").replace(']', "").replace('.', "/"));
    *object.pointer_mut(&pointer).unwrap() = value;
}

/// Saves the object with the longest text that the document allows, which is taken, and with one longer.
async fn check(house: &House, path: &str, mut object: Value, field: &str, (schema, property): (&str, &str)) {
    let most = most(schema, property);
    let save = async |object: &Value| house.ask("PUT", path).header("if-match", "*").json(object).send().await;
    put(&mut object, field, json!("å".repeat(most)));
    let longest = save(&object).await;
    assert_eq!(longest.status, 200, "{path} {field}: {longest:?}");
    put(&mut object, field, json!("å".repeat(most + 1)));
    let refused = save(&object).await;
    refused.refuses(422, "refused", &[field]);
    assert_eq!(refused.body["errors"][0]["message"], format!("is too long: at most {most} characters"));
}

#[tokio::test]
async fn the_document_and_the_review_have_the_same_limits() {
    let house = House::open().await;
    settle(&house).await;
    with_line(&house).await;
    let calendar = json!({"id": "norway", "name": "Norway", "days": [{"name": "Christmas", "from": "2026-12-25"}]});
    house.make("/holidays", calendar.clone()).await;
    let (service, team) =
        (json!({"name": "Payments", "policy": "payments"}), json!({"name": "Leads", "members": ["bo"]}));
    let mut line = house.get(&format!("/lines/{LINE}")).await.body;
    line["voice"] = json!("Polly.Amy");
    let line_path = format!("/lines/{LINE}");
    for (path, object, field, property) in [
        ("/people/ada", person("ada", "+4791000001"), "name", ("Person", "name")),
        ("/teams/leads", team, "name", ("Team", "name")),
        ("/schedules/primary", schedule("primary"), "name", ("Schedule", "name")),
        ("/schedules/primary", schedule("primary"), "layers[0].name", ("Layer", "name")),
        ("/holidays/norway", calendar.clone(), "name", ("HolidayCalendar", "name")),
        ("/holidays/norway", calendar, "days[0].name", ("Holiday", "name")),
        ("/escalation-policies/payments", policy("payments"), "name", ("EscalationPolicy", "name")),
        ("/services/payments", service, "name", ("Service", "name")),
        (&line_path, line.clone(), "name", ("Line", "name")),
        (&line_path, line.clone(), "voice", ("Line", "voice")),
        (&line_path, line.clone(), "destinations[0].label", ("Destination", "label")),
    ] {
        check(&house, path, object, field, property).await;
    }
    let language = most("Line", "language");
    line["language"] = json!(format!("en{}", "-abcdefgh".repeat(4)));
    assert!(line["language"].as_str().unwrap().len() > language);
    let save = house.ask("PUT", &line_path).header("if-match", "*").json(&line).send();
    save.await.refuses(422, "refused", &["language"]);
    for property in [("Person", "language"), ("NewPurchase", "language"), ("NewAdoption", "language")] {
        assert_eq!(most(property.0, property.1), language);
    }
    for schema in ["NewToken", "NewRoutingKey", "NewIntegration", "NewPurchase", "NewAdoption", "IntegrationChange"] {
        assert_eq!(most(schema, "name"), oncall::longest::NAME, "{schema}");
    }
}

#[tokio::test]
async fn a_file_is_held_to_them_too() {
    let house = House::open().await;
    settle(&house).await;
    let mut document = house.get("/configuration").await.body;
    document["people"][1]["name"] = json!("x".repeat(101));
    let apply = house.ask("PUT", "/configuration?dry_run=true").json(&document).send();
    apply.await.refuses(422, "refused", &["people[1].name"]);
}

#[tokio::test]
async fn a_language_that_nobody_speaks_is_refused_and_one_without_words_is_warned_of() {
    let house = House::open().await;
    settle(&house).await;
    with_line(&house).await;
    let path = format!("/lines/{LINE}");
    let mut line = house.get(&path).await.body;
    line["voicemail"]["transcribe"] = json!(false);
    let save = async |line: &Value| house.ask("PUT", &path).header("if-match", "*").json(line).send().await;
    line["language"] = json!("klingon");
    save(&line).await.refuses(422, "refused", &["language"]);
    line["language"] = json!("ja-JP");
    assert_eq!(save(&line).await.body["warnings"][0]["field"], "language");
    line["language"] = json!("nb-NO");
    assert_eq!(save(&line).await.body["warnings"], json!([]));
}

#[tokio::test]
async fn a_line_that_reaches_too_much_is_named() {
    let house = House::open().await;
    settle(&house).await;
    with_line(&house).await;
    let groups: Vec<Value> = (0..1_000).map(|_| json!(["ada"])).collect();
    let layer = json!({"name": "x", "users": groups, "frequency": "daily", "start": "2026-10-20T08:00"});
    let mut targets = Vec::new();
    for place in 0..3 {
        let id = format!("large_{place}");
        let layers: Vec<&Value> = (0..20).map(|_| &layer).collect();
        house.make("/schedules", json!({"id": id, "name": "x", "timezone": "UTC", "layers": layers})).await;
        targets.push(json!({"type": "schedule", "id": id}));
    }
    let large = json!({"name": "x", "steps": [{"type": "notify", "targets": targets}]});
    let put = house.ask("PUT", "/escalation-policies/payments").header("if-match", "*").json(&large);
    let refused = put.send().await;
    refused.refuses(422, "refused", &[]);
    let detail = refused.body["detail"].as_str().unwrap();
    assert!(detail.starts_with(&format!("Line {LINE} would reach ")), "{detail}");
    assert!(detail.ends_with("spread them over several lines."), "{detail}");
}
