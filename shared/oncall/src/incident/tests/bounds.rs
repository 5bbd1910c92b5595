//! An incident is kept whole in one item, so nothing in it grows without end.

use super::story::{Story, event, minutes, opening, seconds};
use crate::{
    Channel, Mode,
    incident::{Early, Events, Incident, Log, Reason, Signal, Wish},
    sketch,
};

#[test]
fn events_are_counted_in_their_window_whatever_the_order() {
    let mut events = Events::default();
    for (id, minute) in [("a", 1), ("b", 9), ("c", 5), ("d", 5)] {
        events.add(&event(id, minutes(minute), Signal::Trigger), minutes(minute));
    }
    events.add(&event("e", minutes(9), Signal::Note), minutes(9));
    for (window, at, expected) in [(10, 10, 4), (5, 10, 1), (6, 10, 3), (5, 6, 2), (1, 1, 1), (9, 10, 3), (1, 20, 0)] {
        assert_eq!(events.within(window, minutes(at)), expected, "{window} min up to {at}");
    }
    assert_eq!(events.count, 5);
}

#[test]
fn a_storm_on_one_key_is_counted_without_being_kept() {
    let mut story = Story::of("ada 1", "text events:1000/60 ada; wait 600");
    for number in 0..1500 {
        story.now = seconds(number);
        story.says(&format!("s{number}"), seconds(number), Signal::Trigger).all_sent();
    }
    let (events, log) = (&story.incident.events, &story.incident.log);
    assert_eq!((events.count, events.within(60, seconds(1500))), (1501, 1501));
    assert_eq!((events.recent.len(), events.handled.len()), (Events::MOST_KEPT, Events::MOST_IDS));
    assert!(events.triggers.len() <= Events::MOST_INSTANTS && log.entries.len() < 10);
    story.all_sent();
    story
        .tells(&["0:00 skipped step 1: the step wants 1000 events, there is 1", "16:38 send ada Sms to phone 1 first"]);
}

#[test]
fn old_pages_are_forgotten_and_the_log_keeps_its_beginning_and_its_end() {
    let mut story = Story::of("ada 1", "text ada; wait 10; repeat 5");
    for round in 1..200 {
        story.all_sent().until(minutes(round * 2)).wishes("ada", Wish::Silence { until: minutes(round * 2 + 1) });
        story.runs_until(minutes(round * 2 + 1));
    }
    let incident = &story.incident;
    assert_eq!((incident.pages_ordered, incident.generation), (200, 199));
    assert!(incident.pages.len() <= Incident::MOST_SETTLED_PAGES + 1);
    assert!(incident.pages.iter().all(|page| page.channel == Channel::Sms));
    assert_eq!(incident.log.entries.len(), Log::MOST);
    assert!(incident.log.left_out > 0);
    assert_eq!(incident.log.entries[0].at, minutes(0));
    assert_eq!(incident.last_entry().map(|entry| entry.at), Some(minutes(399)));
}

#[test]
fn what_is_only_history_is_forgotten_by_halves_and_what_is_to_happen_never() {
    let mut story = Story::of("ada 1; bo 2", "text ada; wait 10; text bo; wait 10; repeat 5");
    for round in 1..60 {
        story.all_sent().until(minutes(round * 2)).wishes("ada", Wish::Silence { until: minutes(round * 2 + 1) });
        story.runs_until(minutes(round * 2 + 1));
        story.says(&format!("s{round}"), story.now, Signal::Trigger);
    }
    let before = story.incident.clone();
    assert!(before.pages.len() > 40 && before.log.entries.len() > 150);
    let mut incident = before.clone();
    let mut halved = 0;
    while incident.forget_some() {
        halved += 1;
        assert!(halved < 20, "it comes to an end");
    }
    assert_eq!((incident.events.recent.len(), incident.log.entries.len()), (10, Log::BEGINNING + 10));
    assert_eq!(incident.log.left_out as usize + incident.log.entries.len(), before.log.entries.len());
    assert_eq!(incident.log.entries[..Log::BEGINNING], before.log.entries[..Log::BEGINNING]);
    assert_eq!((incident.last_entry(), incident.pages.last()), (before.last_entry(), before.pages.last()));
    assert!(incident.pages.len() <= 13, "ten, and those that count");
    assert_eq!((incident.due(), &incident.pursuits), (before.due(), &before.pursuits));
    assert_eq!((&incident.events.handled, incident.events.count), (&before.events.handled, before.events.count));
    assert!(before.pages.iter().filter(|page| page.is_pending()).all(|page| incident.pages.contains(page)));
}

#[test]
fn what_others_write_is_kept_up_to_a_thousand_characters() {
    let mut long = event("e1", minutes(0), Signal::Trigger);
    long.summary = Some("ø".repeat(250_000));
    let reason = Reason::Event { event: long, early: Early::default() };
    let story = Story::told_of(sketch::directory("ada 1"), opening(None, reason), Mode::Normal);
    assert_eq!(story.incident.summary.chars().count(), 1_000);
    let kept = story.incident.events.recent[0].summary.as_ref().map(|words| words.chars().count());
    assert_eq!(kept, Some(1_000));
}
