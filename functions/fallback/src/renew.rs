//! Which documents are to be written anew, and writing them.

use aws_types::SdkConfig;
use entry::{Chain, Clock, PublicUrl};
use futures_util::future::try_join_all;
use jiff::Timestamp;
use oncall::LineId;
use ring::rand::{SecureRandom as _, SystemRandom};
use store::{Address, ListedLine, PlanKey, Retention, Store, StoredPlan, Written};

use crate::{
    documents::{Documents, documents},
    settings::Settings,
    shelf::{NotStored, Shelf},
    situation::Situation,
};

/// All that the fallback function needs.
#[derive(Clone, Debug)]
pub struct App {
    /// The table.
    pub store: Store,
    /// Where the documents stand.
    pub shelf: Shelf,
    /// What stands before every route of the voice function.
    pub public_url: PublicUrl,
    /// What time it is.
    pub clock: Clock,
}

/// Not every document is as it should be.
#[derive(Debug, thiserror::Error)]
pub enum NotRenewed {
    /// Which lines there are is not known.
    #[error("the lines cannot be listed")]
    Lines(#[from] store::Error),
    /// Each has been logged with its reason; the next run tries again.
    #[error("{failed} of {stale} fallback documents were not written")]
    Some {
        /// So many were not written.
        failed: usize,
        /// So many were to be.
        stale: usize,
    },
}

/// Why the documents of one line were not written.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("the table failed")]
    Store(#[from] store::Error),
    #[error(transparent)]
    Shelf(#[from] NotStored),
    #[error("the line has no plan")]
    NoPlan,
    #[error("there are no random bytes to make an address of")]
    NoRandomness,
}

impl App {
    /// The function as its settings say, over clients made from one SDK configuration.
    pub fn connect(settings: &Settings, sdk: &SdkConfig, clock: Clock) -> Self {
        // no calls are saved here
        let retention = Retention { call_log_days: 0 };
        Self {
            store: Store::new(aws_sdk_dynamodb::Client::new(sdk), settings.table.as_str(), retention),
            shelf: Shelf::new(aws_sdk_s3::Client::new(sdk), settings.bucket.as_str()),
            public_url: settings.public_url.clone(),
            clock,
        }
    }

    /// Writes the documents anew of every line that has none, was saved since, or whose documents no longer say what
    /// the line would do. One line's failure does not keep the others from theirs.
    ///
    /// # Errors
    /// [`NotRenewed`].
    pub async fn renew(&self) -> Result<(), NotRenewed> {
        let now = self.clock.now();
        let lines = self.store.lines().await?;
        let stale: Vec<_> = lines.iter().filter(|line| is_stale(line, now)).collect();
        let mut failed = 0;
        for line in &stale {
            if let Err(failure) = self.renew_line(line).await {
                failed += 1;
                tracing::error!(line = line.id.as_str(), error = %Chain(&failure), "a fallback was not written");
            }
        }
        if failed > 0 { Err(NotRenewed::Some { failed, stale: stale.len() }) } else { Ok(()) }
    }

    async fn renew_line(&self, line: &ListedLine) -> Result<(), Failure> {
        let id = &line.id;
        let stored = self.store.plan(PlanKey::Line(id)).await?;
        let StoredPlan { plan, problems } = stored.ok_or(Failure::NoPlan)?;
        for problem in &problems {
            tracing::error!(line = id.as_str(), %problem, "a part of the plan cannot be read and is left out");
        }
        let address = match &line.fallback {
            Some(fallback) => fallback.address.clone(),
            None => self.new_address(id).await?,
        };
        let now = self.clock.now();
        let Documents { linked, call } = documents(&plan, &self.public_url, now);
        try_join_all(linked.into_iter().map(|(name, twiml)| self.shelf.put(address.document(&name), twiml))).await?;
        self.shelf.put(address.path(), call).await?;
        let written = Written { version: plan.version, until: Situation::until(&plan, now) };
        let seen = line.fallback.as_ref().and_then(|fallback| fallback.written);
        if self.store.record_fallback(id, written, seen).await? {
            tracing::info!(line = id.as_str(), version = written.version, until = %written.until, "a fallback was written");
        } else {
            tracing::info!(line = id.as_str(), "a fallback was changed meanwhile and will be written again");
        }
        Ok(())
    }

    async fn new_address(&self, line: &LineId) -> Result<Address, Failure> {
        let mut random = [0; 16];
        SystemRandom::new().fill(&mut random).map_err(|_| Failure::NoRandomness)?;
        Ok(self.store.address_fallback(line, Address::from(random)).await?)
    }
}

fn is_stale(line: &ListedLine, now: Timestamp) -> bool {
    let written = line.fallback.as_ref().and_then(|fallback| fallback.written);
    written.is_none_or(|written| written.version != line.version || written.until <= now)
}
