//! What a line would do for a caller at an instant, as far as that is known without the caller.

use jiff::{Timestamp, ToSpan};
use oncall::{Candidate, Destination, Ladder, LiveCall, Mode, Plan, Service};
use words::Prompt;

/// So many phones ring, one after the other: whoever still waits then is better served by leaving a message.
const MOST_PHONES: usize = 5;
/// So long at most a document stays, even if nothing in the plan changes: what was lost or spoilt on S3, or rendered
/// by an older version of this code, is then written anew.
const LONGEST_HOURS: i64 = 24;

/// What a line does.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Situation<'p> {
    /// It is switched off.
    Disabled,
    /// It is outside its hours.
    Closed,
    /// It rings nobody.
    RingsNobody {
        /// What the caller would be calling about, if there is anything.
        service: Option<&'p Service>,
        /// What the caller is told.
        why: Prompt,
    },
    /// It rings these phones, one after the other.
    Rings {
        /// What the caller is connected to.
        service: &'p Service,
        /// Which; at least one.
        phones: Vec<Candidate>,
    },
}

impl<'p> Situation<'p> {
    /// What it does at this instant.
    ///
    /// A static document cannot ask what a call is about: no host that serves one tells keys apart. So it is about
    /// the destination of callers who choose nothing, or about the first other one that reaches somebody: in an
    /// emergency any colleague is better than none.
    pub(crate) fn of(plan: &'p Plan, at: Timestamp) -> Self {
        let line = &plan.line;
        if !line.enabled {
            return Self::Disabled;
        }
        // hours that cannot be read do not close a line
        if line.support_hours.as_ref().is_some_and(|hours| hours.contain(at, &plan.directory) == Ok(false)) {
            return Self::Closed;
        }
        let default = line.fallback_destination();
        let service_of = |destination: &Destination| plan.service(&destination.service);
        let services: Vec<_> = default.into_iter().chain(&line.destinations).filter_map(service_of).collect();
        let rings = services.iter().find_map(|service| {
            let phones = phones(plan, service, at);
            (!phones.is_empty()).then_some(Self::Rings { service, phones })
        });
        rings.unwrap_or_else(|| {
            let service = services.first().copied();
            let why = match service.map(|service| service.mode.at(at)).unwrap_or_default() {
                Mode::Normal => Prompt::Nobody,
                Mode::Debug { .. } => Prompt::Debug,
                Mode::Maintenance { .. } => Prompt::Maintenance,
            };
            Self::RingsNobody { service, why }
        })
    }

    /// A later instant before which the answer is this one.
    pub(crate) fn until(plan: &Plan, at: Timestamp) -> Timestamp {
        let longest = at.checked_add(LONGEST_HOURS.hours()).unwrap_or(Timestamp::MAX);
        plan.steady_until(at).min(longest)
    }

    /// What the call is about.
    pub(crate) fn service(&self) -> Option<&'p Service> {
        match self {
            Self::Disabled | Self::Closed => None,
            Self::RingsNobody { service, .. } => *service,
            Self::Rings { service, .. } => Some(service),
        }
    }
}

/// The phones that ring for a service. A random order is the line's own: there is no call yet that could shuffle it.
fn phones(plan: &Plan, service: &Service, at: Timestamp) -> Vec<Candidate> {
    if service.mode.at(at) != Mode::Normal {
        return Vec::new();
    }
    let call = LiveCall { caller: None, seed: plan.line.id.as_str(), round: 0 };
    Ladder::of(plan, service, at, call).candidates().take(MOST_PHONES).cloned().collect()
}
