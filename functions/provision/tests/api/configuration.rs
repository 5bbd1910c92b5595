//! The organisation as one document, which a team keeps in a file.

use serde_json::{Value, json};

use crate::{
    house::{Answer, House},
    organisation::{LINE, settle, verify, with_line},
};

async fn whole(house: &House) -> Value {
    house.get("/configuration").await.body
}

async fn apply(house: &House, query: &str, document: &Value) -> Answer {
    house.ask("PUT", &format!("/configuration{query}")).json(document).send().await
}

/// What was done to what, with which fields and which outcome.
fn told(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, 200, "{answer:?}");
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    let told = |change: &Value| {
        let fields = change["fields"].as_array().map(|all| all.iter().map(word).collect::<Vec<_>>().join(" "));
        let [action, kind, id, outcome] = ["action", "kind", "id", "outcome"].map(|name| word(&change[name]));
        format!("{action} {kind} {id} [{}]: {outcome}", fields.unwrap_or_default())
    };
    answer.body["changes"].as_array().unwrap().iter().map(told).collect()
}

async fn settled() -> House {
    let house = House::open().await;
    settle(&house).await;
    verify(&house).await;
    with_line(&house).await;
    house
}

#[tokio::test]
async fn what_was_read_can_be_applied_and_changes_nothing() {
    let house = settled().await;
    let add = json!({"start": "2026-12-24T08:00:00Z", "end": "2026-12-25T08:00:00Z", "users": ["bo"]});
    house.make("/schedules/primary/overrides", add).await;
    let revision = house.get("/status").await.body["revision"].clone();
    let document = whole(&house).await;
    assert_eq!(document["people"][0]["phones"], json!([{"number": "+4791000001", "verified": true}]));
    for query in ["?dry_run=true", "", "?prune=true"] {
        let answer = apply(&house, query, &document).await;
        assert_eq!((told(&answer), &answer.body["complete"]), (vec![], &json!(true)));
    }
    assert_eq!(house.get("/status").await.body["revision"], revision);
}

#[tokio::test]
async fn a_document_is_applied_to_the_revision_that_was_read() {
    let house = settled().await;
    let read = house.get("/configuration").await;
    let yaml = house.ask("GET", "/configuration").header("accept", "application/yaml").send().await;
    assert_eq!((read.etag(), read.header("vary")), (yaml.etag(), Some("accept")));
    assert_eq!(read.etag(), format!("\"{}\"", house.get("/status").await.body["revision"]));
    let known = house.ask("GET", "/configuration").header("if-none-match", &read.etag()).send().await;
    assert_eq!((known.status, known.etag(), known.body), (304, read.etag(), Value::Null));
    let mut document = read.body.clone();
    document["teams"][0]["name"] = json!("Leaders");
    // somebody else saves something else
    let mode = house.ask("PUT", "/services/payments/mode").json(&json!({"mode": "debug"}));
    assert_eq!(mode.send().await.status, 200);
    let put = |tag: &str, query: &str| {
        house.ask("PUT", &format!("/configuration{query}")).json(&document).header("if-match", tag)
    };
    for query in ["", "?dry_run=true"] {
        let refused = put(&read.etag(), query).send().await;
        refused.refuses(412, "stale", &[]);
        assert_eq!(refused.body["current_version"], house.get("/status").await.body["revision"]);
    }
    assert_eq!(house.get("/teams/leads").await.body["name"], "Leads");
    put("\"other\"", "").send().await.refuses(412, "stale", &[]);
    put("what", "").send().await.refuses(400, "malformed", &[]);
    let now = house.get("/configuration").await.etag();
    let applied = put(&now, "?dry_run=true").send().await;
    assert_eq!((applied.status, told(&applied).len()), (200, 2), "the mode of the document, and the team");
    let applied = put(&now, "").send().await;
    assert_eq!((applied.status, &applied.body["complete"]), (200, &json!(true)));
    put(&now, "").send().await.refuses(412, "stale", &[]);
    assert_eq!(told(&put("*", "").send().await), Vec::<String>::new());
}

