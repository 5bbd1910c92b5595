//! A line is configured: a destination is added, refused beside its field, mended and saved.

use crate::tab::Tab;

pub(super) async fn tell(tab: Tab) {
    tab.sign_in().await;
    tab.go("/console/numbers").await;
    tab.press("Hotline").await;
    tab.sees("Hotline").await;
    tab.is_for_everybody().await;
    tab.shoot("line").await;
    tab.fill("name", "The hotline").await;
    tab.fill("ring_seconds", "9999").await;
    tab.click("#editor .actions button.main").await;
    tab.sees("Nothing was saved yet").await;
    tab.is_for_everybody().await;
    tab.fill("ring_seconds", "25").await;
    tab.click("#editor .actions button.main").await;
    tab.sees("Saved").await;
    tab.sees("The hotline").await;
}
