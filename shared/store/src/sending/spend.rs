//! What was spent on a day.

use std::time::Duration;

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use oncall::sending::DailySpend;

use crate::{
    Cause, Error, Store,
    calls::names,
    item::{number, number_of},
    keys::{EXPIRES_AT, Key},
    transaction::{Outcome, Transaction},
};

/// What was spent, in millionths of the account's currency, a number.
const SPENT: &str = "spent";
/// For how long a day's sum stays, days.
const SPEND_DAYS: i64 = 90;
/// How often it is tried again when others spend at the same moment.
const TRIES: u32 = 8;

/// The parts of spending.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Spent,
    Met,
}

impl Store {
    /// What has been spent on the day of an instant: one GetItem, strongly consistent.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn daily_spend(&self, at: Timestamp) -> Result<DailySpend, Error> {
        let day = day(at);
        let item = self.get_one(Key::spend(day)).await?;
        Ok(DailySpend { day, spent: item.as_ref().and_then(|item| number_of(item, SPENT)).unwrap_or(0) })
    }

    /// Spends, unless as much has been spent that day as may be; the last one may go beyond it. Says whether it may.
    /// One transaction, so that a repetition after a lost answer is carried out once.
    ///
    /// # Errors
    /// [`Error::Unavailable`]: it may or may not be spent. [`Error::Refused`].
    pub async fn spend(&self, cost: u64, cap: Option<u64>, at: Timestamp) -> Result<bool, Error> {
        if cap == Some(0) {
            return Ok(false);
        }
        let expires_at = at.as_second() + SPEND_DAYS * 86_400;
        for tried in 0..TRIES {
            let update = self
                .to_update(Key::spend(day(at)).attributes())
                .update_expression("SET #expires_at = :expires_at ADD #spent :cost")
                .set_expression_attribute_names(Some(names([SPENT, EXPIRES_AT])))
                .expression_attribute_values(":expires_at", number(expires_at))
                .expression_attribute_values(":cost", number(cost));
            let update = match cap {
                None => update,
                Some(cap) => update
                    .condition_expression("attribute_not_exists(#spent) OR #spent < :cap")
                    .expression_attribute_values(":cap", number(cap)),
            };
            let mut transaction = Transaction::default();
            transaction.update(Part::Spent, update)?;
            match transaction.commit(self, Part::Met).await? {
                Outcome::Done => return Ok(true),
                Outcome::Refused(Part::Spent) => return Ok(false),
                Outcome::Refused(Part::Met) => {
                    let pause = fastrand::u64(5..=20 << tried.min(4));
                    tokio::time::sleep(Duration::from_millis(pause)).await;
                }
            }
        }
        Err(Error::Unavailable(Cause::new("others spend at the same time")))
    }
}

fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}
