//! A line with everything that it reaches, as somebody wants to save it.

use super::{Problem, Review};
use crate::{Plan, Service};

/// Minutes of a week: whoever has had it for longer has it.
const A_WEEK: u32 = 7 * 24 * 60;

impl Plan {
    /// What is wrong with this plan and odd about it, if somebody wants to save it.
    ///
    /// `prompts` are the names of the sentences that its line may replace; whoever speaks them knows them.
    pub fn review(&self, prompts: &[&str]) -> Review {
        let mut review = Review::default();
        review.include("line", self.line.review(&self.services, &self.directory, prompts));
        for (index, service) in self.services.iter().enumerate() {
            review.include(&format!("services[{index}]"), service.review(self.policy(&service.policy).is_some()));
        }
        review.once_each(self.services.iter().map(|service| &service.id), |index| format!("services[{index}].id"));
        for (index, policy) in self.policies.iter().enumerate() {
            review.include(&format!("policies[{index}]"), policy.review(&self.directory));
        }
        review.once_each(self.policies.iter().map(|policy| &policy.id), |index| format!("policies[{index}].id"));
        review.include("directory", self.directory.review());
        for (index, person) in self.directory.people.iter().enumerate() {
            for (phone, number) in person.phones.iter().map(|phone| &phone.number).enumerate() {
                if *number == self.line.number {
                    let field = format!("directory.people[{index}].phones[{phone}].number");
                    review.refuse(field, Problem::LinesOwnNumber);
                }
            }
        }
        review
    }
}

impl Service {
    /// What is wrong with this service and odd about it, if somebody wants to save it.
    pub fn review(&self, has_policy: bool) -> Review {
        let mut review = Review::default();
        review.name("name", &self.name);
        if !has_policy {
            review.refuse("policy", Problem::UnknownPolicy);
        }
        if let Some(minutes) = self.acknowledged_minutes {
            review.within("acknowledged_minutes", minutes, 1..=A_WEEK);
        }
        review
    }
}
