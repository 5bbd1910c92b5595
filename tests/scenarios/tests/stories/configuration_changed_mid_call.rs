use scenarios::{ADA, BO, CY, LINE, Setting, Stage, notify, policy_of, under_all_variants};

#[tokio::test]
async fn the_next_person_is_found_by_the_new_configuration() {
    under_all_variants(|variants| async move {
        let stage = Stage::set(Setting::default().under(variants)).await;
        stage.sim.phone(CY).answers_after(2).presses("1").talks_for(20);
        let mut caller = stage.dials(LINE).await;
        caller.hears("press 1").await.presses("1").await;
        caller.rings(ADA).await;
        stage.changes_plan(|plan| policy_of(plan, "payments").steps = vec![notify(&["ada"]), notify(&["cy"])]).await;
        caller.is_connected_to(CY).await;
        caller.ends().await;
        assert_eq!(stage.sim.phone(BO).rang(), 0);
        assert_eq!(stage.attempts(&caller).await, ["ada NoAnswer", "cy Accepted"]);
        stage.closes(&["call.accepted", "call.ended"]).await;
    })
    .await;
}

#[tokio::test]
async fn somebody_removed_while_their_phone_rings_may_still_take_the_call() {
    let stage = Stage::open().await;
    stage.sim.phone(ADA).answers_after(10).presses("1").talks_for(20);
    let mut caller = stage.dials(LINE).await;
    caller.hears("press 1").await.presses("1").await;
    caller.rings(ADA).await;
    stage
        .changes_plan(|plan| {
            policy_of(plan, "payments").steps = vec![notify(&["bo"])];
            plan.directory.people.retain(|person| person.id.as_str() != "ada");
        })
        .await;
    caller.is_connected_to(ADA).await;
    caller.ends().await;
    stage.closes(&["call.accepted", "call.ended"]).await;
}

#[tokio::test]
async fn a_service_removed_mid_call_leads_to_the_default_destination() {
    let stage = Stage::open().await;
    stage.sim.phone(CY).answers_after(2).presses("1").talks_for(20);
    let mut caller = stage.dials(LINE).await;
    caller.hears("press 1").await.presses("1").await;
    caller.rings(ADA).await;
    stage
        .changes_plan(|plan| {
            plan.services.retain(|service| service.id.as_str() != "payments");
            plan.line.destinations.retain(|destination| destination.service.as_str() != "payments");
        })
        .await;
    caller.is_connected_to(CY).await;
    caller.ends().await;
    stage.closes(&["call.accepted", "call.ended"]).await;
}
