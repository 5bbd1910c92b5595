//! An incident as the API tells it.

use api::{
    ActorKind, EventLink, Incident, IncidentDetails, IncidentEvent, IncidentKind, IncidentPage, IncidentSeverity,
    IncidentStatus, LogEntry, PageState, Via,
};
use jiff::Timestamp;
use oncall::{
    PersonId,
    incident::{self, Actor, Entry, Happened, Kind, Severity, Signal, Source, State},
};

use crate::people::shown_channel;

/// As lists show it.
pub(crate) fn summary(incident: &incident::Incident) -> Incident {
    let (status, by, until) = match &incident.state {
        State::Triggered => (IncidentStatus::Triggered, None, None),
        State::Acknowledged { by, until, .. } => (IncidentStatus::Acknowledged, Some(by), *until),
        State::Silenced { by, until, .. } => (IncidentStatus::Silenced, Some(by), Some(*until)),
        State::Resolved { by, .. } => (IncidentStatus::Resolved, Some(by), None),
    };
    Incident {
        id: incident.id.to_string(),
        number: incident.number,
        kind: match incident.kind {
            Kind::Usual => IncidentKind::Usual,
            Kind::Maintenance => IncidentKind::Maintenance,
            Kind::Trial => IncidentKind::Trial,
        },
        service: incident.service.as_ref().map(ToString::to_string),
        // ours begin with a control character, which nobody can read
        dedup_key: incident.key.trim_start_matches('\u{1}').to_owned(),
        summary: incident.summary.clone(),
        severity: match incident.severity {
            Severity::Info => IncidentSeverity::Info,
            Severity::Warning => IncidentSeverity::Warning,
            Severity::Error => IncidentSeverity::Error,
            Severity::Critical => IncidentSeverity::Critical,
        },
        status,
        by: by.map(actor),
        until,
        assignees: ids(&incident.assignees),
        events: incident.events.count,
        opened_at: incident.opened_at,
        changed_at: incident.touched_at,
        next_at: incident.due(),
        details: None,
    }
}

/// With all that there is to know.
pub(super) fn whole(incident: &incident::Incident) -> Incident {
    let details = IncidentDetails {
        pages: incident.pages.iter().map(page).collect(),
        recent_events: incident.events.recent.iter().map(event).collect(),
        log: incident.log.entries.iter().map(entry).collect(),
        log_left_out: incident.log.left_out,
        call: None,
        conversations: incident.threads.iter().map(ToString::to_string).collect(),
    };
    Incident { details: Some(details), ..summary(incident) }
}

/// Whether its key is the id of a call.
pub(super) fn is_of_a_call(incident: &incident::Incident) -> bool {
    incident.events.recent.iter().any(|event| event.source == Source::Call)
}

pub(super) fn actor(actor: &Actor) -> api::Actor {
    let (kind, id, via) = match actor {
        Actor::Dutyline => (ActorKind::Dutyline, None, None),
        Actor::Source => (ActorKind::Source, None, None),
        Actor::Person { id, via } => (ActorKind::Person, Some(id.to_string()), Some(shown_via(*via))),
        Actor::Token(name) => (ActorKind::Token, Some(name.clone()), None),
    };
    api::Actor { kind, id, via }
}

fn shown_via(via: incident::Via) -> Via {
    match via {
        incident::Via::Sms => Via::Sms,
        incident::Via::Voice => Via::Voice,
        incident::Via::Console => Via::Console,
        incident::Via::Call => Via::Call,
    }
}

fn ids(people: &[PersonId]) -> Vec<String> {
    people.iter().map(ToString::to_string).collect()
}

fn page(page: &incident::Page) -> IncidentPage {
    let (state, why_not) = match &page.state {
        incident::PageState::Ordered { .. }
        | incident::PageState::Delayed { .. }
        | incident::PageState::Gathered { .. } => (PageState::Pending, None),
        incident::PageState::InDoubt { .. } | incident::PageState::Asked { .. } => (PageState::InDoubt, None),
        incident::PageState::Sent { .. } => (PageState::Sent, None),
        incident::PageState::Delivered => (PageState::Delivered, None),
        incident::PageState::Failed(why) => (PageState::Failed, Some(why.to_string())),
        incident::PageState::CalledOff | incident::PageState::Recalled => (PageState::CalledOff, None),
    };
    IncidentPage {
        number: page.number,
        person: page.person.to_string(),
        channel: shown_channel(page.channel),
        state,
        why_not,
        ordered_at: page.ordered_at,
    }
}

