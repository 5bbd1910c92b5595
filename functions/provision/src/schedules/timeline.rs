//! Who was, is and will be on call, by a schedule that is kept or by one that nobody has saved.

use std::collections::{BTreeMap, BTreeSet};

use api::{LayerShifts, Override, SchedulePreview, Shift, Timeline, WindowQuery};
use axum::extract::State;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use oncall::{
    NamedSchedule,
    schedule::{FinalShift, History, Schedule},
};

use super::{
    on_call::{history, shown, zone},
    override_id, shown_override,
};
use crate::{
    answer::Shown,
    app::App,
    argument::{Id, Query, Unsaved},
    caller::{Caller, Reader},
    endpoint::{Endpoint, get, post},
    failure::Failure,
    objects::{Kept as _, checked_id},
};

/// How far the timeline reaches to either side of now, if nothing is said.
const REACH: SignedDuration = SignedDuration::from_hours(60 * 24);
/// The longest timeline.
const LONGEST: SignedDuration = SignedDuration::from_hours(120 * 24);
/// How many bytes of shifts are told at most. A function may answer with 6 MB.
const MOST_BYTES: usize = 4 * 1024 * 1024;
/// What a shift's members take that do not depend on who and why.
const SHIFT_BYTES: usize = 120;
/// The id of a schedule that has none yet.
const UNSAVED: &str = "unsaved";

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        get("/schedules/{id}/timeline", timeline)
            .says("Who is on call when", "Shift by shift, gaps too. Past shifts are what they were."),
        post("/schedules/preview", preview).says(
            "Who would be on call when",
            "By a schedule that nobody has saved, as if it had always been so. It is refused as saving it would be. \
             Nothing is saved.",
        ),
    ]
}

/// A schedule over time.
struct Told {
    schedule: String,
    zone: TimeZone,
    /// What it was from which instant on.
    versions: Vec<(Timestamp, NamedSchedule)>,
    from: Timestamp,
    to: Timestamp,
    detail: bool,
}

async fn timeline(
    _: Caller<Reader>,
    State(app): State<App>,
    Id(id): Id,
    Query(query): Query<WindowQuery>,
) -> Result<Shown<Timeline>, Failure> {
    let (from, to) = window((query.from, query.to), app.clock.now())?;
    let (named, versions) = history(&app, &id, from).await?;
    let told = Told { schedule: id, zone: zone(&named), versions, from, to, detail: query.detail };
    app.rendered(&told).await.map(Shown)
}

async fn preview(
    caller: Caller<Reader>,
    State(app): State<App>,
    Unsaved(wanted): Unsaved<SchedulePreview>,
) -> Result<Shown<Timeline>, Failure> {
    let (from, to) = window((wanted.from, wanted.to), app.clock.now())?;
    let named = app.sound(&caller, wanted.schedule).await.map_err(|failure| failure.under("schedule"))?;
    let (schedule, zone, detail) = (named.id.to_string(), zone(&named), wanted.detail);
    let versions = vec![(Timestamp::MIN, named)];
    app.rendered(&Told { schedule, zone, versions, from, to, detail }).await.map(Shown)
}

impl App {
    /// The schedule, if it could be saved as it is.
    async fn sound(&self, caller: &Caller<Reader>, wanted: api::Schedule) -> Result<NamedSchedule, Failure> {
        let id = wanted.id.as_deref().map(checked_id::<api::Schedule>).transpose()?;
        let named = wanted.domain(id.as_deref().unwrap_or(UNSAVED), None).map_err(Failure::refused)?;
        self.foreseen(caller, named).await
    }

    async fn rendered(&self, told: &Told) -> Result<Timeline, Failure> {
        let versions = told.versions.iter().map(|(saved, named)| (*saved, Schedule::stored(&named.definition).0));
        let history = History::new(versions);
        let mut budget = Budget(MOST_BYTES);
        let shifts = told.shifts(&history, &mut budget)?;
        let (mut layers, mut overrides) = (None, None);
        if told.detail {
            let mut rows = Vec::new();
            for layer in history.layers() {
                let mut shifts = told.shifts(&layer.history, &mut budget)?;
                shifts.retain(|shift| !shift.gap);
                rows.push(LayerShifts { name: layer.name, priority: layer.priority, shifts });
            }
            (layers, overrides) = (Some(rows), Some(told.overrides()));
        }
        let in_layers = layers.iter().flatten().flat_map(|layer| &layer.shifts);
        let in_shifts = shifts.iter().chain(in_layers).flat_map(|shift| &shift.people);
        let in_overrides = overrides.iter().flatten().flat_map(|one| &one.users);
        let people: BTreeSet<&str> = in_shifts.chain(in_overrides).map(String::as_str).collect();
        let names = self.names_of_people(&people).await?;
        let (from, to) = (shown(told.from, &told.zone), shown(told.to, &told.zone));
        Ok(Timeline { schedule: told.schedule.clone(), from, to, shifts, layers, overrides, names })
    }
}

