use oncall::{Outcome, WithheldPolicy};
use scenarios::{ADA, BO, CY, LINE, Setting, Stage, under_all_variants};

#[tokio::test]
async fn a_caller_who_hides_their_number_is_connected_and_announced_as_such() {
    under_all_variants(|variants| async move {
        let stage = Stage::set(Setting::default().under(variants)).await;
        stage.sim.phone(ADA).answers_after(4).presses("1").talks_for(30);
        let mut caller = stage.sim.dial("anonymous", LINE).await;
        caller.hears("For payments, press 1").await.presses("1").await;
        stage.sim.phone(ADA).hears("Call for payments on Example support, from an unknown number.").await;
        caller.is_connected_to(ADA).await;
        caller.ends().await;
        assert_eq!(stage.logged(&caller).await.call.caller, None);
        assert_eq!(stage.attempts(&caller).await, ["ada Accepted"]);
        stage.closes(&["call.accepted", "call.ended"]).await;
    })
    .await;
}

#[tokio::test]
async fn a_line_that_refuses_hidden_numbers_says_what_to_do() {
    let stage = Stage::set(Setting::with_plan(|plan| plan.line.withheld = WithheldPolicy::Refuse)).await;
    // the word ANONYMOUS typed on a keypad, which looks like a number
    for hidden in ["anonymous", "+266696687"] {
        let mut caller = stage.sim.dial(hidden, LINE).await;
        caller.hears("does not take calls from hidden numbers").await;
        caller.hears("Please call again with your number shown. Goodbye.").await;
        caller.ends().await;
        assert_eq!(caller.heard().len(), 1);
        assert_eq!(stage.logged(&caller).await.call.outcome(), Outcome::TurnedAway);
    }
    assert_eq!([ADA, BO, CY].map(|phone| stage.sim.phone(phone).rang()), [0, 0, 0]);
    stage.closes(&[]).await;
}

#[tokio::test]
async fn whoever_calls_from_an_address_that_is_no_number_does_not_hide_one() {
    for address in ["123", "+1", "sip:bob@example.com", "client:bob"] {
        let stage = Stage::set(Setting::with_plan(|plan| plan.line.withheld = WithheldPolicy::Refuse)).await;
        stage.sim.phone(ADA).answers_after(4).presses("1").talks_for(30);
        let mut caller = stage.sim.dial(address, LINE).await;
        caller.hears("For payments, press 1").await.presses("1").await;
        stage.sim.phone(ADA).hears("Call for payments on Example support, from an unknown number.").await;
        caller.is_connected_to(ADA).await.ends().await;
        let logged = stage.logged(&caller).await.call;
        assert_eq!((&logged.caller, logged.outcome()), (&None, Outcome::Accepted), "{address}");
        stage.closes(&["call.accepted", "call.ended"]).await;
    }
}
