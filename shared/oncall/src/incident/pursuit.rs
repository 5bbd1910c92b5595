//! A person who is being paged, by one rule after another.

use jiff::{SignedDuration, Timestamp};

use super::{Urgency, page::later};
use crate::{Channel, NotificationRule, NotificationRules, Person, PersonId};

/// A person whom a page step reached, and by which rules they are paged until somebody acknowledges.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pursuit {
    /// Who.
    pub person: PersonId,
    /// Which page step of the generation, from 0.
    pub rise: u32,
    /// Why them.
    pub why: String,
    /// By which channel and when, in order.
    pub rules: Vec<Planned>,
    /// Which rule comes next.
    pub next: usize,
}

/// A notification rule and its instant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Planned {
    /// How.
    pub channel: Channel,
    /// When; at once, if what came before it failed.
    pub due: Timestamp,
}

impl Pursuit {
    /// When the next rule is due.
    pub fn due(&self) -> Option<Timestamp> {
        Some(self.rules.get(self.next)?.due)
    }

    /// Whether all rules have been followed.
    pub fn is_exhausted(&self) -> bool {
        self.next >= self.rules.len()
    }

    /// The next rule comes at once.
    pub(super) fn bring_forward(&mut self, now: Timestamp) {
        if let Some(rule) = self.rules.get_mut(self.next) {
            rule.due = rule.due.min(now);
        }
    }

    /// What cannot wait any more goes on by the rules for that, less what they have had already.
    pub(super) fn become_urgent(&mut self, person: &Person, now: Timestamp) {
        let had: Vec<Channel> = self.rules.iter().take(self.next).map(|rule| rule.channel).collect();
        let mut rules = plan(&person.rules, Urgency::High, now);
        for channel in had {
            if let Some(same) = rules.iter().position(|rule| rule.channel == channel && rule.due <= now) {
                rules.remove(same);
            }
        }
        self.rules.truncate(self.next);
        self.rules.extend(rules);
    }
}

/// Rules in the order of their instants. Whoever has none for what cannot wait is paged by the usual ones: nobody is
/// out of reach by an empty list.
pub(super) fn plan(rules: &NotificationRules, urgency: Urgency, now: Timestamp) -> Vec<Planned> {
    let usual = NotificationRules::default();
    let chosen = match urgency {
        Urgency::Low => &rules.low,
        Urgency::High if rules.high.is_empty() => &usual.high,
        Urgency::High => &rules.high,
    };
    let mut chosen: Vec<NotificationRule> = chosen.clone();
    chosen.sort_by_key(|rule| rule.after_minutes);
    let due = |rule: &NotificationRule| later(now, SignedDuration::from_mins(i64::from(rule.after_minutes)));
    chosen.iter().map(|rule| Planned { channel: rule.channel, due: due(rule) }).collect()
}
