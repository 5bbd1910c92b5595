//! What a document would change.

use std::collections::BTreeSet;

use api::{Change, ChangeAction, ChangeOutcome, Configuration, FieldError};
use oncall::Problem;
use serde::Serialize;
use serde_json::{Map, Value};
use store::{Configured, Kind, Object, Reference, SendingSettings, StoredSendingSettings, Whole};

use super::{document::Document, lists};
use crate::{
    field,
    objects::{ID_FORM, Kept, is_id_of},
    sending,
};

/// What a document would change, and what would then be there.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// In the order in which they are to be made.
    pub(super) steps: Vec<Step>,
    /// What stays or comes, each with its place in the document and whether it is to be looked at.
    pub(super) kept: Vec<(Place, Object)>,
    /// What may be sent, if that is to be another. It comes last: it may name a line.
    pub(super) sending: Option<Settings>,
}

/// What may be sent from then on.
#[derive(Debug)]
pub(super) struct Settings {
    /// With the version that was read.
    pub(super) wanted: StoredSendingSettings,
    fields: Vec<String>,
}

impl Settings {
    /// As it is told.
    pub(super) fn change(&self, outcome: ChangeOutcome) -> Change {
        let (action, kind, fields) = (ChangeAction::Update, api::Kind::SendingSettings, self.fields.clone());
        Change { action, kind, id: "sending".to_owned(), fields, outcome, problem: None }
    }
}

/// One change.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) place: Place,
    pub(super) name: Reference,
    /// None if it is to go.
    pub(super) object: Option<Object>,
    /// The version that was read; none if there was none.
    pub(super) version: Option<u64>,
    fields: Vec<String>,
}

/// Where an object stands.
#[derive(Clone, Debug)]
pub(super) enum Place {
    /// In the document, at a path such as `services[2]`.
    At {
        path: String,
        /// Whether it would change.
        is_new: bool,
    },
    /// Nowhere in the document.
    Elsewhere(Reference),
}

impl Place {
    /// A field of the object, as whoever wrote the document finds it, with what is wrong about it.
    pub(super) fn error(&self, name: &str, message: &str) -> FieldError {
        match self {
            Self::At { path, .. } if name.is_empty() => FieldError::new(path.as_str(), message),
            Self::At { path, .. } => FieldError::new(format!("{path}.{name}"), message),
            Self::Elsewhere(of) => {
                FieldError::new("", format!("{of}, which the document does not name: {name} {message}"))
            }
        }
    }

    /// The same, if it has become wrong by what goes: of an object that the document does not name, the list that lacks
    /// what the object names.
    pub(super) fn refusal(&self, name: &str, problem: Problem) -> FieldError {
        match (self, list_of(problem)) {
            (Self::Elsewhere(of), Some(list)) => {
                let message = format!("lack what {of} names, which the document does not hold: {name} {problem}");
                FieldError::new(list, message)
            }
            _ => self.error(name, &problem.to_string()),
        }
    }
}

/// The list in which a document lacks what is not known.
fn list_of(problem: Problem) -> Option<&'static str> {
    Some(match problem {
        Problem::UnknownPerson => "people",
        Problem::UnknownTeam => "teams",
        Problem::UnknownSchedule => "schedules",
        Problem::UnknownCalendar => "holidays",
        Problem::UnknownPolicy => "escalation_policies",
        Problem::UnknownService => "services",
        _ => return None,
    })
}

/// Whether something can have become wrong because something else goes.
pub(super) fn comes_of_what_goes(problem: Problem) -> bool {
    list_of(problem).is_some()
}

impl Step {
    /// As it is told.
    pub(super) fn change(&self, outcome: ChangeOutcome) -> Change {
        let action = match (&self.object, self.version) {
            (None, _) => ChangeAction::Delete,
            (Some(_), None) => ChangeAction::Create,
            (Some(_), Some(_)) => ChangeAction::Update,
        };
        let (kind, id, fields) = (field::kind(self.name.kind), self.name.id.clone(), self.fields.clone());
        Change { action, kind, id, fields, outcome, problem: None }
    }
}

