//! What is left to others.

use std::time::Duration;

use entry::Chain;
use jiff::Timestamp;
use oncall::incident::{Actor, Effect, Incident};
use pipeline::{Errand, Task, VERSION};

use crate::Carrier;

/// For how long a message may be held back: what is due later is found by the sweep, which looks ahead.
const NEAR: Duration = Duration::from_secs(15 * 60);

impl Carrier {
    /// Wakes whoever sends when something of an incident is due, if that is soon and not what was due before. A message
    /// that is lost is made up for by the sweep.
    pub async fn wake_for(&self, before: Option<&Incident>, after: &Incident) {
        let Some(due) = after.due() else { return };
        if before.and_then(Incident::due) == Some(due) {
            return;
        }
        let id = format!("{}:{}", after.id, after.version);
        // what is due is found by the sweep, too
        let _ = self.leave_until(due, id, Task::Look { incident: after.id.to_string() }).await;
    }

    /// Leaves what follows from a step to those who can do it. Pages are handed over by the save itself, and not here.
    /// Says whether all that is to be told was left: nothing else makes up for it, so that whoever wants somebody told
    /// hears if they are not.
    pub async fn leave(&self, incident: &Incident, effects: Vec<Effect>) -> bool {
        let mut all_told = true;
        let step = format!("{}:{}", incident.id, incident.version);
        let of = || incident.id.to_string();
        for effect in effects {
            let (id, what) = match effect {
                Effect::Recall { page, sid } => {
                    (format!("{step}:recall:{page}"), Task::Recall { incident: of(), page, call: sid })
                }
                Effect::Tell { thread, words, by } => (
                    format!("{step}:tell:{thread}"),
                    Task::Tell {
                        incident: of(),
                        thread: thread.to_string(),
                        words,
                        from: by.person_id().map(ToString::to_string),
                        token: if let Actor::Token(name) = by { Some(name) } else { None },
                    },
                ),
                Effect::EndThread { thread } => {
                    (format!("{step}:over:{thread}"), Task::EndThread { incident: of(), thread: thread.to_string() })
                }
                Effect::Bar { phone, channel, bar } => {
                    let barred = self.store.bar_phone(&phone, channel, Some(bar), self.clock.now()).await;
                    if let Err(error) = barred {
                        tracing::error!(error = %Chain(&error), "that a phone cannot be reached was not recorded");
                    }
                    continue;
                }
                // handed over by the save itself
                Effect::Send(_) | Effect::AskTwilio(_) => continue,
            };
            let is_told = matches!(what, Task::Tell { .. });
            all_told &= self.leave_until(Timestamp::MIN, id, what).await || !is_told;
        }
        all_told
    }

    /// Puts an errand on the queue, to be read at an instant, or not at all if that is not near; whether it may be left
    /// at that.
    pub async fn leave_until(&self, due: Timestamp, id: String, what: Task) -> bool {
        let at = self.clock.now();
        let wait = Duration::try_from(at.duration_until(due)).unwrap_or(Duration::ZERO);
        if wait > NEAR {
            return true;
        }
        let errand = Errand { version: VERSION, id, at, what };
        let sent = match serde_json::to_string(&errand) {
            Ok(body) => self.queue.send_after(wait, &body, &errand.id).await,
            Err(error) => {
                tracing::error!(%error, "an errand cannot be written");
                return false;
            }
        };
        if let Err(error) = &sent {
            tracing::error!(errand = errand.id, error = %Chain(error), "an errand was not left; what is due is found by the sweep");
        }
        sent.is_ok()
    }
}
