use oncall::Step;
use scenarios::{ADA, BO, LINE, Setting, Stage, notify, policy_of, under_all_variants};

#[tokio::test]
async fn who_did_not_answer_in_the_first_round_is_rung_again() {
    under_all_variants(|variants| async move {
        let setting = Setting::with_plan(|plan| {
            policy_of(plan, "payments").steps = vec![notify(&["ada"]), notify(&["bo"]), Step::Repeat { times: 1 }];
        });
        let stage = Stage::set(setting.under(variants)).await;
        stage.sim.phone(ADA).does_not_answer().then().answers_after(3).presses("1").talks_for(30);
        stage.sim.phone(BO).does_not_answer();
        let mut caller = stage.dials(LINE).await;
        caller.hears("For payments, press 1").await.presses("1").await;
        caller.rings(ADA).await.rings(BO).await.rings(ADA).await;
        caller.is_connected_to(ADA).await;
        caller.ends().await;
        assert_eq!(stage.attempts(&caller).await, ["ada NoAnswer", "bo NoAnswer", "ada Accepted"]);
        let logged = stage.logged(&caller).await;
        let rounds: Vec<_> = logged.call.attempts.iter().map(|attempt| attempt.round).collect();
        assert_eq!(rounds, [0, 0, 1]);
        stage.closes(&["call.accepted", "call.ended"]).await;
    })
    .await;
}

#[tokio::test]
async fn the_last_round_ends_with_a_message() {
    under_all_variants(|variants| async move {
        let setting = Setting::with_plan(|plan| {
            policy_of(plan, "payments").steps = vec![notify(&["ada"]), notify(&["bo"]), Step::Repeat { times: 1 }];
        });
        let stage = Stage::set(setting.under(variants)).await;
        stage.sim.phone(ADA).declines_after(2);
        stage.sim.phone(BO).declines_after(2);
        let mut caller = stage.dials(LINE).await;
        caller.hears("For payments, press 1").await.presses("1").await;
        caller.hears("nobody could be reached").await.hangs_up().await;
        caller.ends().await;
        assert_eq!(stage.attempts(&caller).await, ["ada Busy", "bo Busy", "ada Busy", "bo Busy"]);
        stage.closes(&["call.missed"]).await;
    })
    .await;
}
