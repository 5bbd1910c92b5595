//! What messages say, as events of incidents.

use oncall::{
    PersonId, ThreadId,
    incident::{Event, Link, Severity, Signal, Source},
};
use pipeline::{CallEvent, CallKind, TextEvent, ToolEvent, ToolKind};
use words::{Language, Text};

/// What a tool says.
pub(crate) fn by_tool(event: ToolEvent) -> Event {
    let signal = match event.kind {
        ToolKind::Trigger => Signal::Trigger,
        ToolKind::Acknowledge => Signal::Acknowledge { by: None },
        ToolKind::Resolve => Signal::Resolve,
    };
    let severity = event.severity.map(|severity| match severity {
        pipeline::Severity::Info => Severity::Info,
        pipeline::Severity::Warning => Severity::Warning,
        pipeline::Severity::Error => Severity::Error,
        pipeline::Severity::Critical => Severity::Critical,
    });
    let ToolEvent { id, at, summary, links, .. } = event;
    let links = links.into_iter().map(|link| Link { href: link.href, text: link.text }).collect();
    Event { id, at, source: Source::Tool, summary, severity, signal, thread: None, links }
}

/// What has happened to a call. Its summary is the line's name with what is known of the message; never the number of
/// whoever called, since summaries are texted, spoken and logged.
pub(crate) fn by_call(event: CallEvent, language: Language) -> Event {
    let signal = match event.kind {
        CallKind::Accepted => Signal::Acknowledge { by: event.accepted_by.as_deref().map(PersonId::new) },
        CallKind::Ended => Signal::Resolve,
        CallKind::Missed | CallKind::Message => Signal::Missed,
        CallKind::Transcribed => Signal::Note,
    };
    let words = event.message.as_ref().and_then(|message| message.text.as_deref()).map(str::trim);
    let line = event.line_name.as_str();
    let summary = match (event.kind, words.filter(|words| !words.is_empty())) {
        (_, Some(words)) => format!("{line}: {words}"),
        (CallKind::Message | CallKind::Transcribed, None) => Text::Voicemail.say(language, &[("line", line)]),
        (CallKind::Missed, None) => Text::MissedCall.say(language, &[("line", line)]),
        (CallKind::Accepted | CallKind::Ended, None) => Text::Call.say(language, &[("line", line)]),
    };
    let CallEvent { id, at, .. } = event;
    Event {
        id,
        at,
        source: Source::Call,
        summary: Some(summary),
        severity: None,
        signal,
        thread: None,
        links: Vec::new(),
    }
}

/// What somebody texts to a line.
pub(crate) fn by_text(event: TextEvent) -> Event {
    let words = event.words.trim();
    let summary = Some(words.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|words| !words.is_empty());
    let thread = Some(ThreadId::new(event.thread));
    // they stay at Twilio, behind the account's credentials
    let links =
        event.media.into_iter().map(|media| Link { href: media.href, text: Some(media.content_type) }).collect();
    let (id, at, signal) = (event.id, event.at, Signal::Trigger);
    Event { id, at, source: Source::Text, summary, severity: None, signal, thread, links }
}

#[cfg(test)]
mod tests {
    use pipeline::Message;

    use super::*;

    /// The examples of the document, one a line.
    fn said(kind: &str) -> Event {
        let document = include_str!("../../../docs/incident-events.md");
        let quoted = format!("\"kind\":\"{kind}\"");
        let example = document.lines().find(|line| line.starts_with('{') && line.contains(&quoted)).unwrap();
        match Message::read(example).unwrap().unwrap() {
            Message::Tool(event) => by_tool(event),
            Message::Call(event) => by_call(event, Language::English),
            Message::Text(event) => by_text(event),
            Message::Errand(errand) => panic!("{errand:?}"),
        }
    }

    #[track_caller]
    fn check(kind: &str, source: Source, signal: Signal, summary: &str) {
        let event = said(kind);
        assert_eq!((event.source, event.signal, event.summary.as_deref()), (source, signal, Some(summary)));
    }

    #[test]
    fn each_kind_is_what_the_document_says() {
        let by = Some(PersonId::new("sofie"));
        check("call.accepted", Source::Call, Signal::Acknowledge { by }, "Call to Hotline");
        check("call.ended", Source::Call, Signal::Resolve, "Call to Hotline");
        check("call.missed", Source::Call, Signal::Missed, "Missed call to Hotline");
        check("call.message", Source::Call, Signal::Missed, "Voice message on Hotline");
        check("call.transcribed", Source::Call, Signal::Note, "Hotline: The site is down.");
        check("tool.trigger", Source::Tool, Signal::Trigger, "Replication lag of 40 s on db1");
        check("tool.resolve", Source::Tool, Signal::Resolve, "Replication lag of 40 s on db1");
        check("text.received", Source::Text, Signal::Trigger, "The card terminal is dead");
        assert_eq!(said("text.received").thread, Some(ThreadId::new("th_4k2m9q7f")));
        assert_eq!(said("tool.trigger").severity, Some(Severity::Critical));
        let links = |kind: &str| said(kind).links.into_iter().map(|link| link.text.unwrap()).collect::<Vec<_>>();
        assert_eq!(
            (links("tool.trigger"), links("text.received")),
            (vec!["Prometheus".into()], vec!["image/jpeg".into()])
        );
    }

    #[test]
    fn no_summary_of_a_call_tells_who_called() {
        for kind in ["call.accepted", "call.ended", "call.missed", "call.message", "call.transcribed"] {
            let event = said(kind);
            assert!(!format!("{event:?}").contains("4790000009"), "{event:?}");
        }
    }
}