fn event(event: &incident::Event) -> IncidentEvent {
    let source = match event.source {
        Source::Tool => "tool",
        Source::Call => "call",
        Source::Text => "text",
    };
    let signal = match event.signal {
        Signal::Trigger => "trigger",
        Signal::Missed => "missed",
        Signal::Acknowledge { .. } => "acknowledge",
        Signal::Resolve => "resolve",
        Signal::Note => "note",
    };
    let (source, signal) = (source.to_owned(), signal.to_owned());
    let link = |link: &incident::Link| EventLink { href: link.href.clone(), text: link.text.clone() };
    let links = event.links.iter().map(link).collect();
    IncidentEvent { at: event.at, source, signal, summary: event.summary.clone(), links }
}

fn entry(entry: &Entry) -> LogEntry {
    let mut shown = LogEntry {
        at: entry.at,
        by: actor(&entry.by),
        what: String::new(),
        page: None,
        people: Vec::new(),
        channel: None,
        why: None,
        until: None,
        words: None,
    };
    shown.what = tell(&entry.what, &mut shown).to_owned();
    shown
}

/// The word for what was done; what else there is to know goes into the entry.
fn tell(what: &Happened, entry: &mut LogEntry) -> &'static str {
    let until = |entry: &mut LogEntry, until: Timestamp| entry.until = Some(until);
    match what {
        Happened::Opened => "opened",
        Happened::Reopened => "reopened",
        Happened::BecameUrgent => "became_urgent",
        Happened::Paged { page, person, channel, why } => {
            entry.page = Some(*page);
            entry.people = vec![person.to_string()];
            entry.channel = Some(shown_channel(*channel));
            entry.why = Some(why.clone());
            "paged"
        }
        Happened::Sent { page } => {
            entry.page = Some(*page);
            "sent"
        }
        Happened::Delivered { page } => {
            entry.page = Some(*page);
            "delivered"
        }
        Happened::Failed { page, why } => {
            entry.page = Some(*page);
            entry.why = Some(why.to_string());
            "failed"
        }
        Happened::Delayed { page, until: again } => {
            entry.page = Some(*page);
            until(entry, *again);
            "delayed"
        }
        Happened::NotPaged { person, channel, why } => {
            entry.people = vec![person.to_string()];
            entry.channel = channel.map(shown_channel);
            entry.why = Some(why.to_string());
            "not_paged"
        }
        Happened::LeftOut { people } => {
            entry.why = Some(format!("{people} people: there are more than one incident has room for"));
            "left_out"
        }
        Happened::Skipped(skip) => {
            entry.why = Some(skip.why.to_string());
            "skipped"
        }
        Happened::Waits { until: end } => {
            until(entry, *end);
            "waits"
        }
        Happened::WaitCutShort => "wait_cut_short",
        Happened::PolicyDone { reached_somebody } => {
            entry.why = (!reached_somebody).then(|| "the policy has reached nobody".to_owned());
            "policy_done"
        }
        Happened::Held => "held",
        Happened::Resumed => "resumed",
        Happened::Acknowledged => "acknowledged",
        Happened::AcknowledgementOver => "acknowledgement_over",
        Happened::Lost => "lost",
        Happened::Silenced { until: end } => {
            until(entry, *end);
            "silenced"
        }
        Happened::SilenceOver => "silence_over",
        Happened::Escalated => "escalated",
        Happened::Reassigned { to } => {
            entry.people = ids(to);
            "reassigned"
        }
        Happened::Asked { whom } => {
            entry.people = ids(whom);
            "asked"
        }
        Happened::Replied { words } => {
            entry.words = Some(words.clone());
            "replied"
        }
        Happened::CallsBack => "calls_back",
        Happened::Resolved => "resolved",
    }
}
