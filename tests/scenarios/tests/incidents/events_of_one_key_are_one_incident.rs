//! A tool that says the same again and again pages once.

use scenarios::{ADA, Duty};

#[tokio::test]
async fn story() {
    let duty = Duty::open().await;
    for _ in 0..5 {
        duty.alert("disk", "Disk full on db1").await;
        duty.passes(3).await;
    }
    duty.alert("memory", "No memory on db2").await;
    duty.passes(30).await;
    let counts: Vec<u64> = duty.incidents().await.iter().map(|incident| incident.events.count).collect();
    assert_eq!(counts, [1, 5]);
    assert_eq!(duty.got(ADA).0, 2);
    duty.closes();
}
