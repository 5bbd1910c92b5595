use scenarios::{ADA, LINE, Stage, one_destination};
use store::PlanKey;

/// Nobody can save such a name any more; what is stored stays, and callers are put through.
#[tokio::test]
async fn a_caller_is_put_through_whatever_the_names_are() {
    let stage = Stage::open().await;
    let mut plan = stage.store.plan(PlanKey::Number(&LINE.parse().unwrap())).await.unwrap().unwrap().plan;
    let long = "long ".repeat(14_000);
    one_destination(&mut plan);
    plan.line.name.clone_from(&long);
    plan.line.destinations[0].label.clone_from(&long);
    plan.services[0].name.clone_from(&long);
    plan.directory.people[0].name.clone_from(&long);
    plan.version += 1;
    stage.store.save_plan(&plan).await.unwrap();

    stage.sim.phone(ADA).answers_after(3).presses("1").talks_for(30);
    let mut caller = stage.dials(LINE).await;
    caller.is_connected_to(ADA).await;
    caller.ends().await;
    assert_eq!(stage.attempts(&caller).await, ["ada Accepted"]);
    stage.closes(&["call.accepted", "call.ended"]).await;
}
