use jiff::civil::{Weekday, date, time};
use oncall::{CalendarId, Holiday, HolidayCalendar, Hours, Outcome, Plan, Window};
use scenarios::{ADA, BO, CY, LINE, Setting, Stage, under_all_variants};

const ANOTHER: &str = "+4790000008";

/// Open at all hours in Oslo, but for two days of Christmas, each year, when nobody may leave a message either.
fn open_but_for_christmas(plan: &mut Plan) {
    let days = vec![
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];
    let window = Window { days, from: time(0, 0, 0, 0), to: time(0, 0, 0, 0) };
    plan.line.voicemail.enabled = false;
    plan.line.support_hours = Some(Hours {
        timezone: "Europe/Oslo".to_owned(),
        windows: vec![window],
        holidays: Vec::new(),
        calendars: vec![CalendarId::new("norway")],
    });
    let (name, from, to) = ("Christmas".to_owned(), date(2020, 12, 25), date(2020, 12, 26));
    plan.directory.calendars.push(HolidayCalendar {
        id: CalendarId::new("norway"),
        name: "Norway".to_owned(),
        days: vec![Holiday { name, from, to, yearly: true }],
    });
}

#[tokio::test]
async fn whoever_called_before_midnight_is_connected_and_whoever_calls_after_it_is_not() {
    under_all_variants(|variants| async move {
        let setting = Setting::with_plan(open_but_for_christmas).at("2026-12-24T22:59:30Z").under(variants);
        let stage = Stage::set(setting).await;
        stage.sim.phone(ADA).does_not_answer();
        stage.sim.phone(BO).answers_after(4).presses("1").talks_for(120);
        let mut caller = stage.dials(LINE).await;
        caller.hears("Welcome to Example support").await.hears("press 1").await.presses("1").await;
        caller.rings(ADA).await;
        // Ada's phone rings beyond midnight
        caller.is_connected_to(BO).await;
        let mut late = stage.sim.dial(ANOTHER, LINE).await;
        late.ends().await;
        assert_eq!(late.heard(), ["Example support is closed at the moment.", "Please call again later. Goodbye."]);
        caller.ends().await;
        assert_eq!(stage.attempts(&caller).await, ["ada NoAnswer", "bo Accepted"]);
        let accepted = stage.logged(&caller).await.call.attempts[1].accepted_at.unwrap();
        assert!(accepted > "2026-12-24T23:00:00Z".parse().unwrap(), "{accepted}");
        assert_eq!(stage.logged(&late).await.call.outcome(), Outcome::TurnedAway);
        assert_eq!([ADA, BO, CY].map(|phone| stage.sim.phone(phone).rang()), [1, 1, 0]);
        stage.closes(&["call.accepted", "call.ended"]).await;
    })
    .await;
}

#[tokio::test]
async fn the_line_opens_again_at_midnight_in_its_zone() {
    for (at, first_words) in [
        ("2026-12-24T22:59:59Z", "Welcome to Example support"),
        ("2026-12-24T23:00:00Z", "Example support is closed"),
        ("2026-12-26T22:59:59Z", "Example support is closed"),
        ("2026-12-26T23:00:00Z", "Welcome to Example support"),
    ] {
        let stage = Stage::set(Setting::with_plan(open_but_for_christmas).at(at)).await;
        let mut caller = stage.dials(LINE).await;
        caller.hears(first_words).await.hangs_up().await;
        caller.ends().await;
        assert!(caller.heard()[0].starts_with(first_words), "{at}: {:?}", caller.heard());
        stage.closes(&[]).await;
    }
}

#[tokio::test]
async fn the_static_document_closes_at_midnight_too() {
    let setting = Setting::with_plan(open_but_for_christmas).at("2026-12-24T22:59:10Z");
    let stage = Stage::with_fallback(setting).await;
    stage.a_minute_passes().await;
    stage.loses_the_function("/voice/");
    let mut caller = stage.dials(LINE).await;
    caller.hears("Example support is closed at the moment.").await.hangs_up().await;
    caller.ends().await;
    assert_eq!([ADA, BO, CY].map(|phone| stage.sim.phone(phone).rang()), [0, 0, 0]);
    stage.closes(&[]).await;
}
