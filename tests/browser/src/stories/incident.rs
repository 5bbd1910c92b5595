//! Somebody is paged, and it is acknowledged with a thumb.

use crate::tab::Tab;

pub(super) async fn tell(tab: Tab) {
    tab.sign_in().await;
    tab.go("/console/incidents/new").await;
    tab.fill("summary", "The checkout is down").await;
    tab.click("input[value='person:ingrid']").await;
    tab.click("form.editor button[value=page]").await;
    tab.sees("They are being paged").await;
    tab.go("/console/incidents").await;
    tab.sees("The checkout is down").await;
    tab.is_for_everybody().await;
    tab.shoot("incidents").await;
    tab.press("Acknowledge").await;
    tab.sees("You have it").await;
    tab.is_for_everybody().await;
    tab.shoot("incident").await;
}
