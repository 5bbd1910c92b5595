//! People, teams, schedules and calendars that somebody wants to save.

use std::collections::BTreeMap;

use phone::PhoneNumber;

use super::{Caution, Problem, Refusal, Review, Warning};
use crate::{Directory, NamedSchedule, NotificationRule, Person, PersonId, Team, hours, longest, schedule::Schedule};

const MOST_PHONES: usize = 10;
const MOST_MEMBERS: usize = 500;
const MOST_RULES: usize = 10;
/// Minutes of a day: whoever has not answered by then is not reached by one rule more.
const A_DAY: u32 = 24 * 60;

impl Directory {
    /// What is wrong with these people, teams, schedules and calendars and odd about them, if somebody wants to save them.
    pub fn review(&self) -> Review {
        let mut review = Review::default();
        for (index, person) in self.people.iter().enumerate() {
            review.include(&format!("people[{index}]"), person.review());
        }
        review.once_each(self.people.iter().map(|person| &person.id), |index| format!("people[{index}].id"));
        self.shared_phones(&mut review);
        for (index, team) in self.teams.iter().enumerate() {
            review.include(&format!("teams[{index}]"), team.review(self));
        }
        review.once_each(self.teams.iter().map(|team| &team.id), |index| format!("teams[{index}].id"));
        for (index, schedule) in self.schedules.iter().enumerate() {
            review.include(&format!("schedules[{index}]"), schedule.review(self));
        }
        review.once_each(self.schedules.iter().map(|named| &named.id), |index| format!("schedules[{index}].id"));
        for (index, calendar) in self.calendars.iter().enumerate() {
            review.include(&format!("calendars[{index}]"), calendar.review());
        }
        review.once_each(self.calendars.iter().map(|calendar| &calendar.id), |index| format!("calendars[{index}].id"));
        review
    }

    fn shared_phones(&self, review: &mut Review) {
        let mut owners: BTreeMap<&PhoneNumber, &PersonId> = BTreeMap::new();
        for (index, person) in self.people.iter().enumerate() {
            for (phone, number) in person.phones.iter().map(|phone| &phone.number).enumerate() {
                if *owners.entry(number).or_insert(&person.id) != &person.id {
                    review.warn(format!("people[{index}].phones[{phone}].number"), Caution::SharedPhone);
                }
            }
        }
    }
}

impl Person {
    /// What is wrong with this person's settings and odd about them, if somebody wants to save them.
    pub fn review(&self) -> Review {
        let mut review = Review::default();
        review.name("name", &self.name);
        if let Some(tag) = &self.language {
            review.language("language", tag);
        }
        if self.timezone.as_deref().is_some_and(|name| hours::zone(name).is_none()) {
            review.refuse("timezone", Problem::UnknownZone);
        }
        review.at_most("phones", &self.phones, MOST_PHONES);
        review.once_each(self.phones.iter().map(|phone| &phone.number), |index| format!("phones[{index}].number"));
        if !self.phones.iter().any(|phone| phone.verified) {
            review.warn("phones", Caution::NoVerifiedPhone);
        }
        review.rules("rules.high", &self.rules.high);
        review.rules("rules.low", &self.rules.low);
        review
    }
}

impl Team {
    /// What is wrong with this team and odd about it, if somebody wants to save it.
    pub fn review(&self, directory: &Directory) -> Review {
        let mut review = Review::default();
        review.name("name", &self.name);
        review.at_most("members", &self.members, MOST_MEMBERS);
        for (index, member) in self.members.iter().enumerate() {
            review.person(format!("members[{index}]"), member, directory);
        }
        review.once_each(self.members.iter(), |index| format!("members[{index}]"));
        if self.members.is_empty() {
            review.warn("members", Caution::EmptyTeam);
        }
        review
    }
}

impl NamedSchedule {
    /// What is wrong with this schedule and odd about it, if somebody wants to save it.
    pub fn review(&self, directory: &Directory) -> Review {
        let mut review = Review::default();
        review.name("name", &self.name);
        let (schedule, refusals) = Schedule::stored(&self.definition);
        let refusals =
            refusals.into_iter().map(|found| Refusal { field: found.field, problem: Problem::Schedule(found.problem) });
        let warnings = schedule
            .warnings()
            .into_iter()
            .map(|found| Warning { field: found.field, caution: Caution::Schedule(found.caution) });
        review.include("definition", Review { refusals: refusals.collect(), warnings: warnings.collect() });
        for (index, layer) in self.definition.layers.iter().enumerate() {
            review.short(&format!("definition.layers[{index}].name"), &layer.name, longest::NAME);
            for (group, people) in layer.users.iter().enumerate() {
                for (place, person) in people.iter().enumerate() {
                    let field = format!("definition.layers[{index}].users[{group}][{place}]");
                    review.person(field, person, directory);
                }
            }
        }
        for (index, one) in self.definition.overrides.iter().enumerate() {
            for (place, person) in one.users.iter().enumerate() {
                review.person(format!("definition.overrides[{index}].users[{place}]"), person, directory);
            }
        }
        review
    }
}

impl Review {
    fn rules(&mut self, field: &str, rules: &[NotificationRule]) {
        self.at_most(field, rules, MOST_RULES);
        for (index, rule) in rules.iter().enumerate() {
            self.within(&format!("{field}[{index}].after_minutes"), rule.after_minutes, 0..=A_DAY);
        }
    }

    fn person(&mut self, field: String, id: &PersonId, directory: &Directory) {
        if directory.person(id).is_none() {
            self.refuse(field, Problem::UnknownPerson);
        }
    }
}
