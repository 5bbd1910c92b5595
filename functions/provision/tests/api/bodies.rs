//! Bodies that cannot be read are refused with a problem, and what is wrong is named.

use serde_json::json;

use crate::house::House;

#[tokio::test]
async fn a_body_is_json_of_a_bearable_length() {
    let house = House::open().await;
    let post = |media_type: &str, body: &str| {
        house.ask("POST", "/people").header("content-type", media_type).body(body).send()
    };
    for broken in ["", "{", "{\"name\": \"Ada\"", "nil", "{\"name\": \"\u{1}\"}"] {
        post("application/json", broken).await.refuses(400, "malformed", &[]);
    }
    for media_type in ["text/plain", "application/x-www-form-urlencoded", "application/json5", ""] {
        post(media_type, "{\"name\": \"Ada\"}").await.refuses(415, "unsupported-media-type", &[]);
    }
    assert_eq!(post("Application/JSON; charset=utf-8", "{\"name\": \"Ada\"}").await.status, 201);
    let long = json!({"name": "x".repeat(256 * 1024)}).to_string();
    post("application/json", &long).await.refuses(413, "too-large", &[]);
    for other in ["[]", "null", "\"Ada\"", "7"] {
        post("application/json", other).await.refuses(422, "refused", &[""]);
    }
}

#[tokio::test]
async fn a_list_of_members_is_no_object() {
    let house = House::open().await;
    let account = json!(["AC00000000000000000000000000000001", "Acme", "x", "SK00000000000000000000000000000001", "x"]);
    for (method, path, body, field) in [
        ("POST", "/people", json!(["zed", "Zed"]), ""),
        ("POST", "/people", json!({"name": "A", "phones": [["a", "+4791000001"]]}), "phones[0]"),
        ("POST", "/tokens", json!(["arr", "reader"]), ""),
        ("PUT", "/services/payments/mode", json!(["normal"]), ""),
        ("PUT", "/configuration", json!([]), ""),
        ("PUT", "/configuration", json!({"people": [["zed", "Zed"]]}), "people[0]"),
        ("POST", "/integrations", json!([]), ""),
        ("POST", "/integrations", account, ""),
    ] {
        let refused = house.ask(method, path).json(&body).send().await;
        refused.refuses(422, "refused", &[field]);
        assert_eq!(refused.body["errors"][0]["message"], "must be an object", "{method} {path}");
    }
    for (yaml, field) in [("[]", ""), ("people: [[zed, Zed]]", "people[0]"), ("- people", "")] {
        let put = house.ask("PUT", "/configuration").header("content-type", "application/yaml").body(yaml);
        put.send().await.refuses(422, "refused", &[field]);
    }
    assert_eq!(house.get("/status").await.body["revision"], 0, "nothing was saved");
}

#[tokio::test]
async fn a_header_that_is_missing_is_named() {
    let house = House::open().await;
    let wanted = json!({"summary": "x", "severity": "error", "whom": []});
    let refused = house.ask("POST", "/incidents").json(&wanted).send().await;
    refused.refuses(400, "malformed", &["Idempotency-Key"]);
}

#[tokio::test]
async fn each_wrong_field_is_named() {
    let house = House::open().await;
    for (path, body, field) in [
        ("/people", json!({}), "name"),
        ("/people", json!({"name": 5}), "name"),
        (
            "/people",
            json!({"name": "A", "phones": [{"number": "+4791000001"}, {"number": "91000001"}]}),
            "phones[1].number",
        ),
        ("/people", json!({"name": "A", "rules": {"high": [{"channel": "fax"}]}}), "rules.high[0].channel"),
        (
            "/people",
            json!({"name": "A", "rules": {"low": [{"channel": "sms", "after_minutes": -1}]}}),
            "rules.low[0].after_minutes",
        ),
        ("/people", json!({"name": "A", "colour": "red"}), "colour"),
        ("/people", json!({"name": "A", "id": "Ada Lovelace"}), "id"),
        ("/teams", json!({"name": "A", "members": "ada"}), "members"),
        ("/schedules", json!({"name": "A", "timezone": "UTC", "layers": [{"strat": "x"}]}), "layers[0].strat"),
        (
            "/schedules",
            json!({"name": "A", "timezone": "UTC", "overrides": [{"start": "x", "end": "y"}]}),
            "overrides[0].users",
        ),
        ("/services", json!({"name": "A"}), "policy"),
        ("/services", json!({"name": "A", "policy": "p", "mode": {"type": "off"}}), "mode.type"),
        (
            "/services",
            json!({"name": "A", "policy": "p", "mode": {"type": "normal", "until": "2027-01-01T00:00Z"}}),
            "mode.until",
        ),
        (
            "/escalation-policies",
            json!({"name": "A", "steps": [{"type": "wait", "minutes": 5}, {"type": "wait"}]}),
            "steps[1].minutes",
        ),
        ("/escalation-policies", json!({"name": "A", "steps": [{"minutes": 5}]}), "steps[0].type"),
        (
            "/escalation-policies",
            json!({"name": "A", "steps": [{"type": "notify", "targets": [{"type": "dog", "id": "x"}]}]}),
            "steps[0].targets[0].type",
        ),
        ("/escalation-policies", json!({"name": "A", "steps": [{"type": "repeat", "times": 300}]}), "steps[0].times"),
    ] {
        house.ask("POST", path).json(&body).send().await.refuses(422, "refused", &[field]);
    }
    assert_eq!(house.get("/status").await.body["revision"], 0, "nothing was saved");
}

#[tokio::test]
async fn a_refusal_repeats_no_telephone_number() {
    let house = House::open().await;
    for number in [json!("4791000001"), json!("+4791000001 x"), json!(4_791_000_001_u64), json!({"+4791000001": 1})] {
        let body = json!({"name": "Ada", "phones": [{"number": number}]});
        let answer = house.ask("POST", "/people").json(&body).send().await;
        answer.refuses(422, "refused", &["phones[0].number"]);
        assert!(!answer.body.to_string().contains("791000001"), "{}", answer.body);
    }
}
