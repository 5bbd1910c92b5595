//! The line from which a code is sent.

use std::cmp::Reverse;

use api::Channel;
use oncall::Line;
use phone::PhoneNumber;
use store::{Integration, NumberRecord};
use twilio::{
    PhoneNumberSid,
    rest::{Client, Error, NumberFilter, OwnedNumber},
};

use crate::{
    app::App,
    failure::{Cause, Failure},
};

/// A line that may send, whose number can.
pub(super) struct Sender {
    pub(super) line: Line,
    pub(super) client: Client,
}

impl App {
    /// A line whose switch for this channel is on and whose number can send by it: of the phone's own country if there
    /// is one, and rather one that is enabled. Refuses a phone that is never to be reached.
    pub(super) async fn sender(&self, channel: Channel, to: &PhoneNumber) -> Result<Sender, Failure> {
        let lines = self.all_lines().await?;
        if lines.iter().any(|line| line.number == *to) {
            return Err(Failure::field("phone", "is a line of ours: nobody answers it"));
        }
        if to.is_premium() {
            return Err(Failure::field("phone", "is a number that costs more than a call: it is never rung"));
        }
        let integrations = self.all_integrations().await?;
        if integrations.is_empty() {
            return Err(Failure::from(Cause::NoSender).detail("No Twilio account is connected."));
        }
        let (switch, what) = match channel {
            Channel::Sms => ("sms_notifications", "texts"),
            Channel::Voice => ("voice_notifications", "calls"),
        };
        let mut may: Vec<Line> = lines.into_iter().filter(|line| may_send(line, channel)).collect();
        if may.is_empty() {
            let detail = format!("No line may send {what}: set {switch} of one.");
            return Err(Failure::from(Cause::NoSender).detail(detail));
        }
        may.sort_by_cached_key(|line| (Reverse(line.number.nearness(to)), !line.enabled, line.id.clone()));
        let records = self.all_numbers().await?;
        let mut failed = None;
        for line in may {
            let record = records.iter().find(|record| record.line == line.id.as_str());
            match self.number_at_twilio(&line, record, &integrations).await {
                Ok(Some((client, number))) if can_send(&number, channel) => return Ok(Sender { line, client }),
                Ok(_) => {}
                Err(failure) => failed = Some(failure),
            }
        }
        let detail = format!("No line with {switch} has a number that can send {what} at Twilio.");
        Err(failed.unwrap_or_else(|| Failure::from(Cause::NoSender).detail(detail)))
    }

    /// The number of a line and the account that has it; none if no account has, or if it is being given back.
    async fn number_at_twilio(
        &self,
        line: &Line,
        record: Option<&NumberRecord>,
        integrations: &[Integration],
    ) -> Result<Option<(Client, OwnedNumber)>, Failure> {
        if let Some(record) = record {
            if record.releasing.is_some() {
                return Ok(None);
            }
            let client = self.twilio(&record.account).await?;
            let sid: PhoneNumberSid = record.sid.parse().map_err(|_| Failure::from(Cause::Internal))?;
            return match client.fetch_number(&sid).await {
                Ok(number) => Ok(Some((client, number))),
                Err(Error::NotFound(_)) => Ok(None),
                Err(error) => Err(error.into()),
            };
        }
        // a line that was not bought here
        for integration in integrations {
            let client = self.twilio(&integration.account).await?;
            let filter = NumberFilter { number: Some(line.number.clone()), friendly_name: None };
            let owned = client.owned_numbers(&filter).all().await?;
            if let Some(number) = owned.into_iter().find(|owned| owned.number == line.number) {
                return Ok(Some((client, number)));
            }
        }
        Ok(None)
    }
}

/// Whether a line's switch for this channel is on.
fn may_send(line: &Line, channel: Channel) -> bool {
    match channel {
        Channel::Sms => line.sms_notifications,
        Channel::Voice => line.voice_notifications,
    }
}

/// Whether a number can send by this channel.
pub(crate) fn can_send(number: &OwnedNumber, channel: Channel) -> bool {
    match channel {
        Channel::Sms => number.capabilities.sms,
        Channel::Voice => number.capabilities.voice,
    }
}
