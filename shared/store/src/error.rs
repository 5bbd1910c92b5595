//! What goes wrong: what passes, and what is ours.

use std::{error::Error as StdError, fmt};

use aws_sdk_dynamodb::{
    error::{ProvideErrorMetadata, SdkError},
    operation::transact_write_items::TransactWriteItemsError,
};

/// Why the store has no answer. Neither `Display` nor `Debug` repeats what an item holds.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// DynamoDB did not answer, answered too late, or said that it cannot answer now. The same request may succeed
    /// later; whether it has been carried out is not known.
    #[error("the table does not answer")]
    Unavailable(#[source] Cause),
    /// DynamoDB refused what was asked: a permission, a missing table, a malformed request. Repeating does not help.
    #[error("the table refuses the request")]
    Refused(#[source] Cause),
    /// An item is there, and no part of it that matters can be read.
    #[error("the stored {item} cannot be read: {why}")]
    Unreadable {
        /// What it is.
        item: Item,
        /// What is wrong, without what it holds.
        why: &'static str,
    },
    /// Somebody else saved the plan after the version on which this one was built.
    #[error("somebody else has saved the line in the meantime")]
    Stale,
    /// Another line has the number.
    #[error("another line has this number")]
    NumberTaken,
    /// A line would reach more than an item of the table can hold.
    #[error("the plan of line {line} has {bytes} bytes, more than the table can hold")]
    PlanTooLarge {
        /// The line's id.
        line: String,
        /// How large its plan is.
        bytes: usize,
        /// How large it may be.
        most: usize,
    },
    /// More than an item of the table can hold.
    #[error("the {item} has {bytes} bytes, more than the table can hold")]
    TooLarge {
        /// What it is.
        item: Item,
        /// How large its document is.
        bytes: usize,
    },
}

/// What an item of the table is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Item {
    /// A line and all that it can reach.
    Plan,
    /// A call.
    Call,
    /// What Twilio measured of a dialled leg.
    Leg,
    /// Where Twilio keeps what was said on a leg.
    Talk,
    /// An entry of the list of lines.
    ListedLine,
    /// A person, team, schedule, policy, service or line.
    Object,
    /// The organisation's revision.
    Organisation,
    /// An entry of the audit log.
    AuditEntry,
    /// The intent to buy a number.
    Purchase,
    /// A number as Twilio knows it.
    NumberRecord,
    /// A connected Twilio account.
    Integration,
    /// What a sweep has found.
    Finding,
    /// A bearer token.
    Token,
    /// A calendar feed.
    Feed,
    /// A routing key.
    RoutingKey,
    /// A code that was sent to a phone.
    Verification,
    /// An incident.
    Incident,
    /// Which incident a deduplication key belongs to, or what was said about it early.
    IncidentKey,
    /// What a phone was sent.
    PhoneLog,
    /// Which page a text or a call of Twilio's is.
    SentPage,
    /// What may be sent, and where to.
    SendingSettings,
    /// A conversation with somebody who texts a line.
    Conversation,
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Plan => "plan",
            Self::Call => "call",
            Self::Leg => "leg",
            Self::Talk => "talk",
            Self::ListedLine => "list of lines",
            Self::Object => "object",
            Self::Organisation => "organisation",
            Self::AuditEntry => "entry of the audit log",
            Self::Purchase => "purchase",
            Self::NumberRecord => "number",
            Self::Integration => "integration",
            Self::Finding => "finding",
            Self::Token => "token",
            Self::Feed => "feed",
            Self::RoutingKey => "routing key",
            Self::Verification => "code of a phone",
            Self::Incident => "incident",
            Self::IncidentKey => "key of an incident",
            Self::PhoneLog => "log of a phone",
            Self::SentPage => "page that was sent",
            Self::SendingSettings => "settings for sending",
            Self::Conversation => "conversation",
        })
    }
}

/// What DynamoDB or the way to it said. Long runs of digits are left out, in case one is a telephone number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Cause(String);

impl Cause {
    pub(crate) fn new(text: &str) -> Self {
        Self(phone::without_numbers(text))
    }

    fn of(error: &dyn StdError) -> Self {
        let mut text = error.to_string();
        let mut next = error.source();
        while let Some(source) = next {
            let said = source.to_string();
            if !text.ends_with(&said) {
                text.push_str(": ");
                text.push_str(&said);
            }
            next = source.source();
        }
        Self::new(&text)
    }
}

/// Codes with which DynamoDB asks for patience, as its developer guide's "Error handling" lists them.
const PASSING: [&str; 9] = [
    "InternalServerError",
    "ProvisionedThroughputExceededException",
    "ReplicatedWriteConflictException",
    "RequestLimitExceeded",
    "RequestTimeout",
    "ServiceUnavailable",
    "ThrottlingException",
    "TransactionConflictException",
    "TransactionInProgressException",
];

/// Reasons of a cancelled transaction that say the same of one of its writes.
const PASSING_REASONS: [&str; 3] = ["ProvisionedThroughputExceeded", "ThrottlingError", "TransactionConflict"];

impl Error {
    /// For a transaction of which no condition failed.
    pub(crate) fn of_transaction(error: SdkError<TransactWriteItemsError>) -> Self {
        let Some(TransactWriteItemsError::TransactionCanceledException(canceled)) = error.as_service_error() else {
            return Self::of(error);
        };
        let reasons: Vec<&str> =
            canceled.cancellation_reasons().iter().map(|reason| reason.code().unwrap_or("None")).collect();
        let cause = Cause::new(&format!("TransactionCanceledException: {}", reasons.join(", ")));
        let passing = reasons.iter().any(|reason| PASSING_REASONS.contains(reason));
        if passing { Self::Unavailable(cause) } else { Self::Refused(cause) }
    }

    pub(crate) fn of<E>(error: SdkError<E>) -> Self
    where
        E: StdError + ProvideErrorMetadata + 'static,
    {
        let passing = match &error {
            SdkError::TimeoutError(_) => true,
            SdkError::DispatchFailure(failure) => !failure.is_user(),
            // cut short or garbled on its way
            SdkError::ResponseError(_) => true,
            SdkError::ServiceError(refusal) => {
                refusal.raw().status().is_server_error()
                    || refusal.err().code().is_some_and(|code| PASSING.contains(&code))
            }
            _ => false,
        };
        let cause = match &error {
            // its own text holds the whole answer, items too
            SdkError::ServiceError(refusal) => {
                let code = refusal.err().code().unwrap_or("without a code");
                Cause::new(&format!("{code}: {}", refusal.err().message().unwrap_or("without a message")))
            }
            other => Cause::of(other),
        };
        if passing { Self::Unavailable(cause) } else { Self::Refused(cause) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, shown: &str) {
        assert_eq!(Cause::new(text).to_string(), shown);
    }

    #[test]
    fn a_cause_shows_no_telephone_number() {
        check("", "");
        check("key number#+4791234589 is wrong", "key number#+… is wrong");
        check("+4791234589", "+…");
        check("status 503 after 1200 ms", "status 503 after 1200 ms");
        check("table/dutyline, line 12345 and 123456é", "table/dutyline, line 12345 and …é");
    }
}
