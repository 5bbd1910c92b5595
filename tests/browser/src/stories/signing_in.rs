//! A visitor signs in, is refused first, and signs out.

use crate::tab::Tab;

pub(super) async fn tell(tab: Tab) {
    tab.go("/console/people/ola").await;
    tab.sees("Sign in").await;
    tab.is_for_everybody().await;
    tab.fill("token", "nonsense").await;
    tab.press("Sign in").await;
    tab.sees("This token does not count").await;
    tab.is_for_everybody().await;
    tab.fill("token", &tab.stack.token.clone()).await;
    tab.press("Sign in").await;
    tab.sees("Ola Haugen").await;
    assert_eq!(tab.place().await, "/console/people/ola");
    let cookie = tab.run("return document.cookie").await;
    assert_eq!(cookie, "", "no script sees the token");
    tab.go("/console").await;
    tab.sees("The next 14 days").await;
    tab.shoot("overview").await;
    tab.go("/console/account").await;
    tab.press("Sign out of this browser").await;
    tab.sees("You have signed out").await;
    tab.go("/console/people/ola").await;
    tab.sees("Where do I get a token?").await;
}
