//! What holds whatever happens.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use proptest::{collection::vec, prelude::*, sample::select};

use super::story::{event, minutes, opening, person, triggered};
use crate::{
    Mode, Plan, Target,
    incident::{
        Act, Cause, Effect, Failure, Incident, KnownPhones, Receipt, Sending, Signal, State, Stepped, Surroundings,
        Wish, open, step, steps,
    },
    sketch::{PEOPLE, any_plan, cases},
};

/// Something that happens so many seconds after what was before, to the page with that number.
pub(super) type Turn = (i64, Cause);

fn any_cause() -> impl Strategy<Value = Cause> {
    let page = 1_u32..8;
    let failure =
        select(vec![Failure::Refused, Failure::OptedOut, Failure::Capped, Failure::NoKey, Failure::Undelivered]);
    let outcome = prop_oneof![
        3 => Just(Sending::Accepted { sid: "SM1".to_owned() }),
        1 => failure.clone().prop_map(Sending::Failed),
        1 => (0_i64..100_000).prop_map(|second| Sending::Later { at: minutes(0) + SignedDuration::from_secs(second) }),
        1 => (0_i64..1_500).prop_map(|second| Sending::Gathered { at: minutes(0) + SignedDuration::from_secs(second) }),
        1 => Just(Sending::Unknown),
        1 => Just(Sending::NotFound),
    ];
    let receipt = prop_oneof![Just(Receipt::Delivered), failure.prop_map(Receipt::Failed)];
    let signal =
        select(vec![Signal::Trigger, Signal::Missed, Signal::Acknowledge { by: None }, Signal::Resolve, Signal::Note]);
    let said = (0_u32..6, 0_i64..40, signal)
        .prop_map(|(id, minute, signal)| Cause::Event(event(&format!("e{id}"), minutes(minute), signal)));
    let wish = prop_oneof![
        3 => Just(Wish::Acknowledge),
        1 => Just(Wish::Resolve),
        2 => Just(Wish::Escalate),
        1 => (0_i64..60).prop_map(|minute| Wish::Silence { until: minutes(minute) }),
        1 => select(&PEOPLE[..]).prop_map(|id| Wish::Reassign { to: vec![Target::Person(crate::PersonId::new(id))] }),
        1 => select(&PEOPLE[..]).prop_map(|id| Wish::Ask { whom: vec![Target::Person(crate::PersonId::new(id))] }),
    ];
    let act = (0_u32..9, select(&PEOPLE[..]), wish)
        .prop_map(|(id, by, wish)| Cause::Act(Act { id: format!("a{id}"), by: person(by), wish }));
    prop_oneof![
        4 => Just(Cause::Time),
        4 => (page.clone(), outcome).prop_map(|(page, outcome)| Cause::Sending { page, outcome }),
        2 => (page, receipt).prop_map(|(page, receipt)| Cause::Receipt { page, receipt }),
        2 => said,
        2 => act,
    ]
}

pub(super) fn any_turns() -> impl Strategy<Value = Vec<Turn>> {
    vec((select(vec![0_i64, 0, 1, 30, 61, 400, -20]), any_cause()), 0..25)
}

pub(super) fn any_mode() -> impl Strategy<Value = Mode> {
    prop_oneof![
        8 => Just(Mode::Normal),
        1 => Just(Mode::Debug { until: Some(minutes(3)) }),
        1 => Just(Mode::Maintenance { until: Some(minutes(3)) }),
    ]
}

pub(super) struct World {
    plan: Plan,
    mode: Mode,
    phones: KnownPhones,
    pub(super) incident: Incident,
    pub(super) now: Timestamp,
    sent: Vec<Effect>,
}

impl World {
    pub(super) fn new(plan: Plan, mode: Mode) -> Self {
        let phones = KnownPhones::default();
        let mut snapshot = opening(plan.policies.first().cloned(), triggered());
        snapshot.snapshot.acknowledged_minutes = Some(20);
        let stepped = open(snapshot, minutes(0), &Surroundings { directory: &plan.directory, mode, phones: &phones });
        Self { plan, mode, phones, incident: stepped.incident, now: minutes(0), sent: stepped.effects }
    }

    /// As one who may not send.
    pub(super) fn step_and_hand_over(&mut self, cause: &Cause) -> Vec<Effect> {
        let around = Surroundings { directory: &self.plan.directory, mode: self.mode, phones: &self.phones };
        let stepped = step(&self.incident, cause, self.now, &around).handed_over();
        self.incident = stepped.incident;
        stepped.effects
    }

    pub(super) fn steps(&self, causes: &[Cause]) -> (Stepped, usize) {
        let around = Surroundings { directory: &self.plan.directory, mode: self.mode, phones: &self.phones };
        steps(&self.incident, causes, self.now, &around)
    }

    pub(super) fn step(&mut self, cause: &Cause) -> Vec<Effect> {
        let around = Surroundings { directory: &self.plan.directory, mode: self.mode, phones: &self.phones };
        let stepped = step(&self.incident, cause, self.now, &around);
        if !stepped.changed {
            assert_eq!((&stepped.incident, stepped.effects.len()), (&self.incident, 0), "an effect without a change");
        }
        self.incident = stepped.incident;
        self.sent.extend(stepped.effects.clone());
        stepped.effects
    }
}

fn sends(effects: &[Effect]) -> usize {
    effects.iter().filter(|effect| matches!(effect, Effect::Send(_))).count()
}

