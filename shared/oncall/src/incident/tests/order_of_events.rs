//! What sources say, repeated, late and in any order.

use proptest::{prelude::*, sample::select};

use super::story::{Story, event, minutes, opening};
use crate::{
    Mode, PersonId, ServiceId,
    incident::{
        Cause, Destination, Early, Event, Incident, Reason, Severity, Signal, Source, State, Wish, destination,
        maintenance_key,
    },
    sketch::{cases, directory, policy},
};

fn call(id: &str, minute: i64, signal: Signal) -> Event {
    Event { source: Source::Call, ..event(id, minutes(minute), signal) }
}

fn by(person: &str) -> Signal {
    Signal::Acknowledge { by: Some(PersonId::new(person)) }
}

/// Opened by the first of them; all arrive an hour after noon.
fn heard(events: &[Event]) -> Story {
    let reason = Reason::Event { event: events[0].clone(), early: Early::default() };
    let opening = opening(Some(policy("text ada; wait 5")), reason);
    let mut story = Story::told_from(minutes(60), directory("ada 1; bo 2"), opening, Mode::Normal);
    for event in &events[1..] {
        story.cause(&Cause::Event(event.clone()));
    }
    story
}

fn stands(incident: &Incident) -> String {
    match &incident.state {
        State::Triggered => "triggered".to_owned(),
        State::Acknowledged { by, .. } => format!("acknowledged {:?}", by.person_id()),
        State::Silenced { .. } => "silenced".to_owned(),
        State::Resolved { .. } => "resolved".to_owned(),
    }
}

#[test]
fn a_call_that_was_accepted_and_missed_after_all_pages() {
    let mut story = heard(&[call("1", 1, by("ada")), call("2", 2, Signal::Missed)]);
    story.tells(&["60:00 acknowledged", "60:00 send ada Sms to phone 1 first", "60:00 lost"]);
    let story = heard(&[call("2", 2, Signal::Missed), call("1", 1, by("ada"))]);
    assert_eq!(stands(&story.incident), "triggered");
}

#[test]
fn a_call_that_ended_well_pages_nobody_whatever_came_first() {
    heard(&[call("2", 2, Signal::Resolve), call("1", 1, by("ada"))]).tells(&["60:00 resolved"]);
    heard(&[call("1", 1, by("ada")), call("2", 2, Signal::Resolve)]).tells(&["60:00 acknowledged", "60:00 resolved"]);
}

#[test]
fn a_trigger_that_is_repeated_leaves_an_acknowledgement_alone() {
    let mut story = Story::of("ada 1", "text ada");
    story.all_sent().until(minutes(1)).wishes("ada", Wish::Acknowledge);
    story.until(minutes(2)).says("e2", minutes(2), Signal::Trigger);
    assert_eq!(stands(&story.incident), "acknowledged Some(PersonId(ada))");
    assert_eq!(story.incident.events.count, 2);
}

#[test]
fn a_trigger_after_the_end_opens_it_again_and_one_from_before_does_not() {
    let mut story = Story::of("ada 1", "text ada; wait 60");
    story.all_sent().until(minutes(5)).wishes("ada", Wish::Resolve);
    story
        .until(minutes(6))
        .says("e2", minutes(4), Signal::Trigger)
        .tells(&["0:00 send ada Sms to phone 1 first", "5:00 resolved"]);
    story.says("e3", minutes(6), Signal::Trigger).all_sent();
    story.tells(&["6:00 send ada Sms to phone 1", "6:00 reopened"]);
    // the resolution of what was before
    story.says("e4", minutes(5), Signal::Resolve).tells(&[]);
    assert!(story.incident.is_triggered());
}

#[track_caller]
fn check(known: Option<&Incident>, event: &Event, mode: Mode, minute: i64, expected: Destination) {
    assert_eq!(destination(known, event, mode, minutes(minute)), expected);
}

#[test]
fn where_an_event_goes() {
    let mut story = Story::of("ada 1", "text ada");
    let [normal, maintenance] = [Mode::Normal, Mode::Maintenance { until: None }];
    let trigger = |minute| event("x", minutes(minute), Signal::Trigger);
    let resolve = event("y", minutes(1), Signal::Resolve);
    check(None, &trigger(1), normal, 1, Destination::New);
    check(None, &resolve, normal, 1, Destination::Early);
    check(None, &trigger(1), maintenance, 1, Destination::Maintenance);
    check(None, &resolve, maintenance, 1, Destination::Maintenance);
    check(None, &call("z", 1, Signal::Resolve), normal, 1, Destination::New);
    check(Some(&story.incident), &resolve, maintenance, 1, Destination::Known);
    story.until(minutes(2)).wishes("ada", Wish::Resolve);
    let over = Some(&story.incident);
    check(over, &trigger(1), normal, 3, Destination::Known);
    check(over, &trigger(3), normal, 3, Destination::Known);
    check(over, &trigger(3), maintenance, 3, Destination::Maintenance);
    check(over, &trigger(33), normal, 33, Destination::New);
    check(over, &trigger(1), normal, 33, Destination::Known);
    check(over, &event("y", minutes(33), Signal::Resolve), normal, 33, Destination::Early);
    check(over, &call("z", 33, Signal::Note), normal, 33, Destination::Known);
    assert_ne!(maintenance_key(&ServiceId::new("payments")), maintenance_key(&ServiceId::new("search")));
}

