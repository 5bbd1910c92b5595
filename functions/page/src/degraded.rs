//! What is said when the table does not answer in time. It knows only the request, and still leads on.

use words::Heard;

use crate::{
    APP,
    listener::Listener,
    route::Route,
    said::{MOST_ASKINGS, Said, Then},
};

/// What to say instead. Whoever has pressed a key is asked for it again, a few times; then the alert goes on without
/// them, by its own timers.
pub(crate) fn said(route: &Route, key: Option<char>) -> Said {
    let listener = Listener::unknown();
    let hears = |heard: Heard| listener.hears(heard, &[("app", APP)]);
    let ask = |says: Vec<Heard>, route| Said::ask(&listener, says.into_iter().map(hears).collect(), route);
    match route.clone() {
        Route::Page { incident, page } | Route::PageEnded { incident, page } => {
            ask(vec![Heard::AlertUnread, Heard::Keys], Route::PageKey { incident, page, asking: 1 })
        }
        Route::PageKey { incident, page, asking } if asking < MOST_ASKINGS => {
            let says = if key.is_some() { Heard::TryAgain } else { Heard::Keys };
            ask(vec![says], Route::PageKey { incident, page, asking: asking + 1 })
        }
        Route::Desk { line } => again(&listener, Route::DeskAgain { line, asking: 1 }),
        Route::DeskAgain { line, asking } if asking < MOST_ASKINGS => {
            again(&listener, Route::DeskAgain { line, asking: asking + 1 })
        }
        Route::DeskKey { line, incident, asking } if asking < MOST_ASKINGS => {
            ask(vec![Heard::TryAgain], Route::DeskKey { line, incident, asking: asking + 1 })
        }
        Route::CallBack { line, incident } => again(&listener, Route::CallBackKey { line, incident, asking: 1 }),
        Route::CallBackKey { line, incident, asking } if asking < MOST_ASKINGS => {
            again(&listener, Route::CallBackKey { line, incident, asking: asking + 1 })
        }
        Route::CallBackKey { .. } => Said::goodbye(&listener, vec![hears(Heard::DeskAway)]),
        Route::PageKey { .. } => Said::goodbye(&listener, vec![hears(Heard::NotSaved)]),
        Route::DeskAgain { .. } | Route::DeskKey { .. } => Said::goodbye(&listener, vec![hears(Heard::DeskAway)]),
    }
}

/// What to say to a request that lacks what it needs to be understood.
pub(crate) fn unreadable() -> Said {
    let listener = Listener::unknown();
    Said::goodbye(&listener, vec![listener.hears(Heard::NotNeeded, &[])])
}

fn again(listener: &Listener, route: Route) -> Said {
    let says = vec![listener.hears(Heard::OneMoment, &[])];
    Said { tag: listener.tag.clone(), says, then: Then::Again(route) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many documents follow one another if the table never answers.
    fn documents(first: &str, key: Option<char>) -> usize {
        let mut route = Route::parse(first).unwrap();
        for count in 1..10 {
            let said = said(&route, key);
            assert!(!said.says.is_empty(), "{route}");
            match said.then {
                Then::HangUp => return count,
                Then::Ask(next) | Then::Again(next) => route = next,
                Then::Dial(_) => panic!("nobody is called without the table"),
            }
        }
        panic!("it never ends");
    }

    #[test]
    fn nobody_hears_silence_and_nobody_is_kept_for_ever() {
        for key in [None, Some('4')] {
            assert_eq!(documents("/voice/page/in_1/1", key), 4);
            assert_eq!(documents("/voice/page/in_1/1/key/3", key), 1);
            assert_eq!(documents("/voice/desk/line-1", key), 4);
            assert_eq!(documents("/voice/desk/line-1/key/in_1/1", key), 3);
            assert_eq!(documents("/voice/callback/line-1/in_1", key), 4);
        }
    }

    #[test]
    fn whoever_pressed_a_key_is_asked_for_it_again() {
        let route = Route::parse("/voice/page/in_1/1/key/1").unwrap();
        assert!(said(&route, Some('4')).says[0].contains("press the key again"));
        assert!(said(&route, None).says[0].starts_with("Press 4"));
    }
}
