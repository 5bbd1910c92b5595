//! Services, and their modes.

use api::{FieldError, Mode, ModeChange, Service, ServiceMode};
use axum::extract::State;
use jiff::{SignedDuration, Timestamp};
use oncall::{PolicyId, ServiceId};

use crate::{
    answer::Changed,
    app::App,
    argument::{Body, Id},
    caller::{Admin, Caller, Operator},
    endpoint::{Endpoint, put},
    failure::Failure,
    objects::{self, Kept, change},
};

/// Minutes of a year: the longest time for which a mode is set.
const A_YEAR: u32 = 365 * 24 * 60;

pub(crate) fn endpoints() -> Vec<Endpoint> {
    let mode = put("/services/{id}/mode", set_mode).says(
        "Sets a service's mode",
        "For `minutes`, or until an instant, or for good. It needs no condition: the last word counts.",
    );
    objects::endpoints::<Service>().into_iter().chain([mode]).collect()
}

async fn set_mode(
    caller: Caller<Operator>,
    State(app): State<App>,
    Id(id): Id,
    Body(wanted): Body<ModeChange>,
) -> Result<Changed<Service>, Failure> {
    let mode = mode_of(&wanted, app.clock.now()).map_err(|error| Failure::refused(vec![error]))?;
    let set = |service: &mut oncall::Service| {
        service.mode = mode;
        Ok(())
    };
    change(&app, &caller, &id, set).await.map(Changed)
}

fn mode_of(wanted: &ModeChange, now: Timestamp) -> Result<oncall::Mode, FieldError> {
    let until = match (wanted.minutes, wanted.until) {
        (Some(_), Some(_)) => return Err(FieldError::new("until", "cannot be given together with minutes")),
        (Some(minutes), None) if !(1..=A_YEAR).contains(&minutes) => {
            return Err(FieldError::new("minutes", format!("must be between 1 and {A_YEAR}")));
        }
        (Some(minutes), None) => now.checked_add(SignedDuration::from_mins(minutes.into())).ok(),
        (None, until) => until,
    };
    if until.is_some_and(|until| until <= now) {
        return Err(FieldError::new("until", "must be in the future"));
    }
    let given = if wanted.minutes.is_some() { "minutes" } else { "until" };
    domain_mode(&ServiceMode { mode: wanted.mode, until }, given)
}

/// `until` is the field in which the end was given.
fn domain_mode(mode: &ServiceMode, until: &str) -> Result<oncall::Mode, FieldError> {
    match (mode.mode, mode.until) {
        (Mode::Normal, None) => Ok(oncall::Mode::Normal),
        (Mode::Normal, Some(_)) => Err(FieldError::new(until, "has no meaning for the normal mode: it does not end")),
        (Mode::Debug, until) => Ok(oncall::Mode::Debug { until }),
        (Mode::Maintenance, until) => Ok(oncall::Mode::Maintenance { until }),
    }
}

pub(crate) fn shown_mode(mode: oncall::Mode) -> ServiceMode {
    match mode {
        oncall::Mode::Normal => ServiceMode { mode: Mode::Normal, until: None },
        oncall::Mode::Debug { until } => ServiceMode { mode: Mode::Debug, until },
        oncall::Mode::Maintenance { until } => ServiceMode { mode: Mode::Maintenance, until },
    }
}

impl Kept for Service {
    type Domain = oncall::Service;
    type Editor = Admin;
    const PREFIX: &'static str = "sv";

    fn shown(service: oncall::Service) -> Self {
        Self {
            id: Some(service.id.to_string()),
            name: service.name,
            policy: service.policy.to_string(),
            mode: Some(shown_mode(service.mode)),
            acknowledged_minutes: service.acknowledged_minutes,
        }
    }

    fn domain(self, id: &str, before: Option<&oncall::Service>) -> Result<oncall::Service, Vec<FieldError>> {
        let mode = match &self.mode {
            Some(mode) => domain_mode(mode, "mode.until").map_err(|error| vec![error])?,
            None => before.map(|service| service.mode).unwrap_or_default(),
        };
        Ok(oncall::Service {
            id: ServiceId::new(id),
            name: self.name,
            policy: PolicyId::new(self.policy),
            mode,
            acknowledged_minutes: self.acknowledged_minutes,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(change: &str, expected: Result<oncall::Mode, &str>) {
        let now = "2026-11-20T09:00:00Z".parse().unwrap();
        let mode = mode_of(&serde_json::from_str(change).unwrap(), now);
        assert_eq!(mode.as_ref().map_err(|error| error.field.as_str()), expected.as_ref().map_err(|field| *field));
    }

    #[test]
    fn a_mode_ends_in_the_future_or_never() {
        let until = |text: &str| Some(text.parse().unwrap());
        check(r#"{"mode": "normal"}"#, Ok(oncall::Mode::Normal));
        check(r#"{"mode": "debug"}"#, Ok(oncall::Mode::Debug { until: None }));
        let in_an_hour = oncall::Mode::Maintenance { until: until("2026-11-20T10:00:00Z") };
        check(r#"{"mode": "maintenance", "minutes": 60}"#, Ok(in_an_hour));
        check(r#"{"mode": "maintenance", "until": "2026-11-20T11:00:00+01:00"}"#, Ok(in_an_hour));
        check(r#"{"mode": "maintenance", "until": "2026-11-20T09:00:00Z"}"#, Err("until"));
        check(r#"{"mode": "maintenance", "minutes": 0}"#, Err("minutes"));
        check(r#"{"mode": "maintenance", "minutes": 525601}"#, Err("minutes"));
        check(r#"{"mode": "normal", "minutes": 5}"#, Err("minutes"));
        check(r#"{"mode": "debug", "minutes": 5, "until": "2026-11-21T09:00:00Z"}"#, Err("until"));
    }
}
