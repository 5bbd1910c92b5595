use oncall::{PersonId, schedule::LayerDefinition};
use scenarios::{ADA, BO, LINE, Setting, Stage, on_schedule, one_destination, policy_of, weekly};

/// In the night in which Oslo's clocks go from 03:00 back to 02:00, Ada is on call until 02:30, and Bo when nobody
/// else is.
async fn rings_first(at: &'static str) -> Vec<String> {
    let setting = Setting::with_plan(|plan| {
        one_destination(plan);
        let mut primary = weekly("primary", "2026-10-19T00:00", &["bo"]);
        primary.definition.layers.push(LayerDefinition {
            name: "Evenings".to_owned(),
            priority: 1,
            users: vec![vec![PersonId::new("ada")]],
            frequency: "daily".to_owned(),
            start: "2026-10-19T22:00".to_owned(),
            shift_length: Some("PT4H30M".to_owned()),
            ..LayerDefinition::default()
        });
        plan.directory.schedules.push(primary);
        policy_of(plan, "payments").steps = vec![on_schedule("primary")];
    });
    let stage = Stage::set(setting.at(at)).await;
    for phone in [ADA, BO] {
        stage.sim.phone(phone).answers_after(2).presses("1").talks_for(20);
    }
    let mut caller = stage.dials(LINE).await;
    caller.hears("Connecting you").await;
    caller.ends().await;
    let attempts = stage.attempts(&caller).await;
    stage.closes(&["call.accepted", "call.ended"]).await;
    attempts
}

#[tokio::test]
async fn half_past_two_comes_twice_and_the_first_one_counts() {
    assert_eq!(rings_first("2026-10-25T00:20:00Z").await, ["ada Accepted"], "02:20, the first time");
    assert_eq!(rings_first("2026-10-25T00:40:00Z").await, ["bo Accepted"], "02:40, the first time");
    assert_eq!(rings_first("2026-10-25T01:20:00Z").await, ["bo Accepted"], "02:20, the second time");
}
