//! Who would be rung, and why, and who would not.

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use oncall::schedule::Schedule;
use oncall::{Destination, Key, Ladder, Mode, NamedSchedule, Plan, Rung, Service};
use phone::PhoneNumber;

use crate::moment::Moment;

/// The question.
#[derive(Debug, Clone, Copy)]
pub struct Question<'q> {
    /// The key that the caller presses; none for all.
    pub digit: Option<Key>,
    /// When.
    pub at: Moment,
    /// Who calls.
    pub from: Option<&'q PhoneNumber>,
}

/// The answer, to be read by a person.
#[must_use]
pub fn explain(plan: &Plan, question: Question<'_>) -> String {
    let line = &plan.line;
    let mut out = format!("{} ({})\n", line.name, line.number.as_e164());
    if !line.enabled {
        out.push_str("  The line is disabled: it rings nobody.\n");
    }
    if question.from.is_some_and(|caller| line.blocks(caller)) {
        out.push_str("  The caller is blocked: nobody is rung.\n");
    }
    let wanted = |destination: &&Destination| question.digit.is_none_or(|digit| digit == destination.key);
    let mut any = false;
    for destination in line.destinations.iter().filter(wanted) {
        any = true;
        match plan.service(&destination.service) {
            Some(service) => about(&mut out, plan, destination, service, question),
            None => {
                let _ = writeln!(out, "  {} leads to a service that does not exist.", destination.key);
            }
        }
    }
    if !any {
        out.push_str("  That key leads nowhere: the caller would be asked again.\n");
    }
    out
}

fn about(out: &mut String, plan: &Plan, destination: &Destination, service: &Service, question: Question<'_>) {
    let schedules = plan.schedules_of(service);
    let zone_name = schedules.first().map_or("UTC", |schedule| schedule.definition.timezone.as_str());
    let zone = TimeZone::get(zone_name).unwrap_or(TimeZone::UTC);
    let Some(at) = question.at.in_zone(&zone) else {
        out.push_str("  There is no such time.\n");
        return;
    };
    let shown = at.to_zoned(zone.clone()).strftime("%A %F %H:%M:%S %:z");
    let _ = writeln!(out, "\n  {} → {}, on {shown} ({zone_name})", destination.key, service.name);
    if question.at.is_ambiguous(&zone) {
        out.push_str("    The clock changes then; give an offset to say which instant is meant.\n");
    }
    if let Some(hours) = &plan.line.support_hours
        && hours.contain(at, &plan.directory) == Ok(false)
    {
        if let Some(holiday) = hours.closed_by(at, &plan.directory) {
            let _ = writeln!(out, "    It is a holiday: {}.", holiday.name);
        }
        out.push_str("    The line is closed then: the caller may leave a message, nobody is rung.\n");
    }
    match service.mode.at(at) {
        Mode::Normal => {}
        Mode::Debug { .. } => out.push_str("    The service is being tried out: nobody is rung.\n"),
        Mode::Maintenance { .. } => out.push_str("    The service is in maintenance: nobody is rung.\n"),
    }
    let rounds = Ladder::rounds(plan, service, at, question.from, "who");
    for (round, ladder) in (1..).zip(&rounds) {
        let _ = writeln!(out, "    Round {round} of {}", rounds.len());
        for rung in &ladder.rungs {
            write_rung(out, rung);
        }
    }
    for schedule in schedules {
        write_schedule(out, schedule, at);
    }
}

fn write_rung(out: &mut String, rung: &Rung) {
    let _ = match rung {
        Rung::Ring(candidate) => {
            let step = candidate.step.map_or("fallback".to_owned(), |step| format!("step {}", step + 1));
            writeln!(
                out,
                "      ring  {step}: {}, {} for {} s: {}",
                candidate.name,
                candidate.number.as_e164(),
                candidate.ring_seconds,
                candidate.why
            )
        }
        Rung::Skip(skip) => writeln!(out, "      skip  {skip}"),
    };
}

/// What a schedule holds besides whoever is on call.
fn write_schedule(out: &mut String, schedule: &NamedSchedule, at: Timestamp) {
    let (sound, _) = Schedule::stored(&schedule.definition);
    let skipped = sound.explain(at).skipped;
    if !skipped.is_empty() {
        let _ = writeln!(out, "    In schedule {}", schedule.name);
    }
    for skip in skipped {
        let _ = writeln!(out, "      {skip}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed;

    async fn told(at: &str, digit: char, from: Option<&str>) -> String {
        let [hotline, _] = seed::tests::plans().await;
        let from = from.map(|number| number.parse::<PhoneNumber>().unwrap());
        let question = Question { digit: Key::from_char(digit), at: at.parse().unwrap(), from: from.as_ref() };
        explain(hotline, question)
    }

    #[tokio::test]
    async fn in_the_night_of_the_clock_change() {
        insta::assert_snapshot!("dst_night", told("2026-10-25T02:30", '2', None).await);
    }

    #[tokio::test]
    async fn on_the_day_of_an_override() {
        insta::assert_snapshot!("override", told("2026-11-20T12:00", '1', Some("+4791000003")).await);
    }

    #[tokio::test]
    async fn a_key_that_leads_nowhere() {
        let said = told("2026-11-20T12:00", '9', None).await;
        assert!(said.ends_with("That key leads nowhere: the caller would be asked again.\n"), "{said}");
    }
}
