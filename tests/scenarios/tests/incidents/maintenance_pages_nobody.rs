//! What happens during planned work goes into one maintenance incident, and pages nobody.

use oncall::{Mode, incident::Kind};
use scenarios::{ADA, Duty};

#[tokio::test]
async fn story() {
    let until = "2026-11-20T04:00:00Z".parse().ok();
    let duty = Duty::with(|plan| plan.services[0].mode = Mode::Maintenance { until }).await;
    duty.alert("disk", "Disk full on db1").await;
    duty.alert("memory", "No memory on db2").await;
    duty.passes(1800).await;
    let incident = duty.incident().await;
    assert_eq!((incident.kind, incident.events.count), (Kind::Maintenance, 2));
    duty.passes(2400).await;
    assert!(duty.incident().await.is_resolved());
    assert_eq!(duty.got(ADA), (0, 0));
    duty.alert("disk", "Disk full on db1").await;
    duty.reads(ADA, "Disk full on db1").await;
    duty.closes();
}
