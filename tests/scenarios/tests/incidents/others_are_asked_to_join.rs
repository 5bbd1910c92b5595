//! Others are paged, too, although somebody has it.

use oncall::{PersonId, Target, incident::Wish};
use scenarios::{ADA, CY, Duty};

#[tokio::test]
async fn story() {
    let duty = Duty::open().await;
    duty.alert("disk", "Disk full on db1").await;
    duty.reads(ADA, "Alert 10").await;
    duty.texts(ADA, "a", "is yours").await;
    duty.acts(Wish::Ask { whom: vec![Target::Person(PersonId::new("cy"))] }).await;
    duty.reads(CY, "Disk full on db1").await;
    duty.closes();
}
