//! A plan judged, and carried out.

use api::{Change, ChangeOutcome, Notice};
use jiff::SignedDuration;
use store::{Error, Expected, SaveError, SavedObject};

use super::plan::{Place, Plan, Settings, Step, comes_of_what_goes};
use crate::{
    app::App,
    caller::{Admin, Caller},
    failure::Failure,
    field::{notice, spoken_field},
    objects::prompts,
};

/// For how long steps are begun. The function has 29 s, of which the last step needs some: it may wait for others.
const PATIENCE: SignedDuration = SignedDuration::from_secs(15);
/// How often in a row the table may be away before the rest is left for later.
const MOST_AWAY: u32 = 2;

/// What may not mean what somebody meant, if nothing is wrong.
pub(super) async fn judged(app: &App, caller: &Caller<Admin>, plan: &Plan) -> Result<Vec<Notice>, Failure> {
    let (places, objects): (Vec<&Place>, Vec<_>) =
        plan.kept.iter().map(|(place, object)| (place, object.clone())).unzip();
    let (prompts, gone) = (prompts(), plan.gone());
    let reviews = app.store.foresee(&objects, &gone, &app.context(caller, &prompts)).await?;
    let (mut errors, mut warnings) = (Vec::new(), Vec::new());
    for (place, review) in places.into_iter().zip(&reviews) {
        // what stays as it is can only become wrong by what goes
        let is_new = matches!(place, Place::At { is_new: true, .. });
        let counts = |problem| is_new || !gone.is_empty() && comes_of_what_goes(problem);
        let refusals = review.refusals.iter().filter(|one| counts(one.problem));
        errors.extend(refusals.map(|one| place.refusal(&spoken_field(&one.field), one.problem)));
        if let Place::At { .. } = place {
            let notices = review.warnings.iter().map(notice).map(|one| place.error(&one.field, &one.message));
            warnings.extend(notices.map(|one| Notice { field: one.field, message: one.message }));
        }
    }
    if errors.is_empty() { Ok(warnings) } else { Err(Failure::refused(errors)) }
}

/// Carries out what can be: a step that fails does not keep others from being made.
pub(super) async fn carried_out(app: &App, caller: &Caller<Admin>, plan: Plan) -> (Vec<Change>, Vec<String>) {
    let begun = app.clock.now();
    let (mut changes, mut rebuilding, mut away) = (Vec::new(), Vec::new(), 0);
    for step in plan.steps {
        if away == MOST_AWAY || app.clock.now().duration_since(begun) > PATIENCE {
            changes.push(step.change(ChangeOutcome::Postponed));
            continue;
        }
        match carry_out(app, caller, &step).await {
            Ok(saved) => {
                away = 0;
                rebuilding = saved.rebuilding.iter().map(ToString::to_string).collect();
                changes.push(step.change(ChangeOutcome::Done));
            }
            Err(error) => {
                away = if matches!(error, SaveError::Store(Error::Unavailable(_))) { away + 1 } else { 0 };
                let mut problem = Failure::from(error).into_problem();
                for error in &mut problem.errors {
                    *error = step.place.error(&error.field, &error.message);
                }
                changes.push(Change { problem: Some(problem), ..step.change(ChangeOutcome::Failed) });
            }
        }
    }
    if let Some(settings) = plan.sending {
        let is_late = away == MOST_AWAY || app.clock.now().duration_since(begun) > PATIENCE;
        changes.push(if is_late {
            settings.change(ChangeOutcome::Postponed)
        } else {
            set(app, caller, &settings).await
        });
    }
    (changes, rebuilding)
}

async fn set(app: &App, caller: &Caller<Admin>, settings: &Settings) -> Change {
    let saved = app.store.save_sending_settings(&settings.wanted, &caller.author, app.clock.now()).await;
    let failure = match saved {
        Ok(true) => return settings.change(ChangeOutcome::Done),
        Ok(false) => Failure::stale(None),
        Err(error) => error.into(),
    };
    let problem = Some(failure.under("sending").into_problem());
    Change { problem, ..settings.change(ChangeOutcome::Failed) }
}

async fn carry_out(app: &App, caller: &Caller<Admin>, step: &Step) -> Result<SavedObject, SaveError> {
    let prompts = prompts();
    let context = app.context(caller, &prompts);
    // what somebody else has saved since it was compared is not overwritten
    let expected = step.version.map_or(Expected::Absent, Expected::Version);
    match &step.object {
        Some(object) => app.store.save_object(object, expected, &context).await,
        None => app.store.delete_object(&step.name, expected, &context).await,
    }
}