#[tokio::test]
async fn yaml_is_the_same_document() {
    let house = settled().await;
    let yaml = house.ask("GET", "/configuration").header("accept", "application/yaml, */*;q=0.1").send().await;
    assert_eq!((yaml.header("content-type"), yaml.header("vary")), (Some("application/yaml"), Some("accept")));
    let text = yaml.body.as_str().unwrap().replace("name: Payments", "name: Payments and 日本");
    let put = |query: &str| {
        let put = house.ask("PUT", &format!("/configuration{query}"));
        put.header("content-type", "application/yaml").body(text.clone()).send()
    };
    assert_eq!(told(&put("?dry_run=true").await), ["update service payments [name]: planned"]);
    assert_eq!(told(&put("").await), ["update service payments [name]: done"]);
    assert_eq!(told(&put("").await), Vec::<String>::new());
    assert_eq!(whole(&house).await["services"][0]["name"], "Payments and 日本");
}

#[tokio::test]
async fn an_empty_house_becomes_what_another_one_is() {
    let house = settled().await;
    let mut document = whole(&house).await;
    // a line comes with its number
    document.as_object_mut().unwrap().remove("lines");
    let empty = House::open().await;
    let plan = apply(&empty, "?dry_run=true", &document).await;
    assert_eq!(plan.body["dry_run"], true);
    assert_eq!(whole(&empty).await["people"], json!([]));
    let done = apply(&empty, "", &document).await;
    let expected = [
        "create person ada []: done",
        "create person bo []: done",
        "create team leads []: done",
        "create schedule primary []: done",
        "create escalation_policy payments []: done",
        "create service payments []: done",
    ];
    assert_eq!(told(&done), expected);
    assert_eq!(told(&plan), expected.map(|line| line.replace("done", "planned")));
    assert_eq!(told(&apply(&empty, "", &document).await), Vec::<String>::new());
    // nobody is verified by a file
    assert_eq!(whole(&empty).await["people"][0]["phones"][0]["verified"], false);
}

