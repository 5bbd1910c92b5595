//! The closed list of paths that Twilio is given, read and written in one place.
//!
//! What a step must remember stands in its path: counters and opaque ids. Never a phone number.

use std::fmt;

use oncall::{IncidentId, LineId};

/// A path under `/voice/page`, `/voice/desk` or `/voice/callback`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Route {
    /// A page's call has been picked up.
    Page {
        /// About which incident.
        incident: IncidentId,
        /// The page's number.
        page: u32,
    },
    /// Whoever picked up has pressed a key, or nothing.
    PageKey {
        /// About which incident.
        incident: IncidentId,
        /// The page's number.
        page: u32,
        /// How often they have been asked, from 1.
        asking: u8,
    },
    /// A page's call is over.
    PageEnded {
        /// About which incident.
        incident: IncidentId,
        /// The page's number.
        page: u32,
    },
    /// A responder calls the desk by a line.
    Desk {
        /// The line.
        line: LineId,
    },
    /// The same once more, since it could not be answered in time.
    DeskAgain {
        /// The line.
        line: LineId,
        /// Which time this is, from 1.
        asking: u8,
    },
    /// A responder at the desk has pressed a key, or nothing.
    DeskKey {
        /// The line.
        line: LineId,
        /// What they have just heard; nothing if there was no alert.
        incident: Option<IncidentId>,
        /// How often they have been asked, from 1.
        asking: u8,
    },
    /// A responder who wanted to call a reporter back has picked up.
    CallBack {
        /// The line that the reporter knows.
        line: LineId,
        /// What they reported.
        incident: IncidentId,
    },
    /// They have pressed a key, or nothing, or the conversation is over.
    CallBackKey {
        /// The line that the reporter knows.
        line: LineId,
        /// What they reported.
        incident: IncidentId,
        /// How often they have been asked, from 1.
        asking: u8,
    },
}

/// The shapes of all paths, as the router takes them and the log names them.
pub(crate) const PATHS: [&str; 8] = [
    "/voice/page/{incident}/{page}",
    "/voice/page/{incident}/{page}/key/{asking}",
    "/voice/page/{incident}/{page}/ended",
    "/voice/desk/{line}",
    "/voice/desk/{line}/again/{asking}",
    "/voice/desk/{line}/key/{incident}/{asking}",
    "/voice/callback/{line}/{incident}",
    "/voice/callback/{line}/{incident}/key/{asking}",
];

/// Stands where an incident would; no id is like it.
const NONE: &str = "-";

impl Route {
    /// Reads a path, with its leading `/voice/`.
    pub fn parse(path: &str) -> Option<Self> {
        let segments: Vec<&str> = path.strip_prefix("/voice/")?.split('/').collect();
        Some(match segments.as_slice() {
            ["page", incident, page] => Self::Page { incident: IncidentId::new(id(incident)?), page: number(page)? },
            ["page", incident, page, "key", asking] => {
                Self::PageKey { incident: IncidentId::new(id(incident)?), page: number(page)?, asking: number(asking)? }
            }
            ["page", incident, page, "ended"] => {
                Self::PageEnded { incident: IncidentId::new(id(incident)?), page: number(page)? }
            }
            ["desk", line] => Self::Desk { line: LineId::new(id(line)?) },
            ["desk", line, "again", asking] => {
                Self::DeskAgain { line: LineId::new(id(line)?), asking: number(asking)? }
            }
            ["desk", line, "key", incident, asking] => Self::DeskKey {
                line: LineId::new(id(line)?),
                incident: match *incident {
                    NONE => None,
                    incident => Some(IncidentId::new(id(incident)?)),
                },
                asking: number(asking)?,
            },
            ["callback", line, incident] => {
                Self::CallBack { line: LineId::new(id(line)?), incident: IncidentId::new(id(incident)?) }
            }
            ["callback", line, incident, "key", asking] => Self::CallBackKey {
                line: LineId::new(id(line)?),
                incident: IncidentId::new(id(incident)?),
                asking: number(asking)?,
            },
            _ => return None,
        })
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Page { incident, page } => write!(f, "/voice/page/{incident}/{page}"),
            Self::PageKey { incident, page, asking } => write!(f, "/voice/page/{incident}/{page}/key/{asking}"),
            Self::PageEnded { incident, page } => write!(f, "/voice/page/{incident}/{page}/ended"),
            Self::Desk { line } => write!(f, "/voice/desk/{line}"),
            Self::DeskAgain { line, asking } => write!(f, "/voice/desk/{line}/again/{asking}"),
            Self::DeskKey { line, incident, asking } => {
                let incident = incident.as_ref().map_or(NONE, IncidentId::as_str);
                write!(f, "/voice/desk/{line}/key/{incident}/{asking}")
            }
            Self::CallBack { line, incident } => write!(f, "/voice/callback/{line}/{incident}"),
            Self::CallBackKey { line, incident, asking } => {
                write!(f, "/voice/callback/{line}/{incident}/key/{asking}")
            }
        }
    }
}

