//! Signing in at an OpenID Connect issuer: there and back, and everything that can go wrong on the way.

use http::StatusCode;

use crate::{
    house::{House, Visitor},
    issuer::{CLIENT, Issuer},
    page::Page,
};

async fn house() -> (Issuer, House) {
    let issuer = Issuer::open().await;
    let house = House::trusting(issuer.url(), CLIENT).await;
    (issuer, house)
}

/// To the issuer, from the page on which somebody is asked to sign in; where it sends them back to.
async fn there(visitor: &Visitor<'_>, issuer: &Issuer) -> String {
    let door = visitor.get("/console/people/ola").await;
    let door = visitor.get(&door.location().unwrap()).await;
    let leaving = visitor.get(&door.attribute("a.main", "href")).await;
    issuer.visit(&leaving.location().unwrap()).await
}

#[track_caller]
fn is_kept_out(page: &Page, visitor: &Visitor<'_>, why: &str) {
    assert_eq!((page.status, page.text("h1").as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "Sign in"));
    assert!(page.text(".problem").contains(why), "{}", page.text(".problem"));
    assert!(page.attribute("a.main", "href").starts_with("/console/sign-in/issuer"), "they can try again");
    assert!(!visitor.is_signed_in());
}

#[tokio::test]
async fn whoever_the_issuer_knows_goes_on_to_where_they_wanted_to_be_and_out_again() {
    let (issuer, house) = house().await;
    let visitor = house.stranger();
    let back = there(&visitor, &issuer).await;
    let page = visitor.get(&back).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.html);
    // a page of ours leads on, since the cookie goes along from nowhere else
    assert_eq!(page.attribute("meta[http-equiv=refresh]", "content"), "0;url=/console/people/ola");
    assert!(visitor.is_signed_in());
    assert_eq!(visitor.get("/console/people/ola").await.text("h1"), "Ola Haugen");
    let overview = visitor.get("/console").await;
    assert_eq!(overview.text("h1"), "Overview");
    assert!(overview.texts("nav .group").contains(&"Ada Lovelace (operator)".to_owned()), "{}", overview.html);

    let account = visitor.get("/console/account").await;
    let page = visitor.submit(account.form("main form").press("End this token")).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.text(".problem").contains("issuer"), "{}", page.text(".problem"));
    let page = visitor.submit(account.form("main form").press("Sign out of this browser")).await;
    assert_eq!(page.text("h1"), "Sign in");
    assert!(!visitor.is_signed_in());
    assert!(visitor.get("/console").await.location().unwrap().starts_with("/console/sign-in"));
}

#[tokio::test]
async fn an_answer_to_another_question_is_shown_to_nobody() {
    let (issuer, house) = house().await;
    let visitor = house.stranger();
    let back = there(&visitor, &issuer).await;
    let (way, _) = back.split_once("&state=").unwrap();
    for other in ["&state=AAAA", "&state=", ""] {
        is_kept_out(&visitor.get(&format!("{way}{other}")).await, &visitor, "another attempt");
    }
    // somebody else's browser, which has begun nothing
    let other = house.stranger();
    is_kept_out(&other.get(&back).await, &other, "another browser");
    assert_eq!(issuer.asked(), 0, "no code was shown to the issuer");
    assert_eq!(visitor.get(&back).await.status, StatusCode::OK, "the right answer still counts");
}

#[tokio::test]
async fn a_code_that_the_issuer_refuses_lets_nobody_in() {
    let (issuer, house) = house().await;
    let visitor = house.stranger();
    let back = there(&visitor, &issuer).await;
    let forged = back.replace("code=code-0", "code=guessed");
    is_kept_out(&visitor.get(&forged).await, &visitor, "the issuer answers 400");
    let denied = back.replace("code=code-0", "error=access_denied");
    is_kept_out(&visitor.get(&denied).await, &visitor, "did not let you in");
    // the code that was given out still counts, and once
    assert_eq!(visitor.get(&back).await.status, StatusCode::OK);
    assert!(visitor.is_signed_in());
    assert_eq!(visitor.get(&back).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_token_for_somebody_else_lets_nobody_in() {
    let (issuer, house) = house().await;
    issuer.means("another-application");
    let visitor = house.stranger();
    let back = there(&visitor, &issuer).await;
    is_kept_out(&visitor.get(&back).await, &visitor, "not for this Dutyline");
}

#[tokio::test]
async fn an_issuer_that_is_away_is_said_to_be() {
    let (issuer, house) = house().await;
    let visitor = house.stranger();
    let back = there(&visitor, &issuer).await;
    issuer.close();
    is_kept_out(&visitor.get(&back).await, &visitor, "does not answer");
    let page = visitor.get("/console/sign-in/issuer?next=/console/people").await;
    is_kept_out(&page, &visitor, "does not answer");
    assert_eq!(page.value("_next"), "/console/people");
    // with a token they come in all the same
    let page = visitor.submit(page.form("form").set("token", &house.token)).await;
    assert_eq!(page.text("h1"), "People");
}
