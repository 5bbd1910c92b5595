//! The story of a call that is only played, as a form carries it: the API keeps nothing, so that each form has all of it.

use api::{FieldError, Move, Party, PhoneBehaviour, Rehearsal};
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

use crate::{
    form::{self, Fields},
    once, telephone,
};

/// What people may do when their phone rings, by the API's word, and what it is called.
pub(super) const BEHAVIOURS: [(&str, &str); 7] = [
    ("accepts", "picks up and takes the call"),
    ("picks_up", "picks up, and you press the keys"),
    ("declines", "picks up and declines"),
    ("busy", "is busy"),
    ("no_answer", "does not answer"),
    ("mailbox", "has a mailbox that picks up"),
    ("unreachable", "cannot be reached"),
];

/// What a form's button wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    /// A new call.
    Dial,
    /// Back to before the last move.
    TakeBack,
    /// One move more.
    Go(Move),
    /// The form is looked at again.
    Look,
}

/// Reads what the form's button wants.
pub(super) fn deed(fields: &Fields) -> Deed {
    match fields.text("_do") {
        "dial" => Deed::Dial,
        "take-back" => Deed::TakeBack,
        "message" | "message-waits" => {
            let seconds = fields.text("_seconds").trim().parse().unwrap_or(USUAL_MESSAGE);
            Deed::Go(Move::Message { seconds, hangs_up: fields.text("_do") == "message" })
        }
        word => read_move(word).map_or(Deed::Look, Deed::Go),
    }
}

/// How long a message is unless somebody says so, seconds.
const USUAL_MESSAGE: u16 = 12;

/// The story that a form tells, with what its button adds; none if nobody has dialled yet.
pub(super) fn told(fields: &Fields, deed: &Deed) -> Result<Option<Rehearsal>, Vec<FieldError>> {
    let mut fields = fields.clone();
    let mut moves = read_moves(fields.text("_moves"));
    match deed {
        Deed::Dial => {
            moves.clear();
            match moment(&fields)? {
                Some(at) => fields.set("at", &at.to_string()),
                None => fields.remove("at"),
            }
            // which order a step at random has is drawn anew for each call
            fields.set("seed", &once::key());
        }
        Deed::TakeBack => drop(moves.pop()),
        Deed::Go(next) => moves.push(next.clone()),
        Deed::Look => {}
    }
    if fields.text("seed").is_empty() {
        return Ok(None);
    }
    fields.remove("from");
    match fields.text("_who").to_owned().split_once(':') {
        Some(("phone", id)) => fields.set("from.phone", id),
        _ if fields.text("_who") == "number" => {
            let number = telephone::bare(fields.text("_number"));
            fields.set("from.number", &number);
        }
        _ => {}
    }
    let mut story: Rehearsal = form::read(&fields)?;
    story.moves = moves;
    Ok(Some(story))
}

/// When the call comes in, as it was typed: a local time of that time zone; now, if nothing was.
fn moment(fields: &Fields) -> Result<Option<Timestamp>, Vec<FieldError>> {
    let typed = fields.text("_when").trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let wrong = |field: &str, message: &str| vec![FieldError::new(field, message)];
    let zone = TimeZone::get(fields.text("_zone").trim())
        .map_err(|_| wrong("_zone", "must be the name of a time zone, as Europe/Oslo"))?;
    let local: DateTime =
        typed.parse().map_err(|_| wrong("_when", "must be a date and a time, as 2026-11-22T03:00"))?;
    // in the hour that a clock change leaves out or repeats: what a clock on the wall is taken to say
    let at = zone.to_zoned(local).map_err(|_| wrong("_when", "is too far away"))?;
    Ok(Some(at.timestamp()))
}

/// Moves as a form carries them: `press:1 wait phone:accepts`.
pub(super) fn written(moves: &[Move]) -> String {
    let words: Vec<String> = moves.iter().map(write_move).collect();
    words.join(" ")
}

fn write_move(wanted: &Move) -> String {
    match wanted {
        Move::Press { key } => format!("press:{key}"),
        Move::Wait {} => "wait".to_owned(),
        Move::HangUp { by: Party::Caller } => "hang_up".to_owned(),
        Move::HangUp { by: Party::Person } => "hang_up:person".to_owned(),
        Move::Message { seconds, hangs_up: true } => format!("message:{seconds}"),
        Move::Message { seconds, hangs_up: false } => format!("message-waits:{seconds}"),
        Move::Phone { does } => format!("phone:{}", word(*does)),
    }
}

/// The API's word for what somebody does.
pub(super) fn word(does: PhoneBehaviour) -> &'static str {
    match does {
        PhoneBehaviour::Accepts => "accepts",
        PhoneBehaviour::Declines => "declines",
        PhoneBehaviour::Busy => "busy",
        PhoneBehaviour::NoAnswer => "no_answer",
        PhoneBehaviour::Mailbox => "mailbox",
        PhoneBehaviour::Unreachable => "unreachable",
        PhoneBehaviour::PicksUp => "picks_up",
    }
}

