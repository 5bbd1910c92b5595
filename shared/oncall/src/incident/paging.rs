//! From people to pages: whose phone, by which rule, and when.

use super::{
    Actor, Bar, Effect, Failure, Happened, Incident, Obstacle, Page, PageState, Planned, Pursuit, pursuit::plan,
    step::Turn,
};
use crate::{
    Channel, Notify, Order, Person, PersonId, Skip, SkipReason, Target,
    reach::{Reached, reach},
};

impl<'s> Turn<'s> {
    /// Pages people by a step's channel or by their own rules; it is theirs from then on, or they only join in. Of
    /// more than an incident has room for the last ones of the step are left out, and older steps give way before.
    pub(super) fn pursue(&mut self, people: &[Reached<'_>], channel: Option<Channel>, theirs: bool) {
        let rise = self.incident.escalation.rises;
        self.incident.escalation.rises = rise.saturating_add(1);
        if theirs {
            self.incident.escalation.responsible = Some(rise);
            self.incident.assignees.clear();
        }
        // those who have nothing more to come are of no use to an older step
        self.incident.pursuits.retain(|pursuit| !pursuit.is_exhausted());
        let mut room = Incident::MOST_RULES;
        let mut left_out = 0_u32;
        for Reached { person, why } in people {
            let rules = match channel {
                Some(channel) => vec![Planned { channel, due: self.now }],
                None => plan(&person.rules, self.incident.urgency(), self.now),
            };
            let Some(less) = room.checked_sub(rules.len().max(1)) else {
                left_out = left_out.saturating_add(1);
                continue;
            };
            room = less;
            if theirs || self.incident.is_triggered() && !self.incident.assignees.contains(&person.id) {
                self.incident.assignees.push(person.id.clone());
            }
            if rules.is_empty() {
                let why = Obstacle::NoRule;
                self.note(Happened::NotPaged { person: person.id.clone(), channel: None, why });
            }
            let person = person.id.clone();
            self.incident.pursuits.push(Pursuit { person, rise, why: why.to_string(), rules, next: 0 });
        }
        // those of older steps have been paged, or will not be before those of this one
        let older = self.incident.pursuits.iter().rev().filter(|pursuit| pursuit.rise < rise);
        let kept = older.map(|pursuit| pursuit.rules.len().max(1)).scan(room, |room, size| {
            *room = room.checked_sub(size)?;
            Some(())
        });
        let kept = kept.count();
        let surplus = self.incident.pursuits.iter().filter(|pursuit| pursuit.rise < rise).count().saturating_sub(kept);
        self.incident.pursuits.drain(..surplus);
        left_out = left_out.saturating_add(u32::try_from(surplus).unwrap_or(u32::MAX));
        if left_out > 0 {
            self.note(Happened::LeftOut { people: left_out });
        }
        self.cut_wait_short();
    }

    /// Follows one rule that is due; says whether there was one.
    pub(super) fn follow_rules(&mut self) -> bool {
        let due = |pursuit: &Pursuit| pursuit.due().is_some_and(|due| due <= self.now);
        let Some(index) = self.incident.pursuits.iter().position(due) else { return false };
        let Some(pursuit) = self.incident.pursuits.get_mut(index) else { return false };
        let rule = pursuit.next;
        pursuit.next += 1;
        self.order(index, rule, 0);
        true
    }

    /// Orders a page by a rule, to the first of the person's phones from `from` on that can be reached that way; says
    /// whether there is one. If there is none, the next rule comes at once.
    fn order(&mut self, index: usize, rule: usize, from: usize) -> bool {
        let Some(pursuit) = self.incident.pursuits.get(index) else { return false };
        let Some(channel) = pursuit.rules.get(rule).map(|rule| rule.channel) else { return false };
        let (id, rise, why) = (pursuit.person.clone(), pursuit.rise, pursuit.why.clone());
        match self.reachable(&id, rise, channel, from) {
            Ok((phone, to)) => {
                let number = self.incident.pages_ordered.saturating_add(1);
                self.incident.pages_ordered = number;
                let page = Page {
                    number,
                    generation: self.incident.generation,
                    rise,
                    person: id.clone(),
                    rule,
                    phone,
                    to,
                    channel,
                    first: self.first,
                    ordered_at: self.now,
                    sendings: 1,
                    delays: 0,
                    state: PageState::Ordered { since: self.now },
                };
                self.note(Happened::Paged { page: number, person: id, channel, why });
                self.incident.pages.push(page.clone());
                self.effect(Effect::Send(page));
                true
            }
            Err(why) if from == 0 => {
                self.note(Happened::NotPaged { person: id, channel: Some(channel), why });
                // whose phone it is as well has been paged on it
                if why != Obstacle::SharedPhone {
                    self.next_rule(index, rule);
                }
                false
            }
            Err(_) => false,
        }
    }

    fn reachable(
        &self,
        id: &PersonId,
        rise: u32,
        channel: Channel,
        from: usize,
    ) -> Result<(usize, phone::PhoneNumber), Obstacle> {
        let person: &Person = self.surroundings.directory.person(id).ok_or(Obstacle::Gone)?;
        let mut obstacle = Obstacle::NoPhone;
        for (place, phone) in person.phones.iter().enumerate().skip(from) {
            let shared = |page: &&Page| {
                page.generation == self.incident.generation
                    && (page.rise, page.channel) == (rise, channel)
                    && page.to == phone.number
                    && page.person != *id
            };
            obstacle = if !phone.verified {
                Obstacle::Unverified
            } else if let Some(bar) = self.surroundings.phones.barred(&phone.number, channel) {
                Obstacle::Barred(bar)
            } else if self.incident.pages.iter().any(|page| shared(&page)) {
                Obstacle::SharedPhone
            } else {
                return Ok((place, phone.number.clone()));
            };
        }
        Err(obstacle)
    }

    fn next_rule(&mut self, index: usize, rule: usize) {
        let now = self.now;
        if let Some(pursuit) = self.incident.pursuits.get_mut(index)
            && pursuit.next == rule + 1
        {
            pursuit.bring_forward(now);
        }
        self.cut_wait_short();
    }

    /// A page came to nothing: a call goes on to the person's next phone; else their next rule comes at once.
    pub(super) fn fail(&mut self, number: u32, why: Failure) {
        let Some(page) = self.incident.pages.iter_mut().find(|page| page.number == number) else { return };
        page.state = PageState::Failed(why);
        let page = page.clone();
        self.note(Happened::Failed { page: number, why });
        let bar = match why {
            Failure::Refused => Some(Bar::Refused),
            Failure::OptedOut => Some(Bar::OptedOut),
            _ => None,
        };
        if let Some(bar) = bar {
            self.effect(Effect::Bar { phone: page.to.clone(), channel: page.channel, bar });
        }
        let is_its = |pursuit: &Pursuit| (&pursuit.person, pursuit.rise) == (&page.person, page.rise);
        let current = page.generation == self.incident.generation;
        let Some(index) = self.incident.pursuits.iter().position(is_its).filter(|_| current) else {
            return self.cut_wait_short();
        };
        if page.channel == Channel::Sms || !self.order(index, page.rule, page.phone + 1) {
            self.next_rule(index, page.rule);
        }
    }

    /// The people whom somebody names; what names nobody stands in the log.
    pub(super) fn named(&mut self, whom: &[Target]) -> Vec<Reached<'s>> {
        let notify = Notify { targets: whom.to_vec(), order: Order::Listed, ring_seconds: None, channel: None };
        let reach = reach(self.surroundings.directory, &notify, self.now, self.incident.id.as_str());
        for missing in reach.missing {
            self.note(Happened::Skipped(Skip {
                step: None,
                person: None,
                name: None,
                why: SkipReason::Missing(missing),
            }));
        }
        reach.people
    }

    /// Others are to be paged, too; says whether there is anybody.
    pub(super) fn ask(&mut self, by: &Actor, whom: &[Target]) -> bool {
        let people = self.named(whom);
        if !people.is_empty() {
            self.log(by.clone(), Happened::Asked { whom: ids(&people) });
            self.pursue(&people, None, false);
        }
        !people.is_empty()
    }
}

pub(super) fn ids(people: &[Reached<'_>]) -> Vec<PersonId> {
    people.iter().map(|reached| reached.person.id.clone()).collect()
}
