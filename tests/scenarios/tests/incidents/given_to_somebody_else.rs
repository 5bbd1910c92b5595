//! Given to somebody else by hand: they are paged, and nobody else is any more.

use oncall::{PersonId, Target, incident::Wish};
use scenarios::{ADA, BO, CY, Duty};

#[tokio::test]
async fn story() {
    let duty = Duty::open().await;
    duty.sim.phone(CY).does_not_answer();
    duty.alert("disk", "Disk full on db1").await;
    duty.passes(30).await;
    duty.acts(Wish::Reassign { to: vec![Target::Person(PersonId::new("cy"))] }).await;
    duty.passes(400).await;
    assert_eq!((duty.got(ADA), duty.got(BO), duty.got(CY)), ((1, 0), (0, 0), (1, 1)));
    duty.closes();
}
