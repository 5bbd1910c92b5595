//! The seven kinds as one: what an object names, what is wrong with it, and how it is written.

use std::{collections::BTreeSet, fmt::Debug};

use oncall::{
    Directory, EscalationPolicy, HolidayCalendar, Hours, Line, NamedSchedule, Person, PersonId, Problem, Refusal,
    Review, Service, Target, Team,
};

use super::{Kind, Reference, snapshot::Snapshot};

/// An object of any kind.
#[derive(Clone, PartialEq, Debug)]
pub enum Object {
    /// Somebody who may be reached.
    Person(Person),
    /// People who are notified together.
    Team(Team),
    /// Who is on call.
    Schedule(NamedSchedule),
    /// Holidays that hours refer to.
    Calendar(HolidayCalendar),
    /// Who is found, in which order.
    Policy(EscalationPolicy),
    /// What people call about.
    Service(Service),
    /// A number that we own.
    Line(Line),
}

/// What an administrator edits as one thing.
pub trait Configured: Clone + PartialEq + Debug + Send + Sync + Into<Object> {
    /// What it is.
    const KIND: Kind;

    /// Its name among its kind.
    fn id(&self) -> &str;

    /// The value, if the object is one of these.
    fn of(object: Object) -> Option<Self>;
}

macro_rules! configured {
    ($($type:ident is $kind:ident;)+) => {$(
        impl Configured for $type {
            const KIND: Kind = Kind::$kind;

            fn id(&self) -> &str {
                self.id.as_str()
            }

            fn of(object: Object) -> Option<Self> {
                match object {
                    Object::$kind(value) => Some(value),
                    _ => None,
                }
            }
        }

        impl From<$type> for Object {
            fn from(value: $type) -> Self {
                Self::$kind(value)
            }
        }
    )+

        impl Object {
            /// Its name.
            pub fn reference(&self) -> Reference {
                match self {$(
                    Self::$kind(value) => Reference::new(Kind::$kind, Configured::id(value)),
                )+}
            }
        }
    };
}

configured! {
    Person is Person;
    Team is Team;
    NamedSchedule is Schedule;
    HolidayCalendar is Calendar;
    EscalationPolicy is Policy;
    Service is Service;
    Line is Line;
}

impl Object {
    /// Whom and what it names.
    pub(super) fn names(&self) -> BTreeSet<Reference> {
        let person = |id: &PersonId| Reference::new(Kind::Person, id.as_str());
        match self {
            Self::Person(_) | Self::Calendar(_) => BTreeSet::new(),
            Self::Team(team) => team.members.iter().map(person).collect(),
            Self::Schedule(schedule) => {
                let layers = schedule.definition.layers.iter().flat_map(|layer| layer.users.iter().flatten());
                let overrides = schedule.definition.overrides.iter().flat_map(|one| one.users.iter());
                layers.chain(overrides).map(person).collect()
            }
            Self::Policy(policy) => {
                let targets = policy.steps.iter().filter_map(oncall::Step::notify).flat_map(|notify| &notify.targets);
                let named = targets.map(|target| match target {
                    Target::Person(id) => person(id),
                    Target::Team(id) => Reference::new(Kind::Team, id.as_str()),
                    Target::Schedule(id) => Reference::new(Kind::Schedule, id.as_str()),
                });
                let hours = policy.steps.iter().filter_map(|step| match step {
                    oncall::Step::NotifyIfTime { hours, .. } => Some(hours),
                    _ => None,
                });
                named.chain(policy.fallback.iter().map(person)).chain(hours.flat_map(calendars)).collect()
            }
            Self::Service(service) => [Reference::new(Kind::Policy, service.policy.as_str())].into(),
            Self::Line(line) => {
                let services = line.destinations.iter().map(|destination| destination.service.as_str());
                let services = services.map(|id| Reference::new(Kind::Service, id));
                services.chain(line.support_hours.iter().flat_map(calendars)).collect()
            }
        }
    }

    /// What is wrong with it and odd about it, beside what it names, which the snapshot has loaded.
    pub(super) fn review(&self, known: &Snapshot, prompts: &[&str]) -> Review {
        match self {
            Self::Person(person) => {
                let mut review = person.review();
                let ours = known.lines().map(|line| &line.number);
                let ours: BTreeSet<_> = ours.collect();
                let phones = person.phones.iter().enumerate();
                review.refusals.extend(phones.filter(|(_, phone)| ours.contains(&phone.number)).map(|(index, _)| {
                    Refusal { field: format!("phones[{index}].number"), problem: Problem::LinesOwnNumber }
                }));
                review
            }
            Self::Team(team) => team.review(&self.directory(known)),
            Self::Schedule(schedule) => schedule.review(&self.directory(known)),
            Self::Calendar(calendar) => calendar.review(),
            Self::Policy(policy) => policy.review(&self.directory(known)),
            Self::Service(service) => {
                let policy = known.get(&Reference::new(Kind::Policy, service.policy.as_str()));
                service.review(policy.is_some())
            }
            Self::Line(line) => {
                let services = self.names();
                let services: Vec<Service> =
                    services.iter().filter_map(|name| known.get(name)).cloned().filter_map(Service::of).collect();
                line.review(&services, &self.directory(known), prompts)
            }
        }
    }

    /// Those whom it names, as far as they exist.
    fn directory(&self, known: &Snapshot) -> Directory {
        let mut directory = Directory::default();
        for object in self.names().iter().filter_map(|name| known.get(name)) {
            match object.clone() {
                Self::Person(person) => directory.people.push(person),
                Self::Team(team) => directory.teams.push(team),
                Self::Schedule(schedule) => directory.schedules.push(schedule),
                Self::Calendar(calendar) => directory.calendars.push(calendar),
                Self::Policy(_) | Self::Service(_) | Self::Line(_) => {}
            }
        }
        directory
    }
}

/// The calendars that some hours refer to.
fn calendars(hours: &Hours) -> impl Iterator<Item = Reference> {
    hours.calendars.iter().map(|id| Reference::new(Kind::Calendar, id.as_str()))
}
