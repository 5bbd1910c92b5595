//! The queue delivers the end before the beginning: nobody is woken for what is over.

use scenarios::{ADA, Duty};
use serde_json::json;

#[tokio::test]
async fn story() {
    let duty = Duty::open().await;
    let message = |kind: &str, second: u32| {
        json!({
            "version": 1, "id": format!("t-{kind}"), "kind": format!("tool.{kind}"), "service": "payments",
            "dedup_key": "disk", "at": format!("2026-11-20T03:00:0{second}Z"), "tool": "Monitor", "summary": "Disk full",
        })
        .to_string()
    };
    duty.passes(10).await;
    assert!(duty.carry(&[message("resolve", 5)]).await.is_empty());
    assert!(duty.carry(&[message("trigger", 2)]).await.is_empty());
    duty.passes(600).await;
    assert_eq!(duty.got(ADA), (0, 0));
    assert!(duty.incidents().await.iter().all(|incident| incident.is_resolved()));
    duty.closes();
}
