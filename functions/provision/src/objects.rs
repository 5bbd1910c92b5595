//! The seven kinds of objects, by the same five handlers.
//!
//! What differs is how JSON becomes the domain's type: an implementation of [`Kept`] in a file for each kind.

use api::{FieldError, Page, PageQuery, Stored};
use axum::extract::State;
use store::{Configured, Expected, Patience, SaveContext, SaveError, SavedObject};
use utoipa::ToSchema;

use crate::{
    answer::{Created, Found, Removed, Saved, Shown},
    app::App,
    argument::{Condition, Conditions, Draft, Id, Query, page},
    caller::{Caller, Rank, Reader},
    endpoint::{BASE, Endpoint, delete, get, post, put},
    failure::{Cause, Failure},
    field::{lost, notice},
    secret::random_letters,
};

/// A kind of object, between its JSON and the domain.
pub(crate) trait Kept: api::Resource + ToSchema + Clone + Send + Sync + 'static {
    /// The domain's type.
    type Domain: Configured;
    /// Who makes, changes and deletes one.
    type Editor: Rank;

    /// What the ids that we make begin with.
    const PREFIX: &'static str;
    /// What stands in the place of an id in other paths, and so can be none.
    const RESERVED: &'static [&'static str] = &[];

    /// As JSON shows it.
    fn shown(domain: Self::Domain) -> Self;

    /// As the domain has it, under this id. `before` is what is kept now: what a client cannot set stays as it is.
    fn domain(self, id: &str, before: Option<&Self::Domain>) -> Result<Self::Domain, Vec<FieldError>>;
}

/// Where all of a kind are seen, replaced and deleted, and new ones are made.
pub(crate) fn endpoints<T: Kept>() -> Vec<Endpoint> {
    let (all, kind) = (format!("/{}", T::PATH), T::KIND);
    let create = post(&all, create::<T>)
        .says(&format!("Makes a new {kind}"), "Its id is chosen here, or made by the server if it is left out.")
        .refuses(&[Cause::Exists]);
    let delete = delete(&format!("{all}/{{id}}"), remove::<T>)
        .says(&format!("Deletes the {kind}"), "What others name stays; the answer then lists who. Send `If-Match`.")
        .refuses(&[Cause::InUse, Cause::Stale, Cause::PreconditionRequired]);
    readable::<T>().into_iter().chain([create, delete]).collect()
}

/// Where all of a kind are seen and each is replaced.
pub(crate) fn readable<T: Kept>() -> Vec<Endpoint> {
    let (all, one, kind) = (format!("/{}", T::PATH), format!("/{}/{{id}}", T::PATH), T::KIND);
    let text = "What is left out is as if it had never been set. Send `If-Match`, or `If-None-Match: *` to create.";
    let replace = put(&one, replace::<T>).says(&format!("Replaces the {kind}"), text);
    vec![
        get(&all, list::<T>).says(&format!("Lists objects: {kind}"), "By id, a page at a time."),
        get(&one, read::<T>).says(&format!("Shows the {kind}"), "With its ETag."),
        replace.refuses(&[Cause::Stale, Cause::PreconditionRequired]),
    ]
}

async fn list<T: Kept>(
    _: Caller<Reader>,
    State(app): State<App>,
    Query(query): Query<PageQuery>,
) -> Result<Shown<Page<Stored<T>>>, Failure> {
    let (cursor, limit) = page(query)?;
    let found = app.store.list::<T::Domain>(cursor.as_deref(), limit).await?;
    Ok(Shown(Page { items: found.items.into_iter().map(stored).collect(), next: found.next }))
}

async fn read<T: Kept>(
    _: Caller<Reader>,
    State(app): State<App>,
    conditions: Conditions,
    Id(id): Id,
) -> Result<Found<T>, Failure> {
    let found = app.store.find::<T::Domain>(&id).await?.ok_or(Cause::NotFound)?;
    Ok(if conditions.is_known(found.version) { Found::Known(found.version) } else { Found::Stored(stored(found)) })
}

