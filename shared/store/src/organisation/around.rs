//! What an incident's step needs to know beside the incident: as it stands now.

use std::collections::{BTreeMap, BTreeSet};

use oncall::{
    Directory, EscalationPolicy, Mode, Service, ServiceId, Target,
    incident::{Incident, KnownPhones, Snapshot, Surroundings},
};

use super::{
    Kind, Object, Reference,
    snapshot::{MOST_KEYS, entry_of},
};
use crate::{
    Error, Store,
    item::{Attributes, text_of},
    keys::{Key, PK, SK},
};

/// Whose surroundings.
#[derive(Clone, Copy, Debug)]
pub enum About<'a> {
    /// A service's, about which an incident is to be opened: with its policy.
    Service(&'a ServiceId),
    /// An incident's: its service, whom its own policy names, and whom it pages already.
    Incident(&'a Incident),
    /// Those of people who are paged directly.
    Nothing,
}

/// What is around an incident.
#[derive(Clone, Debug, Default)]
pub struct Around {
    /// Its service; none if it has none, or that is gone.
    pub service: Option<Service>,
    /// The service's policy as it stands, for an incident that is to be opened.
    pub policy: Option<EscalationPolicy>,
    /// Those whom a policy, the incident or somebody names, and those whom they name.
    pub directory: Directory,
    /// What is known of their phones.
    pub phones: KnownPhones,
    /// What is there and cannot be read. It counts as if it were not. Worth an alarm.
    pub damaged: Vec<Reference>,
}

impl Around {
    /// As a step wants it.
    pub fn surroundings(&self) -> Surroundings<'_> {
        Surroundings { directory: &self.directory, mode: self.mode(), phones: &self.phones }
    }

    /// What an incident that is opened now keeps of the service's configuration.
    pub fn snapshot(&self) -> Snapshot {
        let acknowledged_minutes = self.service.as_ref().and_then(|service| service.acknowledged_minutes);
        Snapshot { policy: self.policy.clone(), acknowledged_minutes }
    }

    /// The mode of the service.
    pub fn mode(&self) -> Mode {
        self.service.as_ref().map_or(Mode::Normal, |service| service.mode)
    }

    fn take(&mut self, object: Object) {
        match object {
            Object::Person(person) => self.directory.people.push(person),
            Object::Team(team) => self.directory.teams.push(team),
            Object::Schedule(schedule) => self.directory.schedules.push(schedule),
            Object::Calendar(calendar) => self.directory.calendars.push(calendar),
            Object::Policy(policy) => self.policy = Some(policy),
            Object::Service(service) => self.service = Some(service),
            Object::Line(_) => {}
        }
    }
}

impl Store {
    /// What a step needs to know beside the incident, with whom somebody names by hand: one BatchGetItem for each level
    /// of names (service, policy, teams and schedules, people) and each hundred of them, and one for each hundred
    /// phones, however large the organisation; strongly consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn around(&self, about: About<'_>, whom: &[Target]) -> Result<Around, Error> {
        let mut around = Around::default();
        let mut known = BTreeSet::new();
        let mut level: BTreeSet<_> = whom.iter().map(reference).collect();
        level.extend(first_names(about));
        while !level.is_empty() {
            known.extend(level.iter().cloned());
            let mut next = BTreeSet::new();
            for (name, object) in self.objects(&level).await? {
                let Some(object) = object else {
                    around.damaged.push(name);
                    continue;
                };
                // an incident climbs the policy that it was opened with
                if matches!(about, About::Service(_)) || !matches!(object, Object::Service(_)) {
                    next.extend(object.names());
                }
                around.take(object);
            }
            level = next.difference(&known).cloned().collect();
        }
        let phones = around.directory.people.iter().flat_map(|person| &person.phones);
        let phones: BTreeSet<_> = phones.map(|phone| phone.number.clone()).collect();
        around.phones = self.known_phones(&phones).await?;
        Ok(around)
    }

    /// Those of these objects that exist; none for one that cannot be read.
    async fn objects(&self, names: &BTreeSet<Reference>) -> Result<BTreeMap<Reference, Option<Object>>, Error> {
        let keys: Vec<_> = names.iter().map(Key::object).collect();
        let mut objects = BTreeMap::new();
        for some in keys.chunks(MOST_KEYS) {
            for item in self.get(some.to_vec()).await? {
                if let Some(name) = name_of(&item) {
                    let object = entry_of(name.kind, &item).ok().map(|entry| entry.object);
                    objects.insert(name, object);
                }
            }
        }
        Ok(objects)
    }
}

fn name_of(item: &Attributes) -> Option<Reference> {
    let pk = text_of(item, PK)?;
    let kind = Kind::ALL.into_iter().find(|kind| kind.partition() == pk)?;
    Some(Reference::new(kind, text_of(item, SK)?))
}

fn reference(target: &Target) -> Reference {
    match target {
        Target::Person(id) => Reference::new(Kind::Person, id.as_str()),
        Target::Team(id) => Reference::new(Kind::Team, id.as_str()),
        Target::Schedule(id) => Reference::new(Kind::Schedule, id.as_str()),
    }
}

fn first_names(about: About<'_>) -> BTreeSet<Reference> {
    match about {
        About::Nothing => BTreeSet::new(),
        About::Service(service) => [Reference::new(Kind::Service, service.as_str())].into(),
        About::Incident(incident) => {
            let service = incident.service.iter().map(|service| Reference::new(Kind::Service, service.as_str()));
            let policy = incident.snapshot.policy.clone().map(|policy| Object::Policy(policy).names());
            let paged = incident.pursuits.iter().map(|pursuit| &pursuit.person);
            // the next phone of somebody whose call came to nothing
            let pending = incident.pages.iter().map(|page| &page.person);
            let people = paged.chain(pending).chain(&incident.assignees);
            let people = people.map(|person| Reference::new(Kind::Person, person.as_str()));
            service.chain(policy.into_iter().flatten()).chain(people).collect()
        }
    }
}
