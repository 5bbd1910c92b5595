//! Ten people are called at once: Twilio rings them one a second, and each once.

use oncall::{Channel, NotificationRule, NotificationRules, Person, PersonId, Phone};
use scenarios::{Duty, notify, policy_of};

#[tokio::test]
async fn story() {
    let phone = |number: u32| format!("+479300{number:04}");
    let names: Vec<String> = (0..10).map(|number| format!("p{number}")).collect();
    let duty = Duty::with(|plan| {
        for (number, name) in (0..).zip(&names) {
            let high = vec![NotificationRule { channel: Channel::Voice, after_minutes: 0 }];
            plan.directory.people.push(Person {
                id: PersonId::new(name.as_str()),
                name: name.clone(),
                language: None,
                timezone: None,
                phones: vec![Phone { number: phone(number).parse().unwrap(), verified: true }],
                rules: NotificationRules { high, low: Vec::new() },
            });
        }
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        policy_of(plan, "payments").steps = vec![notify(&names)];
    })
    .await;
    for number in 0..10 {
        duty.sim.phone(&phone(number)).does_not_answer();
    }
    duty.alert("disk", "Disk full on db1").await;
    duty.passes(5).await;
    let rung = (0..10).filter(|number| duty.got(&phone(*number)).1 == 1).count();
    assert!((3..=7).contains(&rung), "{rung} after five seconds");
    duty.passes(30).await;
    assert!((0..10).all(|number| duty.got(&phone(number)).1 == 1));
}
