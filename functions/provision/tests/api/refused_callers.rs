//! Deny by default: every route of the template that leads here is tried by those who may not use it.

use serde_json::{Value, json};

use crate::{
    house::House,
    issuer::{Issuer, Signer},
};

/// What anybody may ask.
const PUBLIC: [&str; 1] = ["GET /api/v1/openapi.json"];

/// The routes of template.yaml under /api, as method and path.
fn routes() -> Vec<(String, String)> {
    routes_under("/api/")
}

fn routes_under(stem: &str) -> Vec<(String, String)> {
    let template = include_str!("../../../../template.yaml");
    let keys = template.lines().filter_map(|line| line.trim().strip_prefix("RouteKey: "));
    let ours = keys.filter_map(|key| key.split_once(' ')).filter(|(_, path)| path.starts_with(stem));
    let routes: Vec<_> = ours.map(|(method, path)| (method.to_owned(), path.to_owned())).collect();
    assert!(stem != "/api/" || routes.len() > 30, "the template's routes are written in another way");
    routes
}

/// A request that each route takes: any method where the template says so, any id.
fn example((method, path): &(String, String)) -> (String, String) {
    let method = if method == "ANY" { "PATCH" } else { method };
    let segments = path.split('/').map(|segment| if segment.starts_with('{') { "x1" } else { segment });
    (method.to_owned(), segments.collect::<Vec<_>>().join("/"))
}

fn is_public((method, path): &(String, String)) -> bool {
    PUBLIC.contains(&format!("{method} {path}").as_str())
}

