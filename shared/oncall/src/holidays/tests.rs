//! On which days a holiday is.

use jiff::{ToSpan, civil::Date};
use proptest::prelude::*;

use crate::{
    Holiday,
    sketch::{cases, day, holiday},
};

#[track_caller]
fn check(holiday: &Holiday, days: &[&str], others: &[&str]) {
    for (expected, days) in [(true, days), (false, others)] {
        for one in days {
            assert_eq!(holiday.covers(day(one)), expected, "{one}");
        }
    }
}

#[test]
fn a_span_of_days_includes_both_ends_and_comes_once() {
    let easter = holiday("Easter", "2026-04-02", "2026-04-06", false);
    check(&easter, &["2026-04-02", "2026-04-04", "2026-04-06"], &["2026-04-01", "2026-04-07", "2027-04-04"]);
}

#[test]
fn a_yearly_one_comes_again_and_never_before() {
    let day = holiday("Constitution Day", "2026-05-17", "2026-05-17", true);
    check(&day, &["2026-05-17", "2027-05-17", "2126-05-17"], &["2025-05-17", "2027-05-16", "2027-05-18"]);
}

#[test]
fn a_yearly_one_may_last_beyond_new_year() {
    let christmas = holiday("Christmas", "2026-12-24", "2027-01-02", true);
    check(
        &christmas,
        &["2026-12-24", "2027-01-02", "2027-12-31", "2028-01-01"],
        &["2026-01-01", "2026-12-23", "2027-01-03", "2028-01-03"],
    );
}

#[test]
fn a_leap_day_is_on_the_day_before_in_other_years() {
    let leap = holiday("Leap day", "2028-02-29", "2028-02-29", true);
    check(&leap, &["2028-02-29", "2029-02-28", "2032-02-29"], &["2029-03-01", "2032-02-28", "2027-02-28"]);
}

#[test]
fn the_last_day_that_there_is_has_an_answer() {
    let last = holiday("The end", "9999-12-30", "9999-12-31", true);
    assert!(last.covers(Date::MAX) && !last.covers(Date::MIN));
}

proptest! {
    #![proptest_config(cases(400))]

    /// Against all its spans, year by year.
    #[test]
    fn a_yearly_one_is_each_of_its_spans(first in 0..1000_i64, length in 0..99_i64, asked in -400..2000_i64) {
        let from = day("2024-01-01") + first.days();
        let to = from + length.days();
        let holiday = Holiday { name: "x".to_owned(), from, to, yearly: true };
        let asked = day("2024-01-01") + asked.days();
        let mut spans = (0..10_i64).map(|years| (from + years.years(), to + years.years()));
        prop_assert_eq!(holiday.covers(asked), spans.any(|(from, to)| from <= asked && asked <= to));
    }
}
