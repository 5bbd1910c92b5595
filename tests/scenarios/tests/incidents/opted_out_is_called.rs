//! Whoever has texted STOP is called instead, and is texted again after START.

use scenarios::{ADA, Duty};

#[tokio::test]
async fn story() {
    let duty = Duty::open().await;
    duty.sim.phone(ADA).does_not_answer();
    duty.texts(ADA, "STOP", "unsubscribed").await;
    duty.alert("disk", "Disk full on db1").await;
    duty.passes(30).await;
    assert_eq!(duty.got(ADA).1, 1);
    assert!(duty.texts_of(ADA).iter().all(|text| !text.contains("Disk full")));
    duty.over("disk").await;
    duty.texts(ADA, "START", "re-subscribed").await;
    duty.alert("memory", "No memory on db2").await;
    duty.reads(ADA, "No memory on db2").await;
}
