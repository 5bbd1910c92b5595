//! A service that is tried out records its incidents and pages nobody.

use oncall::{Mode, incident::Kind};
use scenarios::{ADA, Duty};

#[tokio::test]
async fn story() {
    let duty = Duty::with(|plan| plan.services[0].mode = Mode::Debug { until: None }).await;
    duty.alert("disk", "Disk full on db1").await;
    duty.passes(3600).await;
    assert_eq!(duty.incident().await.kind, Kind::Trial);
    assert_eq!(duty.got(ADA), (0, 0));
    duty.closes();
}
