//! Two incidents have two codes; a bare letter means the latest.

use scenarios::{ADA, Duty};

#[tokio::test]
async fn story() {
    let duty = Duty::open().await;
    duty.alert("disk", "Disk full on db1").await;
    duty.reads(ADA, "Alert 10: Disk full").await;
    duty.alert("memory", "No memory on db2").await;
    duty.reads(ADA, "Alert 11: No memory").await;
    duty.texts(ADA, "a", "Alert 11 is yours").await;
    duty.texts(ADA, "10c", "Alert 10 is closed").await;
    let states: Vec<bool> = duty.incidents().await.iter().map(|incident| incident.is_resolved()).collect();
    assert_eq!(states, [false, true]);
    duty.texts(ADA, "12a", "There is no alert 12 for you").await;
    duty.closes();
}
