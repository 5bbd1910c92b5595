//! A leg that a Dial places: it rings, is answered, screened, bridged, and ends.
use std::sync::Arc;

use super::{Control, Role, finish, progress};
use crate::{
    engine::Engine,
    fetch::Document,
    leg::{CallStatus, Signal, Stop},
    person,
    transcript::Event,
};

/// The life of a dialled leg.
pub(super) async fn live(engine: Arc<Engine>, sid: String, parent: String, url: Option<Document>) {
    let control = Control::new(&engine, &sid);
    let status = match control.answered_child(&parent, url).await {
        Ok(status) | Err(Stop::Ended(status)) => status,
        Err(Stop::HungUp | Stop::Redirected(_)) => CallStatus::Completed,
    };
    finish(&engine, &sid, status);
}

impl Control {
    /// Rings until somebody answers: Ok(None), or the status with which it failed.
    pub(super) async fn ring(&self) -> Result<Option<CallStatus>, Stop> {
        self.enter(CallStatus::Initiated);
        progress(&self.engine, &self.sid, "initiated");
        self.enter(CallStatus::Ringing);
        progress(&self.engine, &self.sid, "ringing");
        person::ring(&self.engine, &self.sid);
        loop {
            match self.next(None).await? {
                Some(Signal::Refused(status)) => return Ok(Some(status)),
                Some(Signal::Answered) => break,
                _ => {}
            }
        }
        self.engine.change(|w| {
            let now = w.now;
            w.note(&self.sid, Event::Answers);
            w.legs.get_mut(&self.sid).map(|leg| leg.answered = Some(now))
        });
        self.enter(CallStatus::InProgress);
        progress(&self.engine, &self.sid, "answered");
        Ok(None)
    }

    async fn answered_child(&self, parent: &str, url: Option<Document>) -> Result<CallStatus, Stop> {
        if let Some(refused) = self.ring().await? {
            return Ok(refused);
        }
        self.signal(parent, Signal::ChildAnswered(self.sid.clone()));
        if let Some(url) = url {
            self.run(Role::Screening, url).await?;
        }
        self.signal(parent, Signal::ChildReady(self.sid.clone()));
        loop {
            self.next(None).await?;
        }
    }

    fn enter(&self, status: CallStatus) {
        self.engine.change(|w| {
            if let Some(leg) = w.legs.get_mut(&self.sid) {
                leg.status = status;
                w.note(&self.sid, Event::Status(status));
            }
        });
    }

    fn signal(&self, other: &str, signal: Signal) {
        self.engine.change(|w| w.legs.get_mut(other).map(|leg| leg.mailbox.push_back(signal)));
    }
}