impl Told {
    fn shifts(&self, history: &History, budget: &mut Budget) -> Result<Vec<Shift>, Failure> {
        let shifts = history.shifts(self.from, self.to).map_err(|error| Failure::field("to", error.to_string()))?;
        shifts.iter().map(|shift| budget.spend(shown_shift(shift, &self.zone))).collect()
    }

    /// The overrides that were in force at some time of the window, by their start.
    fn overrides(&self) -> Vec<Override> {
        let ends = self.versions.iter().skip(1).map(|(saved, _)| *saved).chain([Timestamp::MAX]);
        let mut found = BTreeMap::new();
        for ((saved, named), replaced) in self.versions.iter().zip(ends) {
            let (first, last) = (self.from.max(*saved), self.to.min(replaced));
            for one in &named.definition.overrides {
                let times = one.start.parse::<Timestamp>().ok().zip(one.end.parse::<Timestamp>().ok());
                if let Some((start, _)) = times.filter(|(start, end)| *start.max(&first) < *end.min(&last)) {
                    found.entry((start, override_id(one))).or_insert_with(|| shown_override(one.clone()));
                }
            }
        }
        found.into_values().collect()
    }
}

/// How much more may be told.
struct Budget(usize);

impl Budget {
    fn spend(&mut self, shift: Shift) -> Result<Shift, Failure> {
        let words = shift.people.iter().chain(&shift.reasons).map(|word| word.len() + ",\"\"".len());
        let left = self.0.checked_sub(SHIFT_BYTES + words.sum::<usize>());
        let long = || Failure::field("to", "must come earlier: so many shifts are more than one answer holds");
        self.0 = left.ok_or_else(long)?;
        Ok(shift)
    }
}

fn window(asked: (Option<Timestamp>, Option<Timestamp>), now: Timestamp) -> Result<(Timestamp, Timestamp), Failure> {
    let shifted = |at: Timestamp, by: SignedDuration, limit| at.checked_add(by).unwrap_or(limit);
    let (from, to) = match asked {
        (Some(from), Some(to)) => (from, to),
        (Some(from), None) => (from, shifted(from, LONGEST, Timestamp::MAX)),
        (None, Some(to)) => (shifted(to, -LONGEST, Timestamp::MIN), to),
        (None, None) => (shifted(now, -REACH, Timestamp::MIN), shifted(now, REACH, Timestamp::MAX)),
    };
    if to <= from {
        return Err(Failure::field("to", "must come after from"));
    }
    if to.duration_since(from) > LONGEST {
        return Err(Failure::field("to", "must be at most 120 days after from"));
    }
    Ok((from, to))
}

fn shown_shift(shift: &FinalShift<'_>, zone: &TimeZone) -> Shift {
    Shift {
        start: shown(shift.start, zone),
        end: shown(shift.end, zone),
        gap: shift.is_gap(),
        people: shift.people.iter().map(ToString::to_string).collect(),
        reasons: shift.reasons.iter().map(ToString::to_string).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timeline_has_an_end() {
        let at = |text: &str| Some(text.parse().unwrap());
        let now = "2026-11-20T09:00:00Z".parse().unwrap();
        let window = |from, to| window((from, to), now);
        let (from, to) = window(None, None).unwrap();
        assert_eq!((from.to_string(), to.to_string()), ("2026-09-21T09:00:00Z".into(), "2027-01-19T09:00:00Z".into()));
        assert!(window(at("2026-01-01T00:00Z"), None).is_ok() && window(None, at("2026-01-01T00:00Z")).is_ok());
        assert!(window(at("2026-01-01T00:00Z"), at("2026-01-01T00:00Z")).is_err());
        assert!(window(at("2026-01-01T00:00Z"), at("2026-05-02T00:00Z")).is_err());
    }
}
