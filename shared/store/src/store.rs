use aws_sdk_dynamodb::Client;
use jiff::Timestamp;

/// The table, and how long its items stay.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) client: Client,
    pub(crate) table: String,
    retention: Retention,
}

/// How long items stay in the table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Retention {
    /// Calls and their legs, days since the call came in; incidents, days since they were over.
    pub call_log_days: u32,
}

impl Store {
    /// A table as `docs/data.md` describes it, which exists.
    pub fn new(client: Client, table: impl Into<String>, retention: Retention) -> Self {
        Self { client, table: table.into(), retention }
    }

    /// When a call that came in, or an incident that was over, at an instant may go, in seconds since 1970.
    pub(crate) fn expiry(&self, at: Timestamp) -> i64 {
        at.as_second() + i64::from(self.retention.call_log_days) * 86_400
    }
}
