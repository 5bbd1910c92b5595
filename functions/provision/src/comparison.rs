//! Twilio's numbers beside ours: what of an account is not as it should be. The sweep and readiness ask the same.

use api::Channel;
use jiff::Timestamp;
use oncall::Line;
use store::{Address, Finding, ListedLine, NumberRecord, Sends};
use twilio::rest::{NumberFilter, OwnedNumber};

use crate::{
    app::App,
    failure::Failure,
    verification::can_send,
    webhooks::{self, NAME_PREFIX, address_of},
};

/// An account's numbers, as Twilio said then.
pub(crate) struct Looked {
    pub(crate) account: String,
    /// From before Twilio was asked: what became ours since need not be among them.
    at: Timestamp,
    owned: Vec<OwnedNumber>,
}

/// What a number can send, as Twilio says.
pub(crate) fn sends(number: &OwnedNumber) -> Sends {
    Sends { texts: can_send(number, Channel::Sms), calls: can_send(number, Channel::Voice) }
}

impl Looked {
    /// What a line's number can send; none if this account does not have it.
    pub(crate) fn sends(&self, line: &Line, record: Option<&NumberRecord>) -> Option<Sends> {
        let is_it = |number: &&OwnedNumber| match record {
            Some(record) => record.sid == number.sid.as_str(),
            // a line that was not bought here
            None => line.number == number.number,
        };
        self.owned.iter().find(is_it).map(sends)
    }

    /// What the account's numbers can send, by their records.
    pub(crate) fn all_sends<'r>(
        &'r self,
        records: &'r [NumberRecord],
    ) -> impl Iterator<Item = (&'r NumberRecord, Sends)> {
        let of = |record: &'r NumberRecord| {
            let number = self.owned.iter().find(|number| record.sid == number.sid.as_str());
            number.map(|number| (record, sends(number)))
        };
        records.iter().filter_map(of)
    }
}

impl App {
    /// Asks for an account's numbers: one request to Twilio for each thousand.
    pub(crate) async fn look(&self, account: &str) -> Result<Looked, Failure> {
        let at = self.clock.now();
        let owned = self.twilio(account).await?.owned_numbers(&NumberFilter::default()).all().await?;
        Ok(Looked { account: account.to_owned(), at, owned })
    }

    /// What is not as it should be, by records and lines that were read after Twilio was asked: so what is bought
    /// meanwhile has its record.
    pub(crate) async fn compare(
        &self,
        looked: &Looked,
        records: &[NumberRecord],
        listed: &[ListedLine],
    ) -> Result<Vec<Finding>, Failure> {
        let mut records: Vec<&NumberRecord> = records.iter().collect();
        records.retain(|record| record.account == looked.account);
        let mut found = Vec::new();
        for number in &looked.owned {
            match records.iter().find(|record| record.sid == number.sid.as_str()) {
                Some(record) => found.extend(self.drifted(number, record, address_of(listed, &record.line))),
                None => found.extend(self.orphaned(number).await?),
            }
        }
        let is_there = |record: &NumberRecord| looked.owned.iter().any(|number| number.sid.as_str() == record.sid);
        let is_lost =
            |record: &&&NumberRecord| record.releasing.is_none() && record.since <= looked.at && !is_there(record);
        found.extend(records.iter().filter(is_lost).map(|record| {
            let what = "The Twilio account does not have this line's number any more.";
            (format!("lost#{}", record.line), what.to_owned())
        }));
        let finding = |(about, what)| Finding { about, account: looked.account.clone(), since: looked.at, what };
        Ok(found.into_iter().map(finding).collect())
    }

    /// Keeps what somebody has just seen of one number, for those who ask while Twilio does not answer.
    pub(crate) async fn learn(&self, number: &OwnedNumber, record: &NumberRecord, fallback: Option<&Address>) {
        if let Err(failure) = self.keep(number, record, fallback).await {
            tracing::warn!(why = failure.said(), "what was seen of a number was not kept; a sweep looks at it again");
        }
    }

    async fn keep(
        &self,
        number: &OwnedNumber,
        record: &NumberRecord,
        fallback: Option<&Address>,
    ) -> Result<(), Failure> {
        self.store.keep_sends(record, sends(number)).await?;
        let found = self.drifted(number, record, fallback);
        for kind in ["drift", "fallback", "lost"] {
            let about = format!("{kind}#{}", record.line);
            match &found {
                Some((found, what)) if *found == about => {
                    let (account, since, what) = (record.account.clone(), self.clock.now(), what.clone());
                    self.store.report(&Finding { about, account, since, what }).await?;
                }
                _ => self.store.settle(&about).await?,
            }
        }
        Ok(())
    }

    fn drifted(
        &self,
        number: &OwnedNumber,
        record: &NumberRecord,
        fallback: Option<&Address>,
    ) -> Option<(String, String)> {
        let differences = webhooks::differences(number, &self.numbers, fallback);
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
}
