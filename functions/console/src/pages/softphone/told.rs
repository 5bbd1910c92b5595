//! What happens in a call that is only played, in words.

use api::{
    AttemptResult, Awaited, Closed, Happening, HungUpBy, KeyLeadsTo, Mode, Named, Outcome, Party, RehearsalWait, Rung,
    Scene, WhatAKeyDoes,
};

/// Something that happens, as a page shows it.
pub(super) struct Shown<'a> {
    /// How long after the call came in: `0:05`.
    pub(super) when: String,
    pub(super) words: String,
    /// Sentences that are heard, and so can be spoken.
    pub(super) says: &'a [String],
    pub(super) language: &'a str,
    /// Whether it happens on the phone of whoever is rung.
    pub(super) on_phone: bool,
    /// Who is to be rung and who is not.
    pub(super) rungs: &'a [Rung],
}

/// A scene in words.
pub(super) fn shown(scene: &Scene) -> Shown<'_> {
    let mut shown = Shown {
        when: clock(scene.seconds),
        words: String::new(),
        says: &[],
        language: "",
        on_phone: false,
        rungs: &[],
    };
    shown.words = match &scene.what {
        Happening::Hears { who, person, says, language, .. } => {
            shown.says = says;
            shown.language = language.as_deref().unwrap_or_default();
            shown.on_phone = *who == Party::Person;
            format!("{} hears", name(*who, person.as_ref()))
        }
        Happening::Presses { who, person, key } => {
            shown.on_phone = *who == Party::Person;
            format!("{} presses {key}", name(*who, person.as_ref()))
        }
        Happening::KeepsSilent { who, person, seconds } => {
            shown.on_phone = *who == Party::Person;
            format!("{} presses nothing for {seconds} s", name(*who, person.as_ref()))
        }
        Happening::Climbs { round, service, rungs } => {
            shown.rungs = rungs;
            let again = if *round > 1 { format!(", climb {round}") } else { String::new() };
            format!("Who is rung for {}, and why{again}", service.name)
        }
        Happening::Rings { person, phone, number, shows, ring_seconds, why, recorded, .. } => {
            shown.on_phone = true;
            let which = if *phone > 1 { format!(" (phone {phone})") } else { String::new() };
            let recorded = if *recorded { ", and what is said is recorded" } else { "" };
            format!(
                "{}’s phone{which} {number} rings for up to {ring_seconds} s and shows {shows}{recorded}: {why}",
                person.name
            )
        }
        Happening::PicksUp { person, mailbox, .. } => {
            shown.on_phone = true;
            if *mailbox { format!("{}’s mailbox picks up", person.name) } else { format!("{} picks up", person.name) }
        }
        Happening::AttemptEnds { person, result, ring_seconds, .. } => {
            shown.on_phone = true;
            let rang = ring_seconds.map_or_else(String::new, |seconds| format!(", after {seconds} s of ringing"));
            format!("{} {}{rang}", person.name, ended(*result))
        }
        Happening::Connected { person, recorded, .. } => {
            let recorded = if *recorded { "; they are recorded" } else { "" };
            format!("The caller and {} hear each other{recorded}", person.name)
        }
        Happening::LeavesMessage { seconds, transcribed } => {
            let transcribed = if *transcribed { ", which is transcribed" } else { "" };
            format!("The caller leaves a message of {seconds} s{transcribed}")
        }
        Happening::Rejected {} => "The call is refused: the caller hears the tone of a busy line".to_owned(),
        Happening::Desk {} => {
            "The desk for responders answers from here on. It is not tried here: it speaks of what is open now"
                .to_owned()
        }
        Happening::HangsUp { by, person } => match (by, person) {
            (HungUpBy::Caller, _) => "The caller hangs up".to_owned(),
            (HungUpBy::Person, Some(person)) => format!("{} hangs up", person.name),
            (HungUpBy::Person, None) => "Whoever was rung hangs up".to_owned(),
            (HungUpBy::Line, Some(person)) => format!("The line hangs up on {}", person.name),
            (HungUpBy::Line, None) => "The line hangs up".to_owned(),
        },
    };
    shown
}

fn name(who: Party, person: Option<&Named>) -> &str {
    match (who, person) {
        (Party::Person, Some(person)) => &person.name,
        (Party::Person, None) => "Whoever was rung",
        (Party::Caller, _) => "The caller",
    }
}

/// Seconds as a stopwatch shows them.
pub(super) fn clock(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

fn ended(result: AttemptResult) -> &'static str {
    match result {
        AttemptResult::Ringing => "is being rung",
        AttemptResult::Answered => "has picked up",
        AttemptResult::Accepted => "took the call",
        AttemptResult::Declined => "declined the call",
        AttemptResult::NotConfirmed => "pressed no key, so does not count as reached",
        AttemptResult::NoAnswer => "did not answer",
        AttemptResult::Busy => "was busy",
        AttemptResult::Failed => "could not be reached",
        AttemptResult::NotBridged => "took the call, and was not connected",
        AttemptResult::CallerLeft => "is not needed: the caller has gone",
    }
}

