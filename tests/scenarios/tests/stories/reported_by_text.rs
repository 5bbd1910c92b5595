use scenarios::{CALLER, LINE, Stage, under_all_variants};

#[tokio::test]
async fn somebody_says_by_text_what_is_the_matter_and_what_it_is_about() {
    under_all_variants(|variants| async move {
        let stage = Stage::set(scenarios::Setting::default().under(variants)).await;
        let caller = stage.sim.phone(CALLER);
        let first = caller.texts_to(LINE, "The card terminal is dead").await;
        let asked = caller.reads("What is it about?").await;
        assert_eq!(asked.body, "Example support: What is it about? Reply 1 for payments, 2 for network.");
        assert_eq!(asked.from, LINE);
        caller.texts_to(LINE, "1").await;
        caller.reads("Thank you. Your message is with the team, who will reply here.").await;
        let further = caller.texts_to(LINE, "All of them").await;
        let told = stage.told().await;
        let about = |place: usize| (&told[place]["id"], &told[place]["service"], &told[place]["words"]);
        assert_eq!(told.len(), 2, "{told:#?}");
        assert_eq!(about(0), (&first.into(), &"payments".into(), &"The card terminal is dead".into()));
        assert_eq!(about(1), (&further.into(), &"payments".into(), &"All of them".into()));
        assert_eq!(told[0]["thread"], told[1]["thread"]);
        assert_eq!(caller.texts().len(), 2, "what follows needs no answer");
        stage.closes(&[]).await;
    })
    .await;
}
