//! The second one who answers is told who has it, and since when.

use scenarios::{ADA, BO, Duty};

#[tokio::test]
async fn story() {
    let duty = Duty::open().await;
    duty.sim.phone(ADA).does_not_answer();
    duty.alert("disk", "Disk full on db1").await;
    duty.passes(330).await;
    duty.texts(BO, "a", "is yours").await;
    duty.texts(ADA, "10a", "bo has alert 10 already, since").await;
    duty.texts(ADA, "10c", "Alert 10 is closed").await;
    duty.texts(BO, "c", "was closed at").await;
    duty.closes();
}