async fn create<T: Kept>(
    caller: Caller<T::Editor>,
    State(app): State<App>,
    Draft(draft): Draft<T>,
) -> Result<Created<T>, Failure> {
    let id = match draft.id() {
        Some(id) => checked_id::<T>(id)?,
        None => format!("{}_{}", T::PREFIX, random_letters(10)?),
    };
    let value = draft.domain(&id, None).map_err(Failure::refused)?;
    match app.save(&caller, &value, Expected::Absent).await {
        Ok(saved) if saved.changed => Ok(Created(saved_object(value, saved, true))),
        // even if it is the same
        Ok(_) | Err(SaveError::Stale { .. }) => Err(Cause::Exists.into()),
        Err(error) => Err(error.into()),
    }
}

async fn replace<T: Kept>(
    caller: Caller<T::Editor>,
    State(app): State<App>,
    conditions: Conditions,
    Id(id): Id,
    Draft(draft): Draft<T>,
) -> Result<Saved<T>, Failure> {
    let id = checked_id::<T>(&id)?;
    if draft.id().is_some_and(|own| own != id) {
        return Err(Failure::field("id", "must be the one in the path, or left out"));
    }
    let condition = conditions.of_write()?;
    let mut turns = Turns::of(&condition);
    loop {
        let found = app.store.find::<T::Domain>(&id).await?;
        let expected = expected(&condition, found.as_ref().map(|found| found.version))?;
        let before = found.as_ref().map(|found| &found.value);
        let value = draft.clone().domain(&id, before).map_err(Failure::refused)?;
        match app.save(&caller, &value, expected).await {
            Ok(saved) => return Ok(saved_object(value, saved, before.is_none())),
            Err(error) => turns.next(error).await?,
        }
    }
}

async fn remove<T: Kept>(
    caller: Caller<T::Editor>,
    State(app): State<App>,
    conditions: Conditions,
    Id(id): Id,
) -> Result<Removed, Failure> {
    let condition = conditions.of_write()?;
    let mut turns = Turns::of(&condition);
    let prompts = prompts();
    loop {
        let found = app.store.find::<T::Domain>(&id).await?.ok_or(Cause::NotFound)?;
        let expected = expected(&condition, Some(found.version))?;
        match app.store.delete::<T::Domain>(&id, expected, &app.context(&caller, &prompts)).await {
            Ok(_) => return Ok(Removed),
            Err(error) => turns.next(error).await?,
        }
    }
}

/// Changes an object in place, whatever version it has: for changes that mean the same whatever else has changed.
pub(crate) async fn change<T: Kept, R: Send + Sync>(
    app: &App,
    caller: &Caller<R>,
    id: &str,
    change: impl Fn(&mut T::Domain) -> Result<(), Failure>,
) -> Result<Stored<T>, Failure> {
    let mut turns = Turns::of(&Condition::Present);
    loop {
        let mut value = app.store.find::<T::Domain>(id).await?.ok_or(Cause::NotFound)?;
        change(&mut value.value)?;
        match app.save(caller, &value.value, Expected::Version(value.version)).await {
            Ok(saved) => return Ok(saved_object(value.value, saved, false).stored),
            Err(error) => turns.next(error).await?,
        }
    }
}

/// Turns of a change that somebody else may overtake. Whoever does not name a version gets another turn, for a while.
pub(crate) struct Turns(Option<Patience>);

impl Turns {
    pub(crate) fn of(condition: &Condition) -> Self {
        Self((*condition == Condition::Present).then(Patience::default))
    }

    /// Waits for the next turn; if there is none, this is why.
    pub(crate) async fn next(&mut self, why: SaveError) -> Result<(), Failure> {
        let is_stale = matches!(why, SaveError::Stale { .. });
        let Some(patience) = self.0.as_mut().filter(|_| is_stale) else { return Err(why.into()) };
        if patience.waits().await { Ok(()) } else { Err(SaveError::Busy.into()) }
    }
}

impl App {
    async fn save<T: Configured, R>(
        &self,
        caller: &Caller<R>,
        value: &T,
        expected: Expected,
    ) -> Result<SavedObject, SaveError> {
        let prompts = prompts();
        self.store.save(value, expected, &self.context(caller, &prompts)).await
    }