impl Plan {
    /// Compares a document with what is kept.
    pub(super) fn of(
        document: Document,
        kept: &Whole,
        sending: StoredSendingSettings,
        prune: bool,
    ) -> Result<Self, Vec<FieldError>> {
        let Document { mut configuration, without_overrides } = document;
        for (index, schedule) in configuration.schedules.iter_mut().flatten().enumerate() {
            let id = schedule.id.as_deref().filter(|_| without_overrides.contains(&index));
            let found = id.and_then(|id| kept.objects.get(&Reference::new(Kind::Schedule, id)));
            if let Some(Object::Schedule(found)) = found.map(|found| &found.object) {
                schedule.overrides = api::Schedule::shown(found.clone()).overrides;
            }
        }
        let mut making = Making { plan: Self::default(), gone: Vec::new(), errors: Vec::new(), kept, prune };
        macro_rules! take {
            ($($list:ident: $type:ty,)+) => {$(
                if let Some(listed) = configuration.$list {
                    making.take::<$type>(stringify!($list), listed);
                }
            )+};
        }
        lists!(take);
        if let Some(draft) = configuration.sending {
            making.take_sending(draft, sending);
        }
        making.finished()
    }

    /// What would change, if nothing is to be written.
    pub(super) fn told(&self) -> Vec<Change> {
        let steps = self.steps.iter().map(|step| step.change(ChangeOutcome::Planned));
        steps.chain(self.sending.iter().map(|settings| settings.change(ChangeOutcome::Planned))).collect()
    }

    /// What would be gone.
    pub(super) fn gone(&self) -> Vec<Reference> {
        self.steps.iter().filter(|step| step.object.is_none()).map(|step| step.name.clone()).collect()
    }
}

struct Making<'k> {
    plan: Plan,
    gone: Vec<Step>,
    errors: Vec<FieldError>,
    kept: &'k Whole,
    prune: bool,
}

