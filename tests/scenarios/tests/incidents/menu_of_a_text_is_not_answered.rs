//! Whoever never answers the menu of a line that they texted is reported where its calls go by default, once.

use scenarios::{ADA, CALLER, CY, Duty};

#[tokio::test]
async fn after_ten_minutes_it_goes_where_calls_go_by_default() {
    let duty = Duty::open().await;
    duty.texts(CALLER, "The card terminal is dead", "1").await;
    duty.passes(8 * 60).await;
    assert_eq!((duty.got(ADA), duty.got(CY)), ((0, 0), (0, 0)));
    duty.passes(4 * 60).await;
    duty.reads(ADA, "The card terminal is dead").await;
    assert_eq!((duty.got(ADA).0, duty.got(CY)), (1, (0, 0)));
    // a digit that comes too late adds to it and opens nothing
    duty.sim.phone(CALLER).texts_to(scenarios::LINE, "2").await;
    duty.passes(60).await;
    assert_eq!((duty.incidents().await.len(), duty.got(CY)), (1, (0, 0)));
}

#[tokio::test]
async fn who_has_chosen_meanwhile_is_not_reported_again() {
    let duty = Duty::open().await;
    duty.texts(CALLER, "The router is dead", "1").await;
    duty.passes(5 * 60).await;
    duty.sim.phone(CALLER).texts_to(scenarios::LINE, "2").await;
    duty.passes(20 * 60).await;
    assert!(duty.incidents().await.is_empty(), "nothing of the default destination");
    let told = duty.texts_of(CY).into_iter().filter(|text| text.contains("The router is dead"));
    assert_eq!((told.count(), duty.got(ADA)), (1, (0, 0)));
}
