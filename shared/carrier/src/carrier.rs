//! Read, decided, saved.

use entry::{Clock, Queue};
use oncall::{
    IncidentId, Target,
    incident::{Answer, Cause, Effect, Incident, Stepped, Wish, step},
};
use store::{About, IncidentSaved, Store};

/// How often a step begins again because somebody else has saved the incident meanwhile.
const TRIES: usize = 12;

/// Carries incidents on.
#[derive(Clone, Debug)]
pub struct Carrier {
    /// The table.
    pub store: Store,
    /// Where errands go.
    pub queue: Queue,
    /// What time it is.
    pub clock: Clock,
}

/// What became of a step.
#[derive(Clone, PartialEq, Debug)]
pub enum Taken {
    /// There is no such incident.
    Unknown,
    /// The incident was over and is not to be, but its key belongs to another one by now. Nothing was saved: whoever
    /// brings an event looks the key up again.
    Overtaken,
    /// It is taken.
    Taken {
        /// The incident as it stands now.
        incident: Box<Incident>,
        /// What is still to be done, once: nothing if nothing has changed.
        effects: Vec<Effect>,
        /// What to tell whoever acted.
        answer: Option<Answer>,
    },
}

/// A step could not be taken. It may be tried again.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// The table.
    #[error("the table failed")]
    Store(#[from] store::Error),
    /// Somebody else was first, again and again.
    #[error("the incident was changed by others all the time")]
    Contended,
    /// The step was saved, but what was to be told to whoever reported the incident was not left to anybody.
    #[error("what was to be told was not left to anybody")]
    NotTold,
}

impl Carrier {
    /// Takes a step, for those who do what follows from it.
    ///
    /// # Errors
    /// [`Failed`]: the step may have been saved, with the answer lost. Then its pages are accounted for when their
    /// lease is over.
    pub async fn step(&self, id: &IncidentId, cause: &Cause) -> Result<Taken, Failed> {
        self.take(id, cause, |stepped| stepped).await
    }

    /// Takes a step, for those who may not send. What follows from it is left to others; nothing is left to do.
    ///
    /// # Errors
    /// [`Failed`].
    pub async fn act(&self, id: &IncidentId, cause: &Cause) -> Result<Taken, Failed> {
        let taken = self.take(id, cause, Stepped::handed_over).await?;
        let Taken::Taken { incident, effects, answer } = taken else { return Ok(taken) };
        if !self.leave(&incident, effects).await {
            return Err(Failed::NotTold);
        }
        Ok(Taken::Taken { incident, effects: Vec::new(), answer })
    }

    async fn take(&self, id: &IncidentId, cause: &Cause, finish: impl Fn(Stepped) -> Stepped) -> Result<Taken, Failed> {
        let Some(mut found) = self.store.incident(id).await? else { return Ok(Taken::Unknown) };
        for _ in 0..TRIES {
            for problem in &found.problems {
                tracing::error!(incident = id.as_str(), %problem, "a part of the incident cannot be read and is left out");
            }
            let before = found.incident;
            let around = self.store.around(About::Incident(&before), whom(cause)).await?;
            for damaged in &around.damaged {
                tracing::error!(object = ?damaged, "cannot be read and counts as if it were not there");
            }
            let stepped = finish(step(&before, cause, self.clock.now(), &around.surroundings()));
            if !stepped.changed {
                return Ok(Taken::Taken { incident: Box::new(before), effects: Vec::new(), answer: stepped.answer });
            }
            match self.store.save_incident(&before, &stepped.incident).await? {
                IncidentSaved::Yes(incident) => {
                    self.wake_for(Some(&before), &incident).await;
                    return Ok(Taken::Taken { incident, effects: stepped.effects, answer: stepped.answer });
                }
                IncidentSaved::Overtaken => return Ok(Taken::Overtaken),
                IncidentSaved::Lost(winner) => found = *winner,
            }
        }
        Err(Failed::Contended)
    }
}

/// Whom somebody names by hand.
fn whom(cause: &Cause) -> &[Target] {
    match cause {
        Cause::Act(act) => match &act.wish {
            Wish::Reassign { to } => to,
            Wish::Ask { whom } => whom,
            _ => &[],
        },
        _ => &[],
    }
}
