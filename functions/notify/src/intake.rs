//! To which incident an event goes.

use std::time::Duration;

use carrier::Taken;
use oncall::{
    ServiceId,
    incident::{Cause, Destination, Event, Incident, Reason, destination, maintenance_key},
};
use store::{Around, KnownKey, Opened};

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
    Done,
    /// Somebody else was first; this is what is known of the key by now, if that has been read.
    Again(Option<Box<KnownKey>>),
}

impl App {
    /// Takes an event to the incident that it belongs to, opens one for it, or remembers it.
    pub(crate) async fn take_event(&self, about: About<'_>, event: Event) -> Result<(), NotTaken> {
        let mut known = None;
        for tried in 0..TRIES {
            let read = match known.take() {
                Some(known) => known,
                None => Box::new(self.store().known_key(about.service, about.key, self.now()).await?),
            };
            match Box::pin(self.attempt(about, *read, &event)).await? {
                Attempt::Done => return Ok(()),
                Attempt::Again(newer) => known = newer,
            }
            pause(tried).await;
        }
        Err(NotTaken::Contended)
    }

    async fn attempt(&self, about: About<'_>, known: KnownKey, event: &Event) -> Result<Attempt, NotTaken> {
        if let Some(damaged) = &known.damaged {
            tracing::error!(incident = damaged.as_str(), "an incident cannot be read; its key gets another one");
        }
        let incident = known.incident.as_ref().map(|stored| &stored.incident);
        // one that is open keeps its events, whatever its service's mode
        if let Some(open) = incident.filter(|incident| !incident.is_resolved()) {
            return self.add(open, event).await;
        }
        let around = self.around(about.service).await?;
        match (destination(incident, event, around.mode(), self.now()), incident) {
            (Destination::Known, Some(incident)) => self.add(incident, event).await,
            (Destination::Maintenance, _) => self.attach(about, &around, event).await,
            (Destination::New, _) => {
                let reason = Reason::Event { event: event.clone(), early: known.early };
                self.open_once(&known, about, &around, reason).await
            }
            (Destination::Early | Destination::Known, _) => {
                let newer = self.store().remember_early(&known, event).await?;
                Ok(newer.map_or(Attempt::Done, |newer| Attempt::Again(Some(Box::new(newer)))))
            }
        }
    }

    /// One more event of an incident.
    async fn add(&self, incident: &Incident, event: &Event) -> Result<Attempt, NotTaken> {
        match self.carrier.step(&incident.id, &Cause::Event(event.clone())).await? {
            Taken::Taken { incident, effects, .. } => {
                self.carry(*incident, effects).await;
                Ok(Attempt::Done)
            }
            Taken::Unknown | Taken::Overtaken => Ok(Attempt::Again(None)),
        }
    }

    /// To the service's one maintenance incident.
    async fn attach(&self, about: About<'_>, around: &Around, event: &Event) -> Result<Attempt, NotTaken> {
        let Some(service) = about.service else { return Ok(Attempt::Done) };
        let key = maintenance_key(service);
        let about = About { service: about.service, key: &key };
        let known = self.store().known_key(about.service, about.key, self.now()).await?;
        match known.incident.as_ref().filter(|stored| !stored.incident.is_resolved()) {
            Some(open) => self.add(&open.incident, event).await,
            None => self.open_once(&known, about, around, Reason::Maintenance { event: event.clone() }).await,
        }
    }

    async fn open_once(
        &self,
        known: &KnownKey,
        about: About<'_>,
        around: &Around,
        reason: Reason,
    ) -> Result<Attempt, NotTaken> {
        let opened = self.opened(about, around, reason).await?;
        match self.store().open_incident(known, &opened.incident).await? {
            Opened::Yes(incident) => {
                tracing::info!(incident = incident.id.as_str(), number = incident.number, "an incident was opened");
                self.carrier.wake_for(None, &incident).await;
                self.carry(*incident, opened.effects).await;
                Ok(Attempt::Done)
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

/// Scattered, so that those who met do not meet again.
pub(crate) async fn pause(tried: u32) {
    tokio::time::sleep(Duration::from_millis(fastrand::u64(2..=10 << tried.min(5)))).await;
}
