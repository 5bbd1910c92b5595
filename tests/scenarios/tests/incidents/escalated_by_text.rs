//! A responder who cannot help passes it on at once.

use scenarios::{ADA, BO, Duty};

#[tokio::test]
async fn story() {
    let duty = Duty::open().await;
    duty.alert("disk", "Disk full on db1").await;
    duty.reads(ADA, "Alert 10").await;
    duty.texts(ADA, "10e", "Alert 10 goes to the next").await;
    duty.reads(BO, "Disk full on db1").await;
    duty.texts(ADA, "e", "has just been escalated").await;
    duty.closes();
}