/// Whether somebody or something brings an incident back, or wants somebody paged, of itself.
fn pages_again(cause: &Cause) -> bool {
    match cause {
        Cause::Act(act) => matches!(act.wish, Wish::Escalate | Wish::Reassign { .. } | Wish::Ask { .. }),
        Cause::Event(_) => true,
        _ => false,
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn no_page_after_an_acknowledgement_a_silence_or_the_end_whatever_happens(
        plan in any_plan(), mode in any_mode(), turns in any_turns(),
    ) {
        let mut world = World::new(plan, mode);
        for (seconds, cause) in turns {
            world.now += SignedDuration::from_secs(seconds);
            let before = world.incident.clone();
            let has_asked = !before.pursuits.is_empty() || before.pages.iter().any(|page| page.is_pending());
            let effects = world.step(&cause);
            let stays = !before.is_triggered() && !world.incident.is_triggered();
            if stays && !has_asked && !pages_again(&cause) {
                prop_assert_eq!(sends(&effects), 0, "{:?} after {:?}", cause, before.state);
            }
            // the moment itself: nothing that was overdue slips through
            if before.is_triggered() && !world.incident.is_triggered() {
                prop_assert_eq!(sends(&effects), 0, "{:?}", cause);
                prop_assert!(world.incident.pursuits.is_empty());
                prop_assert!(world.incident.pages.iter().all(|page| !page.is_pending()));
            }
        }
    }

    #[test]
    fn each_page_is_ordered_once_and_a_text_leaves_twice_at_most(
        plan in any_plan(), mode in any_mode(), turns in any_turns(),
    ) {
        let mut world = World::new(plan, mode);
        for (seconds, cause) in turns {
            world.now += SignedDuration::from_secs(seconds);
            world.step(&cause);
            // delivered again, by a queue or by two clocks
            world.step(&cause);
            world.step(&Cause::Time);
        }
        let pages: Vec<_> = world.incident.pages.iter().map(|page| page.key()).collect();
        prop_assert_eq!(pages.iter().collect::<BTreeSet<_>>().len(), pages.len());
        for page in &world.incident.pages {
            let left = world.sent.iter().filter(|effect| matches!(effect, Effect::Send(sent) if sent.number == page.number));
            prop_assert!(left.count() <= usize::from(page.sendings + page.delays));
            prop_assert!(page.sendings <= 2 && (page.channel == crate::Channel::Sms || page.sendings == 1));
        }
    }

    #[test]
    fn the_same_cause_at_the_same_instant_changes_nothing_more(
        plan in any_plan(), mode in any_mode(), turns in any_turns(),
    ) {
        let mut world = World::new(plan, mode);
        for (seconds, cause) in turns {
            world.now += SignedDuration::from_secs(seconds);
            let about = match cause {
                Cause::Sending { page, .. } | Cause::Receipt { page, .. } => Some(page),
                _ => None,
            };
            let known = about.is_none_or(|page| page <= world.incident.pages_ordered);
            let first = world.step(&cause);
            // said again, it is about another sending
            let left_again = first.iter().any(|effect| matches!(effect, Effect::Send(sent) if Some(sent.number) == about));
            // to be tried again later is news each time
            if known && !left_again && !matches!(cause, Cause::Sending { outcome: Sending::Later { .. } | Sending::NotFound, .. }) {
                let once = world.incident.clone();
                let effects = world.step(&cause);
                prop_assert_eq!(&world.incident, &once, "{:?}", cause);
                prop_assert_eq!(effects, vec![]);
            }
        }
    }

    #[test]
    fn what_is_due_is_later_than_what_was_done(plan in any_plan(), mode in any_mode(), turns in any_turns()) {
        let mut world = World::new(plan, mode);
        for (seconds, cause) in turns {
            world.now += SignedDuration::from_secs(seconds);
            world.step(&cause);
            let done = world.incident.touched_at.max(world.now);
            prop_assert!(world.incident.log.entries.is_sorted_by_key(|entry| entry.at), "a clock that is behind");
            prop_assert!(world.incident.due().is_none_or(|due| due > done), "{:?}", cause);
            if matches!(world.incident.state, State::Resolved { .. }) {
                prop_assert_eq!(world.incident.due(), None);
            }
        }
    }

    #[test]
    fn escalation_ends_without_anybody(plan in any_plan(), mode in any_mode(), takes in any::<bool>()) {
        let mut world = World::new(plan, mode);
        let mut steps = 0;
        while let Some(due) = world.incident.due() {
            world.now = due;
            world.step(&Cause::Time);
            let pending: Vec<u32> = world.incident.pages.iter().filter(|page| page.is_pending()).map(|it| it.number).collect();
            for page in pending.into_iter().filter(|_| takes) {
                world.step(&Cause::Sending { page, outcome: Sending::Accepted { sid: "SM1".to_owned() } });
            }
            steps += 1;
            prop_assert!(steps < 3000, "it never ends");
        }
        prop_assert!(world.incident.escalation.position.is_none() || world.incident.is_resolved());
    }

    #[test]
    fn only_verified_phones_are_paged(plan in any_plan(), turns in any_turns()) {
        let mut world = World::new(plan, Mode::Normal);
        for (seconds, cause) in turns {
            world.now += SignedDuration::from_secs(seconds);
            world.step(&cause);
        }
        for effect in &world.sent {
            if let Effect::Send(page) = effect {
                let owner = world.plan.directory.person(&page.person).unwrap();
                prop_assert!(owner.phones[page.phone].verified && owner.phones[page.phone].number == page.to);
            }
        }
    }
}
