//! A policy as people would tell it.

use api::{Channel, Day, EscalationPolicy, Hours, Order, Step, Target, TargetKind};

use crate::{
    choices::{Choices, name_of},
    view::counted,
};

/// A sentence for each step.
pub(crate) fn told(policy: &EscalationPolicy, choices: &Choices) -> Vec<String> {
    policy.steps.iter().map(|step| sentence(step, choices)).collect()
}

fn sentence(step: &Step, choices: &Choices) -> String {
    match step {
        Step::Notify { targets, order, ring_seconds, channel } => {
            notify("Tell", targets, (*order, *ring_seconds, *channel), choices)
        }
        Step::NotifyIfEvents { events, minutes, targets, order, ring_seconds, channel } => {
            let within =
                format!("If there are {} within {}, tell", counted(*events, "event"), counted(*minutes, "minute"));
            notify(&within, targets, (*order, *ring_seconds, *channel), choices)
        }
        Step::NotifyIfTime { hours, targets, order, ring_seconds, channel } => {
            notify(&format!("{}, tell", within(hours)), targets, (*order, *ring_seconds, *channel), choices)
        }
        Step::Wait { minutes } => format!("Wait {}.", counted(*minutes, "minute")),
        Step::Repeat { times: 1 } => "Start again from the top, once.".to_owned(),
        Step::Repeat { times } => format!("Start again from the top, {times} times."),
        Step::Resolve {} => "Resolve the incident.".to_owned(),
    }
}

fn notify(begin: &str, targets: &[Target], how: (Order, Option<u16>, Option<Channel>), choices: &Choices) -> String {
    let (order, ring_seconds, channel) = how;
    let names: Vec<String> = targets.iter().map(|target| name(target, choices)).collect();
    let whom = match names.split_last() {
        None => "nobody".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
    };
    let mut sentence = format!("{begin} {whom}");
    if order == Order::Random {
        sentence.push_str(", in an order of chance");
    }
    if let Some(seconds) = ring_seconds {
        sentence.push_str(&format!(", ringing {seconds} s each"));
    }
    match channel {
        Some(Channel::Sms) => sentence.push_str(", by text"),
        Some(Channel::Voice) => sentence.push_str(", by a call"),
        None => {}
    }
    sentence + "."
}

fn name(target: &Target, choices: &Choices) -> String {
    match target.kind {
        TargetKind::Person => name_of(&choices.people, &target.id).to_owned(),
        TargetKind::Team => format!("the team {}", name_of(&choices.teams, &target.id)),
        TargetKind::Schedule => format!("whoever is on call in {}", name_of(&choices.schedules, &target.id)),
    }
}

fn within(hours: &Hours) -> String {
    let windows = hours.windows.iter().map(|window| {
        let (from, to) = (window.from.strftime("%H:%M"), window.to.strftime("%H:%M"));
        format!("{} from {from} to {to}", days(&window.days))
    });
    let windows: Vec<String> = windows.collect();
    let free = !hours.holidays.is_empty() || !hours.calendars.is_empty();
    format!("On {} ({}{})", windows.join(" and "), hours.timezone, if free { ", holidays excepted" } else { "" })
}

const WEEK: [(Day, &str); 7] = [
    (Day::Mo, "Mon"),
    (Day::Tu, "Tue"),
    (Day::We, "Wed"),
    (Day::Th, "Thu"),
    (Day::Fr, "Fri"),
    (Day::Sa, "Sat"),
    (Day::Su, "Sun"),
];

/// Days of a week, runs of three and more as such.
fn days(chosen: &[Day]) -> String {
    let mut runs: Vec<Vec<&str>> = Vec::new();
    let mut goes_on = false;
    for (day, name) in WEEK {
        if chosen.contains(&day) {
            match runs.last_mut().filter(|_| goes_on) {
                Some(run) => run.push(name),
                None => runs.push(vec![name]),
            }
        }
        goes_on = chosen.contains(&day);
    }
    let written = runs.iter().map(|run| match run.as_slice() {
        [first, _, .., last] => format!("{first}–{last}"),
        few => few.join(", "),
    });
    written.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::choices::Choice;

    #[test]
    fn each_step_is_told() {
        let named = |id: &str, name: &str| vec![Choice { id: id.to_owned(), name: name.to_owned() }];
        let choices = Choices {
            people: named("ada", "Ada Lovelace"),
            teams: named("leads", "Leads"),
            schedules: named("primary", "Primary"),
            ..Choices::default()
        };
        let all = json!([{"type": "schedule", "id": "primary"}, {"type": "team", "id": "leads"}, {"type": "person", "id": "ada"}]);
        let policy = json!({"name": "P", "steps": [
            {"type": "notify", "targets": all, "order": "random", "ring_seconds": 20, "channel": "voice"},
            {"type": "wait", "minutes": 1},
            {"type": "notify_if_events", "events": 3, "minutes": 10, "targets": [{"type": "person", "id": "gone"}]},
            {"type": "notify_if_time", "targets": [], "hours": {"timezone": "Europe/Oslo", "holidays": ["2026-12-25"], "windows": [
                {"days": ["MO", "TU", "WE", "SA"], "from": "08:00", "to": "16:30"},
                {"days": ["SU"], "from": "10:00", "to": "12:00"},
            ]}},
            {"type": "repeat", "times": 2},
            {"type": "resolve"},
        ]});
        let expected = [
            "Tell whoever is on call in Primary, the team Leads and Ada Lovelace, in an order of chance, ringing 20 s each, by a call.",
            "Wait 1 minute.",
            "If there are 3 events within 10 minutes, tell gone.",
            "On Mon–Wed, Sat from 08:00 to 16:30 and Sun from 10:00 to 12:00 (Europe/Oslo, holidays excepted), tell nobody.",
            "Start again from the top, 2 times.",
            "Resolve the incident.",
        ];
        assert_eq!(told(&serde_json::from_value(policy).unwrap(), &choices), expected);
    }

    #[test]
    fn runs_of_days_are_told_as_such() {
        assert_eq!(days(&[Day::Mo, Day::Tu, Day::We, Day::Th, Day::Fr]), "Mon–Fri");
        assert_eq!(days(&[Day::Su, Day::Sa]), "Sat, Sun");
        assert_eq!(days(&[Day::Mo, Day::We, Day::Th, Day::Fr, Day::Su]), "Mon, Wed–Fri, Sun");
    }
}
