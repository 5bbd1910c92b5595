//! What lies between nothing and a line that rings, in the order in which each needs the one before.

use api::{Line, Person, Readiness, ReadinessCode, Status, Stored};

/// One of these things.
pub(super) struct FirstStep {
    pub(super) title: &'static str,
    pub(super) why: String,
    pub(super) path: String,
    pub(super) done: bool,
}

/// Whether calls to a line lead to somebody.
pub(super) fn leads_somewhere(line: &Stored<Line>) -> bool {
    line.value.enabled && !line.value.destinations.is_empty()
}

/// All of them. Each leads to where it is done, as far as that is known.
pub(super) fn first_steps(
    status: &Status,
    readiness: &Readiness,
    lines: &[Stored<Line>],
    people: &[Stored<Person>],
) -> Vec<FirstStep> {
    let counts = &status.counts;
    let step =
        |title, why: &str, path: &str, done| FirstStep { title, why: why.to_owned(), path: path.to_owned(), done };
    let has_account = !readiness.findings.iter().any(|finding| finding.code == ReadinessCode::NoAccount);
    let line = lines.first().and_then(|line| line.value.id.as_deref());
    let line =
        |part: &str| line.map_or_else(|| "/console/numbers".to_owned(), |id| format!("/console/numbers/{id}{part}"));
    let sends = |line: &Stored<Line>| line.value.sms_notifications || line.value.voice_notifications;
    vec![
        step(
            "Connect Twilio",
            "Calls and texts go through your own account.",
            if has_account { "/console/integrations" } else { "/console/integrations/new" },
            has_account,
        ),
        step(
            "Get a number",
            "What people will dial. One for calls and texts can page people by text, too. Its price is shown before you buy it.",
            "/console/numbers",
            counts.lines > 0,
        ),
        step(
            "Let it send codes and pages",
            "Tick there what may be sent from the number: texts, calls, or both.",
            &line("#f-sms_notifications"),
            lines.iter().any(sends),
        ),
        people_step(people),
        step(
            "Say who is on call when",
            "A schedule: people who take turns.",
            &or_new("schedules", counts.schedules),
            counts.schedules > 0,
        ),
        step(
            "Say who comes after whom",
            "An escalation policy: whom to ring first, and who follows.",
            &or_new("escalation-policies", counts.escalation_policies),
            counts.escalation_policies > 0,
        ),
        step(
            "Name a service",
            "What people call about, and what alerts are about.",
            &or_new("services", counts.services),
            counts.services > 0,
        ),
        step(
            "Let the number lead there",
            "Add the service as a destination of the line, and enable the line. Then it rings.",
            &line("#f-enabled"),
            lines.iter().any(leads_somewhere),
        ),
    ]
}

/// Where something is made, while there is none of it.
fn or_new(section: &str, count: impl Into<u64>) -> String {
    if count.into() == 0 { format!("/console/{section}/new") } else { format!("/console/{section}") }
}

/// Somebody whose phone is proved; or the one whose phone is to be proved.
fn people_step(people: &[Stored<Person>]) -> FirstStep {
    let is_proved = |person: &Stored<Person>| person.value.phones.iter().any(|phone| phone.verified);
    let done = people.iter().any(is_proved);
    let (why, path) = match people.first() {
        Some(person) if !done => {
            let id = person.value.id.as_deref().unwrap_or_default();
            (
                format!("Prove {}'s phone by a code that is sent to it.", person.value.name),
                format!("/console/people/{id}"),
            )
        }
        Some(_) => ("Each proves their phone by a code that is sent to it.".to_owned(), "/console/people".to_owned()),
        None => ("Each proves their phone by a code that is sent to it.".to_owned(), "/console/people/new".to_owned()),
    };
    FirstStep { title: "Add the people who answer", why, path, done }
}
