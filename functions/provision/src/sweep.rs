//! What is done without being asked: purchases and releases that nobody finished, and what is not as it should be.
//!
//! It never buys, and gives no number back that nobody wanted to give back: what it cannot finish, it reports.

mod findings;

use std::collections::BTreeSet;

use jiff::SignedDuration;
use store::{Author, Purchase};

use crate::{
    app::App,
    failure::Failure,
    purchases::{Work, Worker},
};

/// As whom the audit log names the sweep.
pub(crate) const SWEEP: &str = "sweep";

/// For how long a release may take whoever began it.
const RELEASE_TIME: SignedDuration = SignedDuration::from_mins(5);

/// Some of it could not be done. Each part was logged with its reason; the next sweep tries again.
#[derive(Debug, thiserror::Error)]
#[error("{failed} parts of the sweep failed")]
pub struct NotSwept {
    /// How many.
    pub failed: usize,
}

impl App {
    /// Finishes what nobody has finished, and reports what is not as it should be. Doing it twice does nothing more.
    ///
    /// # Errors
    /// [`NotSwept`]. One part's failure does not keep the others from theirs.
    pub async fn sweep(&self) -> Result<(), NotSwept> {
        let author = Author::of(SWEEP);
        let parts = [
            self.finish_purchases(&author).await,
            self.finish_releases().await,
            self.review_accounts().await,
            self.store.rebuild_pending().await.map_err(Failure::from).map(drop),
        ];
        let failed = parts.iter().filter(|part| part.is_err()).count();
        for failure in parts.iter().filter_map(|part| part.as_ref().err()) {
            tracing::error!(why = failure.said(), "a part of the sweep failed");
        }
        if failed > 0 { Err(NotSwept { failed }) } else { Ok(()) }
    }

    async fn finish_purchases(&self, author: &Author) -> Result<(), Failure> {
        let mut last = Ok(());
        for purchase in self.open_purchases().await? {
            if let Err(failure) = self.finish_purchase(purchase, author).await {
                last = Err(failure);
            }
        }
        last
    }

    async fn finish_purchase(&self, purchase: Purchase, author: &Author) -> Result<(), Failure> {
        let client = self.twilio(&purchase.account).await?;
        if let Some(leased) = self.lease(purchase).await? {
            let work = Work { app: self, client: &client, author, worker: Worker::Sweep };
            work.carry_on(leased).await?;
        }
        Ok(())
    }

    async fn open_purchases(&self) -> Result<Vec<Purchase>, Failure> {
        let (mut open, mut after) = (Vec::new(), None);
        loop {
            let page = self.store.purchases(after.as_deref(), 200).await?;
            open.extend(page.items.into_iter().filter(|purchase| !purchase.state.is_settled()));
            match page.next {
                Some(next) => after = Some(next),
                None => return Ok(open),
            }
        }
    }

    async fn finish_releases(&self) -> Result<(), Failure> {
        let now = self.clock.now();
        let mut last = Ok(());
        let records = self.all_numbers().await?;
        let is_late = |begun: jiff::Timestamp| now.duration_since(begun) >= RELEASE_TIME;
        for record in records.iter().filter(|record| record.releasing.is_some_and(is_late)) {
            let released = match self.twilio(&record.account).await {
                Ok(client) => self.finish_release(&client, record).await,
                Err(failure) => Err(failure),
            };
            last = released.and(last);
        }
        last
    }

    async fn review_accounts(&self) -> Result<(), Failure> {
        let mut last = Ok(());
        let (mut seen, mut accounts) = (BTreeSet::new(), BTreeSet::new());
        for integration in self.all_integrations().await? {
            match self.review_account(&integration.account).await {
                Ok(found) => {
                    seen.extend(found);
                    accounts.insert(integration.account);
                }
                Err(failure) => last = Err(failure),
            }
        }
        self.settle_findings(&accounts, &seen).await.and(last)
    }
}
