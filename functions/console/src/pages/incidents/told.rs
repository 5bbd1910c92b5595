//! Incidents in words.

use api::{
    Actor, ActorKind, Channel, Incident, IncidentKind, IncidentPage, IncidentSeverity, IncidentStatus, LogEntry,
    PageState, Via,
};
use jiff::Timestamp;

use crate::{
    choices::{Choice, name_of},
    view::counted,
};

/// Tells of incidents to somebody.
#[derive(Clone, Copy, Debug)]
pub(super) struct Teller<'a> {
    pub(super) people: &'a [Choice],
    /// By what the log knows whoever reads.
    pub(super) me: &'a str,
}

impl Teller<'_> {
    pub(super) fn person<'a>(&'a self, id: &'a str) -> &'a str {
        name_of(self.people, id)
    }

    /// People, one after the other.
    pub(super) fn people(&self, ids: &[String]) -> String {
        let names: Vec<&str> = ids.iter().map(|id| self.person(id)).collect();
        match names.as_slice() {
            [] => "nobody".to_owned(),
            [one] => (*one).to_owned(),
            [others @ .., last] => format!("{} and {last}", others.join(", ")),
        }
    }

    /// Who has done something.
    pub(super) fn who(&self, actor: &Actor) -> String {
        let id = actor.id.as_deref().unwrap_or_default();
        match actor.kind {
            ActorKind::Dutyline => "Dutyline".to_owned(),
            ActorKind::Source => "Whoever reported it".to_owned(),
            ActorKind::Person => self.person(id).to_owned(),
            ActorKind::Token if id == self.me => "You".to_owned(),
            ActorKind::Token if id == "bootstrap" => "The first administrator".to_owned(),
            ActorKind::Token => format!("Token {id}"),
        }
    }

    /// Where an incident stands.
    pub(super) fn state(&self, incident: &Incident) -> String {
        let by = incident.by.as_ref();
        let who = by.map_or_else(|| "Somebody".to_owned(), |by| self.who(by));
        match incident.status {
            IncidentStatus::Triggered => "Nobody has it".to_owned(),
            IncidentStatus::Acknowledged if who == "You" => "You have it".to_owned(),
            IncidentStatus::Acknowledged => format!("{who} has it"),
            IncidentStatus::Silenced => format!("Silenced by {}", object(&who)),
            IncidentStatus::Resolved => format!("Over: resolved by {}", object(&who)),
        }
    }

    /// What was done, and by what means.
    pub(super) fn entry(&self, entry: &LogEntry, pages: &[IncidentPage]) -> String {
        let people = || self.people(&entry.people);
        let by_channel = entry.channel.map_or("", channel);
        let why = entry.why.as_ref().map_or_else(String::new, |why| format!(": {why}"));
        let page = entry.page.and_then(|number| pages.iter().find(|page| page.number == number));
        let page = || match (page, entry.page) {
            (Some(page), _) => format!("{} to {}", noun(page.channel), self.person(&page.person)),
            (None, Some(number)) => format!("page {number}"),
            (None, None) => "a page".to_owned(),
        };
        let did = match entry.what.as_str() {
            "opened" => "opened it".to_owned(),
            "reopened" => "opened it again".to_owned(),
            "became_urgent" => "says that it is worse now".to_owned(),
            "paged" => format!("pages {}{by_channel}{why}", people()),
            "sent" => format!("sent the {}", page()),
            "delivered" => format!("saw the {} arrive", page()),
            "failed" => format!("could not deliver the {}{why}", page()),
            "delayed" => format!("tries the {} again later", page()),
            "not_paged" => format!("does not page {}{by_channel}{why}", people()),
            "skipped" => format!("passes something over{why}"),
            "waits" => "waits".to_owned(),
            "wait_cut_short" => "does not wait: nobody of that step can be paged".to_owned(),
            "policy_done" => format!("is at the end of the escalation policy{why}"),
            "held" => "pages nobody: the service is being tried out or worked on".to_owned(),
            "resumed" => "goes on paging".to_owned(),
            "acknowledged" => "took it".to_owned(),
            "acknowledgement_over" => "goes on: whoever had it has said nothing for too long".to_owned(),
            "lost" => "goes on: nobody was connected with the caller after all".to_owned(),
            "silenced" => "silenced it".to_owned(),
            "silence_over" => "brings it back: the silence is over".to_owned(),
            "escalated" => "escalated it".to_owned(),
            "reassigned" => format!("gave it to {}", people()),
            "asked" => format!("asked {} to join", people()),
            "replied" => "wrote to whoever reported it".to_owned(),
            "resolved" => "resolved it".to_owned(),
            other => format!("{}{why}", other.replace('_', " ")),
        };
        format!("{did}{}", entry.by.via.map_or("", via))
    }
}

