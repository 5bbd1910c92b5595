//! Those who reported an incident by text: what a responder writes to them, and a call that connects the two.
//!
//! Neither may happen twice, and nothing is saved that would tell whether it has. So an errand is claimed right before
//! it is done, and whoever comes later does nothing: should somebody die in between, it is not done at all, and the
//! responder asks again.

use entry::Chain;
use jiff::Timestamp;
use oncall::{
    Channel, IncidentId, LineId, ThreadId,
    incident::{Actor, Incident},
};
use phone::PhoneNumber;
use pipeline::Errand;
use store::{Fares, Said, SentReply, Thread};
use twilio::{
    Private,
    rest::{Backoff, Error, NewCall, NewMessage, Script, Verdict, Webhook},
};

use crate::{
    app::App,
    message::NotTaken,
    outlets::{Closed, Outlet},
    sending::{estimate, text::RECEIPTS},
};

/// Twilio takes no longer text.
const LONGEST_TEXT: usize = 1600;
/// How long a responder's phone rings, seconds.
const RING: u16 = 30;
/// What is added to the id of an errand that was certainly not done, and is tried again.
const AGAIN: &str = "+";
/// How often.
const MOST_AGAIN: usize = 4;

impl App {
    /// Writes to whoever reported an incident, from the line that they wrote to. What is written stands in the
    /// conversation, and how it fares.
    pub(crate) async fn tell_reporter(
        &self,
        errand: &Errand,
        thread: &ThreadId,
        words: &str,
        by: Actor,
    ) -> Result<(), NotTaken> {
        let Some(thread) = self.store().thread(thread).await? else {
            tracing::warn!(errand = errand.id, "the conversation is long over");
            return Ok(());
        };
        let words: String = words.chars().take(LONGEST_TEXT).collect();
        let id = errand.id.trim_end_matches(AGAIN).to_owned();
        let reply = Said { id, at: errand.at, by: Some(by), words, media: Vec::new(), answer: None };
        let lines = self.outlets.lines().await?;
        let is_ours = lines.exits.lines.iter().any(|line| line.number == thread.reporter);
        let line = lines.exits.lines.iter().find(|line| line.id == thread.line);
        let Some(line) = line.filter(|_| !is_ours && !thread.reporter.is_premium()) else {
            tracing::error!(errand = errand.id, "there is no line from which the reporter may be told");
            self.keep(&thread, &reply, Fares::Failed).await;
            return Ok(());
        };
        let Some(outlet) = open(self.outlets.of(line).await)? else {
            self.keep(&thread, &reply, Fares::Failed).await;
            return Ok(());
        };
        let message = NewMessage {
            to: thread.reporter.clone(),
            from: line.number.clone(),
            body: Private::from(reply.words.as_str()),
            status_callback: Some(self.public_url.join(RECEIPTS)),
            validity_seconds: None,
        };
        if !self.store().claim_errand(&errand.id, self.now()).await? {
            return Ok(());
        }
        self.keep(&thread, &reply, Fares::Sending).await;
        let place = SentReply { thread: thread.id, place: reply.place() };
        let cost = estimate::text(&reply.words, &thread.reporter);
        // a claim is not made again: what cannot be spent now is not sent
        let may_spend = self.may_spend(&outlet, cost).await;
        let Ok(true) = may_spend else {
            self.fares(&place, Fares::Failed).await;
            return may_spend.map(drop);
        };
        let sent = outlet.client.send_message(&message).await;
        match &sent {
            Ok(message) => {
                // before it is said to be sent, so that its receipt finds it
                if let Err(error) = self.store().record_reply(message.sid.as_str(), &place, self.now()).await {
                    tracing::error!(errand = errand.id, error = %Chain(&error), "receipts will not find their reply");
                }
                self.fares(&place, Fares::Sent).await;
            }
            Err(error) if error.verdict() == Verdict::Unknown => {}
            Err(_) => self.fares(&place, Fares::Failed).await,
        }
        self.done(errand, sent.err()).await;
        Ok(())
    }

