//! The queue delivers twice, one after the other and at the same time.

use scenarios::{ADA, Duty};
use serde_json::json;

#[tokio::test]
async fn story() {
    let duty = Duty::open().await;
    let message = json!({
        "version": 1, "id": "t-1", "kind": "tool.trigger", "service": "payments", "dedup_key": "disk",
        "at": "2026-11-20T03:00:00Z", "tool": "Monitor", "summary": "Disk full", "severity": "critical",
    })
    .to_string();
    let once = [message.clone()];
    let (first, second) = tokio::join!(duty.carry(&once), duty.carry(&once));
    assert_eq!((first, second), (vec![], vec![]));
    assert!(duty.carry(&[message.clone(), message]).await.is_empty());
    duty.passes(60).await;
    assert_eq!(duty.got(ADA).0, 1);
    assert_eq!(duty.incident().await.events.count, 1);
    duty.closes();
}
