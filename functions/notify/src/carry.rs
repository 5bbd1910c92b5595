//! What follows from a step is done, and what became of it is told; then what follows from that.

use carrier::Taken;
use entry::Chain;
use futures_util::{StreamExt as _, stream};
use oncall::{
    IncidentId,
    incident::{Cause, Effect, Incident, Page, Sending},
};

use crate::{app::App, handler::AT_ONCE};

/// How often something may follow from something: a person's phones and rules, one after the other. What is left then
/// is due by itself.
const MOST_ROUNDS: usize = 50;

impl App {
    /// Does what follows from a step that was saved. What could not be told is found out by time: a page that nobody
    /// accounts for is looked up at Twilio when its lease is over.
    pub(crate) async fn carry(&self, mut incident: Incident, mut effects: Vec<Effect>) {
        for _ in 0..MOST_ROUNDS {
            if effects.is_empty() {
                return;
            }
            let of = &incident;
            let done = stream::iter(effects).map(async |effect| Box::pin(self.perform(of, effect)).await);
            let outcomes: Vec<Option<(u32, Sending)>> = done.buffer_unordered(AT_ONCE).collect().await;
            effects = Vec::new();
            for (page, outcome) in outcomes.into_iter().flatten() {
                if let Some((newer, more)) = self.tell(&incident.id, page, outcome).await {
                    incident = newer;
                    effects.extend(more);
                }
            }
        }
        tracing::warn!(incident = incident.id.as_str(), "much follows from one step; the rest is found when it is due");
    }

    /// Tells what became of a page; gives the incident and what follows.
    pub(crate) async fn tell(&self, id: &IncidentId, page: u32, outcome: Sending) -> Option<(Incident, Vec<Effect>)> {
        match Box::pin(self.carrier.step(id, &Cause::Sending { page, outcome })).await {
            Ok(Taken::Taken { incident, effects, .. }) => Some((*incident, effects)),
            Ok(Taken::Unknown | Taken::Overtaken) => None,
            Err(error) => {
                tracing::error!(incident = id.as_str(), page, error = %Chain(&error), "what became of a page was not told; it is found out when its lease is over");
                None
            }
        }
    }

    /// Does one thing; of a page, says what became of it.
    async fn perform(&self, incident: &Incident, effect: Effect) -> Option<(u32, Sending)> {
        match effect {
            Effect::Send(page) => self.send(incident, &page).await.map(|outcome| (page.number, outcome)),
            Effect::AskTwilio(page) => Some((page.number, self.ask(incident, &page).await)),
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

/// Whether a page is still as it was when it was ordered: nobody has acknowledged, and nobody else looks after it.
pub(crate) fn is_still_ordered(incident: &Incident, page: &Page) -> bool {
    incident.page(page.number).is_some_and(|now| now.state == page.state)
}
