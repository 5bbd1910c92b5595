//! Between instants and the wall clock of one time zone.

use super::calendar::{DAY, day_number, month_and_day};
use jiff::{
    Timestamp, civil,
    tz::{TimeZone, TimeZoneDatabase},
};

/// Later than every instant: what lies beyond the last date that a clock can show.
pub(super) const NEVER: i64 = i64::MAX;

/// Two offsets of one zone differ by less than this many seconds, whatever its rules (an offset is under 26 hours).
const WIDEST: i64 = 52 * 3_600;
/// How far ahead of a moment near a clock change its `unrest` holds, in seconds.
const AHEAD: i64 = 6 * 3_600;

/// An IANA time zone, from the database that is compiled in: the same answer on every machine.
#[derive(Clone, Debug)]
pub(super) struct Zone(TimeZone);

/// An instant as one zone's wall clock shows it. All in seconds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    /// Since 1970 UTC, rounded down.
    pub(super) second: i64,
    /// On the wall clock, see `calendar`.
    pub(super) local: i64,
    /// How far instants and wall clock may disagree on the order of a time and this one. A local time more than this before
    /// `local` has come, one more than this after it has not; 0 where no clock change is near.
    pub(super) unrest: i64,
    /// Until this instant the offset and `unrest` hold.
    pub(super) calm_until: i64,
}

impl Zone {
    /// The zone of this name, unless the database has none. An offset is not a name.
    pub(super) fn named(name: &str) -> Option<Self> {
        let zone = TimeZoneDatabase::bundled().get(name).ok()?;
        (!zone.is_unknown()).then_some(Self(zone))
    }

    /// What the wall clock shows at this instant, and how near it is to a change.
    pub(super) fn moment(&self, second: i64) -> Moment {
        let offset = self.offset(second);
        let local = second + offset;
        let mut unrest = 0;
        let mut before = None;
        for change in self.0.following(timestamp(second.saturating_sub(WIDEST))) {
            let at = change.timestamp().as_second();
            if at > second + WIDEST {
                if before.is_none() {
                    return Moment { second, local, unrest: 0, calm_until: at - WIDEST };
                }
                break;
            }
            let now = i64::from(change.offset().seconds());
            unrest += (now - before.unwrap_or_else(|| self.offset(at - 1))).abs();
            before = Some(now);
        }
        let calm_until = if before.is_none() { NEVER } else { second + AHEAD };
        Moment { second, local, unrest, calm_until }
    }

    /// When the wall clock shows this: the first time if it does twice, and later by the gap if it never does.
    pub(super) fn instant(&self, local: i64) -> i64 {
        let Some(shown) = civil(local) else {
            return NEVER;
        };
        self.0.to_ambiguous_timestamp(shown).compatible().map_or(NEVER, Timestamp::as_second)
    }

    fn offset(&self, second: i64) -> i64 {
        i64::from(self.0.to_offset(timestamp(second)).seconds())
    }
}

/// The nearest instant that jiff knows.
pub(super) fn timestamp(second: i64) -> Timestamp {
    let nearest = if second < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_second(second).unwrap_or(nearest)
}

/// Seconds since 1970, rounded down also before it.
pub(super) fn whole_second(instant: Timestamp) -> i64 {
    instant.as_second() - i64::from(instant.subsec_nanosecond() < 0)
}

fn civil(local: i64) -> Option<civil::DateTime> {
    let (month, day) = month_and_day(local.div_euclid(DAY));
    let second = i32::try_from(local.rem_euclid(DAY)).ok()?;
    let year = i16::try_from(month.div_euclid(12)).ok()?;
    let month = i8::try_from(month.rem_euclid(12) + 1).ok()?;
    let date = civil::Date::new(year, month, i8::try_from(day).ok()?).ok()?;
    let (hour, minute) = (i8::try_from(second / 3_600).ok()?, i8::try_from(second / 60 % 60).ok()?);
    let time = civil::Time::new(hour, minute, i8::try_from(second % 60).ok()?, 0).ok()?;
    Some(date.to_datetime(time))
}

/// Seconds since 1970-01-01T00:00 on the wall clock.
pub(super) fn local(shown: civil::DateTime) -> i64 {
    let month = i64::from(shown.year()) * 12 + i64::from(shown.month()) - 1;
    day_number(month, i64::from(shown.day())) * DAY + second_of_day(shown.time())
}

/// Seconds since midnight.
pub(super) fn second_of_day(time: civil::Time) -> i64 {
    i64::from(time.hour()) * 3_600 + i64::from(time.minute()) * 60 + i64::from(time.second())
}
