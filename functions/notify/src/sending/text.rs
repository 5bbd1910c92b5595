//! A page by text.

use oncall::{
    Channel, Line,
    incident::{Incident, Page, Sending},
};
use phone::PhoneNumber;
use store::{Around, SentPage};
use twilio::{
    Private,
    rest::{Error, Message, NewMessage},
};
use words::Language;

use super::{announcing::Told, estimate};
use crate::{
    app::App,
    message::NotTaken,
    outlets::{Closed, Outlet},
};
use oncall::incident::Failure;

/// For how long Twilio may try to send a text, seconds: what has waited for longer is no news any more.
const VALID: u32 = 1800;
/// Where Twilio tells how texts fare.
pub(crate) const RECEIPTS: &str = "/sms/receipt";

impl App {
    pub(super) async fn text(
        &self,
        incident: &Incident,
        around: &Around,
        page: &Page,
    ) -> Result<Option<Sending>, NotTaken> {
        let (outlet, log) = tokio::join!(self.outlets.to(&page.to, Channel::Sms), self.store().phone_log(&page.to));
        let outlet = match outlet {
            Err(Closed::For(why)) => return Ok(Some(Sending::Failed(why))),
            outlet => outlet?,
        };
        let code = match self.announce(log?, &incident.id, page).await? {
            Told::Alone { code } => code,
            Told::Together { at } => return Ok(Some(Sending::Gathered { at })),
            Told::Capped => return Ok(Some(Sending::Failed(Failure::Capped))),
        };
        let person = around.directory.person(&page.person);
        let language = person.and_then(|person| person.language.as_deref()).unwrap_or(&outlet.line.language);
        let language = Language::of(language);
        let body = words::page(language, &self.app_name, code, &incident.summary);
        if !self.may_spend(&outlet, estimate::text(&body, &page.to)).await? {
            return Ok(Some(Sending::Failed(Failure::SpendCap)));
        }
        // the way here may have been long
        let stored = self.store().incident(&incident.id).await?;
        if !stored.is_some_and(|stored| stored.incident.still_wants(page)) {
            return Ok(None);
        }
        let pages = [SentPage { incident: incident.id.clone(), page: page.number }];
        Ok(Some(match self.send_text(&outlet, &page.to, body).await {
            Ok(message) => self.accepted(message.sid.as_str(), &pages).await,
            Err(error) => self.outcome(&outlet, page, &error).await,
        }))
    }

    /// Sends a text, once, whose receipts are told.
    pub(crate) async fn send_text(&self, outlet: &Outlet, to: &PhoneNumber, body: String) -> Result<Message, Error> {
        let Line { number, .. } = &outlet.line;
        let message = NewMessage {
            to: to.clone(),
            from: number.clone(),
            body: Private::from(body),
            status_callback: Some(self.public_url.join(RECEIPTS)),
            validity_seconds: Some(VALID),
        };
        outlet.client.send_message(&message).await
    }

    /// Whether something may still be spent today; then it is.
    pub(crate) async fn may_spend(&self, outlet: &Outlet, cost: u64) -> Result<bool, NotTaken> {
        let may = self.store().spend(cost, outlet.daily_cap, self.now()).await?;
        if !may {
            tracing::error!("nothing more is sent today: the daily spend cap is reached");
        }
        Ok(may)
    }

    /// Twilio has it: its receipts will find these pages.
    pub(super) async fn accepted(&self, sid: &str, pages: &[SentPage]) -> Sending {
        if let Err(error) = self.store().record_sent(sid, pages, self.now()).await {
            tracing::error!(sid, error = %entry::Chain(&error), "receipts will not find their page");
        }
        Sending::Accepted { sid: sid.to_owned() }
    }
}