/// A name inside a sentence.
fn object(who: &str) -> String {
    match who {
        "You" => "you".to_owned(),
        "The first administrator" => "the first administrator".to_owned(),
        "Whoever reported it" => "whoever reported it".to_owned(),
        "Somebody" => "somebody".to_owned(),
        name => name.strip_prefix("Token ").map_or_else(|| name.to_owned(), |id| format!("token {id}")),
    }
}

fn via(via: Via) -> &'static str {
    match via {
        Via::Sms => ", by text",
        Via::Voice => ", by a key of their phone",
        Via::Console => ", in the console",
        Via::Call => ", by taking the call",
    }
}

fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Sms => " by text",
        Channel::Voice => " by a call",
    }
}

pub(super) fn noun(channel: Channel) -> &'static str {
    match channel {
        Channel::Sms => "text",
        Channel::Voice => "call",
    }
}

/// How bad it is, and in what colour.
pub(super) fn severity(incident: &Incident) -> (&'static str, &'static str) {
    match incident.severity {
        IncidentSeverity::Critical => ("critical", "bad"),
        IncidentSeverity::Error => ("error", "bad"),
        IncidentSeverity::Warning => ("warning", "warn"),
        IncidentSeverity::Info => ("information", ""),
    }
}

/// The colour of where it stands; words say the same.
pub(super) fn colour(incident: &Incident) -> &'static str {
    match incident.status {
        IncidentStatus::Triggered => "bad",
        IncidentStatus::Acknowledged => "warn",
        IncidentStatus::Silenced => "",
        IncidentStatus::Resolved => "good",
    }
}

/// What is unusual about it.
pub(super) fn kind(incident: &Incident) -> Option<&'static str> {
    match incident.kind {
        IncidentKind::Usual => None,
        IncidentKind::Maintenance => Some("during maintenance"),
        IncidentKind::Trial => Some("a trial"),
    }
}

/// What comes next of itself, and when.
pub(super) fn next(incident: &Incident) -> Option<(&'static str, Timestamp)> {
    let at = incident.next_at?;
    let words = match incident.status {
        IncidentStatus::Triggered => "The next page or step follows",
        IncidentStatus::Acknowledged if incident.until == Some(at) => "Unless it is resolved, people are paged again",
        IncidentStatus::Acknowledged => "The next page follows",
        IncidentStatus::Silenced => "It comes back",
        IncidentStatus::Resolved => return None,
    };
    Some((words, at))
}

/// What comes next, where nothing does.
pub(super) fn nothing_next(incident: &Incident) -> &'static str {
    match incident.status {
        IncidentStatus::Triggered => "Nobody else is paged by itself.",
        IncidentStatus::Acknowledged => "Nobody is paged any more.",
        IncidentStatus::Silenced | IncidentStatus::Resolved => "Nothing follows.",
    }
}

/// How a page fares, and in what colour.
pub(super) fn fares(page: &IncidentPage) -> (&'static str, &'static str) {
    match (page.state, page.channel) {
        (PageState::Pending, _) => ("on its way", ""),
        (PageState::InDoubt, _) => ("not known yet whether it was sent", "warn"),
        (PageState::Sent, _) => ("sent, not known to have arrived", ""),
        (PageState::Delivered, Channel::Sms) => ("arrived", "good"),
        (PageState::Delivered, Channel::Voice) => ("somebody pressed a key", "good"),
        (PageState::Failed, _) => ("came to nothing", "bad"),
        (PageState::CalledOff, _) => ("not needed any more", ""),
    }
}

/// Who says something, and what they want.
pub(super) fn event(event: &api::IncidentEvent) -> String {
    let who = match event.source.as_str() {
        "call" => "A caller",
        "text" => "A text",
        _ => "A tool",
    };
    let says = match (event.source.as_str(), event.signal.as_str()) {
        ("call", "trigger" | "missed") => "was not helped",
        (_, "acknowledge") => "says that somebody has it",
        (_, "resolve") => "says that it is over",
        (_, "note") => "adds something",
        _ => "says that something is the matter",
    };
    format!("{who} {says}")
}

/// A list in a sentence.
pub(super) fn summary(incidents: &[Incident], and_more: bool) -> String {
    let open: Vec<&Incident> = incidents.iter().filter(|it| it.status != IncidentStatus::Resolved).collect();
    let free = open.iter().filter(|it| it.status == IncidentStatus::Triggered).count();
    let more = if and_more { " on this page" } else { "" };
    let nobody = match free {
        0 if open.is_empty() => String::new(),
        0 => " Somebody has each of them, or has silenced it.".to_owned(),
        free if free == open.len() => " Nobody has any of them.".to_owned(),
        1 => " Nobody has 1 of them.".to_owned(),
        many => format!(" Nobody has {many} of them."),
    };
    match open.len() {
        0 => format!("Nothing is open{more}."),
        1 if free == 1 => format!("1 incident is open{more}. Nobody has it."),
        1 => format!("1 incident is open{more}."),
        many => format!("{} are open{more}.{nobody}", counted(many as u64, "incident")),
    }
}

