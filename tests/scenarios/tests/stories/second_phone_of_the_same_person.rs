use oncall::Phone;
use scenarios::{ADA, ADA_SECOND, BO, LINE, Setting, Stage, under_all_variants};

#[tokio::test]
async fn a_persons_second_phone_is_rung_before_the_next_person() {
    under_all_variants(|variants| async move {
        let setting = Setting::with_plan(|plan| {
            let second = Phone { number: ADA_SECOND.parse().unwrap(), verified: true };
            plan.directory.people[0].phones.push(second);
        });
        let stage = Stage::set(setting.under(variants)).await;
        stage.sim.phone(ADA).does_not_answer();
        stage.sim.phone(ADA_SECOND).answers_after(3).presses("1").talks_for(30);
        let mut caller = stage.dials(LINE).await;
        caller.hears("For payments, press 1").await.presses("1").await;
        caller.rings(ADA).await.rings(ADA_SECOND).await;
        caller.is_connected_to(ADA_SECOND).await;
        caller.ends().await;
        assert_eq!(stage.attempts(&caller).await, ["ada NoAnswer", "ada Accepted"]);
        let logged = stage.logged(&caller).await;
        let phones: Vec<_> = logged.call.attempts.iter().map(|attempt| attempt.phone).collect();
        assert_eq!(phones, [0, 1]);
        assert_eq!(stage.sim.phone(BO).rang(), 0);
        stage.closes(&["call.accepted", "call.ended"]).await;
    })
    .await;
}

#[tokio::test]
async fn a_phone_that_has_not_been_verified_is_never_rung() {
    under_all_variants(|variants| async move {
        let setting = Setting::with_plan(|plan| {
            let second = Phone { number: ADA_SECOND.parse().unwrap(), verified: false };
            plan.directory.people[0].phones.push(second);
        });
        let stage = Stage::set(setting.under(variants)).await;
        stage.sim.phone(ADA).does_not_answer();
        stage.sim.phone(BO).answers_after(3).presses("1").talks_for(30);
        let mut caller = stage.dials(LINE).await;
        caller.hears("For payments, press 1").await.presses("1").await;
        caller.is_connected_to(BO).await;
        caller.ends().await;
        assert_eq!(stage.attempts(&caller).await, ["ada NoAnswer", "bo Accepted"]);
        assert_eq!(stage.sim.phone(ADA_SECOND).rang(), 0);
        stage.closes(&["call.accepted", "call.ended"]).await;
    })
    .await;
}
