//! What may not be sent, and what Twilio refuses.

use oncall::{Channel, incident::Bar};
use phone::PhoneNumber;
use store::{Author, SendingSettings, StoredSendingSettings};
use twilio_sim::{Fault, Mishap, Texting};

use crate::{
    house::House,
    organisation::{ADA, BEN, LINE, line, notify, person, policy, put, service},
};

/// A number that is a person's, and becomes a line of ours.
const OURS_SOON: &str = "+4721000009";

/// A service of one person with this phone.
async fn of_one(house: &House, number: &str) {
    let at = house.now();
    put(&house.store, at, person("dana", number, None).into()).await;
    put(&house.store, at, policy("dana", vec![notify(&["dana"])]).into()).await;
    put(&house.store, at, service("dana").into()).await;
    if number == OURS_SOON {
        let line = oncall::Line { id: oncall::LineId::new("other"), number: number.parse().unwrap(), ..line() };
        put(&house.store, at, line.into()).await;
    }
    house.hears("trigger", "dana", "db1").await;
}

#[tokio::test]
async fn our_own_a_premium_and_a_foreign_number_are_never_reached() {
    for number in [OURS_SOON, "+4782900000", "+46701234567"] {
        let house = House::open().await;
        of_one(&house, number).await;
        house.sweeps_for(4).await;
        let incident = house.of_service("dana").await.remove(0);
        let why: Vec<String> = incident.pages.iter().map(|page| format!("{:?}", page.state)).collect();
        assert_eq!(why, ["Failed(NotAllowed)", "Failed(NotAllowed)"], "{number}");
        assert_eq!((house.asked("POST /Messages.json"), house.asked("POST /Calls.json")), (0, 0));
    }
}

#[tokio::test]
async fn who_has_opted_out_is_called_and_texted_no_more() {
    let house = House::open().await;
    house.sim.phone(ADA).opts_out_of(LINE, true);
    house.hears("trigger", "payments", "db1").await;
    assert_eq!(house.states().await, ["its owner has opted out", "sent"]);
    assert_eq!(house.asked("POST /Calls.json"), 1);
    let ada: PhoneNumber = ADA.parse().unwrap();
    let known = house.store.known_phones(&[ada.clone()].into()).await.unwrap();
    assert_eq!(known.barred(&ada, Channel::Sms), Some(Bar::OptedOut));
    house.sim.wait(120).await;
    house.hears("trigger", "payments", "db2").await;
    assert_eq!(house.asked("POST /Messages.json"), 1);
}

#[tokio::test]
async fn refusals_go_another_way_at_once() {
    for (code, why) in
        [(21614, "the phone cannot be reached this way"), (21612, "not delivered"), (21408, "no line can send it")]
    {
        let house = House::open().await;
        house.sim.phone(ADA).texting(Texting::Refused(code));
        house.hears("trigger", "payments", "db1").await;
        assert_eq!(house.states().await, [why, "sent"], "{code}");
        assert_eq!(house.asked("POST /Messages.json"), 1);
    }
}

#[tokio::test]
async fn credentials_that_are_refused_go_on_to_the_next_and_say_so() {
    let house = House::open().await;
    house.sim.fault(Fault::rest("/Messages.json", Mishap::Refused(401)).always());
    house.sim.fault(Fault::rest("/Calls.json", Mishap::Refused(401)).always());
    house.hears("trigger", "payments", "db1").await;
    assert_eq!(house.states().await, ["no line can send it", "no line can send it"]);
    house.sweeps_for(5).await;
    assert!(house.incident().await.pages.iter().any(|page| page.to.as_e164() == BEN), "the policy goes on");
}

#[tokio::test]
async fn as_much_as_may_be_spent_in_a_day() {
    let house = House::open().await;
    let settings = SendingSettings { daily_cap: Some(250_000), ..SendingSettings::default() };
    let settings = StoredSendingSettings { settings, version: 0 };
    let author = Author::of("test");
    assert!(house.store.save_sending_settings(&settings, &author, house.now()).await.unwrap());
    // a text is a tenth, a call a fifth: the last one may go beyond the cap
    house.hears("trigger", "payments", "db1").await;
    house.sweeps_for(6).await;
    assert_eq!(house.states().await[..3], ["sent", "sent", "the daily spend cap is reached"]);
    assert_eq!(house.texts(BEN).await.len(), 0);
    assert!(house.incident().await.log.entries.iter().any(|entry| format!("{entry:?}").contains("SpendCap")));
    // another day
    house.sim.wait(14 * 3600).await;
    house.hears("trigger", "platform", "db9").await;
    assert_eq!(house.texts(BEN).await.len(), 1);
}

#[tokio::test]
async fn a_line_that_is_switched_off_sends_nothing() {
    let house = House::open().await;
    house.hears("trigger", "payments", "db1").await;
    let line = house.store.find::<oncall::Line>("hotline").await.unwrap().unwrap();
    let author = Author::of("test");
    let context = store::SaveContext { by: &author, at: house.now(), prompts: &[] };
    let off = oncall::Line { sms_notifications: false, ..line.value.clone() };
    house.store.save(&off, store::Expected::Version(line.version), &context).await.unwrap();
    house.sim.wait(11).await;
    house.hears("trigger", "platform", "db2").await;
    assert_eq!(house.asked("POST /Messages.json"), 1);
    assert_eq!(house.asked("POST /Calls.json"), 3, "who cannot be texted is called at once");
}
