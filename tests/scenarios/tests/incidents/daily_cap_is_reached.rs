//! As much has been spent as may be: nothing leaves, and the log says so.

use scenarios::{ADA, Duty};
use store::{Author, StoredSendingSettings};

#[tokio::test]
async fn story() {
    let duty = Duty::open().await;
    let mut settings = StoredSendingSettings::default();
    settings.settings.daily_cap = Some(0);
    let by = Author::of("story");
    assert!(duty.store.save_sending_settings(&settings, &by, duty.now()).await.unwrap());
    duty.alert("disk", "Disk full on db1").await;
    duty.passes(600).await;
    assert_eq!(duty.got(ADA), (0, 0));
    let log = format!("{:?}", duty.incident().await.log);
    assert!(log.contains("SpendCap"), "{log}");
    duty.closes();
}
