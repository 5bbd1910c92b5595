//! How many events a routing key has brought in a minute. One item for each key and minute, which expires by itself:
//! nothing is shared by all keys, and nobody has to reset anything.

use jiff::Timestamp;

use crate::{
    Error, Store,
    calls::{names, winner},
    item::{number, text},
    keys::{EXPIRES_AT, Key, PK, SK},
};

/// For how long the count of a minute stays, seconds.
const KEPT: i64 = 3600;
const EVENTS: &str = "events";

/// Whether there is room in the minute.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Room {
    /// There was, and the events are counted.
    Yes,
    /// There was none, and nothing is counted.
    Full {
        /// In how many seconds the next minute begins, 1 to 60.
        seconds: u16,
    },
}

impl Store {
    /// Counts events of a routing key, by the key's SHA-256 in hexadecimal, unless `most` have been counted in the
    /// minute of `at`: one UpdateItem. The events of one request are counted together, so that the last one may go
    /// beyond; a request whose answer was lost may be counted twice.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Refused`].
    pub async fn count_events(&self, hash: &str, events: usize, most: u32, at: Timestamp) -> Result<Room, Error> {
        let second = at.as_second().rem_euclid(60);
        let minute = at.as_second() - second;
        let Key { pk, sk } = Key::event_rate(hash, minute);
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .key(PK, text(pk))
            .key(SK, text(sk))
            .condition_expression("attribute_not_exists(#events) OR #events < :most")
            .update_expression("ADD #events :events SET #expires_at = :expires_at")
            .set_expression_attribute_names(Some(names([EVENTS, EXPIRES_AT])))
            .expression_attribute_values(":events", number(events))
            .expression_attribute_values(":most", number(most))
            .expression_attribute_values(":expires_at", number(minute + KEPT));
        let full = Room::Full { seconds: u16::try_from(60 - second).unwrap_or(60) };
        Ok(if winner(update.send().await)?.is_none() { Room::Yes } else { full })
    }
}
