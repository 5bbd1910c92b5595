use scenarios::{ADA, BO, LINE, Setting, Stage, under_all_variants};
use twilio_sim::Event;

const WHISPER: &str = "Call for payments on Example support, from 4 7, 9 0 0, 0 0 0, 0 9.";

#[tokio::test]
async fn a_responder_hears_it_again_as_often_as_they_press_3() {
    under_all_variants(|variants| async move {
        let stage = Stage::set(Setting::default().under(variants)).await;
        stage.sim.phone(ADA).answers_after(4).presses("3").presses("3").presses("3").presses("1").talks_for(30);
        let mut caller = stage.dials(LINE).await;
        caller.hears("For payments, press 1").await.presses("1").await;
        for _ in 0..4 {
            stage.sim.phone(ADA).hears(WHISPER).await.hears("3 to hear this again").await;
        }
        stage.sim.phone(ADA).hears("You are connected.").await;
        caller.is_connected_to(ADA).await;
        caller.ends().await;
        let whispers = caller
            .lines()
            .into_iter()
            .filter(|line| line.who == ADA && matches!(&line.event, Event::Hears { text, .. } if text == WHISPER));
        assert_eq!(whispers.count(), 4);
        assert_eq!(stage.attempts(&caller).await, ["ada Accepted"]);
        assert_eq!(stage.sim.phone(BO).rang(), 0);
        stage.closes(&["call.accepted", "call.ended"]).await;
    })
    .await;
}
