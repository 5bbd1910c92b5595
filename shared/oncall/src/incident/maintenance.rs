//! To which incident an event belongs.

use jiff::Timestamp;

use super::{Event, Incident, Source};
use crate::{Mode, ServiceId};

/// Where an event goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Destination {
    /// To the incident that has its key: a [`Cause::Event`](super::Cause::Event).
    Known,
    /// A new incident is opened for it.
    New,
    /// To the service's one maintenance incident, by the key of [`maintenance_key`]; it is opened if need be.
    Maintenance,
    /// Into the [`Early`](super::Early) of its key: it opens nothing.
    Early,
}

/// To which incident an event belongs. `known` is the latest incident of its key, `mode` its service's.
///
/// An incident that is open when maintenance begins keeps its events, so that it can be resolved.
pub fn destination(known: Option<&Incident>, event: &Event, mode: Mode, at: Timestamp) -> Destination {
    match known {
        Some(incident) if !incident.is_resolved() => return Destination::Known,
        // a call is one incident, however late its news are
        Some(_) if event.source == Source::Call => return Destination::Known,
        // late news of what is over: of no use anywhere else
        Some(incident) if !incident.is_long_over(at) => {
            let reopens = event.opens() && event.at > incident.since;
            if !reopens || !matches!(mode.at(at), Mode::Maintenance { .. }) {
                return Destination::Known;
            }
        }
        Some(incident) if event.at <= incident.since => return Destination::Known,
        _ => {}
    }
    match mode.at(at) {
        Mode::Maintenance { .. } => Destination::Maintenance,
        _ if event.opens() => Destination::New,
        _ => Destination::Early,
    }
}

/// The deduplication key of a service's maintenance incident. No source can say it: theirs have no control characters.
pub fn maintenance_key(service: &ServiceId) -> String {
    format!("\u{1}maintenance {service}")
}
