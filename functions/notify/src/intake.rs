//! To which incident an event goes.

use std::time::Duration;

use carrier::Taken;
use oncall::{
    ServiceId,
    incident::{Cause, Destination, Event, Reason, destination, maintenance_key},
};
use store::{Around, KnownKey, Opened, StoredIncident};

use crate::{app::App, message::NotTaken};

/// How often it begins again because somebody else was first with the key.
const TRIES: u32 = 12;

/// What an event is about.
#[derive(Clone, Copy)]
pub(crate) struct About<'a> {
    pub(crate) service: Option<&'a ServiceId>,
    pub(crate) key: &'a str,
}

/// How far one attempt came.
enum Attempt {
    /// So many of the events are taken, the first ones.
    Taken(usize),
    /// Somebody else was first; this is what is known of the key by now, if that has been read.
    Again(Option<Box<KnownKey>>),
}

impl App {
    /// Takes events of one key, in the order in which they were said, to the incident that they belong to, opens one for
    /// them, or remembers them.
    pub(crate) async fn take_events(&self, about: About<'_>, mut events: &[Event]) -> Result<(), NotTaken> {
        let (mut known, mut tried) = (None, 0);
        while !events.is_empty() {
            let read = match known.take() {
                Some(known) => known,
                None => Box::new(self.store().known_key(about.service, about.key, self.now()).await?),
            };
            match Box::pin(self.attempt(about, *read, events)).await? {
                Attempt::Taken(taken) => (events, tried) = (events.get(taken..).unwrap_or_default(), 0),
                Attempt::Again(_) if tried + 1 == TRIES => return Err(NotTaken::Contended),
                Attempt::Again(newer) => {
                    known = newer;
                    pause(tried).await;
                    tried += 1;
                }
            }
        }
        Ok(())
    }

    async fn attempt(&self, about: About<'_>, known: KnownKey, events: &[Event]) -> Result<Attempt, NotTaken> {
        let Some((event, others)) = events.split_first() else { return Ok(Attempt::Taken(0)) };
        if let Some(damaged) = &known.damaged {
            tracing::error!(incident = damaged.as_str(), "an incident cannot be read; its key gets another one");
        }
        let incident = known.incident.as_ref().map(|stored| &stored.incident);
        // one that is open keeps its events, whatever its service's mode
        if let Some(open) = known.incident.as_ref().filter(|stored| !stored.incident.is_resolved()) {
            return self.add(open, events).await;
        }
        let around = self.around(about.service).await?;
        let now = self.now();
        let destination = |event: &Event| destination(incident, event, around.mode(), now);
        match (destination(event), &known.incident) {
            (Destination::Known, Some(known)) => self.add(known, events).await,
            (Destination::Maintenance, _) => {
                let of_maintenance = |event: &&Event| destination(event) == Destination::Maintenance;
                let others = others.iter().take_while(of_maintenance).count();
                self.attach(about, &around, events.get(..=others).unwrap_or_default()).await
            }
            (Destination::New, _) => {
                let reason = Reason::Event { event: event.clone(), early: known.early };
                self.open_once(&known, about, around, reason, others).await
            }
            (Destination::Early | Destination::Known, _) => {
                let newer = self.store().remember_early(&known, event).await?;
                Ok(newer.map_or(Attempt::Taken(1), |newer| Attempt::Again(Some(Box::new(newer)))))
            }
        }
    }

    /// More events of an incident that was just read.
    async fn add(&self, found: &StoredIncident, events: &[Event]) -> Result<Attempt, NotTaken> {
        match self.carrier.go_on(carrier::readable(found), None, &causes(events)).await? {
            Taken::Taken { incident, effects, around, taken, .. } => {
                self.carry(*incident, *around, effects).await;
                Ok(Attempt::Taken(taken))
            }
            Taken::Unknown | Taken::Overtaken => Ok(Attempt::Again(None)),
        }
    }

    /// To the service's one maintenance incident.
    async fn attach(&self, about: About<'_>, around: &Around, events: &[Event]) -> Result<Attempt, NotTaken> {
        let (Some(service), Some((event, others))) = (about.service, events.split_first()) else {
            return Ok(Attempt::Taken(events.len()));
        };
        let key = maintenance_key(service);
        let about = About { service: about.service, key: &key };
        let known = self.store().known_key(about.service, about.key, self.now()).await?;
        match known.incident.as_ref().filter(|stored| !stored.incident.is_resolved()) {
            Some(open) => self.add(open, events).await,
            None => {
                let reason = Reason::Maintenance { event: event.clone() };
                self.open_once(&known, about, around.clone(), reason, others).await
            }
        }
    }

    async fn open_once(
        &self,
        known: &KnownKey,
        about: About<'_>,
        around: Around,
        reason: Reason,
        others: &[Event],
    ) -> Result<Attempt, NotTaken> {
        let opened = self.opened(about, &around, reason).await?;
        let (opened, taken) = opened.then(&causes(others), self.now(), &around.surroundings());
        match self.store().open_incident(known, &opened.incident).await? {
            Opened::Yes(incident) => {
                tracing::info!(incident = incident.id.as_str(), number = incident.number, "an incident was opened");
                self.carrier.wake_for(None, &incident).await;
                self.carry(*incident, around, opened.effects).await;
                Ok(Attempt::Taken(taken + 1))
            }
            // of the maintenance's key it would be of no use to the event
            Opened::Lost(_) => Ok(Attempt::Again(None)),
        }
    }

    async fn around(&self, service: Option<&ServiceId>) -> Result<Around, NotTaken> {
        let about = service.map_or(store::About::Nothing, store::About::Service);
        let around = self.store().around(about, &[]).await?;
        for damaged in &around.damaged {
            tracing::error!(object = ?damaged, "cannot be read and counts as if it were not there");
        }
        if let Some(gone) = service.filter(|_| around.service.is_none()) {
            tracing::error!(service = gone.as_str(), "an event is about a service that is gone: nobody will be paged");
        }
        Ok(around)
    }
}

fn causes(events: &[Event]) -> Vec<Cause> {
    events.iter().cloned().map(Cause::Event).collect()
}

/// Scattered, so that those who met do not meet again.
pub(crate) async fn pause(tried: u32) {
    tokio::time::sleep(Duration::from_millis(fastrand::u64(2..=10 << tried.min(5)))).await;
}
