//! A page by telephone.

use oncall::{
    Channel,
    incident::{Failure, Incident, Page, Sending},
};
use store::SentPage;
use twilio::rest::{NewCall, Script, Webhook};

use super::{announcing::Told, estimate};
use crate::{app::App, message::NotTaken, outlets::Closed};

/// How long it rings, seconds: most mailboxes come later.
const RING: u16 = 30;

impl App {
    pub(super) async fn call(&self, incident: &Incident, page: &Page) -> Result<Option<Sending>, NotTaken> {
        let (outlet, log) = tokio::join!(self.outlets.to(&page.to, Channel::Voice), self.store().phone_log(&page.to));
        let outlet = match outlet {
            Err(Closed::For(why)) => return Ok(Some(Sending::Failed(why))),
            outlet => outlet?,
        };
        if self.announce(log?, &incident.id, page).await? == Told::Capped {
            return Ok(Some(Sending::Failed(Failure::Capped)));
        }
        if !self.may_spend(&outlet, estimate::call(&page.to)).await? {
            return Ok(Some(Sending::Failed(Failure::SpendCap)));
        }
        // the way here may have been long
        let stored = self.store().incident(&incident.id).await?;
        if !stored.is_some_and(|stored| stored.incident.still_wants(page)) {
            return Ok(None);
        }
        let url = self.public_url.join(&format!("/voice/page/{}/{}", incident.id, page.number));
        let call = NewCall {
            to: page.to.clone(),
            from: outlet.line.number.clone(),
            status_callback: Some(Webhook::post(format!("{url}/ended"))),
            script: Script::Url(Webhook::post(url)),
            // of its end alone
            events: Vec::new(),
            timeout: Some(RING),
            machine_detection: None,
        };
        let pages = [SentPage { incident: incident.id.clone(), page: page.number }];
        Ok(Some(match outlet.client.place_call(&call).await {
            Ok(call) => self.accepted(call.sid.as_str(), &pages).await,
            Err(error) => self.outcome(&outlet, page, &error).await,
        }))
    }
}
