//! A silence pages nobody, and ends by itself.

use jiff::SignedDuration;
use oncall::incident::Wish;
use scenarios::{ADA, Duty};

#[tokio::test]
async fn story() {
    let duty = Duty::open().await;
    duty.alert("disk", "Disk full on db1").await;
    duty.passes(30).await;
    duty.acts(Wish::Silence { until: duty.now() + SignedDuration::from_mins(20) }).await;
    duty.passes(1190).await;
    assert_eq!(duty.got(ADA), (1, 0));
    duty.passes(30).await;
    assert_eq!(duty.got(ADA).0, 2);
    duty.closes();
}
