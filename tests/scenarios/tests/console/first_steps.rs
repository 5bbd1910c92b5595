//! The way from nothing to a line that rings: every page leads back to it until it is gone, and then no longer.

use crate::house::House;

#[tokio::test]
async fn an_empty_organisation_is_led_on_from_every_page_and_a_complete_one_is_not() {
    let house = House::empty().await;
    let admin = house.admin().await;
    let overview = admin.get("/console").await;
    assert_eq!((overview.rounds, overview.texts("ol.steps > li").len()), (1, 8));
    assert_eq!(overview.text("a.main"), "Next: Connect Twilio");
    assert!(overview.html.contains("Nobody can call yet"), "an empty organisation is not ready");
    assert!(!overview.has(".setting-up"));
    for path in ["/console/people", "/console/integrations/new", "/console/numbers", "/console/readiness"] {
        assert_eq!(admin.get(path).await.attribute(".setting-up a", "href"), "/console");
    }

    let house = House::seeded().await;
    let admin = house.admin().await;
    let overview = admin.get("/console").await;
    assert!(!overview.has("ol.steps") && !overview.html.contains("It rings"));
    assert!(!admin.get("/console/people").await.has(".setting-up"));
}

#[tokio::test]
async fn the_people_step_leads_to_whoever_is_not_proved_yet() {
    let house = House::empty().await;
    let admin = house.admin().await;
    let way = |page: &crate::page::Page| page.attribute("ol.steps > li:nth-child(4) > a", "href");
    assert_eq!(way(&admin.get("/console").await), "/console/people/new");
    let form = admin.get("/console/people/new").await.form("#editor");
    let form = form.set("name", "Grete").set("phones[0].number", "+47 (91) 00-00 77").press("Save");
    let page = admin.submit(form).await;
    assert!(page.html.contains("+4791000077"), "blanks are for the eye: {}", page.html);
    let overview = admin.get("/console").await;
    assert_eq!(way(&overview), "/console/people/grete");
    assert!(overview.text("ol.steps > li:nth-child(4)").contains("Prove Grete's phone"));
}
