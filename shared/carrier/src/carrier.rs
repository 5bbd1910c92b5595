//! Read, decided, saved.

use entry::{Clock, Queue};
use oncall::{
    IncidentId, Target,
    incident::{Answer, Cause, Effect, Incident, Stepped, Wish, steps},
};
use store::{About, Around, IncidentSaved, Store, StoredIncident};

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
#[derive(Clone, Debug)]
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
        /// What was around the incident, if that mattered.
        around: Box<Around>,
        /// How many of several causes were taken: an event that comes when it is resolved may belong elsewhere.
        taken: usize,
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
        let Some(found) = self.read(id).await? else { return Ok(Taken::Unknown) };
        self.take(found, None, std::slice::from_ref(cause), |stepped| stepped).await
    }

    /// Takes several steps in one save, from an incident that was just read or saved: what is held of it is not read
    /// again. With what was around it, if that was read just now, too. If somebody else has saved it meanwhile, all of
    /// it is read anew.
    ///
    /// # Errors
    /// [`Failed`], as of [`Carrier::step`].
    pub async fn go_on(&self, from: &Incident, around: Option<&Around>, causes: &[Cause]) -> Result<Taken, Failed> {
        self.take(from.clone(), around, causes, |stepped| stepped).await
    }

    /// Takes a step, for those who may not send. What follows from it is left to others; nothing is left to do.
    ///
    /// # Errors
    /// [`Failed`].
    pub async fn act(&self, id: &IncidentId, cause: &Cause) -> Result<Taken, Failed> {
        let Some(found) = self.read(id).await? else { return Ok(Taken::Unknown) };
        let taken = self.take(found, None, std::slice::from_ref(cause), Stepped::handed_over).await?;
        let Taken::Taken { incident, effects, answer, around, taken } = taken else { return Ok(taken) };
        if !self.leave(&incident, effects).await {
            return Err(Failed::NotTold);
        }
        Ok(Taken::Taken { incident, effects: Vec::new(), answer, around, taken })
    }

    async fn read(&self, id: &IncidentId) -> Result<Option<Incident>, Failed> {
        Ok(self.store.incident(id).await?.as_ref().map(readable).cloned())
    }

    async fn take(
        &self,
        mut before: Incident,
        known: Option<&Around>,
        causes: &[Cause],
        finish: impl Fn(Stepped) -> Stepped,
    ) -> Result<Taken, Failed> {
        let mut known = known.cloned();
        for _ in 0..TRIES {
            let around = match known.take() {
                Some(around) => around,
                None if before.only_keeps(causes, self.clock.now()) => Around::default(),
                None => self.around(&before, causes).await?,
            };
            let (stepped, taken) = steps(&before, causes, self.clock.now(), &around.surroundings());
            let (stepped, around) = (finish(stepped), Box::new(around));
            let answer = stepped.answer;
            if !stepped.changed {
                return Ok(Taken::Taken { incident: Box::new(before), effects: Vec::new(), answer, around, taken });
            }
            match self.store.save_incident(&before, &stepped.incident).await? {
                IncidentSaved::Yes(incident) => {
                    self.wake_for(Some(&before), &incident).await;
                    return Ok(Taken::Taken { incident, effects: stepped.effects, answer, around, taken });
                }
                IncidentSaved::Overtaken => return Ok(Taken::Overtaken),
                IncidentSaved::Lost(winner) => before = readable(&winner).clone(),
            }
        }
        Err(Failed::Contended)
    }

    async fn around(&self, incident: &Incident, causes: &[Cause]) -> Result<Around, Failed> {
        let whom: Vec<Target> = causes.iter().flat_map(whom).cloned().collect();
        let around = self.store.around(About::Incident(incident), &whom).await?;
        for damaged in &around.damaged {
            tracing::error!(object = ?damaged, "cannot be read and counts as if it were not there");
        }
        Ok(around)
    }
}

/// An incident as it was read; what could not be is told to the log.
pub fn readable(found: &StoredIncident) -> &Incident {
    for problem in &found.problems {
        let incident = found.incident.id.as_str();
        tracing::error!(incident, %problem, "a part of the incident cannot be read and is left out");
    }
    &found.incident
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