fn number<T: std::str::FromStr>(segment: &str) -> Option<T> {
    segment.bytes().all(|byte| byte.is_ascii_digit()).then(|| segment.parse().ok())?
}

/// Ids are ours; anything that could not be one is not a path of ours.
fn id(segment: &str) -> Option<&str> {
    let opaque = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let is_id = !segment.is_empty() && segment.len() <= 64 && segment != NONE && segment.bytes().all(opaque);
    is_id.then_some(segment)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn route() -> impl Strategy<Value = Route> {
        let id = || "[A-Za-z0-9_][A-Za-z0-9_-]{0,63}";
        let incident = move || id().prop_map(IncidentId::new);
        let line = move || id().prop_map(LineId::new);
        prop_oneof![
            (incident(), any::<u32>()).prop_map(|(incident, page)| Route::Page { incident, page }),
            (incident(), any::<u32>(), any::<u8>()).prop_map(|(incident, page, asking)| Route::PageKey {
                incident,
                page,
                asking
            }),
            (incident(), any::<u32>()).prop_map(|(incident, page)| Route::PageEnded { incident, page }),
            line().prop_map(|line| Route::Desk { line }),
            (line(), any::<u8>()).prop_map(|(line, asking)| Route::DeskAgain { line, asking }),
            (line(), prop::option::of(incident()), any::<u8>()).prop_map(|(line, incident, asking)| Route::DeskKey {
                line,
                incident,
                asking
            }),
            (line(), incident()).prop_map(|(line, incident)| Route::CallBack { line, incident }),
            (line(), incident(), any::<u8>()).prop_map(|(line, incident, asking)| Route::CallBackKey {
                line,
                incident,
                asking
            }),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_written_is_read_back(route in route()) {
            prop_assert_eq!(Route::parse(&route.to_string()), Some(route));
        }

        #[test]
        fn no_path_panics(path in "(/voice/)?(page|desk|callback)[a-z0-9/+_-]{0,40}") {
            let _ = Route::parse(&path);
        }
    }

    #[test]
    fn every_shape_of_path_is_a_route() {
        for path in PATHS {
            let example = path.replace("{incident}", "in_1").replace("{line}", "line-1");
            let example = example.replace("{page}", "7").replace("{asking}", "2");
            assert_eq!(Route::parse(&example).map(|route| route.to_string()), Some(example));
        }
    }

    #[test]
    fn paths_that_are_not_ours_are_none() {
        for path in [
            "/voice/page/in_1",
            "/voice/page/in_1/+1",
            "/voice/page/in_1/1/key/256",
            "/voice/page/-/1",
            "/voice/page/in.1/1",
            "/voice/desk/",
            "/voice/desk/-",
            "/voice/desk/line-1/key//1",
            "/voice/incoming",
        ] {
            assert_eq!(Route::parse(path), None, "{path}");
        }
    }
}