/// What somebody does, by the API's word.
pub(super) fn behaviour(named: &str) -> Option<PhoneBehaviour> {
    Some(match named {
        "accepts" => PhoneBehaviour::Accepts,
        "declines" => PhoneBehaviour::Declines,
        "busy" => PhoneBehaviour::Busy,
        "no_answer" => PhoneBehaviour::NoAnswer,
        "mailbox" => PhoneBehaviour::Mailbox,
        "unreachable" => PhoneBehaviour::Unreachable,
        "picks_up" => PhoneBehaviour::PicksUp,
        _ => return None,
    })
}

/// Moves of a form; what is none is left out.
fn read_moves(written: &str) -> Vec<Move> {
    written.split_ascii_whitespace().filter_map(read_move).collect()
}

fn read_move(word: &str) -> Option<Move> {
    let (name, rest) = word.split_once(':').unwrap_or((word, ""));
    Some(match (name, rest) {
        ("press", key) => Move::Press { key: key.to_owned() },
        ("wait", "") => Move::Wait {},
        ("hang_up", "") => Move::HangUp { by: Party::Caller },
        ("hang_up", "person") => Move::HangUp { by: Party::Person },
        ("message", seconds) => Move::Message { seconds: seconds.parse().ok()?, hangs_up: true },
        ("message-waits", seconds) => Move::Message { seconds: seconds.parse().ok()?, hangs_up: false },
        ("phone", does) => Move::Phone { does: behaviour(does)? },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moves_are_carried_by_a_form() {
        let moves = [
            Move::Press { key: "*".to_owned() },
            Move::Wait {},
            Move::HangUp { by: Party::Person },
            Move::HangUp { by: Party::Caller },
            Move::Message { seconds: 12, hangs_up: true },
            Move::Message { seconds: 3, hangs_up: false },
        ];
        let phones = BEHAVIOURS.iter().map(|(word, _)| Move::Phone { does: behaviour(word).unwrap() });
        let moves: Vec<Move> = moves.into_iter().chain(phones).collect();
        assert_eq!(read_moves(&written(&moves)), moves);
        assert_eq!(read_moves("dance phone:sings  message:long"), []);
    }

    #[track_caller]
    fn story(body: &str) -> Option<Rehearsal> {
        let fields = Fields::submitted(body.as_bytes());
        told(&fields, &deed(&fields)).unwrap()
    }

    #[test]
    fn a_call_begins_when_somebody_dials() {
        assert_eq!(story("_who=withheld&_moves=&seed=&at=&others=no_answer&_do="), None);
        let dialled = story(
            "_who=number&_number=%2B47+90000009&_when=2026-11-22T03:00&_zone=Europe/Oslo&at:maybe=2020-01-01T00:00:00Z\
             &seed=old&others=mailbox&people.ada:maybe=busy&people.bo:maybe=&_moves=wait&_do=dial",
        );
        let dialled = dialled.unwrap();
        assert_eq!(dialled.at, Some("2026-11-22T02:00:00Z".parse().unwrap()));
        assert_eq!(dialled.from.unwrap().number.unwrap().0.as_e164(), "+4790000009");
        assert_eq!((dialled.others, dialled.moves.len()), (PhoneBehaviour::Mailbox, 0));
        assert_eq!(dialled.people.into_iter().collect::<Vec<_>>(), [("ada".to_owned(), PhoneBehaviour::Busy)]);
        assert_ne!(dialled.seed.as_deref(), Some("old"));
    }

    #[test]
    fn a_call_goes_on_move_by_move() {
        let carried = "seed=s&at:maybe=2026-11-22T02:00:00Z&others=accepts&_who=phone:0d1f6a2b9c3e&_moves=press:1";
        let pressed = story(&format!("{carried}&_do=phone:declines")).unwrap();
        assert_eq!(written(&pressed.moves), "press:1 phone:declines");
        assert_eq!(pressed.from.unwrap().phone.as_deref(), Some("0d1f6a2b9c3e"));
        assert_eq!(pressed.seed.as_deref(), Some("s"));
        assert_eq!(story(&format!("{carried}&_do=take-back")).unwrap().moves, []);
        let message = story(&format!("{carried}&_seconds=30&_do=message")).unwrap();
        assert_eq!(written(&message.moves), "press:1 message:30");
        assert_eq!(written(&story(&format!("{carried}&_do=")).unwrap().moves), "press:1");
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let wrong = |body: &str| {
            let fields = Fields::submitted(body.as_bytes());
            told(&fields, &Deed::Dial).unwrap_err().remove(0).field
        };
        assert_eq!(wrong("_when=soon&_zone=UTC&others=accepts"), "_when");
        assert_eq!(wrong("_when=2026-11-22T03:00&_zone=Oslo&others=accepts"), "_zone");
        assert_eq!(wrong("_who=number&_number=12&others=accepts"), "from.number");
    }
}
