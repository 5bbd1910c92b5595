use std::collections::BTreeSet;

use oncall::{Ladder, LiveCall, Notify, Order, PersonId, Plan, ServiceId, Step, Target};
use scenarios::{ADA, BO, CY, LINE, Setting, Stage, organisation, policy_of, under_all_variants};

/// All three in one step, at random.
fn at_random() -> Plan {
    let mut plan = organisation();
    let targets = ["ada", "bo", "cy"].map(|id| Target::Person(PersonId::new(id))).into();
    let notify = Notify { targets, order: Order::Random, ring_seconds: None, channel: None };
    policy_of(&mut plan, "payments").steps = vec![Step::Notify(notify)];
    plan
}

#[tokio::test]
async fn each_is_rung_once_in_the_order_that_was_drawn_for_this_call() {
    under_all_variants(|variants| async move {
        let plan = at_random();
        let setting = Setting { plan: Some(plan.clone()), ..Setting::default() };
        let stage = Stage::set(setting.under(variants)).await;
        for phone in [ADA, BO, CY] {
            stage.sim.phone(phone).declines_after(2);
        }
        let mut caller = stage.dials(LINE).await;
        caller.hears("For payments, press 1").await.presses("1").await;
        caller.hears("nobody could be reached").await.hangs_up().await;
        caller.ends().await;

        let call = stage.logged(&caller).await.call;
        let service = plan.service(&ServiceId::new("payments")).unwrap();
        let live = LiveCall { caller: call.caller.as_ref(), seed: call.id.as_str(), round: 0 };
        let ladder = Ladder::of(&plan, service, call.started_at, live);
        let drawn: Vec<_> = ladder.candidates().map(|candidate| &candidate.person).collect();
        let rung: Vec<_> = call.attempts.iter().map(|attempt| &attempt.person).collect();
        assert_eq!(rung, drawn);
        assert_eq!([ADA, BO, CY].map(|phone| stage.sim.phone(phone).rang()), [1, 1, 1]);
        stage.closes(&["call.missed"]).await;
    })
    .await;
}

#[tokio::test]
async fn another_call_draws_anew() {
    let stage = Stage::set(Setting { plan: Some(at_random()), ..Setting::default() }).await;
    for phone in [ADA, BO, CY] {
        stage.sim.phone(phone).is_busy();
    }
    let mut orders = BTreeSet::new();
    for _ in 0..8 {
        let mut caller = stage.dials(LINE).await;
        caller.hears("For payments, press 1").await.presses("1").await;
        caller.hears("nobody could be reached").await.hangs_up().await;
        caller.ends().await;
        let attempts = stage.attempts(&caller).await;
        assert_eq!(attempts.len(), 3, "{attempts:?}");
        orders.insert(attempts);
    }
    assert!(orders.len() > 1, "{orders:?}");
    stage.closes(&["call.missed"; 8]).await;
}
