//! The webhook of Prometheus' Alertmanager, version 4, which Grafana sends too: a group of alerts at a time.

use api::FieldError;
use pipeline::{Link, ToolKind, bounds};
use serde_json::Value;
use statement::{Errors, Identity, Members, Said, hash};

const TOOL: &str = "Alertmanager";
/// What an alert's deduplication key begins with, so that it is nobody else's.
const PREFIX: &str = "alertmanager:";

/// Annotations that say what is the matter, the best one first.
const SUMMARIES: [&str; 4] = ["summary", "title", "description", "message"];
/// Labels that say what an alert speaks of.
const SOURCES: [&str; 4] = ["instance", "host", "node", "pod"];
/// Links of an alert, and of its annotations.
const LINKS: [(&str, &str); 3] =
    [("generatorURL", "Source of the alert"), ("dashboardURL", "Dashboard"), ("panelURL", "Panel")];
const ANNOTATED: [(&str, &str); 2] = [("runbook_url", "Runbook"), ("dashboard_url", "Dashboard")];

/// Reads a body: one statement for each alert.
pub(crate) fn read(body: &Value) -> Result<Vec<Said>, Errors> {
    let mut errors = Errors::new();
    let said = Members::of_body(body, &mut errors).map(|group| of_group(&group, &mut errors)).unwrap_or_default();
    if said.is_empty() && errors.is_empty() {
        errors.push(FieldError::new("alerts", "is missing or empty"));
    }
    if errors.is_empty() { Ok(said) } else { Err(errors) }
}

/// How many alerts of the group Alertmanager has left out (`max_alerts`).
pub(crate) fn left_out(body: &Value) -> u64 {
    body.get("truncatedAlerts").and_then(Value::as_u64).unwrap_or(0)
}

fn of_group(group: &Members<'_>, errors: &mut Errors) -> Vec<Said> {
    let alerts = group.objects("alerts", errors);
    alerts.iter().filter_map(|alert| of_alert(group, alert, errors)).collect()
}

fn of_alert(group: &Members<'_>, alert: &Members<'_>, errors: &mut Errors) -> Option<Said> {
    let (kind, time) = match alert.needed("status", errors)? {
        "firing" => (ToolKind::Trigger, "startsAt"),
        "resolved" => (ToolKind::Resolve, "endsAt"),
        _ => {
            errors.push(FieldError::new(alert.path("status"), "must be firing or resolved"));
            return None;
        }
    };
    let labels = alert.object("labels", errors);
    let annotations = alert.object("annotations", errors);
    let label = |name: &str| labels.as_ref()?.any_text(name);
    let annotation = |name: &str| annotations.as_ref()?.any_text(name);
    let happened_at = alert.any_text(time).and_then(statement::instant);
    let source = SOURCES.iter().find_map(|name| label(name));
    let summary = SUMMARIES.iter().find_map(|name| annotation(name)).map(str::to_owned);
    let named = || match (label("alertname").unwrap_or("An alert without a name"), source) {
        (name, Some(source)) => format!("{name} on {source}"),
        (name, None) => name.to_owned(),
    };
    let identity = alert.any_text(time).map_or(Identity::Unknown, |stamp| Identity::Stamped {
        // annotations carry values that change; an alert is its labels, which are its fingerprint
        content: String::new(),
        stamp: stamp.to_owned(),
        instant: happened_at,
    });
    Some(Said {
        kind,
        dedup_key: format!("{PREFIX}{}", fingerprint(alert, labels.as_ref())),
        happened_at,
        tool: TOOL.to_owned(),
        source: source.map(str::to_owned),
        summary: Some(summary.unwrap_or_else(named)),
        severity: label("severity").or_else(|| label("priority")).and_then(statement::severity),
        links: links(group, alert, annotations.as_ref()),
        details: details(group, labels.as_ref(), annotations.as_ref()),
        identity,
    })
}

/// Alertmanager's own hash of an alert's labels; ours, if it is too old to send one.
fn fingerprint(alert: &Members<'_>, labels: Option<&Members<'_>>) -> String {
    let room = bounds::DEDUP_KEY - PREFIX.len();
    let sent = alert.any_text("fingerprint").map(str::trim);
    if let Some(sent) = sent.filter(|it| it.chars().all(statement::is_plain) && it.chars().count() <= room) {
        return sent.to_owned();
    }
    let mut labels: Vec<String> =
        labels.into_iter().flat_map(Members::pairs).map(|(name, value)| format!("{name}={value}")).collect();
    labels.sort();
    hash(&labels.iter().map(String::as_str).collect::<Vec<_>>())
}

fn links(group: &Members<'_>, alert: &Members<'_>, annotations: Option<&Members<'_>>) -> Vec<Link> {
    let link = |href: Option<&str>, text: &str| Some(Link { href: href?.to_owned(), text: Some(text.to_owned()) });
    let annotated = ANNOTATED.iter().filter_map(|(name, text)| link(annotations?.any_text(name), text));
    let own = LINKS.iter().filter_map(|(name, text)| link(alert.any_text(name), text));
    annotated.chain(own).chain(link(group.any_text("externalURL"), "Alertmanager")).collect()
}

fn details(
    group: &Members<'_>,
    labels: Option<&Members<'_>>,
    annotations: Option<&Members<'_>>,
) -> Vec<(String, Value)> {
    let of_group = ["truncatedAlerts", "receiver", "groupKey"];
    let of_group = of_group.into_iter().filter_map(|name| {
        let value = group.value(name).filter(|value| value.as_u64() != Some(0))?;
        Some((name.to_owned(), value.clone()))
    });
    let labels = labels.into_iter().flat_map(Members::pairs);
    of_group.chain(labels).chain(annotations.into_iter().flat_map(Members::pairs)).collect()
}
