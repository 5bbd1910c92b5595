//! Days and months as plain numbers, for any year: local times are seconds since 1970-01-01T00:00 on the wall clock, and
//! arithmetic on them cannot fail.

/// Seconds in a day of the wall clock.
pub(super) const DAY: i64 = 86_400;
/// Seconds in a week of the wall clock.
pub(super) const WEEK: i64 = 7 * DAY;

/// Days of 400 years of the Gregorian calendar, after which it repeats.
const CYCLE: i64 = 146_097;
/// Day 0 counted from 1 March of year 0, so that the leap day ends its year.
const EPOCH_FROM_MARCH_0: i64 = 719_468;

/// Months since January of year 0, and the day of the month from 1.
pub(super) fn month_and_day(day_number: i64) -> (i64, i64) {
    let days = day_number + EPOCH_FROM_MARCH_0;
    let (cycle, day) = (days.div_euclid(CYCLE), days.rem_euclid(CYCLE));
    let year = (day - day / 1_460 + day / 36_524 - day / (CYCLE - 1)) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153; // 0 is March
    let day_of_month = day_of_year - (153 * month + 2) / 5 + 1;
    ((cycle * 400 + year) * 12 + month + 2, day_of_month)
}

/// The day number of a day of a month that is counted since January of year 0.
pub(super) fn day_number(month: i64, day_of_month: i64) -> i64 {
    let from_march = month - 2;
    let (year, month) = (from_march.div_euclid(12), from_march.rem_euclid(12));
    let (cycle, year) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * month + 2) / 5 + day_of_month - 1;
    cycle * CYCLE + year * 365 + year / 4 - year / 100 + day_of_year - EPOCH_FROM_MARCH_0
}

/// How many days the month has.
pub(super) fn days_in_month(month: i64) -> i64 {
    day_number(month + 1, 1) - day_number(month, 1)
}

/// 0 for Monday to 6 for Sunday.
pub(super) fn weekday(day_number: i64) -> u32 {
    u32::try_from((day_number + 3).rem_euclid(7)).unwrap_or_default()
}

/// A local time some months later: the same day of the month, or the month's last if it has none.
pub(super) fn add_months(local: i64, months: i64) -> i64 {
    let (month, day) = month_and_day(local.div_euclid(DAY));
    let month = month + months;
    day_number(month, day.min(days_in_month(month))) * DAY + local.rem_euclid(DAY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::{ToSpan, civil};

    #[test]
    fn every_day_of_eight_hundred_years_is_the_day_that_jiff_says() {
        let epoch = civil::date(1970, 1, 1);
        for number in -146_097..=146_097 {
            let date = epoch + (number as i32).days();
            let month = i64::from(date.year()) * 12 + i64::from(date.month()) - 1;
            assert_eq!(month_and_day(number), (month, i64::from(date.day())));
            assert_eq!(day_number(month, i64::from(date.day())), number);
            assert_eq!(days_in_month(month), i64::from(date.days_in_month()));
            assert_eq!(i64::from(weekday(number)), i64::from(date.weekday().to_monday_zero_offset()));
        }
    }

    #[test]
    fn a_month_after_a_long_months_end_is_the_short_months_end() {
        let at = |y: i64, m, d| day_number(y * 12 + m - 1, d) * DAY + 3_600;
        assert_eq!(add_months(at(2024, 1, 31), 1), at(2024, 2, 29));
        assert_eq!(add_months(at(2024, 2, 29), 12), at(2025, 2, 28));
        assert_eq!(add_months(at(2024, 3, 31), -1), at(2024, 2, 29));
    }
}
