//! Words that are not understood get help, five times in a row at most, until something is done.

use scenarios::{ADA, Duty};

#[tokio::test]
async fn story() {
    let duty = Duty::open().await;
    duty.alert("disk", "Disk full on db1").await;
    duty.reads(ADA, "Alert 10").await;
    for _ in 0..5 {
        duty.texts(ADA, "what is this", "Not understood").await;
    }
    duty.texts(ADA, "what is this", "").await;
    duty.texts(ADA, "10a", "Alert 10 is yours").await;
    duty.texts(ADA, "and now", "Not understood").await;
}
