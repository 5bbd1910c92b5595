use oncall::CallerIdPolicy;
use scenarios::{ADA, CALLER, LINE, Setting, Stage, under_all_variants};
use twilio_sim::{Event, Line};

/// What a phone showed, each time that it rang.
fn shown(lines: &[Line], phone: &str) -> Vec<String> {
    let mine = lines.iter().filter(|line| line.who == phone);
    mine.filter_map(|line| match &line.event {
        Event::Rings(from) => Some(from.clone()),
        _ => None,
    })
    .collect()
}

#[tokio::test]
async fn the_responder_sees_who_calls_where_the_line_says_so() {
    under_all_variants(|variants| async move {
        for (policy, from, expected) in [
            (CallerIdPolicy::Caller, CALLER, CALLER),
            (CallerIdPolicy::Caller, "anonymous", LINE),
            (CallerIdPolicy::Line, CALLER, LINE),
        ] {
            let setting = Setting::with_plan(|plan| plan.line.caller_id = policy);
            let stage = Stage::set(setting.under(variants)).await;
            stage.sim.phone(ADA).answers_after(4).presses("1").talks_for(30);
            let mut caller = stage.sim.dial(from, LINE).await;
            caller.hears("For payments, press 1").await.presses("1").await;
            caller.is_connected_to(ADA).await;
            caller.ends().await;
            assert_eq!(shown(&caller.lines(), ADA), [expected], "{policy:?}, {from}");
            assert_eq!(stage.attempts(&caller).await, ["ada Accepted"]);
            stage.closes(&["call.accepted", "call.ended"]).await;
        }
    })
    .await;
}