    /// An object, if it could be saved as it is. Nothing is saved.
    pub(crate) async fn foreseen<T: Configured, R>(&self, caller: &Caller<R>, value: T) -> Result<T, Failure> {
        let (prompts, objects) = (prompts(), [value.clone().into()]);
        let reviews = self.store.foresee(&objects, &[], &self.context(caller, &prompts)).await?;
        match reviews.into_iter().find(|review| !review.is_sound()) {
            Some(review) => Err(SaveError::Refused(review).into()),
            None => Ok(value),
        }
    }

    pub(crate) fn context<'a, R>(&self, caller: &'a Caller<R>, prompts: &'a [&'a str]) -> SaveContext<'a> {
        SaveContext { by: &caller.author, at: self.clock.now(), prompts }
    }
}

/// The names of the sentences that a line may replace.
pub(crate) fn prompts() -> Vec<&'static str> {
    words::Prompt::ALL.iter().map(|prompt| prompt.name()).collect()
}

/// What the store is to find, if the condition holds for what is there.
fn expected(condition: &Condition, current: Option<u64>) -> Result<Expected, Failure> {
    match (condition, current) {
        (Condition::Absent, None) => Ok(Expected::Absent),
        (Condition::Present, Some(version)) => Ok(Expected::Version(version)),
        (Condition::Versions(versions), Some(version)) if versions.contains(&version) => Ok(Expected::Version(version)),
        _ => Err(Failure::stale(current)),
    }
}

/// What an id is.
pub(crate) const ID_FORM: &str = "must be at most 63 small letters, digits, hyphens and underscores, begin with a letter or a digit, and not be \
     the word of another path";

/// Whether a text can be an id of this kind.
pub(crate) fn is_id_of<T: Kept>(id: &str) -> bool {
    is_id(id) && !T::RESERVED.contains(&id)
}

fn is_id(id: &str) -> bool {
    let all = |id: &str| id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-');
    let begins = id.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit());
    begins && all(id) && id.len() <= 63
}

pub(crate) fn checked_id<T: Kept>(id: &str) -> Result<String, Failure> {
    if is_id_of::<T>(id) { Ok(id.to_owned()) } else { Err(Failure::field("id", ID_FORM)) }
}

pub(crate) fn stored<T: Kept>(found: store::Stored<T::Domain>) -> Stored<T> {
    let warnings = found.problems.iter().map(lost).collect();
    Stored { value: T::shown(found.value), version: found.version, warnings, rebuilding: Vec::new() }
}

pub(crate) fn saved_object<T: Kept>(value: T::Domain, saved: SavedObject, is_new: bool) -> Saved<T> {
    let created = is_new.then(|| format!("{BASE}/{}/{}", T::PATH, value.id()));
    let rebuilding = saved.rebuilding.iter().map(ToString::to_string).collect();
    let warnings = saved.warnings.iter().map(notice).collect();
    Saved { stored: Stored { value: T::shown(value), version: saved.version, warnings, rebuilding }, created }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_stand_in_urls_and_in_files() {
        for id in ["ada", "0", "ln_7f3k2m9qab", "a-b", &"a".repeat(63)] {
            assert!(checked_id::<api::Team>(id).is_ok(), "{id}");
        }
        for id in ["", "Ada", "_a", "-a", "a b", "a#b", "å", &"a".repeat(64)] {
            assert!(checked_id::<api::Team>(id).is_err(), "{id}");
        }
        assert!(checked_id::<api::Team>("preview").is_ok() && checked_id::<api::Schedule>("preview").is_err());
    }

    #[test]
    fn a_condition_that_does_not_hold_is_refused() {
        assert_eq!(expected(&Condition::Absent, None).ok(), Some(Expected::Absent));
        assert_eq!(expected(&Condition::Present, Some(4)).ok(), Some(Expected::Version(4)));
        assert_eq!(expected(&Condition::Versions(vec![1, 4]), Some(4)).ok(), Some(Expected::Version(4)));
        for (condition, current) in [
            (Condition::Absent, Some(1)),
            (Condition::Present, None),
            (Condition::Versions(vec![3]), Some(4)),
            (Condition::Versions(vec![]), Some(4)),
            (Condition::Versions(vec![3]), None),
        ] {
            assert!(expected(&condition, current).is_err(), "{condition:?} {current:?}");
        }
    }
}
