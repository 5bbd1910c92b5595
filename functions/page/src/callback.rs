//! Calling back: a responder has asked by text to speak with whoever reported an incident, and is rung first.
//!
//! Whoever picks up presses 1, so that a mailbox is connected with nobody; then the reporter is dialled as the line.
//! Neither learns the other's number.

use oncall::{IncidentId, LineId};
use store::PlanKey;
use twilio::webhook::voice::GatherResult;
use words::Heard;

use crate::{
    APP,
    app::App,
    handler::Failure,
    listener::Listener,
    reporter::reporter,
    route::Route,
    said::{Dialling, MOST_ASKINGS, Said, Then},
};

impl App {
    /// The responder, or their mailbox, has picked up (`asking` is 0), or has pressed a key, or nothing. After the
    /// conversation, when nothing can have been pressed, it is over.
    pub(crate) async fn call_back_to(
        &self,
        line: &LineId,
        id: &IncidentId,
        asking: u8,
        pressed: &GatherResult,
    ) -> Result<Said, Failure> {
        let (plan, found) = tokio::join!(self.store().plan(PlanKey::Line(line)), self.store().incident(id));
        let (Some(stored), Some(found)) = (plan?, found?) else { return Ok(nobody(&Listener::unknown())) };
        let (plan, incident) = (stored.plan, found.incident);
        let responder = pressed.call.to.as_ref().and_then(|to| plan.directory.owner_of(to));
        let listener = Listener::of(responder, &plan.line.language);
        if pressed.key() != Some('1') {
            if asking >= MOST_ASKINGS {
                return Ok(Said::goodbye(&listener, Vec::new()));
            }
            let values = [("app", APP), ("number", &*incident.number.to_string())];
            let says = vec![listener.hears(Heard::CallBackOffered, &values)];
            let route = Route::CallBackKey { line: line.clone(), incident: id.clone(), asking: asking + 1 };
            return Ok(Said::ask(&listener, says, route));
        }
        let Some(to) = reporter(self.store(), &incident).await? else { return Ok(nobody(&listener)) };
        Ok(Said {
            tag: listener.tag.clone(),
            says: vec![listener.hears(Heard::CallingBack, &[])],
            then: Then::Dial(Box::new(Dialling {
                to,
                as_line: plan.line.number,
                then: Route::CallBackKey { line: line.clone(), incident: id.clone(), asking: MOST_ASKINGS },
            })),
        })
    }
}

fn nobody(listener: &Listener) -> Said {
    Said::goodbye(listener, vec![listener.hears(Heard::NoReporter, &[])])
}
