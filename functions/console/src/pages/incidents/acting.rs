//! What a form wants done with an incident.

use api::{ActionOutcome, FieldError, IncidentAction};

use super::targets;
use crate::form::Fields;

/// What a form wants, if it can be read.
pub(super) fn wanted(fields: &Fields) -> Result<IncidentAction, Vec<FieldError>> {
    Ok(match fields.text("_do") {
        "acknowledge" => IncidentAction::Acknowledge {},
        "escalate" => IncidentAction::Escalate {},
        "resolve" => IncidentAction::Resolve {},
        "silence" => {
            let minutes = fields.text("silence.minutes").trim().parse();
            let minutes = minutes.map_err(|_| vec![FieldError::new("silence.minutes", "must be a whole number")])?;
            IncidentAction::Silence { minutes }
        }
        "reassign" => IncidentAction::Reassign { to: targets(fields, "reassign.to") },
        "ask" => IncidentAction::Ask { whom: targets(fields, "ask.whom") },
        "reply" => IncidentAction::Reply { words: fields.text("reply.words").to_owned() },
        _ => return Err(vec![FieldError::new("", "This form wants nothing that can be done with an incident.")]),
    })
}

/// The field in which a form names people.
pub(super) fn field(fields: &Fields) -> &'static str {
    if fields.text("_do") == "ask" { "ask.whom" } else { "reassign.to" }
}

/// The word that stands in the address afterwards (`frame.rs` has what it says).
pub(in crate::pages) fn done(action: &IncidentAction, outcome: ActionOutcome) -> &'static str {
    match (outcome, action) {
        (ActionOutcome::Done, IncidentAction::Acknowledge {}) => "acknowledged",
        (ActionOutcome::Done, IncidentAction::Resolve {}) => "resolved",
        (ActionOutcome::Done, IncidentAction::Escalate {}) => "escalated",
        (ActionOutcome::Done, IncidentAction::Silence { .. }) => "silenced",
        (ActionOutcome::Done, IncidentAction::Reassign { .. }) => "reassigned",
        (ActionOutcome::Done, IncidentAction::Ask { .. }) => "asked",
        (ActionOutcome::Done, IncidentAction::Reply { .. }) => "replied",
        (ActionOutcome::AcknowledgedBefore, _) => "acknowledged-before",
        (ActionOutcome::ResolvedBefore, _) => "resolved-before",
        (ActionOutcome::EscalatedBefore, _) => "escalated-before",
        (ActionOutcome::NobodyLeft, _) => "nobody-left",
        (ActionOutcome::NobodyNamed, _) => "nobody-named",
        (ActionOutcome::NoReporter, _) => "no-reporter",
        (ActionOutcome::Senseless, _) => "senseless",
    }
}

#[cfg(test)]
mod tests {
    use api::{Target, TargetKind};

    use super::*;

    #[test]
    fn a_form_says_what_it_wants() {
        let read = |body: &str| wanted(&Fields::submitted(body.as_bytes()));
        assert_eq!(read("_do=acknowledge&reply.words=x").unwrap(), IncidentAction::Acknowledge {});
        assert_eq!(read("_do=silence&silence.minutes=+60").unwrap(), IncidentAction::Silence { minutes: 60 });
        let wrong = read("_do=silence&silence.minutes=soon").unwrap_err();
        assert_eq!(wrong, [FieldError::new("silence.minutes", "must be a whole number")]);
        let to = vec![
            Target { kind: TargetKind::Person, id: "ada".to_owned() },
            Target { kind: TargetKind::Team, id: "leads".to_owned() },
        ];
        let body = "_do=reassign&reassign.to:list=&reassign.to:list=person:ada&reassign.to:list=team:leads\
                    &reassign.to:list=anybody&ask.whom:list=person:bo";
        assert_eq!(read(body).unwrap(), IncidentAction::Reassign { to });
        assert!(read("_do=").is_err());
    }
}
