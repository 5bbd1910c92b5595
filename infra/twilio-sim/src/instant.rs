//! Virtual instants as text.
use std::time::Duration;

use jiff::{Timestamp, fmt::rfc2822::DateTimePrinter, tz::TimeZone};

/// `Thu, 30 Jul 2015 23:19:04 +0000`, as the 2010 API writes times.
pub(crate) fn rfc2822(at: Duration) -> String {
    let at = timestamp(at).to_zoned(TimeZone::UTC);
    DateTimePrinter::new().zoned_to_string(&at).unwrap_or_default()
}

/// `2015-07-30T23:19:04Z`.
pub(crate) fn rfc3339(at: Duration) -> String {
    timestamp(at).to_string()
}

fn timestamp(at: Duration) -> Timestamp {
    let seconds = i64::try_from(at.as_secs()).unwrap_or_default();
    Timestamp::from_second(seconds).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_formats() {
        let at = Duration::from_secs(1_438_298_344);
        assert_eq!(rfc2822(at), "Thu, 30 Jul 2015 23:19:04 +0000");
        assert_eq!(rfc3339(at), "2015-07-30T23:19:04Z");
    }
}
