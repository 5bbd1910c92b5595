//! A call pages Ada: what she hears, and what her keys do.

use oncall::{
    Channel, PersonId, Plan, Step,
    incident::{Actor, Failure, PageState, State},
};
use scenarios::{ADA, Paged, Setting, Stage, notify, policy_of};
use twilio_sim::CallStatus;

async fn paged(stage: &Stage) -> Paged {
    let incident = stage.opens("in_1", "payments", "Replication lag on db1.").await;
    stage.pages(incident).await
}

/// Bo is paged ten minutes after Ada.
fn bo_later(plan: &mut Plan) {
    policy_of(plan, "payments").steps = vec![notify(&["ada"]), Step::Wait { minutes: 10 }, notify(&["bo"])];
}

/// What she hears with these keys, where the incident stands then, and how the page fares.
async fn presses(keys: &str) -> (Vec<String>, State, PageState) {
    let stage = Stage::set(Setting::with_plan(bo_later)).await;
    let phone = stage.sim.phone(ADA).answers_after(4);
    keys.chars().fold(phone, |phone, key| phone.presses(&key.to_string()));
    let mut paged = paged(&stage).await;
    assert_eq!(paged.call.ends().await, CallStatus::Completed);
    let (state, fares) = (stage.incident(&paged.incident).await.state, stage.fares(&paged).await);
    let heard = paged.call.heard();
    stage.sim.wait(60).await;
    stage.sim.assert_clean();
    (heard, state, fares)
}

const ALERT: &str = "Dutyline. Alert about payments: Replication lag on db1.";
const KEYS: &str = "Press 4 to acknowledge, 5 to escalate, 6 to close, star to hear this again.";

fn by_ada() -> Actor {
    Actor::person(PersonId::new("ada"), Channel::Voice)
}

#[tokio::test]
async fn four_acknowledges() {
    let (heard, state, fares) = presses("4").await;
    assert_eq!(heard, [ALERT, KEYS, "It is yours. Thank you.", "Goodbye."]);
    assert!(matches!(state, State::Acknowledged { by, .. } if by == by_ada()));
    assert_eq!(fares, PageState::Delivered);
}

#[tokio::test]
async fn five_escalates_and_six_closes() {
    let (heard, state, _) = presses("5").await;
    assert_eq!(heard[2..], ["It goes to the next on call.", "Goodbye."]);
    assert_eq!(state, State::Triggered);
    let (heard, state, _) = presses("6").await;
    assert_eq!(heard[2..], ["It is closed. Thank you.", "Goodbye."]);
    assert!(matches!(state, State::Resolved { by, .. } if by == by_ada()));
}

#[tokio::test]
async fn star_and_wrong_keys_repeat_it_and_say_that_somebody_is_there() {
    let (heard, state, fares) = presses("*4").await;
    assert_eq!(heard[..5], [ALERT, KEYS, ALERT, KEYS, "It is yours. Thank you."]);
    assert!(matches!(state, State::Acknowledged { .. }));
    assert_eq!(fares, PageState::Delivered);
    let (heard, state, fares) = presses("777").await;
    let sorry = "Sorry, that key does nothing here.";
    assert_eq!(heard, [ALERT, KEYS, sorry, ALERT, KEYS, sorry, ALERT, KEYS, sorry, "Goodbye."]);
    assert_eq!((state, fares), (State::Triggered, PageState::Delivered));
}

#[tokio::test]
async fn without_a_key_it_is_told_three_times_and_has_reached_nobody() {
    let (heard, state, fares) = presses("").await;
    assert_eq!(heard, [ALERT, KEYS, ALERT, KEYS, ALERT, KEYS, "Goodbye."]);
    assert_eq!((state, fares), (State::Triggered, PageState::Failed(Failure::NoKey)));
}

#[tokio::test]
async fn whoever_has_nobody_to_give_it_to_may_still_take_it() {
    let stage = Stage::open().await;
    stage.sim.phone(ADA).answers_after(4).presses("5").presses("4");
    let mut paged = paged(&stage).await;
    paged.call.hears("There is nobody left to escalate to.").await.hears("Press 4").await.hears("It is yours.").await;
    paged.call.ends().await;
    stage.sim.assert_clean();
}

/// How a page fares whose phone does this.
async fn fares(behaves: impl FnOnce(twilio_sim::Phone) -> twilio_sim::Phone) -> PageState {
    let stage = Stage::open().await;
    behaves(stage.sim.phone(ADA));
    let mut paged = paged(&stage).await;
    paged.call.ends().await;
    stage.sim.wait(60).await;
    stage.sim.assert_clean();
    stage.fares(&paged).await
}

