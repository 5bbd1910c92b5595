//! All that one line can reach, as one snapshot.

use jiff::Timestamp;
use phone::PhoneNumber;

use crate::{
    CalendarId, EscalationPolicy, HolidayCalendar, Line, Person, PersonId, PolicyId, ScheduleId, Service, ServiceId,
    Step, Target, Team, TeamId,
    schedule::{Definition, Schedule},
};

/// A line and everything that a call to it can reach: a snapshot made when configuration is saved, so that a
/// call's cost does not grow with the organisation, and so that no call sees two versions mixed.
#[derive(Clone, PartialEq, Debug)]
pub struct Plan {
    /// Grows with every save.
    pub version: u64,
    /// The line.
    pub line: Line,
    /// The services that its destinations lead to.
    pub services: Vec<Service>,
    /// The policies of those services.
    pub policies: Vec<EscalationPolicy>,
    /// Everybody whom those policies name.
    pub directory: Directory,
}

impl Plan {
    /// A service of this line.
    pub fn service(&self, id: &ServiceId) -> Option<&Service> {
        self.services.iter().find(|service| service.id == *id)
    }

    /// The schedules that a service's policy names, each once.
    pub fn schedules_of(&self, service: &Service) -> Vec<&NamedSchedule> {
        let steps = self.policy(&service.policy).map_or(&[][..], |policy| &policy.steps);
        let mut found: Vec<&NamedSchedule> = Vec::new();
        for target in steps.iter().filter_map(Step::notify).flat_map(|notify| &notify.targets) {
            if let Target::Schedule(id) = target
                && let Some(schedule) = self.directory.schedule(id)
                && !found.iter().any(|known| known.id == schedule.id)
            {
                found.push(schedule);
            }
        }
        found
    }

    /// A policy of one of its services.
    pub fn policy(&self, id: &PolicyId) -> Option<&EscalationPolicy> {
        self.policies.iter().find(|policy| policy.id == *id)
    }

    /// A later instant before which the passing of time alone changes nothing on this line: whether it is open, in
    /// which mode its services are, and whom the ladder of each of them has. Nothing may change for longer.
    ///
    /// Everything in the plan counts, needed or not: what is kept until then is made anew too often rather than too
    /// late.
    pub fn steady_until(&self, at: Timestamp) -> Timestamp {
        let hours = self.policies.iter().flat_map(|policy| &policy.steps).filter_map(|step| match step {
            Step::NotifyIfTime { hours, .. } => Some(hours),
            _ => None,
        });
        let hours = hours.chain(&self.line.support_hours).map(|hours| hours.steady_until(at));
        let modes = self.services.iter().map(|service| service.mode.steady_until(at));
        let schedules = self.directory.schedules.iter();
        let shifts = schedules.map(|named| Schedule::stored(&named.definition).0.steady_until(at));
        hours.chain(modes).chain(shifts).min().unwrap_or(Timestamp::MAX)
    }
}

/// People, teams, schedules and calendars, as escalation policies and lines name them.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Directory {
    /// People.
    pub people: Vec<Person>,
    /// Teams.
    pub teams: Vec<Team>,
    /// Schedules as they were typed; only those that a step needs are read.
    pub schedules: Vec<NamedSchedule>,
    /// Calendars of holidays that hours refer to.
    pub calendars: Vec<HolidayCalendar>,
}

/// A schedule and what colleagues call it.
#[derive(Clone, PartialEq, Debug)]
pub struct NamedSchedule {
    /// Its id.
    pub id: ScheduleId,
    /// What colleagues call it.
    pub name: String,
    /// Its layers and overrides.
    pub definition: Definition,
}

impl Directory {
    /// A person.
    pub fn person(&self, id: &PersonId) -> Option<&Person> {
        self.people.iter().find(|person| person.id == *id)
    }

    /// Whose phone this is: of exactly one person, who has proven it to be theirs.
    pub fn owner_of(&self, number: &PhoneNumber) -> Option<&Person> {
        let is_theirs = |person: &&Person| person.phones.iter().any(|phone| phone.verified && phone.number == *number);
        let mut owners = self.people.iter().filter(is_theirs);
        owners.next().filter(|_| owners.next().is_none())
    }

    /// A team.
    pub fn team(&self, id: &TeamId) -> Option<&Team> {
        self.teams.iter().find(|team| team.id == *id)
    }

    /// A calendar.
    pub fn calendar(&self, id: &CalendarId) -> Option<&HolidayCalendar> {
        self.calendars.iter().find(|calendar| calendar.id == *id)
    }

    /// A schedule.
    pub fn schedule(&self, id: &ScheduleId) -> Option<&NamedSchedule> {
        self.schedules.iter().find(|schedule| schedule.id == *id)
    }
}

#[cfg(test)]
mod tests;
