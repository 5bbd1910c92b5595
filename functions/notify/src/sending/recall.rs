//! A call that nobody needs any more is ended.

use oncall::{Channel, incident::Page};
use twilio::{
    CallSid,
    rest::{CallChange, Error},
};

use crate::{app::App, message::NotTaken, outlets::Closed};

/// Twilio's code for a call that is over.
const OVER: u32 = 21_220;

impl App {
    /// Ends a call, whether it waits, rings, or somebody listens. One that is over is no failure.
    pub(crate) async fn recall(&self, page: &Page, sid: &str) -> Result<(), NotTaken> {
        let Ok(sid) = sid.parse::<CallSid>() else { return Ok(()) };
        let outlet = match self.outlets.to(&page.to, Channel::Voice).await {
            // nobody is left who could end it
            Err(Closed::For(_)) => return Ok(()),
            outlet => outlet?,
        };
        match outlet.client.change_call(&sid, &CallChange::Complete).await {
            Ok(_) | Err(Error::NotFound(_)) => Ok(()),
            Err(error) if error.code() == Some(OVER) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}
