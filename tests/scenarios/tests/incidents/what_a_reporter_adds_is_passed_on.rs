//! What a reporter writes once somebody has the incident goes to whoever has it, also after it was handed over.

use oncall::{PersonId, Target, incident::Wish};
use scenarios::{ADA, BO, CALLER, Duty, LINE, one_destination};

#[tokio::test]
async fn story() {
    let duty = Duty::with(one_destination).await;
    duty.sim.phone(CALLER).texts_to(LINE, "The card terminal is dead").await;
    duty.reads(ADA, "Alert 10").await;
    duty.texts(ADA, "10a", "Alert 10 is yours").await;
    duty.sim.phone(CALLER).texts_to(LINE, "It is the one at the door").await;
    duty.reads(ADA, "From the reporter of alert 10: It is the one at the door").await;

    duty.acts(Wish::Reassign { to: vec![Target::Person(PersonId::new("bo"))] }).await;
    duty.reads(BO, "Alert 10").await;
    duty.texts(BO, "a", "is yours").await;
    duty.sim.phone(CALLER).texts_to(LINE, "And now the other one, too").await;
    duty.reads(BO, "From the reporter of alert 10: And now the other one, too").await;
    assert!(duty.texts_of(ADA).iter().all(|text| !text.contains("the other one")));
    for text in duty.texts_of(ADA).iter().chain(&duty.texts_of(BO)) {
        assert!(!text.contains("+47"), "{text}");
    }

    duty.texts(BO, "c", "is closed").await;
    assert!(duty.incident().await.is_resolved());
}
