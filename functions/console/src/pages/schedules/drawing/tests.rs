use api::{LayerShifts, Override, Shift};
use jiff::{civil::date, tz::TimeZoneDatabase};

use super::*;

fn shift(start: &str, end: &str, people: &[&str]) -> Shift {
    Shift {
        start: start.to_owned(),
        end: end.to_owned(),
        gap: people.is_empty(),
        people: people.iter().map(|id| (*id).to_owned()).collect(),
        reasons: Vec::new(),
    }
}

fn drawn(shifts: Vec<Shift>, layers: Vec<LayerShifts>, overrides: Vec<Override>) -> Drawing {
    let names = [("ada", "Ada Lovelace"), ("bo", "Bo Ek")].map(|(id, name)| (id.to_owned(), name.to_owned()));
    let timeline = Timeline {
        schedule: "primary".to_owned(),
        from: "2026-11-22T00:00:00+01:00".to_owned(),
        to: "2026-12-08T00:00:00+01:00".to_owned(),
        shifts,
        layers: Some(layers),
        overrides: Some(overrides),
        names: names.into(),
    };
    let zone = TimeZoneDatabase::bundled().get("Europe/Oslo").unwrap();
    let scale = Scale::days(date(2026, 11, 23), 14, zone).unwrap();
    let palette = Palette::of(["ada", "bo"]);
    Drawing::of(&timeline, scale, &palette, "2026-11-24T11:00:00Z".parse().unwrap())
}

#[test]
fn a_shift_is_written_with_who_and_when() {
    let drawing = drawn(
        vec![
            shift("2026-11-22T00:00:00+01:00", "2026-11-24T08:00:00+01:00", &["ada"]),
            shift("2026-11-24T08:00:00+01:00", "2026-11-25T08:00:00+01:00", &[]),
            shift("2026-11-25T08:00:00+01:00", "2026-12-08T00:00:00+01:00", &["ada", "bo"]),
        ],
        Vec::new(),
        Vec::new(),
    );
    let [row] = drawing.rows.as_slice() else { panic!("{drawing:?}") };
    let [ada, gap, both] = row.bars.as_slice() else { panic!("{row:?}") };
    // it began before anything that is known
    assert_eq!((ada.who.as_str(), ada.when()), ("Ada Lovelace", "until Tue 24 Nov 08:00".to_owned()));
    assert_eq!((ada.x.as_str(), ada.width.as_str(), ada.text.as_str()), ("0", "112", "Ada Lovelace"));
    assert_eq!((gap.kind, gap.text.as_str()), (Kind::Gap, "gap"));
    assert_eq!(gap.when(), "Tue 24 Nov 08:00 – Wed 25 Nov 08:00");
    assert_eq!((both.who.as_str(), both.when()), ("Ada Lovelace and Bo Ek", "from Wed 25 Nov 08:00".to_owned()));
    assert_eq!(both.strips.iter().map(|strip| (strip.1, strip.2)).collect::<Vec<_>>(), [(0, 15), (15, 15)]);
    // a bar of eleven days has its names three times
    assert_eq!(both.texts, ["6", "326", "646"]);
    assert_eq!((drawing.now.as_deref(), drawing.is_condensed), (Some("126"), false));
    assert_eq!(drawing.gaps().iter().map(|gap| gap.when()).collect::<Vec<_>>(), [gap.when()]);
}

#[test]
fn the_strongest_layer_is_the_highest_and_overrides_are_above_all() {
    let layer = |name: &str, priority| LayerShifts { name: name.to_owned(), priority, shifts: Vec::new() };
    let one = |start: &str, end: &str| Override {
        id: None,
        start: start.to_owned(),
        end: end.to_owned(),
        users: vec!["bo".to_owned()],
    };
    let overrides = vec![
        one("2026-11-24T08:00:00+01:00", "2026-11-24T20:00:00+01:00"),
        // the API tells of it, since it was asked for more than is drawn
        one("2026-11-22T08:00:00+01:00", "2026-11-22T20:00:00+01:00"),
    ];
    let drawing = drawn(Vec::new(), vec![layer("Below", 0), layer("Above", 5), layer("Beside", 0)], overrides);
    let titles: Vec<&str> = drawing.rows.iter().map(|row| row.title.as_str()).collect();
    assert_eq!(titles, ["On call", "Overrides", "Above", "Below", "Beside"]);
    assert_eq!(drawing.rows.iter().map(|row| row.y).collect::<Vec<_>>(), [40, 80, 120, 160, 200]);
    assert_eq!(drawing.height(), 240);
    assert_eq!(drawing.lines(true), "M0 0V240M588 0V240");
}

#[test]
fn a_name_is_as_short_as_its_bar() {
    let into = |width| written_into(&["Ada Lovelace"], width);
    assert_eq!((into(200.0), into(60.0)), ("Ada Lovelace".to_owned(), "Ada".to_owned()));
    assert_eq!((into(25.0), into(12.0)), ("AL".to_owned(), String::new()));
    assert_eq!(written_into(&["Ada Lovelace", "Bo Ek"], 80.0), "Ada + Bo");
}

#[test]
fn many_shifts_are_counted() {
    let first: Timestamp = "2026-11-22T23:00:00Z".parse().unwrap();
    let at = |hour: i64| (first + jiff::SignedDuration::from_mins(hour * 30)).to_string();
    let who = |hour: i64| match hour % 3 {
        0 => ["ada"].as_slice(),
        1 => &["bo"],
        _ => &[],
    };
    let shifts = (0..600).map(|hour| shift(&at(hour), &at(hour + 1), who(hour))).collect();
    let drawing = drawn(shifts, Vec::new(), Vec::new());
    let [bar] = drawing.rows[0].bars.as_slice() else { panic!("{drawing:?}") };
    assert_eq!(bar.who, "400 shifts of Ada Lovelace, Bo Ek, 200 gaps");
    assert_eq!((bar.kind, drawing.is_condensed, drawing.gaps().len()), (Kind::SeveralWithGaps, true, 1));
}

#[test]
fn a_gap_that_is_over_alarms_nobody() {
    let drawing = drawn(
        vec![
            shift("2026-11-22T00:00:00+01:00", "2026-11-24T08:00:00+01:00", &[]),
            shift("2026-11-24T08:00:00+01:00", "2026-12-08T00:00:00+01:00", &["ada"]),
        ],
        Vec::new(),
        Vec::new(),
    );
    let [gap, ada] = drawing.rows[0].bars.as_slice() else { panic!("{drawing:?}") };
    assert_eq!((gap.kind, drawing.gaps().len()), (Kind::Gap, 0));
    assert!(drawing.is_past(gap) && !drawing.is_past(ada));
}
