//! What holds of every kind of object: made, read, listed, replaced and deleted in the same way.

use serde_json::{Value, json};

use crate::{
    house::House,
    organisation::{holidays, person, policy, schedule, settle},
};

/// An object that names what does not exist, and where it does.
type Lost = Option<(Value, &'static str)>;

/// A kind, an object of it that nothing is wrong with, and one that names what does not exist.
fn kinds() -> Vec<(&'static str, Value, Lost)> {
    let mut lost = schedule("x");
    lost["layers"][0]["users"][1][0] = json!("eve");
    let mut aimless = policy("x");
    aimless["steps"][2]["targets"][0]["id"] = json!("none");
    vec![
        ("people", person("x", "+4791000009"), None),
        (
            "teams",
            json!({"id": "x", "name": "X", "members": ["bo", "ada"]}),
            Some((json!({"name": "X", "members": ["bo", "eve"]}), "members[1]")),
        ),
        ("schedules", schedule("x"), Some((lost, "layers[0].users[1][0]"))),
        ("holidays", holidays("x"), None),
        ("escalation-policies", policy("x"), Some((aimless, "steps[2].targets[0]"))),
        (
            "services",
            json!({"id": "x", "name": "X", "policy": "payments"}),
            Some((json!({"name": "X", "policy": "none"}), "policy")),
        ),
    ]
}

#[tokio::test]
async fn an_object_lives_from_its_making_to_its_end() {
    let house = House::open().await;
    settle(&house).await;
    for (kind, object, _) in kinds() {
        let (all, one) = (format!("/{kind}"), format!("/{kind}/x"));
        let made = house.make(&all, object.clone()).await;
        assert_eq!(
            (made.header("location"), made.etag()),
            (Some(format!("/api/v1{one}").as_str()), "\"1\"".to_owned())
        );
        house.ask("POST", &all).json(&object).send().await.refuses(409, "exists", &[]);

        let read = house.get(&one).await;
        assert_eq!((read.status, read.etag()), (200, made.etag()));
        for (member, value) in object.as_object().unwrap() {
            // what was left out has its default
            assert!(holds(&read.body[member], value), "{kind}.{member}: {} is not {value}", read.body[member]);
        }
        let known = house.ask("GET", &one).header("if-none-match", "\"1\"").send().await;
        assert_eq!((known.status, known.etag(), known.body), (304, made.etag(), Value::Null));

        // what was read can be changed and sent back
        let mut changed = read.body.clone();
        changed["name"] = json!("Another name");
        let replaced = house.ask("PUT", &one).header("if-match", &read.etag()).json(&changed).send().await;
        assert_eq!((replaced.status, replaced.etag()), (200, "\"2\"".to_owned()), "{replaced:?}");
        assert_eq!(replaced.body["name"], "Another name");
        let stale = house.ask("PUT", &one).header("if-match", &read.etag()).json(&changed).send().await;
        stale.refuses(412, "stale", &[]);
        assert_eq!(stale.body["current_version"], 2);

        // the same again changes nothing
        let again = house.ask("PUT", &one).header("if-match", "\"2\"").json(&replaced.body).send().await;
        assert_eq!((again.status, again.etag()), (200, "\"2\"".to_owned()), "{again:?}");

        house.ask("DELETE", &one).send().await.refuses(428, "precondition-required", &[]);
        house.ask("DELETE", &one).header("if-match", "\"1\"").send().await.refuses(412, "stale", &[]);
        assert_eq!(house.ask("DELETE", &one).header("if-match", "\"2\"").send().await.status, 204);
        house.ask("DELETE", &one).header("if-match", "\"2\"").send().await.refuses(404, "not-found", &[]);
        house.get(&one).await.refuses(404, "not-found", &[]);
    }
}

/// Whether a value has what another has, and perhaps more.
fn holds(value: &Value, wanted: &Value) -> bool {
    match (value, wanted) {
        (Value::Object(value), Value::Object(wanted)) => {
            wanted.iter().all(|(name, wanted)| value.get(name).is_some_and(|value| holds(value, wanted)))
        }
        (Value::Array(value), Value::Array(wanted)) => {
            value.len() == wanted.len() && value.iter().zip(wanted).all(|(value, wanted)| holds(value, wanted))
        }
        _ => value == wanted,
    }
}

#[tokio::test]
async fn an_unknown_reference_is_named() {
    let house = House::open().await;
    settle(&house).await;
    for (kind, _, wrong) in kinds() {
        let Some((object, field)) = wrong else { continue };
        house.ask("POST", &format!("/{kind}")).json(&object).send().await.refuses(422, "refused", &[field]);
    }
}

#[tokio::test]
async fn what_is_in_use_stays() {
    let house = House::open().await;
    settle(&house).await;
    let in_use = |path: &str| house.ask("DELETE", path).header("if-match", "*").send();
    let users = |kind: &str, id: &str| json!([{"kind": kind, "id": id}]);
    for (path, by) in [
        ("/teams/leads", users("escalation_policy", "payments")),
        ("/schedules/primary", users("escalation_policy", "payments")),
        ("/escalation-policies/payments", users("service", "payments")),
    ] {
        let answer = in_use(path).await;
        answer.refuses(409, "in-use", &[]);
        assert_eq!(answer.body["used_by"], by, "{path}");
    }
    let answer = in_use("/people/ada").await;
    answer.refuses(409, "in-use", &[]);
    let mut by: Vec<_> =
        answer.body["used_by"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect();
    by.sort_unstable();
    assert_eq!(by, ["escalation_policy", "schedule"]);
    assert_eq!(in_use("/services/payments").await.status, 204, "nothing names it");
    assert_eq!(in_use("/escalation-policies/payments").await.status, 204, "nor this any longer");
}

#[tokio::test]
async fn lists_have_pages_by_id() {
    let house = House::open().await;
    for id in ["c", "a", "e", "b", "d"] {
        house.make("/people", json!({"id": id, "name": id})).await;
    }
    let (mut ids, mut path) = (Vec::new(), "/people?limit=2".to_owned());
    loop {
        let page = house.get(&path).await.body;
        ids.extend(page["items"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/people?limit=2&cursor={next}");
    }
    assert_eq!(ids, ["a", "b", "c", "d", "e"]);
}

#[tokio::test]
async fn an_id_is_made_where_none_is_chosen() {
    let house = House::open().await;
    settle(&house).await;
    for (kind, object, _) in kinds() {
        let mut object = object;
        object.as_object_mut().unwrap().remove("id");
        let made = house.make(&format!("/{kind}"), object).await.body;
        let id = made["id"].as_str().unwrap();
        assert!(id.len() == 13 && id.as_bytes()[2] == b'_', "{id}");
        assert_eq!(house.get(&format!("/{kind}/{id}")).await.body["id"], id);
    }
}

#[tokio::test]
async fn every_change_is_told_of() {
    let house = House::open().await;
    settle(&house).await;
    house.at("2026-11-20T09:30:00Z");
    let (id, token) = house.token("admin", None).await;
    house.at("2026-11-20T10:00:00Z");
    let team = json!({"name": "Leads", "members": ["bo", "ada"]});
    house.ask("PUT", "/teams/leads").token(&token).header("if-match", "*").json(&team).send().await;
    let log = house.get("/audit?limit=1").await.body;
    let entry = json!({
        "at": "2026-11-20T10:00:00Z", "by": id, "by_name": "admin", "action": "updated", "kind": "team", "id": "leads",
        "fields": ["members"], "name": null, "role": null,
    });
    assert_eq!(log["items"], json!([entry]));
    let of_bo = house.get("/audit?id=bo&kind=person&by=bootstrap").await.body;
    assert_eq!(of_bo["items"].as_array().unwrap().len(), 1, "{of_bo}");
    // by the names that they have everywhere else
    for (kind, id) in [("escalation_policy", "payments"), ("service", "payments")] {
        let told = house.get(&format!("/audit?kind={kind}")).await.body;
        assert_eq!((&told["items"][0]["kind"], &told["items"][0]["id"]), (&json!(kind), &json!(id)), "{told}");
    }
    house.get("/audit?kind=zzz").await.refuses(422, "refused", &["kind"]);
    let next = log["next"].as_str().unwrap();
    assert_eq!(house.get(&format!("/audit?limit=1&cursor={next}")).await.body["items"][0]["kind"], "token");
    // whose token is gone can still be told
    house.ask("DELETE", &format!("/tokens/{id}")).send().await;
    assert_eq!(house.get("/audit?kind=team&limit=1").await.body["items"][0]["by_name"], "admin");
    for entry in house.get(&format!("/audit?kind=token&id={id}")).await.body["items"].as_array().unwrap() {
        let told = ["by_name", "name", "role"].map(|name| entry[name].as_str());
        assert_eq!(told, [Some("First administrator"), Some("admin"), Some("admin")], "{entry}");
    }
    let status = house.get("/status").await.body;
    let counts = json!({"people": 2, "teams": 1, "schedules": 1, "holidays": 0, "escalation_policies": 1, "services": 1, "lines": 0});
    assert_eq!((&status["revision"], &status["counts"]), (&json!(7), &counts));
}
