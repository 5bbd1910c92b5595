//! What of an account's numbers is not as it should be.

use std::collections::BTreeSet;

use api::Channel;
use oncall::Line;
use store::{Finding, ListedLine, NumberRecord};
use twilio::rest::{NumberFilter, OwnedNumber};

use crate::{
    app::App,
    failure::Failure,
    verification::{can_send, may_send},
    webhooks::{self, NAME_PREFIX, address_of},
};

/// A number that cannot do what its line's switches say.
fn incapable(number: &OwnedNumber, line: &Line) -> Option<(String, String)> {
    let switches = [(Channel::Sms, "sms_notifications", "texts"), (Channel::Voice, "voice_notifications", "calls")];
    let vain = switches.into_iter().filter(|(channel, ..)| may_send(line, *channel) && !can_send(number, *channel));
    let said: Vec<String> =
        vain.map(|(_, switch, what)| format!("{switch} is set, and its number cannot send {what}")).collect();
    (!said.is_empty()).then(|| (format!("sender#{}", line.id), format!("{}.", said.join("; "))))
}

impl App {
    /// Reports what is not as it should be in one account, and tells what each finding is about.
    pub(super) async fn review_account(&self, account: &str) -> Result<Vec<String>, Failure> {
        let client = self.twilio(account).await?;
        // first Twilio's list: what is bought meanwhile has its record when ours is read
        let owned = client.owned_numbers(&NumberFilter::default()).all().await?;
        let mut records = self.all_numbers().await?;
        records.retain(|record| record.account == account);
        let (listed, lines) = (self.store.lines().await?, self.all_lines().await?);
        let mut findings = Vec::new();
        for number in &owned {
            match records.iter().find(|record| record.sid == number.sid.as_str()) {
                Some(record) => {
                    findings.extend(self.drifted(number, record, &listed));
                    let line = lines.iter().find(|line| line.id.as_str() == record.line);
                    findings.extend(line.and_then(|line| incapable(number, line)));
                }
                None => findings.extend(self.orphaned(number).await?),
            }
        }
        let is_there = |record: &NumberRecord| owned.iter().any(|number| number.sid.as_str() == record.sid);
        let lost = records.iter().filter(|record| record.releasing.is_none() && !is_there(record));
        findings.extend(lost.map(|record| {
            (
                format!("lost#{}", record.line),
                "The Twilio account does not have this line's number any more.".to_owned(),
            )
        }));
        for (about, what) in &findings {
            let (about, account, what) = (about.clone(), account.to_owned(), what.clone());
            self.store.report(&Finding { about, account, since: self.clock.now(), what }).await?;
        }
        Ok(findings.into_iter().map(|(about, _)| about).collect())
    }

    fn drifted(&self, number: &OwnedNumber, record: &NumberRecord, lines: &[ListedLine]) -> Option<(String, String)> {
        let differences = webhooks::differences(number, &self.numbers, address_of(lines, &record.line));
        let settings: Vec<&str> = differences.iter().map(|difference| difference.setting.as_str()).collect();
        match settings.as_slice() {
            [] => None,
            ["voice_fallback"] => {
                let what = "At Twilio, the number's voice_fallback is not the line's document.";
                Some((format!("fallback#{}", record.line), what.to_owned()))
            }
            settings => {
                let settings = settings.join(", ");
                let what = format!("At Twilio, these settings of the line's number were changed: {settings}.");
                Some((format!("drift#{}", record.line), what))
            }
        }
    }

    /// A number with our name on it that is no line, and that no purchase will make one.
    async fn orphaned(&self, number: &OwnedNumber) -> Result<Option<(String, String)>, Failure> {
        let Some(id) = number.friendly_name.as_str().strip_prefix(NAME_PREFIX) else { return Ok(None) };
        let purchase = self.store.purchase(id).await?;
        if purchase.is_some_and(|purchase| !purchase.state.is_settled()) {
            return Ok(None);
        }
        let what =
            "The account pays for a number that was bought here and is no line: adopt it, or release it at Twilio.";
        Ok(Some((format!("orphan#{}", number.sid), what.to_owned())))
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