    /// Keeps a reply in its conversation. It is sent whether that works or not.
    async fn keep(&self, thread: &Thread, reply: &Said, fares: Fares) {
        if let Err(error) = self.store().say(thread, reply, fares).await {
            tracing::error!(thread = thread.id.as_str(), error = %Chain(&error), "a reply is not kept");
        }
    }

    async fn fares(&self, reply: &SentReply, fares: Fares) {
        if let Err(error) = self.store().reply_fares(reply, fares).await {
            tracing::error!(thread = reply.thread.as_str(), error = %Chain(&error), "how a reply fares is not kept");
        }
    }

    /// Rings a responder, who is connected with whoever reported the incident once they pick up.
    pub(crate) async fn call_back(
        &self,
        errand: &Errand,
        incident: &IncidentId,
        phone: &PhoneNumber,
    ) -> Result<(), NotTaken> {
        let stored = self.store().incident(incident).await?;
        let line = match stored {
            Some(stored) => self.line_of_report(&stored.incident).await?,
            None => None,
        };
        let Some(line) = line else {
            tracing::warn!(errand = errand.id, "nobody is there whom the responder could be connected with");
            return Ok(());
        };
        let Some(outlet) = open(self.outlets.to(phone, Channel::Voice).await)? else { return Ok(()) };
        let url = self.public_url.join(&format!("/voice/callback/{line}/{incident}"));
        let call = NewCall {
            to: phone.clone(),
            from: outlet.line.number.clone(),
            script: Script::Url(Webhook::post(url)),
            status_callback: None,
            events: Vec::new(),
            timeout: Some(RING),
            machine_detection: None,
        };
        if !self.may_begin(errand, &outlet, estimate::call(phone)).await? {
            return Ok(());
        }
        let placed = outlet.client.place_call(&call).await;
        self.done(errand, placed.err()).await;
        Ok(())
    }

    /// The line that whoever reported an incident knows: the one that they texted last, or called.
    async fn line_of_report(&self, incident: &Incident) -> Result<Option<LineId>, NotTaken> {
        if let Some(thread) = incident.threads.last() {
            return Ok(self.store().thread(thread).await?.map(|thread| thread.line));
        }
        let Some(call) = incident.call() else { return Ok(None) };
        Ok(self.store().call(&call).await?.map(|logged| logged.call.line))
    }

    /// Whether an errand is to be done now, by whoever asks.
    async fn may_begin(&self, errand: &Errand, outlet: &Outlet, cost: u64) -> Result<bool, NotTaken> {
        Ok(self.store().claim_errand(&errand.id, self.now()).await? && self.may_spend(outlet, cost).await?)
    }

    /// What was certainly not done is left once more, under another id.
    async fn done(&self, errand: &Errand, error: Option<Error>) {
        let Some(error) = error else { return };
        let tried = errand.id.matches(AGAIN).count();
        match error.verdict() {
            Verdict::TryAgain { after } if tried < MOST_AGAIN => {
                tracing::warn!(errand = errand.id, error = %Chain(&error), "an errand was not done and is tried again");
                let wait = Backoff::default().wait(u32::try_from(tried).unwrap_or(0), after, fastrand::f64());
                let due = self.now().checked_add(wait).unwrap_or(Timestamp::MAX);
                self.carrier.leave_until(due, format!("{}{AGAIN}", errand.id), errand.what.clone()).await;
            }
            _ => {
                tracing::error!(errand = errand.id, error = %Chain(&error), "an errand was not done, or perhaps it was")
            }
        }
    }
}

/// An outlet, unless there is none for good.
fn open(outlet: Result<Outlet, Closed>) -> Result<Option<Outlet>, Closed> {
    match outlet {
        Err(Closed::For(why)) => {
            tracing::error!(%why, "a reporter or a responder cannot be reached");
            Ok(None)
        }
        outlet => outlet.map(Some),
    }
}
