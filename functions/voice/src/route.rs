//! The closed list of paths that Twilio is given, read and written in one place.
//!
//! What a step must remember stands in its path: an attempt's number, an opaque line id. Never a phone number.

use std::fmt;

use oncall::{LegEnd, LineId};

/// A path under `/voice`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Route {
    /// A call comes in.
    Incoming,
    /// A responder who calls has pressed a key before anything else, or nothing.
    Offered,
    /// The caller pressed a key in the menu, or nothing.
    Menu {
        /// How often the menu has been spoken, from 1.
        asking: u8,
    },
    /// The caller pressed a key between two attempts.
    Between {
        /// The attempt that was about to ring.
        attempt: u16,
    },
    /// A dialled leg is over.
    Dialled {
        /// Which attempt it was.
        attempt: u16,
    },
    /// The caller has left a message.
    Recorded {
        /// How often they have been asked for one, from 1.
        asking: u8,
    },
    /// Twilio has stored a recording.
    Recording {
        /// The line; the form does not say.
        line: LineId,
    },
    /// Twilio has transcribed a recording, or failed to.
    Transcribed,
    /// The call has ended.
    Ended,
    /// Somebody or a mailbox picked up a responder's phone.
    Screen {
        /// The line; the form does not say.
        line: LineId,
        /// Which attempt it is.
        attempt: u16,
    },
    /// A responder pressed a key, or nothing.
    Answered {
        /// The line; the form does not say.
        line: LineId,
        /// Which attempt it is.
        attempt: u16,
        /// How often they have been asked, from 1.
        asking: u8,
    },
    /// The responder's leg is dialled, or has ended: exact seconds for the log.
    Leg {
        /// The line; the form does not say.
        line: LineId,
        /// Which attempt it was.
        attempt: u16,
    },
    /// Twilio has stored what caller and responder said.
    Talk {
        /// Which attempt brought them together.
        attempt: u16,
    },
    /// Any of the above once more, since it could not be answered in time.
    Again {
        /// Which time this is, from 1.
        time: u8,
        /// What is asked again.
        route: Box<Route>,
        /// What its form said and the repeated request cannot.
        input: Option<Input>,
    },
}

/// What a form said, kept for the request that repeats it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Input {
    /// The key that was pressed.
    Key(char),
    /// How a dialled leg ended.
    Leg(LegEnd),
}

/// The shapes of all paths, as the router takes them and the log names them.
pub(crate) const PATHS: [&str; 14] = [
    "/voice/incoming",
    "/voice/offered",
    "/voice/menu/{asking}",
    "/voice/between/{attempt}",
    "/voice/dialled/{attempt}",
    "/voice/recorded/{asking}",
    "/voice/recording/{line}",
    "/voice/transcribed",
    "/voice/ended",
    "/voice/screen/{line}/{attempt}",
    "/voice/answered/{line}/{attempt}/{asking}",
    "/voice/leg/{line}/{attempt}",
    "/voice/talk/{attempt}",
    "/voice/again/{time}/{*step}",
];

impl Route {
    /// Reads a path, with its leading `/voice/`.
    pub fn parse(path: &str) -> Option<Self> {
        let segments: Vec<&str> = path.strip_prefix("/voice/")?.split('/').collect();
        match segments.as_slice() {
            ["again", time, rest @ .., input] if Self::of(rest).is_some() => Some(Self::Again {
                time: number(time)?,
                route: Box::new(Self::of(rest)?),
                input: Some(Input::parse(input)?),
            }),
            ["again", time, rest @ ..] => {
                Some(Self::Again { time: number(time)?, route: Box::new(Self::of(rest)?), input: None })
            }
            segments => Self::of(segments),
        }
    }

