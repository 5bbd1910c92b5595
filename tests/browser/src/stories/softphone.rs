//! A call is tried: the menu is read, a key pressed, and the page says whose phone rings and why.

use crate::tab::Tab;

pub(super) async fn tell(tab: Tab) {
    tab.sign_in().await;
    tab.go("/console/try").await;
    tab.press("Hotline").await;
    tab.click("button.dial").await;
    tab.sees("Hang up").await;
    tab.click("[data-key='1']").await;
    tab.sees("rings").await;
    tab.is_for_everybody().await;
    tab.shoot("softphone").await;
    tab.click("button[value=hang_up]").await;
    tab.sees("Dial again").await;
}