impl Making<'_> {
    fn take<T: Kept>(&mut self, list: &str, listed: Vec<T>) {
        let kind = T::Domain::KIND;
        let mut named = BTreeSet::new();
        for (index, draft) in listed.into_iter().enumerate() {
            let path = format!("{list}[{index}]");
            let mut wrong = |message: &str| self.errors.push(FieldError::new(format!("{path}.id"), message));
            match draft.id() {
                None => wrong("is missing"),
                Some(id) if !is_id_of::<T>(id) => wrong(ID_FORM),
                Some(id) if !named.insert(id.to_owned()) => wrong("is given twice"),
                Some(id) => {
                    let id = id.to_owned();
                    self.compare(path, Reference::new(kind, id), draft);
                }
            }
        }
        // a line goes when its number is given back
        if self.prune && kind != Kind::Line {
            let of_kind = self.kept.objects.iter().filter(|(name, _)| name.kind == kind && !named.contains(&name.id));
            self.gone.extend(of_kind.map(|(name, found)| Step {
                place: Place::Elsewhere(name.clone()),
                name: name.clone(),
                object: None,
                version: Some(found.version),
                fields: Vec::new(),
            }));
        }
    }

    fn take_sending(&mut self, draft: api::Sending, before: StoredSendingSettings) {
        let settings = match sending::settings(draft) {
            Ok(settings) => settings,
            Err(errors) => {
                let errors = errors.into_iter();
                return self
                    .errors
                    .extend(errors.map(|one| FieldError::new(format!("sending.{}", one.field), one.message)));
            }
        };
        let line = settings.default_line.as_ref().map(|line| Reference::new(Kind::Line, line.as_str()));
        if line.is_some_and(|line| !self.kept.objects.contains_key(&line)) {
            self.errors.push(FieldError::new("sending.default_line", sending::NO_LINE));
        } else if settings != before.settings {
            let fields = differing(&sending::shown(before.settings), &sending::shown(settings.clone()));
            let wanted = StoredSendingSettings { settings, version: before.version };
            self.plan.sending = Some(Settings { wanted, fields });
        }
    }

    fn compare<T: Kept>(&mut self, path: String, name: Reference, draft: T) {
        let found = self.kept.objects.get(&name);
        let before = found.and_then(|found| T::Domain::of(found.object.clone()));
        let place = |is_new| Place::At { path: path.clone(), is_new };
        let value = match draft.domain(&name.id, before.as_ref()) {
            Ok(value) => value,
            Err(errors) => {
                let place = place(true);
                return self.errors.extend(errors.iter().map(|error| place.error(&error.field, &error.message)));
            }
        };
        let place = place(before.as_ref() != Some(&value));
        let object: Object = value.clone().into();
        if before.as_ref() != Some(&value) {
            let fields = before.map(|before| differing(&T::shown(before), &T::shown(value))).unwrap_or_default();
            let (object, version) = (Some(object.clone()), found.map(|found| found.version));
            self.plan.steps.push(Step { place: place.clone(), name, object, version, fields });
        }
        self.plan.kept.push((place, object));
    }

    fn finished(mut self) -> Result<Plan, Vec<FieldError>> {
        if !self.errors.is_empty() {
            return Err(self.errors);
        }
        // what is not in the document may name what goes
        if !self.gone.is_empty() {
            let known: BTreeSet<Reference> = self.plan.kept.iter().map(|(_, object)| object.reference()).collect();
            let goes = |name: &Reference| self.gone.iter().any(|step| step.name == *name);
            let others = self.kept.objects.iter().filter(|(name, _)| !known.contains(name) && !goes(name));
            let others = others.map(|(name, found)| (Place::Elsewhere(name.clone()), found.object.clone()));
            self.plan.kept.extend(others);
        }
        self.plan.steps.extend(self.gone.into_iter().rev());
        Ok(self.plan)
    }
}

/// The members that differ, in order.
fn differing<T: Serialize>(before: &T, after: &T) -> Vec<String> {
    let members = |value: &T| match serde_json::to_value(value) {
        Ok(Value::Object(members)) => members,
        _ => Map::new(),
    };
    let (before, after) = (members(before), members(after));
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    names.into_iter().filter(|name| before.get(*name) != after.get(*name)).cloned().collect()
}

/// What is kept, as a document. Ids that follow from what they stand for are left out.
pub(super) fn shown(kept: Whole, sending: SendingSettings) -> Configuration {
    let mut shown = Configuration { sending: Some(sending::shown(sending)), ..Configuration::default() };
    macro_rules! begin {
        ($($list:ident: $type:ty,)+) => {$( shown.$list = Some(Vec::new()); )+};
    }
    lists!(begin);
    for found in kept.objects.into_values() {
        match found.object {
            Object::Person(person) => {
                let mut person = api::Person::shown(person);
                person.phones.iter_mut().for_each(|phone| phone.id = None);
                shown.people.get_or_insert_default().push(person);
            }
            Object::Team(team) => shown.teams.get_or_insert_default().push(Kept::shown(team)),
            Object::Schedule(schedule) => {
                let mut schedule = api::Schedule::shown(schedule);
                schedule.overrides.iter_mut().for_each(|one| one.id = None);
                shown.schedules.get_or_insert_default().push(schedule);
            }
            Object::Calendar(calendar) => shown.holidays.get_or_insert_default().push(Kept::shown(calendar)),
            Object::Policy(policy) => shown.escalation_policies.get_or_insert_default().push(Kept::shown(policy)),
            Object::Service(service) => shown.services.get_or_insert_default().push(Kept::shown(service)),
            Object::Line(line) => shown.lines.get_or_insert_default().push(Kept::shown(line)),
        }
    }
    shown
}