    fn of(segments: &[&str]) -> Option<Self> {
        Some(match segments {
            ["incoming"] => Self::Incoming,
            ["offered"] => Self::Offered,
            ["menu", asking] => Self::Menu { asking: number(asking)? },
            ["between", attempt] => Self::Between { attempt: number(attempt)? },
            ["dialled", attempt] => Self::Dialled { attempt: number(attempt)? },
            ["recorded", asking] => Self::Recorded { asking: number(asking)? },
            ["recording", line] => Self::Recording { line: line_id(line)? },
            ["transcribed"] => Self::Transcribed,
            ["ended"] => Self::Ended,
            ["screen", line, attempt] => Self::Screen { line: line_id(line)?, attempt: number(attempt)? },
            ["answered", line, attempt, asking] => {
                Self::Answered { line: line_id(line)?, attempt: number(attempt)?, asking: number(asking)? }
            }
            ["leg", line, attempt] => Self::Leg { line: line_id(line)?, attempt: number(attempt)? },
            ["talk", attempt] => Self::Talk { attempt: number(attempt)? },
            _ => return None,
        })
    }
}

impl Route {
    /// The line, where the path says it.
    pub(crate) fn line(&self) -> Option<&LineId> {
        match self {
            Self::Recording { line }
            | Self::Screen { line, .. }
            | Self::Answered { line, .. }
            | Self::Leg { line, .. } => Some(line),
            Self::Again { route, .. } => route.line(),
            _ => None,
        }
    }

    /// Whether it is asked on the responder's leg, which may not be redirected.
    pub(crate) fn is_responders(&self) -> bool {
        match self {
            Self::Screen { .. } | Self::Answered { .. } => true,
            Self::Again { route, .. } => route.is_responders(),
            _ => false,
        }
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("/voice/")?;
        if let Self::Again { time, .. } = self {
            write!(f, "again/{time}/")?;
        }
        match self {
            Self::Again { route, input, .. } => {
                f.write_str(route.to_string().trim_start_matches("/voice/"))?;
                input.map_or(Ok(()), |input| write!(f, "/{input}"))
            }
            Self::Incoming => f.write_str("incoming"),
            Self::Offered => f.write_str("offered"),
            Self::Menu { asking } => write!(f, "menu/{asking}"),
            Self::Between { attempt } => write!(f, "between/{attempt}"),
            Self::Dialled { attempt } => write!(f, "dialled/{attempt}"),
            Self::Recorded { asking } => write!(f, "recorded/{asking}"),
            Self::Recording { line } => write!(f, "recording/{line}"),
            Self::Transcribed => f.write_str("transcribed"),
            Self::Ended => f.write_str("ended"),
            Self::Screen { line, attempt } => write!(f, "screen/{line}/{attempt}"),
            Self::Answered { line, attempt, asking } => write!(f, "answered/{line}/{attempt}/{asking}"),
            Self::Leg { line, attempt } => write!(f, "leg/{line}/{attempt}"),
            Self::Talk { attempt } => write!(f, "talk/{attempt}"),
        }
    }
}

impl Input {
    fn parse(segment: &str) -> Option<Self> {
        Some(match segment {
            "star" => Self::Key('*'),
            "hash" => Self::Key('#'),
            "completed" => Self::Leg(LegEnd::Completed { bridged: None }),
            "bridged" => Self::Leg(LegEnd::Completed { bridged: Some(true) }),
            "screened" => Self::Leg(LegEnd::Completed { bridged: Some(false) }),
            "no-answer" => Self::Leg(LegEnd::NoAnswer),
            "busy" => Self::Leg(LegEnd::Busy),
            "failed" => Self::Leg(LegEnd::Failed),
            "canceled" => Self::Leg(LegEnd::Canceled),
            digit => match digit.as_bytes() {
                [byte @ b'0'..=b'9'] => Self::Key(char::from(*byte)),
                _ => return None,
            },
        })
    }
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Key('*') => "star",
            Self::Key('#') => "hash",
            Self::Key(digit) => return write!(f, "{digit}"),
            Self::Leg(LegEnd::Completed { bridged: None }) => "completed",
            Self::Leg(LegEnd::Completed { bridged: Some(true) }) => "bridged",
            Self::Leg(LegEnd::Completed { bridged: Some(false) }) => "screened",
            Self::Leg(LegEnd::NoAnswer) => "no-answer",
            Self::Leg(LegEnd::Busy) => "busy",
            Self::Leg(LegEnd::Failed) => "failed",
            Self::Leg(LegEnd::Canceled) => "canceled",
        })
    }
}

