//! A number is bought in five clicks, and its line led to a service.

use crate::tab::Tab;

pub(super) async fn tell(tab: Tab) {
    tab.sign_in().await;
    tab.go("/console/numbers").await;
    tab.sees("Hotline").await;
    tab.shoot("numbers").await;
    tab.press("Purchase number").await;
    tab.press("Norway, Local").await;
    tab.press("Search").await;
    tab.sees("USD").await;
    tab.shoot("market").await;
    tab.click("form[action$=confirm] button").await;
    tab.sees("a month").await;
    tab.shoot("purchase").await;
    tab.click("form[method=post] button.main").await;
    tab.sees("Bought").await;
    assert!(tab.place().await.starts_with("/console/numbers"), "{}", tab.place().await);
}
