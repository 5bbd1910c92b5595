//! Errands: what others have left to whoever may send.

use carrier::Taken;
use oncall::{
    Channel, IncidentId, PersonId, ThreadId,
    incident::{Actor, Cause},
};
use phone::PhoneNumber;
use pipeline::{Errand, Task};

use crate::{app::App, message::NotTaken};

impl App {
    /// Does what was left.
    pub(crate) async fn run(&self, errand: Errand) -> Result<(), NotTaken> {
        match errand.what {
            Task::Look { incident } => self.look(&IncidentId::new(incident)).await,
            Task::LookAtPhone { phone } => {
                let phone: PhoneNumber = phone.0.parse().map_err(|_| NotTaken::NotANumber)?;
                Box::pin(self.tell_gathered(&phone)).await
            }
            Task::Recall { incident, page, call } => {
                let stored = self.store().incident(&IncidentId::new(incident)).await?;
                match stored.as_ref().and_then(|stored| stored.incident.page(page)) {
                    Some(page) => self.recall(page, &call).await,
                    // nothing is known of it any more: it has rung out long ago
                    None => Ok(()),
                }
            }
            Task::Tell { ref thread, ref words, ref from, ref token, .. } => {
                let by = match (from, token) {
                    (Some(person), _) => Actor::person(PersonId::new(person.as_str()), Channel::Sms),
                    (None, Some(token)) => Actor::Token(token.clone()),
                    (None, None) => Actor::Dutyline,
                };
                Box::pin(self.tell_reporter(&errand, &ThreadId::new(thread.as_str()), words, by)).await
            }
            Task::EndThread { thread, .. } => Ok(self.store().end_thread(&ThreadId::new(thread), self.now()).await?),
            Task::CallBack { ref incident, ref phone, .. } => {
                let incident = IncidentId::new(incident.as_str());
                let phone: PhoneNumber = phone.0.parse().map_err(|_| NotTaken::NotANumber)?;
                Box::pin(self.call_back(&errand, &incident, &phone)).await
            }
        }
    }

    /// Looks at an incident: what is due is done.
    pub(crate) async fn look(&self, id: &IncidentId) -> Result<(), NotTaken> {
        if let Taken::Taken { incident, around, effects, .. } = self.carrier.step(id, &Cause::Time).await? {
            Box::pin(self.carry(*incident, *around, effects)).await;
        }
        Ok(())
    }
}
