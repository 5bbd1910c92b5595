use scenarios::{ADA, BO, LINE, Setting, Stage, under_all_variants};

#[tokio::test]
async fn the_caller_leaves_a_message_and_no_mailbox_has_taken_the_call() {
    under_all_variants(|variants| async move {
        let stage = Stage::with_fallback(Setting::default().under(variants)).await;
        stage.loses_the_function("/voice/");
        stage.sim.phone(ADA).does_not_answer();
        stage.sim.phone(BO).voicemail_after(12);
        let mut caller = stage.dials(LINE).await;
        caller.hears("Connecting you to payments").await;
        caller.rings(ADA).await;
        caller.hears("We are still trying to reach someone").await;
        caller.rings(BO).await;
        caller.hears("leave a message").await;
        caller.says("The payments page is down").await.waits(5).await.presses("#").await;
        caller.hears("Your message has been recorded").await;
        caller.ends().await;
        // the message is at Twilio; whoever would tell the team is gone
        stage.closes(&[]).await;
    })
    .await;
}

#[tokio::test]
async fn a_caller_who_says_nothing_is_not_asked_for_ever() {
    under_all_variants(|variants| async move {
        let stage = Stage::with_fallback(Setting::default().under(variants)).await;
        stage.loses_the_function("/voice/");
        let mut caller = stage.dials(LINE).await;
        caller.hears("leave a message").await;
        caller.ends().await;
        assert_eq!([ADA, BO].map(|phone| stage.sim.phone(phone).rang()), [1, 1]);
        stage.closes(&[]).await;
    })
    .await;
}
