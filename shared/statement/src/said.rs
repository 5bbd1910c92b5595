//! What a tool has said, whatever shape it came in.

use jiff::Timestamp;
use pipeline::{Link, Severity, ToolEvent, ToolKind, bounds};
use serde_json::Value;

use crate::{
    bounded::Bounded,
    identity::{Identity, message_id},
};

/// One thing that a tool has said, before it is cut to size.
#[derive(Clone, PartialEq, Debug)]
pub struct Said {
    /// What the tool wants.
    pub kind: ToolKind,
    /// Which problem it is, at most as long as [`bounds::DEDUP_KEY`] says.
    pub dedup_key: String,
    /// When it happened, by the tool's clock.
    pub happened_at: Option<Timestamp>,
    /// What the tool calls itself.
    pub tool: String,
    /// What it speaks of.
    pub source: Option<String>,
    /// What is the matter.
    pub summary: Option<String>,
    /// How bad it is.
    pub severity: Option<Severity>,
    /// Where to look.
    pub links: Vec<Link>,
    /// Whatever else it says, by name.
    pub details: Vec<(String, Value)>,
    /// By what it is recognised.
    pub identity: Identity,
}

impl Said {
    /// The message about it; `place` is its place in the request.
    pub fn event(self, service: &str, at: Timestamp, place: usize) -> ToolEvent {
        let id = message_id(&self.identity, [service, word(self.kind), &self.dedup_key], at, place);
        let mut bounded = Bounded::default();
        let mut line = |text: &str, most| bounded.line(text, most);
        let tool = line(&self.tool, bounds::NAME).unwrap_or_else(|| "unknown".to_owned());
        let source = self.source.and_then(|source| line(&source, bounds::NAME));
        let summary = self.summary.and_then(|summary| line(&summary, bounds::SUMMARY));
        let links = bounded.links(self.links);
        let details = bounded.details(&self.details);
        ToolEvent {
            version: pipeline::VERSION,
            id,
            kind: self.kind,
            service: service.to_owned(),
            dedup_key: self.dedup_key,
            at,
            happened_at: self.happened_at,
            tool,
            source,
            summary,
            severity: self.severity,
            links,
            details,
            shortened: bounded.shortened,
        }
    }
}

fn word(kind: ToolKind) -> &'static str {
    match kind {
        ToolKind::Trigger => "trigger",
        ToolKind::Acknowledge => "acknowledge",
        ToolKind::Resolve => "resolve",
    }
}

/// A tool's own time, if it can be read.
pub fn instant(text: &str) -> Option<Timestamp> {
    text.trim().parse().ok()
}

/// A severity by the words that tools use.
pub fn severity(word: &str) -> Option<Severity> {
    Some(match word.trim().to_ascii_lowercase().as_str() {
        "critical" | "crit" | "page" | "emergency" | "emerg" | "alert" | "fatal" | "disaster" | "p1" => {
            Severity::Critical
        }
        "error" | "err" | "high" | "major" | "p2" => Severity::Error,
        "warning" | "warn" | "average" | "medium" | "minor" | "p3" => Severity::Warning,
        "info" | "information" | "informational" | "notice" | "low" | "none" | "debug" | "ok" | "p4" | "p5" => {
            Severity::Info
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_ten_messages_fit_into_one_request_to_sqs() {
        // a quotation mark takes two bytes in JSON, a character of four bytes takes four
        for filler in ["\"", "🔥", "x"] {
            let long = |bytes: usize| filler.repeat(bytes.div_ceil(filler.len()) + 1);
            let said = Said {
                kind: ToolKind::Acknowledge,
                dedup_key: filler.repeat(bounds::DEDUP_KEY),
                happened_at: Some(Timestamp::MAX),
                tool: long(bounds::NAME),
                source: Some(long(bounds::NAME)),
                summary: Some(long(bounds::SUMMARY)),
                severity: Some(Severity::Critical),
                links: (0..9)
                    .map(|n| Link {
                        href: format!("https://{n}{}", filler.repeat((bounds::HREF - 9) / filler.len())),
                        text: Some(long(bounds::LINK_TEXT)),
                    })
                    .collect(),
                details: (0..200).map(|n| (format!("{n}"), Value::from(filler.repeat(40 / filler.len())))).collect(),
                identity: Identity::Unknown,
            };
            let event = said.event(&"s".repeat(100), Timestamp::MAX, 0);
            assert!(event.shortened && event.links.len() == bounds::LINKS && event.details.len() >= 40);
            let bytes = serde_json::to_string(&event).unwrap().len();
            assert!(bytes <= 24_000, "{bytes} bytes of {filler}");
        }
    }

    #[test]
    fn severities_have_many_names() {
        assert_eq!(severity(" Critical"), Some(Severity::Critical));
        assert_eq!(severity("WARN"), Some(Severity::Warning));
        assert_eq!(severity("major"), Some(Severity::Error));
        assert_eq!(severity("none"), Some(Severity::Info));
        assert_eq!(severity("purple"), None);
    }

    #[test]
    fn tools_write_time_in_several_ways() {
        let noon = "2026-11-20T12:00:00Z".parse().ok();
        for text in ["2026-11-20T12:00:00Z", "2026-11-20T13:00:00+01:00", "2026-11-20T12:00:00.000+0000"] {
            assert_eq!(instant(text), noon, "{text}");
        }
        assert_eq!(instant("yesterday"), None);
    }
}
