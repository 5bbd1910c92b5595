//! Where things are looked at, by what the API calls their kind.

use api::Kind;

/// The page of a thing; none if it has no page.
pub(super) fn page(kind: &str, id: &str) -> Option<String> {
    let section = match kind {
        "person" | "verification" => "/console/people",
        "team" => "/console/teams",
        "schedule" => "/console/schedules",
        "holiday_calendar" | "holiday calendar" => "/console/holidays",
        "escalation_policy" | "escalation policy" | "policy" => "/console/escalation-policies",
        "service" => "/console/services",
        "line" | "drift" | "lost" | "fallback" => "/console/numbers",
        "integration" => "/console/integrations",
        "incident" => "/console/incidents",
        // the id of a key stands behind its service's
        "routing_key" => return id.split_once('/').map(|(service, _)| format!("/console/services/{service}")),
        "token" => return Some("/console/tokens".to_owned()),
        "sending" => return Some("/console/sending".to_owned()),
        _ => return None,
    };
    Some(if id.is_empty() { section.to_owned() } else { format!("{section}/{id}") })
}

/// The page of an object.
pub(super) fn of_kind(kind: Kind, id: &str) -> String {
    page(&kind.to_string(), id).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_object_has_a_page() {
        let kinds = [
            Kind::Person,
            Kind::Team,
            Kind::Schedule,
            Kind::HolidayCalendar,
            Kind::EscalationPolicy,
            Kind::Service,
            Kind::Line,
        ];
        for kind in kinds {
            assert!(of_kind(kind, "x").ends_with("/x"), "{kind}");
        }
        assert_eq!(page("token", "k1").as_deref(), Some("/console/tokens"));
        assert_eq!(page("routing_key", "payments/r3k7").as_deref(), Some("/console/services/payments"));
        assert_eq!(page("nothing", "x"), None);
    }
}