/// What is waited for.
pub(super) fn waits(wait: &RehearsalWait) -> String {
    let person = wait.person.as_ref().map_or("Somebody", |person| &person.name);
    match wait.what {
        Awaited::Offer => "You are a responder yourself, and are asked whether you call as one".to_owned(),
        Awaited::Menu => "You are asked what it is about".to_owned(),
        Awaited::BetweenAttempts => format!("{person} is rung next, unless you leave a message"),
        Awaited::Ringing => format!("{person}’s phone rings. What do they do?"),
        Awaited::Question => format!("You are {person} now, and are asked whether you take the call"),
        Awaited::Message => "After the tone, you may leave a message".to_owned(),
        Awaited::Conversation => format!("You and {person} speak with each other"),
    }
}

/// Where a key leads, in a word or two.
pub(super) fn leads(key: &WhatAKeyDoes) -> String {
    if let Some(service) = &key.service {
        return service.name.clone();
    }
    match (key.leads_to, &key.person) {
        (KeyLeadsTo::Menu | KeyLeadsTo::Question, _) => "asked again".to_owned(),
        (KeyLeadsTo::Ring, Some(person)) => format!("rings {}", person.name),
        (KeyLeadsTo::Ring, None) => "rings on".to_owned(),
        (KeyLeadsTo::Message, _) => "a message".to_owned(),
        (KeyLeadsTo::Conversation, _) => "takes it".to_owned(),
        (KeyLeadsTo::Desk, _) => "the desk".to_owned(),
        (KeyLeadsTo::End, _) => "ends".to_owned(),
    }
}

/// Why a line took no call.
pub(super) fn closed(why: &Closed) -> &'static str {
    match why {
        Closed::Disabled => "The line is disabled.",
        Closed::Blocked => "The caller is blocked.",
        Closed::OutsideHours => "It is outside of the line’s support hours.",
        Closed::Withheld => "The line takes no calls from hidden numbers.",
    }
}

/// A service's mode, if it is not the usual one.
pub(super) fn mode(mode: &Mode) -> Option<&'static str> {
    match mode {
        Mode::Normal => None,
        Mode::Debug => Some("The service is being tried out: nobody is rung or paged."),
        Mode::Maintenance => Some("The service is under maintenance: nobody is rung or paged."),
    }
}

/// How the call went.
pub(super) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Open => "The call goes on",
        Outcome::Accepted => "A human took the call",
        Outcome::Message => "Nobody took the call; the caller left a message",
        Outcome::Missed => "Nobody took the call, and there is no message",
        Outcome::Abandoned => "The caller hung up before saying what it was about",
        Outcome::TurnedAway => "The line took no call",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(what: Happening, expected: &str) {
        let scene = Scene { at: "2026-11-20T03:00:05Z".parse().unwrap(), seconds: 65, what };
        let shown = shown(&scene);
        assert_eq!((shown.when.as_str(), shown.words.as_str()), ("1:05", expected));
    }

    fn ada() -> Named {
        Named { id: "ada".to_owned(), name: "Ada".to_owned() }
    }

    #[test]
    fn what_happens_is_said_in_words() {
        check(Happening::Presses { who: Party::Caller, person: None, key: "1".to_owned() }, "The caller presses 1");
        check(Happening::PicksUp { attempt: 1, person: ada(), mailbox: true }, "Ada’s mailbox picks up");
        let rings = Happening::Rings {
            attempt: 1,
            round: 1,
            step: Some(0),
            person: ada(),
            phone: 2,
            phone_id: "0d1f6a2b9c3e".to_owned(),
            number: "+4791****01".to_owned(),
            shows: "+4721****00".to_owned(),
            ring_seconds: 20,
            why: "in team Leads".to_owned(),
            recorded: false,
        };
        check(rings, "Ada’s phone (phone 2) +4791****01 rings for up to 20 s and shows +4721****00: in team Leads");
        let ends = Happening::AttemptEnds {
            attempt: 1,
            person: ada(),
            result: AttemptResult::NoAnswer,
            ring_seconds: Some(25),
        };
        check(ends, "Ada did not answer, after 25 s of ringing");
        check(Happening::HangsUp { by: HungUpBy::Line, person: Some(ada()) }, "The line hangs up on Ada");
    }

    #[test]
    fn where_a_key_leads_is_said_in_a_word() {
        let key = |leads_to, service, person| WhatAKeyDoes { key: None, leads_to, service, person, says: Vec::new() };
        assert_eq!(leads(&key(KeyLeadsTo::Ring, Some(ada()), Some(ada()))), "Ada");
        assert_eq!(leads(&key(KeyLeadsTo::Ring, None, Some(ada()))), "rings Ada");
        assert_eq!(leads(&key(KeyLeadsTo::End, None, None)), "ends");
    }
}
