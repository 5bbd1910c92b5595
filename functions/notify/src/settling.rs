//! A call of which nothing is heard any more, or of which the team may not have been told. The voice function saves a call,
//! then tells of it: an answer to the save that is lost, or a queue that is away, would otherwise keep it from ever being
//! told, and so would a webhook that never came.

use oncall::CallId;
use pipeline::Message;
use store::{PlanKey, Saved};

use crate::{app::App, message::NotTaken};

impl App {
    /// Ends the call if it cannot still go on, takes all that it says to its incident, by the ids that it has been told by
    /// if it was; then nothing is owed. Whoever dies in between leaves it due.
    pub(crate) async fn settle_call(&self, id: &CallId) -> Result<(), NotTaken> {
        let Some(found) = self.store().call(id).await? else { return Ok(()) };
        let (mut call, now) = (found.call, self.now());
        if call.due().is_none_or(|due| due > now) {
            return Ok(());
        }
        if call.lapse(now) {
            tracing::warn!(call = id.as_str(), "nothing is heard of a call any more: it is taken to be over");
            match self.store().save_call(&call).await? {
                Saved::Yes { version } => call.version = version,
                Saved::Lost(_) => return Ok(()),
            }
        }
        match self.store().plan(PlanKey::Line(&call.line)).await? {
            Some(stored) => {
                for event in hotline::untold(&stored.plan, &call) {
                    Box::pin(self.take_message(Message::Call(event))).await?;
                }
            }
            None => tracing::warn!(call = id.as_str(), "the line of a call is gone, and so is whom to tell of it"),
        }
        call.owed_since = None;
        self.store().save_call(&call).await?;
        Ok(())
    }
}
