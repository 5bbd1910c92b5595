//! The table does not answer while Ada is paged, or stands at the desk: she hears what to do, and never silence.

use std::time::Duration;

use oncall::incident::{PageState, State};
use scenarios::{ADA, LINE, Setting, Stage};
use wire::{ANY, Fault};

fn impatient() -> Setting {
    Setting { deadline: Duration::from_millis(400), ..Setting::default() }
}

#[tokio::test]
async fn keys_are_asked_for_again_until_it_is_back() {
    let stage = Stage::set(impatient()).await;
    stage.sim.phone(ADA).answers_after(4);
    let incident = stage.opens("in_1", "payments", "Replication lag on db1").await;
    let mut paged = stage.pages(incident).await;
    stage.table.every(ANY, Fault::Refuse);
    paged.call.hears("There is an alert for you. Its details cannot be read at the moment.").await;
    paged.call.hears("Press 4").await.presses("4").await.hears("Please press the key again in a moment.").await;
    stage.table.mend();
    paged.call.presses("4").await.hears("It is yours").await.ends().await;
    assert!(matches!(stage.incident(&paged.incident).await.state, State::Acknowledged { .. }));
    assert_eq!(stage.fares(&paged).await, PageState::Delivered);
    stage.sim.assert_clean();
}

#[tokio::test]
async fn it_ends_politely_and_the_incident_goes_on() {
    let stage = Stage::set(impatient()).await;
    stage.sim.phone(ADA).answers_after(4).presses("4").presses("4").presses("4");
    let incident = stage.opens("in_1", "payments", "Replication lag on db1").await;
    let mut paged = stage.pages(incident).await;
    stage.table.every(ANY, Fault::Refuse);
    paged.call.hears("The alert goes on.").await.hears("Goodbye.").await.ends().await;
    stage.table.mend();
    let incident = stage.incident(&paged.incident).await;
    assert_eq!(incident.state, State::Triggered);
    // a callback that could not be saved is Twilio's warning
    stage.sim.expect_alert(15003);
    stage.sim.assert_clean();
}

#[tokio::test]
async fn the_desk_waits_a_moment_and_gives_up() {
    let stage = Stage::set(impatient()).await;
    let mut ada = stage.sim.dial(ADA, LINE).await;
    ada.hears("If you call as a responder, press star.").await;
    stage.table.every(ANY, Fault::Refuse);
    ada.presses("*").await.hears("One moment, please.").await;
    stage.table.mend();
    ada.hears("There are no open alerts.").await.hears("Press 9").await;
    stage.table.every(ANY, Fault::Refuse);
    ada.presses("*")
        .await
        .hears("press the key again")
        .await
        .hears("Please call again in a few minutes")
        .await
        .ends()
        .await;
    // that the call has ended cannot be noted
    stage.sim.expect_alert(15003);
    stage.sim.assert_clean();
}