#[tokio::test]
async fn without_a_token_that_counts_nothing_is_answered() {
    let house = House::open().await;
    let (revoked_id, revoked) = house.token("admin", None).await;
    house.ask("DELETE", &format!("/tokens/{revoked_id}")).send().await;
    let (_, expired) = house.token("admin", Some("2026-11-20T10:00:00Z")).await;
    let (id, good) = house.token("admin", None).await;
    house.at("2026-11-20T10:00:00Z");
    let forged = format!("dl_{id}_{}", "A".repeat(43));
    let longer = format!("{good}A");
    let wrong = ["x", "dl__", forged.as_str(), &longer, revoked.as_str(), expired.as_str(), ""];
    for route in &routes() {
        let (method, path) = example(route);
        let answer = house.ask_anything(&method, &path).send().await;
        if is_public(route) {
            assert_eq!(answer.status, 200, "{method} {path}");
            continue;
        }
        answer.refuses(401, "unauthenticated", &[]);
        assert_eq!(answer.header("www-authenticate"), Some(r#"Bearer realm="dutyline""#), "{method} {path}");
        for token in wrong {
            let answer = house.ask_anything(&method, &path).token(token).send().await;
            answer.refuses(401, "unauthenticated", &[]);
            let challenge = r#"Bearer realm="dutyline", error="invalid_token""#;
            assert_eq!(answer.header("www-authenticate"), Some(challenge), "{method} {path} with {token:?}");
        }
        for other in [format!("Basic {good}"), good.clone(), "Bearer".to_owned()] {
            let answer = house.ask_anything(&method, &path).header("authorization", &other).send().await;
            answer.refuses(401, "unauthenticated", &[]);
        }
    }
}

#[tokio::test]
async fn a_smaller_role_does_not_suffice() {
    let house = House::open().await;
    let mut tokens = Vec::new();
    let (mut for_reader, mut for_operator, mut for_admin) = (0, 0, 0);
    for route in routes().iter().filter(|route| !is_public(route)) {
        let (method, path) = example(route);
        let mut forbidden = Vec::new();
        if tokens.is_empty() {
            for role in ["reader", "operator", "admin"] {
                tokens.push((role, house.token(role, None).await.1));
            }
        }
        for (role, token) in &tokens {
            let answer = house.ask_anything(&method, &path).token(token).send().await;
            assert_ne!(answer.status, 401, "{method} {path} as {role}");
            if answer.status == 403 {
                let needed = answer.body["detail"].as_str().unwrap().split_whitespace().nth(4).unwrap();
                forbidden.push((*role, needed.trim_matches(',').to_owned()));
            }
        }
        match forbidden.iter().map(|(role, needed)| (*role, needed.as_str())).collect::<Vec<_>>().as_slice() {
            [] => for_reader += 1,
            [("reader", "operator")] => for_operator += 1,
            [("reader", "admin"), ("operator", "admin")] => for_admin += 1,
            other => panic!("{method} {path}: {other:?}"),
        }
        // whatever changes something is for more than readers, but for feeds of what they may read, their own token
        // and what is not kept
        let asks = method == "GET"
            || ["/explain", "/rehearsal"].iter().any(|end| path.ends_with(end))
            || route.0 == "ANY"
            || path.contains("/feeds");
        let is_own = ["/me", "/preview", "/prompts"].iter().any(|end| path.ends_with(end));
        assert!(asks || is_own || !forbidden.is_empty(), "{method} {path}");
        if path.ends_with("/me") && method == "DELETE" {
            tokens.clear();
        }
    }
    assert!(for_reader >= 20 && for_operator == 10 && for_admin >= 15, "{for_reader} {for_operator} {for_admin}");
}

/// Good claims of an administrator, less what is changed.
fn changed(issuer: &Issuer, house: &House, name: &str, value: Value) -> Value {
    let mut claims = issuer.claims(house.now(), "admin");
    claims[name] = value;
    claims
}

#[tokio::test]
async fn a_jwt_that_does_not_count_opens_nothing() {
    let (key, other) = (Signer::curve("one"), Signer::curve("one"));
    let issuer = Issuer::publishing(&[&key]).await;
    let house = House::trusting(&issuer).await;
    let claims = issuer.claims(house.now(), "admin");
    let now = house.now().as_second();
    let wrong = [
        ("expired", key.signs(&changed(&issuer, &house, "exp", json!(now)))),
        ("of another audience", key.signs(&changed(&issuer, &house, "aud", json!("https://example.org")))),
        ("of another issuer", key.signs(&changed(&issuer, &house, "iss", json!("https://example.org")))),
        ("signed by another key", other.signs(&claims)),
        ("signed by nobody", Signer::nobody(&key).signs(&claims)),
        ("signed with what everybody knows", Signer::knowing(&key).signs(&claims)),
    ];
    let (no_role, reader) = (issuer.claims(house.now(), "owner"), issuer.claims(house.now(), "reader"));
    let (no_role, reader, good) = (key.signs(&no_role), key.signs(&reader), key.signs(&claims));
    let mut for_more = 0;
    for route in routes().iter().filter(|route| !is_public(route)) {
        let (method, path) = example(route);
        for (what, jwt) in &wrong {
            let answer = house.ask_anything(&method, &path).token(jwt).send().await;
            answer.refuses(401, "unauthenticated", &[]);
            let challenge = r#"Bearer realm="dutyline", error="invalid_token""#;
            assert_eq!(answer.header("www-authenticate"), Some(challenge), "{method} {path}, {what}");
        }
        let answer = house.ask_anything(&method, &path).token(&no_role).send().await;
        answer.refuses(403, "forbidden", &[]);
        assert!(answer.body["detail"].as_str().unwrap().contains("\"dutyline_role\""), "{method} {path}");
        let as_reader = house.ask_anything(&method, &path).token(&reader).send().await.status;
        let as_admin = house.ask_anything(&method, &path).token(&good).send().await.status;
        assert!(as_reader != 401 && ![401, 403].contains(&as_admin), "{method} {path}: {as_reader} {as_admin}");
        for_more += usize::from(as_reader == 403);
    }
    assert!(for_more >= 20, "{for_more}");
}

#[tokio::test]
async fn the_template_has_every_route_that_is_answered() {
    let document = serde_json::to_value(provision::openapi()).unwrap();
    let described = document["paths"].as_object().unwrap().iter().flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().keys();
        methods.map(move |method| (method.to_uppercase(), path.clone())).collect::<Vec<_>>()
    });
    let mut described: Vec<_> = described.collect();
    // what is read without a token by whoever knows an address (`feeds.rs`)
    let routed = routes().into_iter().chain(routes_under("/feeds/"));
    let mut routed: Vec<_> = routed.filter(|(method, _)| method != "ANY").collect();
    described.sort();
    routed.sort();
    assert_eq!(routed, described);
}

#[tokio::test]
async fn what_is_not_there_is_told_to_those_who_may_ask() {
    let house = House::open().await;
    house.get("/nothing").await.refuses(404, "not-found", &[]);
    house.ask_anything("GET", "/elsewhere").send().await.refuses(401, "unauthenticated", &[]);
    let answer = house.ask("PATCH", "/people").send().await;
    answer.refuses(405, "method-not-allowed", &[]);
    assert_eq!(answer.header("allow"), Some("GET,HEAD,POST"));
}

#[tokio::test]
async fn the_first_administrators_token_can_be_replaced() {
    let house = House::open().await;
    assert_eq!(house.get("/status").await.status, 200);
    let newer = "AnotherBootstrapToken0123456789";
    house.replace_bootstrap(newer).await;
    assert_eq!(house.ask("GET", "/status").token(newer).send().await.status, 200, "counts at once");
    house.get("/status").await.refuses(401, "unauthenticated", &[]);
}

#[tokio::test]
async fn a_replaced_token_counts_for_minutes_at_most() {
    let house = House::open().await;
    assert_eq!(house.get("/status").await.status, 200);
    house.replace_bootstrap("AnotherBootstrapToken0123456789").await;
    house.at("2026-11-20T09:05:01Z");
    house.get("/status").await.refuses(401, "unauthenticated", &[]);
}
