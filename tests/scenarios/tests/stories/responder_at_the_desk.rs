//! A responder calls a line, presses star, and hears what is open.

use oncall::{
    Channel, PersonId,
    incident::{Actor, State},
};
use scenarios::{ADA, ADA_SECOND, CALLER, LINE, Setting, Stage};

const OFFER: &str = "If you call as a responder, press star.";

#[tokio::test]
async fn alerts_are_heard_one_by_one_and_dealt_with() {
    let stage = Stage::open().await;
    let first = stage.opens("in_1", "payments", "Replication lag on db1").await;
    stage.sim.wait(60).await;
    let second = stage.opens("in_2", "network", "").await;
    stage.acknowledges(&second.id, "cy").await;
    let mut ada = stage.sim.dial(ADA, LINE).await;
    ada.hears(OFFER).await.presses("*").await.hears("Open alerts: 2.").await;
    ada.hears("Alert 2, network: no description.").await.hears("cy has had it since 03:01 UTC.").await;
    ada.hears("hash for the next one").await.presses("#").await;
    ada.hears("Alert 1, payments: Replication lag on db1.").await.hears("Nobody has it.").await;
    ada.presses("4").await.hears("It is yours. Thank you.").await.hears("Press 4").await;
    ada.presses("*").await.hears("Alert 1").await.hears("ada has had it since").await.hears("Press 4").await;
    ada.presses("6").await.hears("It is closed.").await.hears("Press 4").await;
    ada.presses("#").await.hears("That was the last one.").await.hears("Press 4").await;
    ada.presses("7").await.hears("Sorry, that key does nothing here.").await;
    ada.hangs_up().await.ends().await;
    let state = stage.incident(&first.id).await.state;
    assert!(matches!(state, State::Resolved { by, .. } if by == Actor::person(PersonId::new("ada"), Channel::Voice)));
    stage.sim.wait(60).await;
    stage.sim.assert_clean();
    assert!(stage.told().await.iter().all(|told| told["call"].is_null()), "it is no caller's call");
}

#[tokio::test]
async fn whoever_called_is_called_back_as_the_line() {
    let stage = Stage::open().await;
    let mut caller = stage.dials(LINE).await;
    caller.hears("press 1").await.hangs_up().await;
    let sid = caller.sid().to_owned();
    stage.opens_for("in_1", "payments", "Missed call", &sid).await;
    stage.opens("in_2", "payments", "Disk").await;
    stage.sim.phone(CALLER).answers_after(3).talks_for(20);
    let mut ada = stage.sim.dial(ADA, LINE).await;
    ada.hears(OFFER).await.presses("*").await.hears("Alert 2").await.hears("Press 4").await;
    ada.presses("8").await.hears("There is nobody who can be called back").await.hears("Press 4").await;
    ada.presses("#").await.hears("Alert 1").await.hears("Press 4").await.presses("8").await;
    ada.hears("You are being connected").await.rings(CALLER).await.is_connected_to(CALLER).await;
    assert!(stage.sim.phone(CALLER).transcript().contains(&format!("rings (from {LINE})")));
    // and back at the same alert
    ada.hears("Alert 1").await.hears("Press 4").await.hangs_up().await.ends().await;
    stage.sim.wait(60).await;
    stage.sim.assert_clean();
}

#[tokio::test]
async fn a_dear_or_foreign_number_is_not_called_back() {
    for number in ["+4782000001", "+37100000001"] {
        let stage = Stage::open().await;
        let mut caller = stage.sim.dial(number, LINE).await;
        caller.hears("press 1").await.hangs_up().await;
        let sid = caller.sid().to_owned();
        stage.opens_for("in_1", "payments", "Missed call", &sid).await;
        let mut ada = stage.sim.dial(ADA, LINE).await;
        ada.hears(OFFER).await.presses("*").await.hears("Press 4").await.presses("8").await;
        ada.hears("There is nobody who can be called back").await.hangs_up().await;
        assert_eq!(stage.sim.phone(number).rang(), 0);
    }
}

#[tokio::test]
async fn who_is_on_call() {
    let stage = Stage::open().await;
    let mut ada = stage.sim.dial(ADA, LINE).await;
    ada.hears(OFFER)
        .await
        .presses("*")
        .await
        .hears("There are no open alerts.")
        .await
        .hears("Press 9")
        .await
        .presses("9")
        .await;
    ada.hears("On call for payments: ada.").await.hears("On call for network: cy.").await.hears("Press 9").await;
    // silence is asked about, and then is the end
    ada.hears("Press 9").await.hears("Press 9").await.hears("Goodbye.").await.ends().await;
    stage.closes(&[]).await;
}

#[tokio::test]
async fn many_alerts_are_the_latest_five() {
    let stage = Stage::open().await;
    for number in 1..=6 {
        stage.opens(&format!("in_{number}"), "payments", "Disk").await;
        stage.sim.wait(1).await;
    }
    let mut ada = stage.sim.dial(ADA, LINE).await;
    ada.presses_when_asked(["*"]);
    ada.hears("There are more than 5 open alerts. These are the latest.").await.hears("Alert 6").await;
    for next in ["Alert 5", "Alert 4", "Alert 3", "Alert 2", "That was the last one."] {
        ada.hears("Press 4").await.presses("#").await.hears(next).await;
    }
    ada.hangs_up().await;
}

#[tokio::test]
async fn a_responder_who_wants_the_line_gets_it() {
    for key in ["", "1"] {
        let stage = Stage::open().await;
        let mut ada = stage.sim.dial(ADA, LINE).await;
        ada.hears(OFFER).await.presses(key).await.hears("Welcome to Example support").await.hears("press 1").await;
        ada.hangs_up().await;
        stage.closes(&[]).await;
    }
}

#[tokio::test]
async fn nobody_else_is_offered_the_desk_or_let_in() {
    let shared = |plan: &mut oncall::Plan| {
        let ada = plan.directory.people[0].phones[0].clone();
        plan.directory.people[1].phones.push(ada);
        let unproven = oncall::Phone { number: ADA_SECOND.parse().unwrap(), verified: false };
        plan.directory.people[2].phones.push(unproven);
    };
    let stage = Stage::set(Setting::with_plan(shared)).await;
    for from in [CALLER, ADA, ADA_SECOND, "anonymous"] {
        let mut caller = stage.sim.dial(from, LINE).await;
        caller.hears("Welcome").await.hangs_up().await;
        assert!(!caller.heard().iter().any(|heard| heard == OFFER), "{from}");
        let account = stage.sim.account_sid();
        let form = [
            ("AccountSid", account.as_str()),
            ("CallSid", caller.sid()),
            ("From", from),
            ("To", LINE),
            ("CallStatus", "in-progress"),
            ("Digits", "9"),
        ];
        for path in ["/voice/desk/line-1", "/voice/desk/line-1/key/-/1", "/voice/desk/nowhere"] {
            assert_eq!(stage.sim.post_signed(&stage.url(path), &form).await, 200);
            let body = stage.sim.journal().pop().unwrap().body;
            assert!(body.contains("not known as one person's here") && body.contains("<Hangup/>"), "{body}");
        }
    }
}
