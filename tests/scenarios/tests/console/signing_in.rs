//! Who may see pages, and what a browser is told to keep.

use api::Role;
use axum::body::Body;
use http::{
    HeaderName, Method, StatusCode,
    header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, ORIGIN, SET_COOKIE},
};

use crate::house::House;

#[tokio::test]
async fn a_stranger_signs_in_and_goes_on_to_where_they_wanted_to_be() {
    let house = House::seeded().await;
    let stranger = house.stranger();
    let page = stranger.get("/console/people/ola?done=saved").await;
    assert_eq!((page.status, page.calls), (StatusCode::SEE_OTHER, 0));
    let sign_in = stranger.get(&page.location().unwrap()).await;
    let answer = stranger.submit_once(sign_in.form("form").set("token", &format!(" {}\n", house.token))).await;
    assert_eq!(answer.location().unwrap(), "/console/people/ola?done=saved");
    let cookie = answer.headers[SET_COOKIE].to_str().unwrap();
    for attribute in ["HttpOnly", "Secure", "SameSite=Strict", "Path=/"] {
        assert!(cookie.split("; ").any(|part| part == attribute), "{cookie}");
    }
    let page = stranger.get("/console/people/ola").await;
    assert_eq!(page.text("h1"), "Ola Haugen");
    let policy = page.headers[CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
}

#[tokio::test]
async fn what_is_no_token_is_refused_in_words() {
    let house = House::seeded().await;
    let stranger = house.stranger();
    for (token, words) in [("", "cannot be empty"), ("nonsense", "does not count"), ("two words", "no token")] {
        let page = stranger.get("/console/sign-in?next=/console/people").await;
        let page = stranger.submit(page.form("form").set("token", token)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.wrong("token").contains(words), "{}", page.wrong("token"));
        assert_eq!((page.value("token"), page.value("_next")), (String::new(), "/console/people".to_owned()));
        assert!(!stranger.is_signed_in());
    }
}

#[tokio::test]
async fn nobody_is_made_to_change_anything() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let form = admin.get("/console/people/ola").await.form("#editor").set("name", "Somebody else").press("Save");
    // another visitor's form
    let other = house.visitor(Role::Admin).await;
    let page = other.submit_once(form.clone()).await;
    assert_eq!((page.status, page.calls), (StatusCode::FORBIDDEN, 0));
    // a form without its proof
    let page = admin.post("/console/people/ola", "name=Somebody+else&_do=save".to_owned()).await;
    assert_eq!((page.status, page.calls), (StatusCode::FORBIDDEN, 0));
    // this very form, from a page that is not ours
    let headers: [(HeaderName, &str); 2] =
        [(CONTENT_TYPE, "application/x-www-form-urlencoded"), (ORIGIN, "https://example.org")];
    let page = admin.ask(Method::POST, "/console/people/ola", Body::from(form.body()), &headers).await;
    assert_eq!((page.status, page.calls), (StatusCode::FORBIDDEN, 0));
    assert_eq!(house.api.read::<api::Person>("ola").await.unwrap().value.name, "Ola Haugen");
    assert_eq!(admin.submit(form).await.text("h1"), "Somebody else");
}

#[tokio::test]
async fn signing_out_forgets_the_token_and_everywhere_ends_it() {
    let house = House::seeded().await;
    let reader = house.visitor(Role::Reader).await;
    let elsewhere = reader.get("/console/account").await;
    let page = reader.submit(elsewhere.form("main form").press("End this token")).await;
    assert!(page.text(".notice").contains("signed out"));
    assert!(!reader.is_signed_in());

    let admin = house.admin().await;
    let page = admin.get("/console/account").await;
    let page = admin.submit(page.form("main form").press("End this token")).await;
    assert_eq!(page.status, StatusCode::CONFLICT, "the first administrator's token stands in Secrets Manager");
    assert!(admin.is_signed_in());
    let page = admin.submit(page.form("main form").press("Sign out of this browser")).await;
    assert_eq!(page.text("h1"), "Sign in");
    assert!(!admin.is_signed_in());
}

#[tokio::test]
async fn a_token_that_has_ended_leads_back_to_the_door() {
    let house = House::seeded().await;
    let reader = house.visitor(Role::Reader).await;
    let tokens = house.api.tokens(&api::PageQuery::default()).await.unwrap();
    house.api.revoke_token(&tokens.items[0].id).await.unwrap();
    let page = reader.get("/console/people").await;
    assert!(page.location().unwrap().starts_with("/console/sign-in"));
}
