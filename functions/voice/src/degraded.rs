//! What is said when the table does not answer in time. It knows only the request, and still leads to a human
//! or to a message.

use hotline::{Reply, Step};
use words::{Prompt, Words};

use crate::route::{Input, Route};

/// How often a request is asked again before we go on without the table.
const MOST_TIMES: u8 = 3;
/// Twilio transcribes at most two minutes; this is also enough to say what is wrong.
const MESSAGE_SECONDS: u16 = 120;

/// What is said without the table.
pub(crate) enum Detour {
    /// As if it had been decided.
    Reply(Reply),
    /// Something behind us is slow: ask again in a moment.
    OneMoment { says: Vec<String>, again: Route },
}

/// What to say instead; none where nobody listens.
pub(crate) fn reply(route: &Route, step: &Step) -> Option<Detour> {
    let words = Words::in_english();
    let goodbye = |prompt| Some(Detour::Reply(Reply::Goodbye { says: vec![words.say(prompt, &[])] }));
    let screen = |attempt: u16, asking: u8| {
        // whether the line records is not known, and nobody is recorded without being told
        let says = [Prompt::WhisperUnknown, Prompt::RecordingWhisper, Prompt::WhisperKeys];
        let says = says.map(|prompt| words.say(prompt, &[])).into();
        Some(Detour::Reply(Reply::Screen { attempt, asking, says }))
    };
    match step {
        Step::Stored { .. } | Step::Transcribed { .. } | Step::Ended => None,
        Step::LegOver { caller_gone: true, .. } | Step::Recorded { caller_gone: true, .. } => None,
        // the recording is safe with Twilio, and its own callback tells us of it
        Step::Recorded { recording: Some(_), .. } => goodbye(Prompt::MessageTaken),
        Step::PickedUp { attempt } => screen(*attempt, 1),
        Step::Answered { key: Some('2'), .. } => goodbye(Prompt::Declined),
        Step::Answered { attempt, asking, key: Some('3') } => screen(*attempt, *asking),
        Step::Answered { attempt, asking: 1, key: None } => screen(*attempt, 2),
        Step::Answered { key: Some('1'), .. } if times(route) >= MOST_TIMES => {
            Some(Detour::Reply(Reply::Bridge { says: vec![words.say(Prompt::Accepted, &[])] }))
        }
        Step::Answered { key: Some('1'), .. } => Some(again(route, step, words)),
        Step::Answered { .. } => goodbye(Prompt::NotConfirmed),
        Step::Incoming
        | Step::Offered { .. }
        | Step::Chose { .. }
        | Step::Interrupted { .. }
        | Step::LegOver { .. }
        | Step::Recorded { .. }
            if times(route) < MOST_TIMES =>
        {
            Some(again(route, step, words))
        }
        Step::Incoming
        | Step::Offered { .. }
        | Step::Chose { .. }
        | Step::Interrupted { .. }
        | Step::LegOver { .. }
        | Step::Recorded { .. } => Some(Detour::Reply(Reply::TakeMessage {
            asking: 1,
            says: vec![words.say(Prompt::Nobody, &[]), words.say(Prompt::LeaveMessage, &[])],
            max_seconds: MESSAGE_SECONDS,
            transcribe: true,
        })),
    }
}

/// What to say to a request that lacks what it needs to be understood. None where nobody listens, and none on the
/// caller's leg: without an answer Twilio reads the number's fallback, a document that needs to know nothing of the
/// call, rings whoever is on call, and takes a message. Whatever could be said here would lead nowhere.
pub(crate) fn unreadable(route: &Route) -> Option<Reply> {
    match route {
        Route::Again { route, .. } => unreadable(route),
        Route::Screen { .. } | Route::Answered { .. } => {
            Some(Reply::Goodbye { says: vec![Words::in_english().say(Prompt::Gone, &[])] })
        }
        Route::Recording { .. } | Route::Transcribed | Route::Ended | Route::Leg { .. } | Route::Talk { .. } => None,
        Route::Incoming
        | Route::Offered
        | Route::Menu { .. }
        | Route::Between { .. }
        | Route::Dialled { .. }
        | Route::Recorded { .. } => None,
    }
}

fn times(route: &Route) -> u8 {
    match route {
        Route::Again { time, .. } => *time,
        _ => 0,
    }
}

fn again(route: &Route, step: &Step, words: Words<'_>) -> Detour {
    let asked = match route {
        Route::Again { route, .. } => route.clone(),
        route => Box::new(route.clone()),
    };
    let again = Route::Again { time: times(route) + 1, route: asked, input: input(step) };
    Detour::OneMoment { says: vec![words.say(Prompt::OneMoment, &[])], again }
}

/// What of a step only its form says, and a request that repeats it must carry in its path.
fn input(step: &Step) -> Option<Input> {
    match step {
        Step::Offered { key }
        | Step::Chose { key, .. }
        | Step::Interrupted { key, .. }
        | Step::Answered { key, .. } => key.map(Input::Key),
        Step::LegOver { end, .. } => Some(Input::Leg(*end)),
        Step::Incoming
        | Step::Recorded { .. }
        | Step::Stored { .. }
        | Step::Transcribed { .. }
        | Step::Ended
        | Step::PickedUp { .. } => None,
    }
}
