use jiff::civil::{Weekday, time};
use oncall::{Hours, Outcome, Window};
use scenarios::{ADA, BO, CY, LINE, Setting, Stage, under_all_variants};

/// Monday to Friday from eight to four, in Oslo.
fn office_hours() -> Option<Hours> {
    let days = vec![Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];
    let window = Window { days, from: time(8, 0, 0, 0), to: time(16, 0, 0, 0) };
    Some(Hours {
        timezone: "Europe/Oslo".to_owned(),
        windows: vec![window],
        holidays: Vec::new(),
        calendars: Vec::new(),
    })
}

#[tokio::test]
async fn a_caller_at_night_may_leave_a_message_and_nobody_is_rung() {
    under_all_variants(|variants| async move {
        let setting = Setting::with_plan(|plan| plan.line.support_hours = office_hours());
        let stage = Stage::set(setting.under(variants)).await;
        let mut caller = stage.dials(LINE).await;
        caller.hears("Example support is closed at the moment.").await.hears("leave a message").await;
        caller.says("The payments page is down").await.waits(3).await.presses("#").await;
        caller.hears("has been passed on to the team").await;
        caller.ends().await;
        assert_eq!(stage.webhooks("/voice/menu"), 0);
        assert_eq!(stage.logged(&caller).await.call.outcome(), Outcome::Message);
        assert!(stage.attempts(&caller).await.is_empty());
        assert_eq!([ADA, BO, CY].map(|phone| stage.sim.phone(phone).rang()), [0, 0, 0]);
        stage.closes(&["call.message", "call.transcribed"]).await;
    })
    .await;
}

#[tokio::test]
async fn without_voicemail_they_are_asked_to_call_again_later() {
    let setting = Setting::with_plan(|plan| {
        plan.line.support_hours = office_hours();
        plan.line.voicemail.enabled = false;
    });
    let stage = Stage::set(setting).await;
    let mut caller = stage.dials(LINE).await;
    caller.ends().await;
    assert_eq!(caller.heard(), ["Example support is closed at the moment.", "Please call again later. Goodbye."]);
    assert_eq!(stage.logged(&caller).await.call.outcome(), Outcome::TurnedAway);
    assert_eq!([ADA, BO, CY].map(|phone| stage.sim.phone(phone).rang()), [0, 0, 0]);
    stage.closes(&[]).await;
}

#[tokio::test]
async fn the_hours_are_read_on_the_clock_of_their_zone() {
    for (at, first_words) in [
        ("2026-11-20T06:59:59Z", "Example support is closed"),
        ("2026-11-20T07:00:00Z", "Welcome to Example support"),
        ("2026-11-20T14:59:59Z", "Welcome to Example support"),
        ("2026-11-20T15:00:00Z", "Example support is closed"),
        ("2026-07-03T05:59:59Z", "Example support is closed"),
        ("2026-07-03T06:00:00Z", "Welcome to Example support"),
        ("2026-11-21T09:00:00Z", "Example support is closed"),
    ] {
        let setting = Setting::with_plan(|plan| {
            plan.line.support_hours = office_hours();
            plan.line.voicemail.enabled = false;
        });
        let stage = Stage::set(setting.at(at)).await;
        let mut caller = stage.dials(LINE).await;
        caller.hears(first_words).await.hangs_up().await;
        caller.ends().await;
        assert!(caller.heard()[0].starts_with(first_words), "{at}: {:?}", caller.heard());
        stage.closes(&[]).await;
    }
}
