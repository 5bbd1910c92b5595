//! Those who may not send hand over by the save alone.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use proptest::prelude::*;

use super::promises::{World, any_mode, any_turns};
use crate::{
    incident::{Cause, Effect},
    sketch::{any_plan, cases},
};

/// The pages that are to be sent, and those about which Twilio is to be asked.
fn wanted(effects: &[Effect]) -> (BTreeSet<u32>, BTreeSet<u32>) {
    let (mut sent, mut asked) = (BTreeSet::new(), BTreeSet::new());
    for effect in effects {
        match effect {
            Effect::Send(page) => drop(sent.insert(page.number)),
            Effect::AskTwilio(page) => drop(asked.insert(page.number)),
            _ => {}
        }
    }
    (sent, asked)
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn whoever_comes_next_sends_what_was_handed_over_and_nothing_else(
        plan in any_plan(), mode in any_mode(), turns in any_turns(),
    ) {
        let mut world = World::new(plan, mode);
        for (seconds, cause) in turns {
            world.now += SignedDuration::from_secs(seconds);
            let before = world.incident.clone();
            let own = wanted(&world.step(&cause));
            let as_it_is = std::mem::replace(&mut world.incident, before);

            let left = world.step_and_hand_over(&cause);
            prop_assert_eq!(wanted(&left), Default::default());
            if own != Default::default() {
                prop_assert!(world.incident.due().is_some_and(|due| due <= world.incident.touched_at));
            }
            prop_assert_eq!(wanted(&world.step(&Cause::Time)), own, "{:?}", cause);
            prop_assert_eq!(&world.incident.pages, &as_it_is.pages);
            world.incident = as_it_is;
        }
    }
}
