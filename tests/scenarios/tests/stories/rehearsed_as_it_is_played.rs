//! A rehearsal goes as the real call does: the same words, phones, reasons and results.

use oncall::{Notify, Order, PersonId, Step, Target};
use scenarios::{
    ADA, BO, CY, LINE, Setting, Stage, on_schedule, one_destination, policy_of, under_all_variants, weekly,
};
use serde_json::json;
use twilio_sim::ActionAfterHangup;

const END_OF_MENU: &str = "To hear this again, press star.";

#[tokio::test]
async fn nobody_answers_and_a_message_is_left() {
    under_all_variants(|variants| async move {
        let stage = Stage::set(Setting::default().under(variants)).await;
        stage.sim.phone(ADA).does_not_answer();
        stage.sim.phone(BO).answers_after(15);
        let mut caller = stage.dials(LINE).await;
        // a wrong key, silence, the right key
        caller.hears(END_OF_MENU).await.presses("9").await;
        caller.hears(END_OF_MENU).await.hears("I did not hear a key").await;
        caller.hears(END_OF_MENU).await.presses("1").await;
        caller.hears("leave a message after the tone").await.hears("when you are done").await;
        caller.says("The payments page is down").await.waits(3).await.presses("#").await;
        caller.ends().await;
        let moves = json!([
            {"type": "press", "key": "9"}, {"type": "wait"}, {"type": "press", "key": "1"},
            {"type": "wait"}, {"type": "wait"}, {"type": "wait"}, {"type": "message", "seconds": 3},
        ]);
        let rehearsed = stage.rehearsal_of(&caller, json!({"bo": "mailbox"}), moves).await;
        let real = stage.course(&caller).await;
        assert_eq!(rehearsed, real);
        assert_eq!((real.outcome.as_str(), real.rang), ("message", vec!["ada".to_owned(), "bo".to_owned()]));
        stage.closes(&["call.message", "call.transcribed"]).await;
    })
    .await;
}

#[tokio::test]
async fn one_declines_one_is_busy_and_the_last_of_a_random_order_accepts() {
    under_all_variants(|variants| async move {
        let setting = Setting::with_plan(|plan| {
            one_destination(plan);
            plan.line.recording = true;
            let targets = ["ada", "bo", "cy"].map(|id| Target::Person(PersonId::new(id))).into();
            let notify = Notify { targets, order: Order::Random, ring_seconds: None, channel: None };
            policy_of(plan, "payments").steps = vec![Step::Notify(notify), Step::Repeat { times: 1 }];
        });
        let stage = Stage::set(setting.under(variants)).await;
        stage.sim.phone(ADA).answers_after(4).presses("2");
        stage.sim.phone(BO).is_busy();
        stage.sim.phone(CY).does_not_answer().then().answers_after(4).presses("3").presses("1").talks_for(60);
        let mut caller = stage.dials(LINE).await;
        caller.is_connected_to(CY).await;
        caller.ends().await;
        let real = stage.course(&caller).await;
        // the first round rings all three, the second as many as come before Cy
        let attempts = stage.attempts(&caller).await;
        let mut moves = Vec::new();
        for (place, attempt) in attempts.iter().enumerate() {
            if place > 0 {
                moves.push(json!({"type": "wait"}));
            }
            if attempt == "cy Accepted" {
                moves.push(json!({"type": "phone", "does": "picks_up"}));
                moves.extend(["3", "1"].map(|key| json!({"type": "press", "key": key})));
                moves.push(json!({"type": "hang_up", "by": "person"}));
            } else {
                moves.push(json!({"type": "wait"}));
            }
        }
        let people = json!({"ada": "declines", "bo": "busy", "cy": "no_answer"});
        assert_eq!(stage.rehearsal_of(&caller, people, json!(moves)).await, real);
        assert!(attempts.len() > 3 && real.outcome == "accepted", "{real:?}");
        stage.closes(&["call.accepted", "call.ended"]).await;
    })
    .await;
}

#[tokio::test]
async fn a_shift_hands_over_between_two_attempts() {
    under_all_variants(|variants| async move {
        let setting = Setting::with_plan(|plan| {
            one_destination(plan);
            plan.directory.schedules.push(weekly("primary", "2026-11-13T04:00", &["ada", "bo"]));
            policy_of(plan, "payments").steps = vec![on_schedule("primary")];
        });
        let stage = Stage::set(setting.at("2026-11-20T02:59:40Z").under(variants)).await;
        stage.sim.phone(BO).answers_after(4).presses("1").talks_for(60);
        let mut caller = stage.dials(LINE).await;
        caller.is_connected_to(BO).await;
        caller.ends().await;
        let moves = json!([{"type": "wait"}, {"type": "wait"}, {"type": "wait"}, {"type": "wait"}]);
        let rehearsed = stage.rehearsal_of(&caller, json!({"bo": "accepts"}), moves).await;
        let real = stage.course(&caller).await;
        assert_eq!(rehearsed, real);
        assert_eq!(real.rang, ["ada", "bo"]);
        stage.closes(&["call.accepted", "call.ended"]).await;
    })
    .await;
}

#[tokio::test]
async fn whoever_hangs_up_while_it_rings_is_missed() {
    under_all_variants(|variants| async move {
        if variants.action_after_hangup == ActionAfterHangup::Omitted {
            // the log then knows less of the responder's leg
            return;
        }
        let stage = Stage::set(Setting::with_plan(one_destination).under(variants)).await;
        stage.sim.phone(ADA).is_unreachable();
        stage.sim.phone(BO).answers_after(4);
        let mut caller = stage.dials(LINE).await;
        caller.rings(BO).await;
        stage.sim.phone(BO).hears("to hear this again").await;
        caller.hangs_up().await;
        caller.ends().await;
        let moves = json!([
            {"type": "wait"}, {"type": "wait"}, {"type": "phone", "does": "picks_up"}, {"type": "hang_up"},
        ]);
        let rehearsed = stage.rehearsal_of(&caller, json!({"ada": "unreachable"}), moves).await;
        let real = stage.course(&caller).await;
        assert_eq!(rehearsed, real);
        assert_eq!(real.outcome, "missed");
        stage.closes(&["call.missed"]).await;
    })
    .await;
}
