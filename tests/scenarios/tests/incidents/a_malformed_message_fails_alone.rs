//! One message of a batch cannot be read: it fails alone, and the others are carried.

use scenarios::{ADA, Duty};
use serde_json::json;

#[tokio::test]
async fn story() {
    let duty = Duty::open().await;
    let good = json!({
        "version": 1, "id": "t-1", "kind": "tool.trigger", "service": "payments", "dedup_key": "disk",
        "at": "2026-11-20T03:00:00Z", "tool": "Monitor", "summary": "Disk full", "severity": "critical",
    });
    let unknown = json!({"version": 1, "id": "x", "kind": "fax.received", "at": "2026-11-20T03:00:00Z"});
    let bodies = ["{".to_owned(), unknown.to_string(), good.to_string()];
    assert_eq!(duty.carry(&bodies).await, [0]);
    duty.reads(ADA, "Disk full").await;
    duty.closes();
}
