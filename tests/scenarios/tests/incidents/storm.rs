//! A thousand incidents within a minute, for twenty people who look after twenty services: each is told in a few texts,
//! and one answer takes all of a bundle.

use oncall::{
    Channel, EscalationPolicy, NotificationRule, NotificationRules, Person, PersonId, Phone, PolicyId, Service,
    ServiceId,
};
use scenarios::{Duty, notify};
use serde_json::json;

const PEOPLE: usize = 20;
const INCIDENTS: usize = 1_000;

fn phone(number: usize) -> String {
    format!("+479200{number:04}")
}

fn name(number: usize) -> String {
    format!("p{number}")
}

async fn organised() -> Duty {
    Duty::with(|plan| {
        let text = NotificationRule { channel: Channel::Sms, after_minutes: 0 };
        for number in 0..PEOPLE {
            let name = name(number);
            plan.directory.people.push(Person {
                id: PersonId::new(name.as_str()),
                name: name.clone(),
                language: None,
                timezone: None,
                phones: vec![Phone { number: phone(number).parse().unwrap(), verified: true }],
                rules: NotificationRules { high: vec![text], low: vec![text] },
            });
            let steps = vec![notify(&[&name])];
            plan.policies.push(EscalationPolicy {
                id: PolicyId::new(name.as_str()),
                name: name.clone(),
                steps,
                fallback: None,
            });
            plan.services.push(Service {
                id: ServiceId::new(name.as_str()),
                policy: PolicyId::new(name.as_str()),
                name,
                mode: oncall::Mode::Normal,
                acknowledged_minutes: None,
            });
        }
    })
    .await
}

#[tokio::test]
async fn story() {
    let duty = organised().await;
    let message = |number: usize| {
        json!({
            "version": 1, "id": format!("t-{number}"), "kind": "tool.trigger", "service": name(number % PEOPLE),
            "dedup_key": format!("host {number}"), "at": "2026-11-20T03:00:00Z", "tool": "Monitor",
            "summary": format!("Host {number} is down"), "severity": "critical",
        })
        .to_string()
    };
    let bodies: Vec<String> = (0..INCIDENTS).map(message).collect();
    for second in bodies.chunks(INCIDENTS / 50) {
        for batch in second.chunks(10) {
            assert!(duty.carry(batch).await.is_empty());
        }
        duty.sim.wait(1).await;
    }
    duty.passes(180).await;

    let each = INCIDENTS / PEOPLE;
    let mut all = 0;
    for number in 0..PEOPLE {
        let texts = duty.texts_of(&phone(number));
        all += texts.len();
        assert!((4..=6).contains(&texts.len()), "{texts:#?}");
        // three alone, the others in bundles, and none of them lost
        let bundled =
            |text: &String| text.split_once(" alerts ").and_then(|(words, _)| words.rsplit(' ').next()?.parse().ok());
        let told: usize = texts.iter().map(|text| bundled(text).unwrap_or(1)).sum();
        assert_eq!(told, each, "{texts:#?}");
    }
    println!("{INCIDENTS} incidents, {PEOPLE} people, {all} texts");
    println!("requests to the table: {:?}", duty.table.counts());

    let last = duty.texts_of(&phone(7)).last().cloned().unwrap();
    let code = last.split_once(" alerts ").and_then(|(_, rest)| rest.split_once(':')).unwrap().0;
    duty.texts(&phone(7), &format!("{code}a"), "are yours").await;
}
