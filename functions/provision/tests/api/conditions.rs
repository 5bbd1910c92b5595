//! Conditions: nobody's change is lost, and nothing is made or replaced by mistake.

use serde_json::json;

use crate::house::House;

#[tokio::test]
async fn a_put_says_whether_it_creates_or_replaces() {
    let house = House::open().await;
    let ada = json!({"name": "Ada"});
    let put = |header: Option<(&'static str, &'static str)>| {
        let asking = house.ask("PUT", "/people/ada").json(&ada);
        header.into_iter().fold(asking, |asking, (name, value)| asking.header(name, value)).send()
    };
    put(None).await.refuses(428, "precondition-required", &[]);
    put(Some(("if-match", "*"))).await.refuses(412, "stale", &[]);
    put(Some(("if-match", "\"1\""))).await.refuses(412, "stale", &[]);
    let created = put(Some(("if-none-match", "*"))).await;
    assert_eq!((created.status, created.header("location")), (201, Some("/api/v1/people/ada")));
    put(Some(("if-none-match", "*"))).await.refuses(412, "stale", &[]);
    put(None).await.refuses(428, "precondition-required", &[]);
    assert_eq!(put(Some(("if-match", "*"))).await.status, 200);
    assert_eq!(put(Some(("if-match", "\"7\", \"1\""))).await.status, 200);
    put(Some(("if-match", "W/\"1\""))).await.refuses(412, "stale", &[]);
    put(Some(("if-match", "1"))).await.refuses(400, "malformed", &[]);
    put(Some(("if-none-match", "\"1\""))).await.refuses(400, "malformed", &[]);
}

#[tokio::test]
async fn the_id_in_the_path_counts() {
    let house = House::open().await;
    let put = |path: &'static str, id: &str| {
        house.ask("PUT", path).header("if-none-match", "*").json(&json!({"id": id, "name": "Ada"})).send()
    };
    put("/people/ada", "bo").await.refuses(422, "refused", &["id"]);
    put("/people/Ada", "Ada").await.refuses(422, "refused", &["id"]);
    put("/people/a%23b", "a#b").await.refuses(422, "refused", &["id"]);
    assert_eq!(put("/people/ada", "ada").await.status, 201);
}

#[tokio::test]
async fn of_two_who_build_on_the_same_version_one_is_told() {
    let house = House::open().await;
    house.make("/people", json!({"id": "ada", "name": "Ada"})).await;
    let (one, other) = (json!({"name": "One"}), json!({"name": "Other"}));
    let put = |name| house.ask("PUT", "/people/ada").header("if-match", "\"1\"").json(name).send();
    let (first, second) = tokio::join!(put(&one), put(&other));
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412]);
    assert_eq!(house.get("/people/ada").await.etag(), "\"2\"");
}