#[tokio::test]
async fn what_a_list_does_not_name_goes_only_if_asked_for() {
    let house = settled().await;
    let mut document = whole(&house).await;
    document["people"].as_array_mut().unwrap().push(json!({"id": "cy", "name": "Cy"}));
    assert_eq!(told(&apply(&house, "", &document).await), ["create person cy []: done"]);
    document["people"].as_array_mut().unwrap().pop();
    assert_eq!(told(&apply(&house, "", &document).await), Vec::<String>::new());
    let without = |name: &str| {
        let mut part = document.clone();
        part.as_object_mut().unwrap().remove(name);
        part
    };
    assert_eq!(told(&apply(&house, "?prune=true", &without("people")).await), Vec::<String>::new());
    assert_eq!(told(&apply(&house, "?prune=true", &document).await), ["delete person cy []: done"]);

    let nothing = json!({
        "people": [], "teams": [], "schedules": [], "holidays": [], "escalation_policies": [], "services": [], "lines": [],
    });
    let refused = apply(&house, "?prune=true&dry_run=true", &nothing).await;
    refused.refuses(422, "refused", &["services"]);
    let message = format!(
        "lack what line {LINE} names, which the document does not hold: destinations[0].service is not the id of a service"
    );
    assert_eq!(refused.body["errors"][0]["message"], message);

    let mut line = whole(&house).await["lines"][0].clone();
    line["enabled"] = json!(false);
    line["destinations"] = json!([]);
    let mut rest = nothing.clone();
    rest["lines"] = json!([line]);
    let expected = [
        format!("update line {LINE} [destinations enabled]: done"),
        "delete service payments []: done".to_owned(),
        "delete escalation_policy payments []: done".to_owned(),
        "delete schedule primary []: done".to_owned(),
        "delete team leads []: done".to_owned(),
        "delete person bo []: done".to_owned(),
        "delete person ada []: done".to_owned(),
    ];
    assert_eq!(told(&apply(&house, "?prune=true", &rest).await), expected);
    assert_eq!(whole(&house).await["lines"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_refusal_names_the_place_in_the_document() {
    let house = settled().await;
    let revision = house.get("/status").await.body["revision"].clone();
    let document = whole(&house).await;
    let refused = async |change: &dyn Fn(&mut Value), fields: &[&str]| {
        let mut document = document.clone();
        change(&mut document);
        for query in ["?dry_run=true", ""] {
            apply(&house, query, &document).await.refuses(422, "refused", fields);
        }
    };
    refused(&|all| all["services"][0]["policy"] = json!("none"), &["services[0].policy"]).await;
    refused(
        &|all| all["escalation_policies"][0]["steps"][1]["minutes"] = json!(0),
        &["escalation_policies[0].steps[1].minutes"],
    )
    .await;
    refused(&|all| all["people"][1]["nmae"] = json!("x"), &["people[1].nmae"]).await;
    refused(&|all| all["people"][1]["id"] = Value::Null, &["people[1].id"]).await;
    refused(&|all| all["people"][1]["id"] = json!("ada"), &["people[1].id"]).await;
    refused(&|all| all["people"][1]["id"] = json!("Ada"), &["people[1].id"]).await;
    refused(&|all| all["teams"][0]["members"] = json!(["ada", "nobody"]), &["teams[0].members[1]"]).await;
    refused(&|all| all["lines"][0]["number"] = json!("+4721000001"), &["lines[0].number"]).await;
    refused(&|all| all["lines"][0]["id"] = json!("ln_other"), &["lines[0]"]).await;
    refused(&|all| all["tokens"] = json!([]), &["tokens"]).await;
    assert_eq!(house.get("/status").await.body["revision"], revision);
}

#[tokio::test]
async fn what_a_file_does_not_say_stays() {
    let house = settled().await;
    let add = json!({"start": "2026-12-24T08:00:00Z", "end": "2026-12-25T08:00:00Z", "users": ["bo"]});
    house.make("/schedules/primary/overrides", add).await;
    let mode = house.ask("PUT", "/services/payments/mode").json(&json!({"mode": "maintenance", "minutes": 60}));
    assert_eq!(mode.send().await.status, 200);
    let mut document = whole(&house).await;
    document["schedules"][0].as_object_mut().unwrap().remove("overrides");
    document["services"][0].as_object_mut().unwrap().remove("mode");
    assert_eq!(told(&apply(&house, "", &document).await), Vec::<String>::new());
    document["schedules"][0]["overrides"] = json!([]);
    assert_eq!(told(&apply(&house, "", &document).await), ["update schedule primary [overrides]: done"]);
}

#[tokio::test]
async fn a_document_has_a_form_and_an_end() {
    let house = House::open().await;
    let put = |media_type: &str, body: &str| {
        house.ask("PUT", "/configuration").header("content-type", media_type).body(body.to_owned()).send()
    };
    put("text/plain", "{}").await.refuses(415, "unsupported-media-type", &[]);
    put("application/json", "{").await.refuses(400, "malformed", &[]);
    let aliases = put("application/yaml", "people: &all [+4791000001]\nteams: *all").await;
    aliases.refuses(400, "malformed", &[]);
    assert!(!aliases.body.to_string().contains("4791000001"));
    put("application/yaml", &format!("# {}\npeople: []", "x".repeat(1024 * 1024))).await.refuses(413, "too-large", &[]);
    assert_eq!(put("application/yaml", &format!("# {}\npeople: []", "x".repeat(1_000_000))).await.status, 200);
}

#[tokio::test]
async fn what_may_be_sent_is_part_of_it() {
    let house = settled().await;
    let mut document = whole(&house).await;
    assert_eq!(document["sending"], json!({"allowed": [], "refused": []}));
    let revision = house.get("/configuration").await.etag();
    document["sending"] = json!({"default_line": LINE, "allowed": ["+46*"], "daily_cap": "2.50"});
    let update = "update sending_settings sending [allowed daily_cap default_line]";
    assert_eq!(told(&apply(&house, "?dry_run=true&prune=true", &document).await), [format!("{update}: planned")]);
    assert_eq!(house.get("/configuration").await.etag(), revision);
    assert_eq!(told(&apply(&house, "?prune=true", &document).await), [format!("{update}: done")]);
    let kept = house.get("/sending").await.body;
    assert_eq!(
        (&kept["default_line"], &kept["daily_cap"], &kept["version"]),
        (&json!(LINE), &json!("2.50"), &json!(1))
    );
    // applied again, it changes nothing; nor does a document without it, pruned or not
    assert_eq!(told(&apply(&house, "?prune=true", &document).await), Vec::<String>::new());
    assert_ne!(house.get("/configuration").await.etag(), revision, "others learn that the document is another one");
    document.as_object_mut().unwrap().remove("sending");
    assert_eq!(told(&apply(&house, "?prune=true", &document).await), Vec::<String>::new());
    assert_eq!(whole(&house).await["sending"]["allowed"], json!(["+46*"]));

    for (wrong, field) in [
        (json!({"default_line": "nothing"}), "sending.default_line"),
        (json!({"daily_cap": "much"}), "sending.daily_cap"),
        (json!({"allowed": ["46"]}), "sending.allowed[0]"),
    ] {
        document["sending"] = wrong;
        apply(&house, "", &document).await.refuses(422, "refused", &[field]);
    }
}