#[tokio::test]
async fn a_phone_that_reaches_nobody_says_why() {
    assert_eq!(fares(|phone| phone.is_busy()).await, PageState::Failed(Failure::Busy));
    assert_eq!(fares(|phone| phone.declines_after(5)).await, PageState::Failed(Failure::Busy));
    assert_eq!(fares(|phone| phone.does_not_answer()).await, PageState::Failed(Failure::NoAnswer));
    assert_eq!(fares(|phone| phone.is_unreachable()).await, PageState::Failed(Failure::Undelivered));
    assert_eq!(fares(|phone| phone.voicemail_after(5)).await, PageState::Failed(Failure::NoKey));
    assert_eq!(fares(|phone| phone.answers_after(5).hangs_up_after(1)).await, PageState::Failed(Failure::NoKey));
}

#[tokio::test]
async fn an_end_that_is_told_twice_or_late_changes_nothing() {
    let stage = Stage::open().await;
    stage.sim.phone(ADA).answers_after(4).presses("4");
    let mut paged = paged(&stage).await;
    paged.call.ends().await;
    stage.sim.wait(60).await;
    let before = stage.incident(&paged.incident).await;
    let account = stage.sim.account_sid();
    for status in ["completed", "busy", "in-progress"] {
        let form = [("AccountSid", account.as_str()), ("CallSid", paged.call.sid()), ("CallStatus", status)];
        let url = stage.url(&format!("/voice/page/in_1/{}/ended", paged.page));
        assert_eq!(stage.sim.post_signed(&url, &form).await, 204);
    }
    assert_eq!(stage.incident(&paged.incident).await, before);
}

#[tokio::test]
async fn who_has_it_meanwhile_is_said() {
    let stage = Stage::open().await;
    stage.sim.phone(ADA).answers_after(4).presses("4");
    let mut paged = paged(&stage).await;
    stage.acknowledges(&paged.incident, "bo").await;
    paged.call.ends().await;
    assert_eq!(paged.call.heard(), ["bo has had it since 03:02 UTC.", "Goodbye."]);
    stage.sim.assert_clean();
}

#[tokio::test]
async fn somebody_else_is_quicker_while_it_is_read() {
    let stage = Stage::open().await;
    stage.sim.phone(ADA).answers_after(4);
    let mut paged = paged(&stage).await;
    paged.call.hears("Press 4").await;
    stage.acknowledges(&paged.incident, "bo").await;
    paged.call.presses("4").await.hears("bo has had it since 03:02 UTC.").await.hears("Goodbye").await.ends().await;
    let state = stage.incident(&paged.incident).await.state;
    assert!(matches!(state, State::Acknowledged { by, .. } if by.person_id() == Some(&PersonId::new("bo"))));
    stage.sim.assert_clean();
}

#[tokio::test]
async fn whoever_is_asked_to_join_hears_it_although_somebody_has_it() {
    let stage = Stage::open().await;
    stage.sim.phone(ADA).answers_after(4).presses("4");
    let incident = stage.opens("in_1", "payments", "Replication lag on db1").await;
    stage.acknowledges(&incident.id, "bo").await;
    stage.asks(&incident.id, "bo", "ada").await;
    let mut paged = stage.pages(incident).await;
    paged.call.ends().await;
    assert_eq!(paged.call.heard(), [ALERT, KEYS, "bo has had it since 03:00 UTC.", "Goodbye."]);
    stage.sim.assert_clean();
}

#[tokio::test]
async fn what_does_not_exist_is_said_politely() {
    let stage = Stage::open().await;
    let account = stage.sim.account_sid();
    for path in ["/voice/page/in_none/1", "/voice/page/in_none/1/key/1"] {
        let form =
            [("AccountSid", account.as_str()), ("CallSid", "CA00000000000000000000000000000001"), ("Digits", "4")];
        assert_eq!(stage.sim.post_signed(&stage.url(path), &form).await, 200);
        let body = stage.sim.journal().pop().unwrap().body;
        assert!(body.contains("does not need you any more") && body.contains("<Hangup/>"), "{body}");
    }
}

#[tokio::test]
async fn she_hears_her_own_language_and_her_own_clock() {
    let stage = Stage::set(Setting::with_plan(|plan| {
        for person in &mut plan.directory.people {
            person.language = Some("nb-NO".to_owned());
            person.timezone = Some("Europe/Oslo".to_owned());
        }
    }))
    .await;
    stage.sim.phone(ADA).answers_after(4);
    let mut paged = paged(&stage).await;
    paged.call.hears("Alarm om payments: Replication lag on db1.").await.hears("Tast 4").await;
    stage.acknowledges(&paged.incident, "bo").await;
    paged.call.presses("4").await.hears("bo har hatt den siden 04:02.").await.hears("Ha det").await.ends().await;
    stage.sim.assert_clean();
}
