//! The table is away when the alert is read from the queue: the message comes again, and the page leaves once.

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
    duty.table.every(wire::ANY, wire::Fault::Refuse);
    assert_eq!(duty.carry(&[message.clone()]).await, [0]);
    duty.table.mend();
    assert!(duty.carry(&[message]).await.is_empty());
    duty.passes(60).await;
    assert_eq!(duty.got(ADA), (1, 0));
    duty.closes();
}
