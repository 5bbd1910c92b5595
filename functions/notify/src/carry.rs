//! What follows from a step is done, and what became of it is told; then what follows from that.

use carrier::Taken;
use entry::Chain;
use futures_util::{StreamExt as _, stream};
use jiff::SignedDuration;
use oncall::incident::{Cause, Effect, Incident};
use store::Around;

use crate::{app::App, handler::AT_ONCE};

/// How often something may follow from something: a person's phones and rules, one after the other. What is left then
/// is due by itself.
const MOST_ROUNDS: usize = 50;

/// For how long what was around an incident is taken as it was read when a page of it is accounted for: about as long as
/// the lines and switches by which the page left.
const STILL: SignedDuration = SignedDuration::from_secs(10);

impl App {
    /// Does what follows from a step that was saved, with what was around it. What could not be told is found out by
    /// time: a page that nobody accounts for is looked up at Twilio when its lease is over.
    pub(crate) async fn carry(&self, mut incident: Incident, mut around: Around, mut effects: Vec<Effect>) {
        let mut read_at = self.now();
        for _ in 0..MOST_ROUNDS {
            if effects.is_empty() {
                return;
            }
            let (of, with) = (&incident, &around);
            let done = stream::iter(effects).map(async |effect| Box::pin(self.perform(of, with, effect)).await);
            let outcomes: Vec<Option<Cause>> = done.buffer_unordered(AT_ONCE).collect().await;
            let outcomes: Vec<Cause> = outcomes.into_iter().flatten().collect();
            if outcomes.is_empty() {
                return;
            }
            let now = self.now();
            let is_still = now >= read_at && now.duration_since(read_at) < STILL;
            if !is_still {
                read_at = now;
            }
            let Some(told) = self.tell(&incident, is_still.then_some(&around), &outcomes).await else { return };
            (incident, around, effects) = told;
        }
        tracing::warn!(incident = incident.id.as_str(), "much follows from one step; the rest is found when it is due");
    }

    /// Tells what became of pages; gives the incident, what is around it and what follows.
    pub(crate) async fn tell(
        &self,
        incident: &Incident,
        around: Option<&Around>,
        outcomes: &[Cause],
    ) -> Option<(Incident, Around, Vec<Effect>)> {
        match Box::pin(self.carrier.go_on(incident, around, outcomes)).await {
            Ok(Taken::Taken { incident, around, effects, .. }) => Some((*incident, *around, effects)),
            Ok(Taken::Unknown | Taken::Overtaken) => None,
            Err(error) => {
                let (id, pages) = (incident.id.as_str(), outcomes.len());
                tracing::error!(incident = id, pages, error = %Chain(&error), "what became of pages was not told; it is found out when their lease is over");
                None
            }
        }
    }

    /// Does one thing; of a page, says what became of it.
    async fn perform(&self, incident: &Incident, around: &Around, effect: Effect) -> Option<Cause> {
        match effect {
            Effect::Send(page) => {
                let outcome = self.send(incident, around, &page).await?;
                Some(Cause::Sending { page: page.number, outcome })
            }
            Effect::AskTwilio(page) => {
                Some(Cause::Sending { page: page.number, outcome: self.ask(incident, &page).await })
            }
            Effect::Recall { page, sid } => {
                self.recall_logged(incident, page, &sid).await;
                None
            }
            Effect::Bar { phone, channel, bar } => {
                let barred = self.store().bar_phone(&phone, channel, Some(bar), self.now()).await;
                if let Err(error) = barred {
                    tracing::error!(error = %Chain(&error), "that a phone cannot be reached was not recorded");
                }
                None
            }
            Effect::Tell { .. } | Effect::EndThread { .. } => {
                self.carrier.leave(incident, vec![effect]).await;
                None
            }
        }
    }

    async fn recall_logged(&self, incident: &Incident, number: u32, sid: &str) {
        let Some(page) = incident.page(number) else { return };
        if let Err(error) = self.recall(page, sid).await {
            tracing::error!(incident = incident.id.as_str(), page = number, error = %Chain(&error), "a call was not ended");
        }
    }
}