#[test]
fn what_comes_before_its_trigger_is_remembered() {
    let mut early = Early::default();
    for (minute, signal) in [(2, Signal::Resolve), (1, Signal::Resolve), (3, Signal::Note)] {
        early.remember(&event("x", minutes(minute), signal));
    }
    assert_eq!(early, Early { resolved_at: Some(minutes(2)), acknowledged_at: None });
}

#[test]
fn a_summary_that_comes_later_is_taken_and_the_first_one_stays() {
    let mut nameless = call("1", 1, by("ada"));
    nameless.summary = None;
    let mut story = heard(&[nameless, call("2", 2, Signal::Missed)]);
    assert_eq!(story.incident.summary, "Disk full");
    let mut other = call("3", 3, Signal::Note);
    other.summary = Some("Another".to_owned());
    other.severity = Some(Severity::Info);
    story.cause(&Cause::Event(other));
    assert_eq!((story.incident.summary.as_str(), story.incident.severity), ("Disk full", Severity::Critical));
}

/// Events in their true order and as they are delivered; `last` may come after all others.
fn any_events(
    source: Source,
    signals: Vec<Signal>,
    last: Option<Signal>,
) -> impl Strategy<Value = (Vec<Event>, Vec<Event>)> {
    let last = (Just(last), any::<bool>()).prop_map(|(last, comes)| last.filter(|_| comes));
    let signals = (prop::collection::vec(select(signals), 1..7), last);
    let events = signals.prop_map(move |(signals, last)| {
        let signals = signals.into_iter().chain(last);
        let numbered = (1_i64..).zip(signals);
        let events = numbered.map(|(minute, signal)| Event { source, ..call(&format!("{minute}"), minute, signal) });
        events.collect::<Vec<_>>()
    });
    let shuffled = events.prop_flat_map(|events| (Just(events.clone()), Just(events).prop_shuffle()));
    (shuffled, any::<prop::sample::Index>()).prop_map(|((events, mut shuffled), again)| {
        shuffled.push(shuffled[again.index(shuffled.len())].clone());
        (events, shuffled)
    })
}

/// Where a tool's events lead: through the door, where some come before there is an incident.
fn told_by_tool(events: &[Event]) -> Option<Story> {
    let (mut known, mut early) = (None::<Story>, Early::default());
    for event in events {
        let incident = known.as_ref().map(|story| &story.incident);
        match (destination(incident, event, Mode::Normal, minutes(20)), &mut known) {
            (Destination::Known, Some(story)) => _ = story.cause(&Cause::Event(event.clone())),
            (Destination::New, None) => {
                let reason = Reason::Event { event: event.clone(), early };
                let opening = opening(Some(policy("text ada; wait 5")), reason);
                known = Some(Story::told_from(minutes(20), directory("ada 1"), opening, Mode::Normal));
            }
            (Destination::Early, None) => early.remember(event),
            (other, _) => panic!("{other:?} within half an hour"),
        }
    }
    known
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn a_call_ends_where_the_true_order_leads_whatever_the_order_of_deliveries(
        (events, delivered) in any_events(Source::Call, vec![Signal::Missed, by("ada"), by("bo"), Signal::Note], Some(Signal::Resolve)),
    ) {
        let (truth, story) = (heard(&events), heard(&delivered));
        prop_assert_eq!(stands(&story.incident), stands(&truth.incident), "{:?}", delivered);
        prop_assert_eq!(story.incident.events.count, events.len() as u64);
    }

    #[test]
    fn a_tool_s_incident_is_open_or_over_whatever_the_order_of_deliveries(
        (events, delivered) in any_events(Source::Tool, vec![Signal::Trigger, Signal::Resolve, Signal::Note], None),
    ) {
        let stands = |events: &[Event]| told_by_tool(events).map(|story| stands(&story.incident));
        // what was over before anybody knew of it is none
        let open = |said: Option<String>| said.filter(|said| said != "resolved");
        prop_assert_eq!(open(stands(&delivered)), open(stands(&events)), "{:?}", delivered);
    }

    #[test]
    fn no_order_of_deliveries_keeps_back_what_is_nobody_s(
        (events, delivered) in any_events(Source::Tool, vec![Signal::Trigger, Signal::Missed, by("ada"), Signal::Resolve], None),
    ) {
        if told_by_tool(&events).is_some_and(|truth| truth.incident.is_triggered()) {
            let story = told_by_tool(&delivered);
            prop_assert!(story.is_some_and(|story| story.incident.is_triggered()), "{:?}", delivered);
        }
    }
}