/// Whether a reply would have somebody to go to: whoever has texted. Only the last events are known.
pub(super) fn may_have_reporter(incident: &Incident) -> bool {
    let Some(details) = &incident.details else { return false };
    let all_known = u64::try_from(details.recent_events.len()).is_ok_and(|known| known >= incident.events);
    !all_known || details.recent_events.iter().any(|event| event.source == "text")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn incident(status: IncidentStatus) -> Incident {
        let at: Timestamp = "2026-11-20T10:00:00Z".parse().unwrap();
        Incident {
            id: "in_1".to_owned(),
            number: 1,
            kind: IncidentKind::Usual,
            service: None,
            dedup_key: "x".to_owned(),
            summary: "Disk full".to_owned(),
            severity: IncidentSeverity::Critical,
            status,
            by: None,
            until: None,
            assignees: Vec::new(),
            events: 1,
            opened_at: at,
            changed_at: at,
            next_at: None,
            details: None,
        }
    }

    fn teller() -> (Vec<Choice>, &'static str) {
        (vec![Choice { id: "ada".to_owned(), name: "Ada Lovelace".to_owned() }], "k1")
    }

    fn actor(kind: ActorKind, id: &str, via: Option<Via>) -> Actor {
        Actor { kind, id: Some(id.to_owned()), via }
    }

    #[test]
    fn who_has_it_is_said_in_words() {
        let (people, me) = teller();
        let teller = Teller { people: &people, me };
        let state = |status, by| teller.state(&Incident { by, ..incident(status) });
        let ada = Some(actor(ActorKind::Person, "ada", Some(Via::Sms)));
        assert_eq!(state(IncidentStatus::Triggered, None), "Nobody has it");
        assert_eq!(state(IncidentStatus::Acknowledged, ada.clone()), "Ada Lovelace has it");
        assert_eq!(state(IncidentStatus::Acknowledged, Some(actor(ActorKind::Token, "k1", None))), "You have it");
        assert_eq!(state(IncidentStatus::Silenced, Some(actor(ActorKind::Token, "k2", None))), "Silenced by token k2");
        assert_eq!(state(IncidentStatus::Resolved, ada), "Over: resolved by Ada Lovelace");
    }

    #[test]
    fn what_was_done_is_said_in_words() {
        let (people, me) = teller();
        let teller = Teller { people: &people, me };
        let at: Timestamp = "2026-11-20T10:00:00Z".parse().unwrap();
        let page = IncidentPage {
            number: 1,
            person: "ada".to_owned(),
            channel: Channel::Sms,
            state: PageState::Failed,
            why_not: None,
            ordered_at: at,
        };
        let entry = |what: &str, why: Option<&str>| LogEntry {
            at,
            by: actor(ActorKind::Dutyline, "", None),
            what: what.to_owned(),
            page: Some(1),
            people: vec!["ada".to_owned(), "bo".to_owned()],
            channel: Some(Channel::Voice),
            why: why.map(str::to_owned),
            until: None,
            words: None,
        };
        let say = |entry: LogEntry| teller.entry(&entry, std::slice::from_ref(&page));
        assert_eq!(say(entry("paged", Some("in team Leads"))), "pages Ada Lovelace and bo by a call: in team Leads");
        assert_eq!(
            say(entry("failed", Some("no such phone"))),
            "could not deliver the text to Ada Lovelace: no such phone"
        );
        assert_eq!(say(entry("something_new", None)), "something new");
        let taken = LogEntry { by: actor(ActorKind::Person, "ada", Some(Via::Voice)), ..entry("acknowledged", None) };
        assert_eq!(say(taken), "took it, by a key of their phone");
    }

    #[test]
    fn a_list_is_summed_up() {
        let (free, taken, over) = (
            incident(IncidentStatus::Triggered),
            incident(IncidentStatus::Acknowledged),
            incident(IncidentStatus::Resolved),
        );
        assert_eq!(summary(&[], false), "Nothing is open.");
        assert_eq!(summary(&[over.clone(), free.clone()], false), "1 incident is open. Nobody has it.");
        assert_eq!(
            summary(&[free, taken.clone(), over], true),
            "2 incidents are open on this page. Nobody has 1 of them."
        );
        let both = [taken.clone(), taken];
        assert_eq!(summary(&both, false), "2 incidents are open. Somebody has each of them, or has silenced it.");
    }
}