fn number<T: std::str::FromStr>(segment: &str) -> Option<T> {
    segment.bytes().all(|byte| byte.is_ascii_digit()).then(|| segment.parse().ok())?
}

/// Line ids are ours; anything that could not be one is not a path of ours.
fn line_id(segment: &str) -> Option<LineId> {
    let opaque = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (!segment.is_empty() && segment.len() <= 64 && segment.bytes().all(opaque)).then(|| LineId::new(segment))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn plain() -> impl Strategy<Value = Route> {
        let line = || "[A-Za-z0-9_-]{1,64}".prop_map(LineId::new);
        prop_oneof![
            Just(Route::Incoming),
            Just(Route::Offered),
            any::<u8>().prop_map(|asking| Route::Menu { asking }),
            any::<u16>().prop_map(|attempt| Route::Between { attempt }),
            any::<u16>().prop_map(|attempt| Route::Dialled { attempt }),
            any::<u8>().prop_map(|asking| Route::Recorded { asking }),
            line().prop_map(|line| Route::Recording { line }),
            Just(Route::Transcribed),
            Just(Route::Ended),
            (line(), any::<u16>()).prop_map(|(line, attempt)| Route::Screen { line, attempt }),
            (line(), any::<u16>(), any::<u8>()).prop_map(|(line, attempt, asking)| Route::Answered {
                line,
                attempt,
                asking
            }),
            (line(), any::<u16>()).prop_map(|(line, attempt)| Route::Leg { line, attempt }),
            any::<u16>().prop_map(|attempt| Route::Talk { attempt }),
        ]
    }

    fn input() -> impl Strategy<Value = Input> {
        prop_oneof![
            prop::sample::select("0123456789*#".chars().collect::<Vec<_>>()).prop_map(Input::Key),
            prop::option::of(any::<bool>()).prop_map(|bridged| Input::Leg(LegEnd::Completed { bridged })),
            Just(Input::Leg(LegEnd::NoAnswer)),
            Just(Input::Leg(LegEnd::Busy)),
            Just(Input::Leg(LegEnd::Failed)),
            Just(Input::Leg(LegEnd::Canceled)),
        ]
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(route in plain(), time in any::<u8>(), input in prop::option::of(input())) {
            prop_assert_eq!(Route::parse(&route.to_string()), Some(route.clone()));
            let again = Route::Again { time, route: Box::new(route), input };
            prop_assert_eq!(Route::parse(&again.to_string()), Some(again));
        }

        #[test]
        fn no_path_panics(path in "(/voice/)?[a-z0-9/+_-]{0,40}") {
            let _ = Route::parse(&path);
        }
    }

    #[test]
    fn every_shape_of_path_is_a_route() {
        for path in PATHS {
            let segments = path.split('/').map(|segment| match segment {
                "{*step}" => "incoming",
                "{line}" => "line-1",
                parameter if parameter.starts_with('{') => "7",
                word => word,
            });
            let example = segments.collect::<Vec<_>>().join("/");
            assert_eq!(Route::parse(&example).map(|route| route.to_string()), Some(example));
        }
    }

    #[test]
    fn paths_that_are_not_ours_are_none() {
        for path in [
            "/voice/",
            "/voice/incoming/",
            "/voice/menu/-1",
            "/voice/menu/+1",
            "/voice/menu/256",
            "/voice/screen//1",
            "/voice/screen/a.b/1",
            "/voice/again/1",
            "/voice/again/1/again/1/incoming",
            "/voice/again/1/menu/1/pound",
            "/sms/incoming",
        ] {
            assert_eq!(Route::parse(path), None, "{path}");
        }
    }
}
