use scenarios::{ADA, BO, LINE, Setting, Stage, under_all_variants};

#[tokio::test]
async fn callers_hear_the_lines_own_words_and_each_responder_their_language() {
    under_all_variants(|variants| async move {
        let setting = Setting::with_plan(|plan| {
            plan.line.language = "nb-NO".to_owned();
            plan.line.prompts.insert("greeting".to_owned(), "Hei, dette er {line}. Vi er her for deg.".to_owned());
            plan.line.prompts.insert("declined".to_owned(), "Takk likevel.".to_owned());
            plan.directory.people[0].language = Some("en-GB".to_owned());
        });
        let stage = Stage::set(setting.under(variants)).await;
        stage.sim.phone(ADA).answers_after(3).presses("2");
        stage.sim.phone(BO).answers_after(3).presses("1").talks_for(30);
        let mut caller = stage.dials(LINE).await;
        caller.hears("Hei, dette er Example support. Vi er her for deg.").await;
        caller.hears("For payments, tast 1.").await.presses("1").await;
        caller.hears("Setter deg over til payments. Vennligst vent.").await;
        // the line's own sentence is in the line's language, so that Ada hears ours
        stage.sim.phone(ADA).hears("Call for payments on Example support, from").await;
        stage.sim.phone(ADA).hears("Press 1 to accept").await.hears("Declined. Goodbye.").await;
        caller.hears("Vi prøver fortsatt å nå noen.").await;
        stage.sim.phone(BO).hears("Anrop til payments på Example support, fra").await;
        stage.sim.phone(BO).hears("Tast 1 for å ta samtalen").await.hears("Du er koblet til.").await;
        caller.is_connected_to(BO).await;
        caller.hears("Samtalen er avsluttet. Ha det.").await;
        caller.ends().await;

        let journal = stage.sim.journal();
        let document = |path: &str| {
            let asked = journal.iter().find(|exchange| exchange.url.ends_with(path));
            asked.unwrap().body.clone()
        };
        for (path, language) in [
            ("/voice/incoming", "language=\"nb-NO\""),
            ("/voice/screen/line-1/1", "language=\"en-GB\""),
            ("/voice/screen/line-1/2", "language=\"nb-NO\""),
        ] {
            assert!(document(path).contains(language), "{path}: {}", document(path));
        }
        assert_eq!(stage.attempts(&caller).await, ["ada Declined", "bo Accepted"]);
        stage.closes(&["call.accepted", "call.ended"]).await;
    })
    .await;
}
