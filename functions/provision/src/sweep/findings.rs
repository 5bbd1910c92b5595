//! What of an account's numbers is not as it should be, kept for whoever asks while Twilio does not answer.

use std::collections::BTreeSet;

use crate::{app::App, failure::Failure};

impl App {
    /// Reports what is not as it should be in one account, and tells what each finding is about.
    pub(super) async fn review_account(&self, account: &str) -> Result<Vec<String>, Failure> {
        let looked = self.look(account).await?;
        let (records, listed) = (self.all_numbers().await?, self.store.lines().await?);
        let findings = self.compare(&looked, &records, &listed).await?;
        for finding in &findings {
            self.store.report(finding).await?;
        }
        for (record, sends) in looked.all_sends(&records) {
            self.store.keep_sends(record, sends).await?;
        }
        Ok(findings.into_iter().map(|finding| finding.about).collect())
    }

    /// Forgets findings that are none any more, of accounts that were looked at, and of those that are gone.
    pub(super) async fn settle_findings(
        &self,
        accounts: &BTreeSet<String>,
        seen: &BTreeSet<String>,
    ) -> Result<(), Failure> {
        let mut after = None;
        loop {
            let page = self.store.findings(after.as_deref(), 200).await?;
            for finding in page.items.iter().filter(|finding| !seen.contains(&finding.about)) {
                if accounts.contains(&finding.account) || self.store.integration(&finding.account).await?.is_none() {
                    self.store.settle(&finding.about).await?;
                }
            }
            match page.next {
                Some(next) => after = Some(next),
                None => return Ok(()),
            }
        }
    }
}
