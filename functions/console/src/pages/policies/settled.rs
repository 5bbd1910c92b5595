//! The form of a policy, put right: each step has the inputs of its type, and each target what it is beside its id.

use crate::form::Fields;

/// Which members a step of a type has, beside the type.
fn members(kind: &str) -> &'static [&'static str] {
    match kind {
        "notify" => &["targets", "order", "ring_seconds", "channel"],
        "notify_if_events" => &["targets", "order", "ring_seconds", "channel", "events", "minutes"],
        "notify_if_time" => &["targets", "order", "ring_seconds", "channel", "hours"],
        "wait" => &["minutes"],
        "repeat" => &["times"],
        _ => &[],
    }
}

const ALL: [&str; 8] = ["targets", "order", "ring_seconds", "channel", "events", "minutes", "hours", "times"];

/// A target is chosen as `schedule:primary`. Before a form is saved, targets that nothing was chosen for go.
pub(super) fn settle(fields: &mut Fields, is_saved: bool) {
    for step in (0..fields.count("steps")).map(|place| format!("steps[{place}]")) {
        let known = members(fields.text(&format!("{step}.type")));
        for member in ALL.iter().filter(|member| !known.contains(member)) {
            fields.remove(&format!("{step}.{member}"));
        }
        if known.contains(&"targets") {
            targets(fields, &format!("{step}.targets"), is_saved);
        }
    }
}

fn targets(fields: &mut Fields, list: &str, is_saved: bool) {
    // from the last, since what goes moves those behind it
    for path in (0..fields.count(list)).rev().map(|place| format!("{list}[{place}]")) {
        let (kind, id) = (format!("{path}.type"), format!("{path}.id"));
        let chosen = fields.text(&id).split_once(':').map(|(kind, id)| (kind.to_owned(), id.to_owned()));
        if let Some((chosen_kind, chosen_id)) = chosen {
            fields.set(&kind, &chosen_kind);
            fields.set(&id, &chosen_id);
        } else if is_saved && fields.text(&id).is_empty() {
            fields.remove(&path);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Fields {
        let body: Vec<String> = pairs.iter().map(|(name, text)| format!("{name}={text}")).collect();
        Fields::submitted(body.join("&").as_bytes())
    }

    #[test]
    fn a_step_has_what_its_type_has() {
        let mut fields = typed(&[
            ("steps[0].type", "wait"),
            ("steps[0].minutes:int", "5"),
            ("steps[0].targets:list", ""),
            ("steps[0].targets[0].id", "person:ada"),
            ("steps[0].order", "listed"),
            ("steps[1].type", "notify"),
            ("steps[1].minutes:int", "7"),
            ("steps[1].targets:list", ""),
            ("steps[1].targets[0].id", ""),
            ("steps[1].targets[1].id", "schedule:primary"),
            ("steps[2].type", "notify"),
            ("steps[2].targets:list", ""),
            ("steps[2].targets[0].id", ""),
        ]);
        settle(&mut fields, true);
        let expected = json!({"steps": [
            {"type": "wait", "minutes": 5},
            {"type": "notify", "targets": [{"type": "schedule", "id": "primary"}]},
            {"type": "notify", "targets": []},
        ]});
        assert_eq!(fields.to_json().unwrap(), expected);
    }

    #[test]
    fn an_empty_target_stays_while_somebody_chooses() {
        let mut fields = typed(&[("steps[0].type", "notify"), ("steps[0].targets[0].id", "")]);
        settle(&mut fields, false);
        assert_eq!(fields.count("steps[0].targets"), 1);
    }
}
