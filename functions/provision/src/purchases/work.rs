//! Carrying a purchase on, whoever begins it and wherever it stands.

use jiff::Timestamp;
use store::{Action, AuditEntry, Author, Purchase, PurchaseState, SaveContext, SaveError};
use twilio::rest::{self, Client, NumberFilter, NumberSettings};

use super::{
    request::{Wanted, friendly_name},
    step::{Asked, Reason, Seen, Step, Worker, after_ask, after_look, first},
};
use crate::{
    app::App,
    failure::{Cause, Failure},
    numbers::LEASE,
    objects::prompts,
    webhooks,
};

/// Where the work on a purchase has ended.
#[derive(Debug)]
pub(crate) enum End {
    /// There, as far as it goes now.
    At(Box<Purchase>),
    /// Twilio has not processed it, and it may be asked for again at once.
    Later,
    /// Somebody else has taken it over.
    Overtaken,
}

impl End {
    fn at(purchase: Purchase) -> Self {
        Self::At(Box::new(purchase))
    }
}

/// Carries one purchase on, whose lease it holds.
pub(crate) struct Work<'a> {
    pub(crate) app: &'a App,
    pub(crate) client: &'a Client,
    pub(crate) author: &'a Author,
    pub(crate) worker: Worker,
}

impl Work<'_> {
    /// Goes on until nothing more can be done now. Who runs out of time leaves the purchase as it stands.
    pub(crate) async fn carry_on(&self, purchase: Purchase) -> Result<End, Failure> {
        let before = purchase.clone();
        match tokio::time::timeout(self.app.numbers.pace.whole, self.steps(purchase)).await {
            Ok(end) => end,
            Err(_) => Ok(End::at(before)),
        }
    }

    async fn steps(&self, mut purchase: Purchase) -> Result<End, Failure> {
        let wanted = Wanted::of(&purchase)?;
        let mut step = first(&purchase, self.worker);
        loop {
            step = match step {
                Step::Ask => {
                    let before = purchase.asked_at;
                    let asking = Purchase { asked_at: Some(self.now()), ..purchase };
                    let Some(noted) = self.app.store.note(asking).await? else { return Ok(End::Overtaken) };
                    purchase = noted;
                    let asked = self.ask(&purchase, &wanted).await;
                    if asked == Asked::NotProcessed {
                        purchase.asked_at = before;
                    }
                    after_ask(asked, before.is_some())
                }
                Step::Look { just_asked, absent } => {
                    let seen = self.look(&purchase, just_asked).await;
                    after_look(seen, absent, &purchase, self.worker, self.now())
                }
                Step::Keep { sid } => return self.keep(purchase, &wanted, sid).await,
                Step::GiveUp(reason) => return self.give_up(purchase, reason).await,
                Step::Wait => return Ok(self.leave(purchase).await?.map_or(End::Overtaken, End::at)),
                Step::Later => return Ok(self.leave(purchase).await?.map_or(End::Overtaken, |_| End::Later)),
                Step::Settled => return Ok(End::at(purchase)),
            }
        }
    }

    /// The one place that spends.
    async fn ask(&self, purchase: &Purchase, wanted: &Wanted) -> Asked {
        let settings = NumberSettings {
            friendly_name: Some(friendly_name(&purchase.id)),
            address: wanted.papers.address.clone(),
            bundle: wanted.papers.bundle.clone(),
            identity: wanted.papers.identity.clone(),
            ..webhooks::settings(&self.app.numbers, purchase.fallback.as_ref())
        };
        let asked = rest::Purchase { number: purchase.number.clone(), settings };
        match self.client.purchase_number(&asked).await {
            Ok(owned) => {
                tracing::info!(purchase = purchase.id, "Twilio has sold a number");
                Asked::Sold { sid: owned.sid.to_string() }
            }
            Err(error) => {
                tracing::warn!(purchase = purchase.id, %error, "Twilio was asked for a number");
                answer(&error)
            }
        }
    }

    /// Whether the number is in the account. What was just asked for may take a moment to be seen.
    async fn look(&self, purchase: &Purchase, just_asked: bool) -> Seen {
        let looks = &self.app.numbers.pace.looks;
        let mut seen = Seen::NotKnown;
        for wait in looks.iter().take(if just_asked { looks.len() } else { 1 }) {
            tokio::time::sleep(*wait).await;
            seen = self.look_once(purchase).await;
            if matches!(seen, Seen::Ours { .. } | Seen::Others) {
                break;
            }
        }
        seen
    }

    async fn look_once(&self, purchase: &Purchase) -> Seen {
        let filter = NumberFilter { number: Some(purchase.number.clone()), friendly_name: None };
        let owned = match self.client.owned_numbers(&filter).all().await {
            Ok(owned) => owned,
            Err(error) => {
                tracing::warn!(purchase = purchase.id, %error, "it could not be looked for a number");
                return Seen::NotKnown;
            }
        };
        match owned.into_iter().find(|owned| owned.number == purchase.number) {
            Some(owned) if owned.friendly_name.as_str() == friendly_name(&purchase.id) => {
                Seen::Ours { sid: owned.sid.to_string() }
            }
            Some(_) => Seen::Others,
            None => Seen::Nothing,
        }
    }

    async fn keep(&self, purchase: Purchase, wanted: &Wanted, sid: String) -> Result<End, Failure> {
        let bought = Purchase { state: PurchaseState::Bought { sid: sid.clone() }, ..purchase };
        let Some(bought) = self.app.store.note(bought).await? else { return Ok(End::Overtaken) };
        let now = self.now();
        let (record, line) = (wanted.record(&bought, &sid, now), wanted.line(&bought.line));
        let prompts = prompts();
        // whoever began it has bought it, even if the sweep finishes it
        let began = &bought.created_by;
        let buyer = if self.author.token == *began { self.author.clone() } else { Author::of(began.as_str()) };
        let context = SaveContext { by: &buyer, at: now, prompts: &prompts };
        match self.app.store.complete(&bought, &record, &line, &context).await {
            Ok(_) => Ok(End::at(Purchase { state: PurchaseState::Done { sid }, lease: None, ..bought })),
            // another request may have made the line, or our own answer was lost
            Err(SaveError::Overtaken | SaveError::Stale { .. }) => Ok(End::Overtaken),
            Err(error) => Err(error.into()),
        }
    }

    async fn give_up(&self, purchase: Purchase, reason: Reason) -> Result<End, Failure> {
        let entry = AuditEntry::new(self.now(), self.author, Action::Deleted, ("purchase", &purchase.id));
        let settled = self.app.store.give_up(purchase, reason.code, &reason.why, &entry).await?;
        Ok(settled.map_or(End::Overtaken, End::at))
    }

    /// Lets go of the lease, so that whoever comes next need not wait.
    async fn leave(&self, purchase: Purchase) -> Result<Option<Purchase>, Failure> {
        Ok(self.app.store.note(Purchase { lease: None, ..purchase }).await?)
    }

    fn now(&self) -> Timestamp {
        self.app.clock.now()
    }
}

/// What an error means for money.
fn answer(error: &rest::Error) -> Asked {
    match error {
        rest::Error::Refused(refusal) | rest::Error::NotFound(refusal) | rest::Error::Unauthorised(refusal) => {
            Asked::Refused(Reason { code: refusal.code, why: refusal.to_string() })
        }
        error if error.was_not_processed() => Asked::NotProcessed,
        _ => Asked::Unknown,
    }
}

impl App {
    /// A purchase with its lease; none if somebody else works on it.
    pub(crate) async fn lease(&self, purchase: Purchase) -> Result<Option<Purchase>, Failure> {
        let now = self.clock.now();
        Ok(self.store.lease(purchase, now, self.lease_end(now)?).await?)
    }

    pub(crate) fn lease_end(&self, now: Timestamp) -> Result<Timestamp, Failure> {
        now.checked_add(LEASE).map_err(|_| Cause::Internal.into())
    }
}
