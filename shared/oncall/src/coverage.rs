//! Whether a call to a service would find somebody, at each moment of a window.

use jiff::Timestamp;

use crate::{Directory, Ladder, LiveCall, Mode, Plan, Service, Skip, Step, Target};

/// What a call to a service would find for a while.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stretch {
    /// Included.
    pub start: Timestamp,
    /// Excluded.
    pub end: Timestamp,
    /// What it would find.
    pub cover: Cover,
    /// Who was passed over at its start, and why; none if a phone rings.
    pub skips: Vec<Skip>,
}

/// What a call to a service finds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cover {
    /// A phone rings.
    Somebody,
    /// Nobody could be rung, though somebody should.
    Nobody,
    /// The line is outside its support hours.
    Closed,
    /// The service does not escalate: it is being tried out, or under maintenance.
    Paused,
}

impl Plan {
    /// What a call to this service would find from `from` until before `to`, stretch by stretch without holes; two
    /// that follow each other differ in their cover. None if the window is empty.
    ///
    /// The ladder of a real call is climbed at every instant at which its answer can change, whoever calls. It is
    /// climbed some thousand times for a window of weeks and hourly shifts, so that the window must have an end.
    pub fn coverage(&self, service: &Service, from: Timestamp, to: Timestamp) -> Vec<Stretch> {
        let plan = self.of_service(service);
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut start = from;
        while start < to {
            let end = plan.steady_until(start).min(to);
            let (cover, skips) = plan.cover(service, start);
            match stretches.last_mut().filter(|last| last.cover == cover) {
                Some(last) => last.end = end,
                None => stretches.push(Stretch { start, end, cover, skips }),
            }
            start = end;
        }
        stretches
    }

    /// What a call to this service would find at an instant.
    fn cover(&self, service: &Service, at: Timestamp) -> (Cover, Vec<Skip>) {
        // hours that cannot be read are not kept: the line rings
        if self.line.support_hours.as_ref().is_some_and(|hours| hours.contain(at, &self.directory) == Ok(false)) {
            return (Cover::Closed, Vec::new());
        }
        if service.mode.at(at) != Mode::Normal {
            return (Cover::Paused, Vec::new());
        }
        // all rounds before the last are the same but for the order
        let last = self.policy(&service.policy).map_or(0, |policy| policy.rounds() - 1);
        let climbed = |round| Ladder::of(self, service, at, LiveCall { caller: None, seed: "", round });
        let finds = |ladder: &Ladder| ladder.candidates().next().is_some();
        let first = climbed(0);
        if finds(&first) || last > 0 && finds(&climbed(last)) {
            return (Cover::Somebody, Vec::new());
        }
        (Cover::Nobody, first.skips().cloned().collect())
    }

    /// The part of the plan that one service needs: what it does not need shall not make it look more often.
    fn of_service(&self, service: &Service) -> Self {
        let policies: Vec<_> = self.policy(&service.policy).cloned().into_iter().collect();
        let targets = policies.iter().flat_map(|policy| &policy.steps).filter_map(Step::notify);
        let targets: Vec<_> = targets.flat_map(|notify| &notify.targets).collect();
        let named =
            |id: &crate::ScheduleId| targets.iter().any(|target| matches!(target, Target::Schedule(one) if one == id));
        let schedules = self.directory.schedules.iter().filter(|schedule| named(&schedule.id)).cloned().collect();
        Self {
            version: self.version,
            line: self.line.clone(),
            services: vec![service.clone()],
            directory: Directory { schedules, ..self.directory.clone() },
            policies,
        }
    }
}

#[cfg(test)]
mod tests;
