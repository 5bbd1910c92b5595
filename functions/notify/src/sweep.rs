//! Every minute: what is due and nobody has come for, and messages for what comes next.

use entry::Chain;
use futures_util::{StreamExt as _, stream};
use jiff::SignedDuration;
use pipeline::{Caller, Task};
use store::{Due, DueItem};
use tokio::time::{Instant, timeout_at};

use crate::{app::App, handler::AT_ONCE};

/// How far ahead it looks: until after the next sweep.
const AHEAD: SignedDuration = SignedDuration::from_secs(60);
/// How much is looked at in one sweep, what has waited longest first.
const MOST: usize = 1000;

/// What is due is not known.
#[derive(Debug, thiserror::Error)]
#[error("what is due cannot be read")]
pub struct NotSwept(#[from] store::Error);

impl App {
    /// Carries on whatever is due, and leaves messages for what will be within the next minute. One thing that fails
    /// does not keep the others; it stays due.
    ///
    /// # Errors
    /// [`NotSwept`].
    pub async fn sweep(&self) -> Result<(), NotSwept> {
        let deadline = Instant::now() + self.pace.whole;
        let now = self.now();
        let due = self.store().due(now.checked_add(AHEAD).unwrap_or(now), MOST).await?;
        let (late, soon): (Vec<DueItem>, Vec<DueItem>) = due.into_iter().partition(|item| item.at <= now);
        let (looked_at, waiting) = (late.len(), soon.len());
        stream::iter(soon).for_each_concurrent(AT_ONCE, async |item| self.wake_for(item).await).await;
        let carried = stream::iter(late).map(async |item| timeout_at(deadline, Box::pin(self.look_at(item))).await);
        let failed = carried
            .buffer_unordered(AT_ONCE)
            .filter(|carried| std::future::ready(!matches!(carried, Ok(true))))
            .count()
            .await;
        tracing::info!(looked_at, failed, waiting, "what is due was carried on");
        Ok(())
    }

    async fn look_at(&self, item: DueItem) -> bool {
        let (looked, what) = match &item.what {
            Due::Incident(id) => (self.look(id).await, id.as_str()),
            Due::Phone(phone) => (self.tell_gathered(phone).await, "what is gathered for a phone"),
            Due::Conversation { line, reporter } => {
                (Box::pin(self.report_waiting(line, reporter)).await, "a text that waits")
            }
            Due::Call(id) => (Box::pin(self.settle_call(id)).await, id.as_str()),
        };
        if let Err(error) = &looked {
            tracing::error!(what, error = %Chain(error), "something that is due was not carried on");
        }
        looked.is_ok()
    }

    async fn wake_for(&self, item: DueItem) {
        let (name, task) = match item.what {
            Due::Incident(id) => (id.to_string(), Task::Look { incident: id.to_string() }),
            Due::Phone(phone) => {
                let phone = Caller(phone.as_e164().to_owned());
                (format!("{:08x}:phone", fastrand::u32(..)), Task::LookAtPhone { phone })
            }
            // minutes are nothing to it: the next sweep
            Due::Conversation { .. } | Due::Call(_) => return,
        };
        self.carrier.leave_until(item.at, format!("{name}:{}", item.at.as_second()), task).await;
    }
}
