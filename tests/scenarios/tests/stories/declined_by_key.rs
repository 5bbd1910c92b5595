use oncall::Phone;
use scenarios::{ADA, ADA_SECOND, BO, LINE, Setting, Stage, under_all_variants};

#[tokio::test]
async fn the_next_person_is_rung_and_not_the_other_phone_of_who_declined() {
    under_all_variants(|variants| async move {
        let setting = Setting::with_plan(|plan| {
            let second = Phone { number: ADA_SECOND.parse().unwrap(), verified: true };
            plan.directory.people[0].phones.push(second);
        });
        let stage = Stage::set(setting.under(variants)).await;
        stage.sim.phone(ADA).answers_after(3).presses("2");
        stage.sim.phone(BO).answers_after(3).presses("1").talks_for(30);
        let mut caller = stage.dials(LINE).await;
        caller.hears("For payments, press 1").await.presses("1").await;
        stage.sim.phone(ADA).hears("2 to decline").await.hears("Declined. Goodbye.").await;
        caller.hears("still trying").await;
        caller.is_connected_to(BO).await;
        caller.ends().await;
        assert_eq!(stage.attempts(&caller).await, ["ada Declined", "bo Accepted"]);
        assert_eq!(stage.sim.phone(ADA).rang(), 1);
        assert_eq!(stage.sim.phone(ADA_SECOND).rang(), 0);
        stage.closes(&["call.accepted", "call.ended"]).await;
    })
    .await;
}
