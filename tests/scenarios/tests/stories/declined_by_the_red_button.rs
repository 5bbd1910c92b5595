use std::time::Duration;

use oncall::Phone;
use scenarios::{ADA, ADA_SECOND, BO, LINE, Setting, Stage, under_all_variants};
use twilio_sim::Event;

#[tokio::test]
async fn the_hunt_moves_on_at_once_to_the_same_persons_other_phone() {
    under_all_variants(|variants| async move {
        let setting = Setting::with_plan(|plan| {
            let second = Phone { number: ADA_SECOND.parse().unwrap(), verified: true };
            plan.directory.people[0].phones.push(second);
        });
        let stage = Stage::set(setting.under(variants)).await;
        stage.sim.phone(ADA).declines_after(2);
        stage.sim.phone(ADA_SECOND).answers_after(3).presses("1").talks_for(30);
        let mut caller = stage.dials(LINE).await;
        caller.hears("For payments, press 1").await.presses("1").await;
        caller.rings(ADA).await.hears("still trying").await;
        caller.is_connected_to(ADA_SECOND).await;
        caller.ends().await;

        let lines = caller.lines();
        let rang = |phone: &str| {
            let ring = lines.iter().find(|line| line.who == phone && matches!(line.event, Event::Rings(_)));
            ring.unwrap().at
        };
        let between = rang(ADA_SECOND) - rang(ADA);
        // two seconds of ringing and the words between two attempts, not the twenty-five of a phone that rings out
        assert!(between < Duration::from_secs(12), "{between:?}");
        assert_eq!(stage.attempts(&caller).await, ["ada Busy", "ada Accepted"]);
        assert_eq!(stage.sim.phone(BO).rang(), 0);
        stage.closes(&["call.accepted", "call.ended"]).await;
    })
    .await;
}
