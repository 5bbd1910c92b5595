//! What can wait pages by the rules for that: a text and no call. What becomes worse does not wait any more.

use scenarios::{ADA, Duty};
use serde_json::json;

#[tokio::test]
async fn story() {
    let duty = Duty::open().await;
    duty.sim.phone(ADA).does_not_answer();
    let says = |severity: &str| json!({"action": "trigger", "service": "payments", "dedup_key": "disk", "summary": "Disk is filling", "severity": severity});
    duty.says(&says("warning")).await;
    duty.passes(200).await;
    assert_eq!(duty.got(ADA), (1, 0));
    duty.says(&says("critical")).await;
    duty.passes(180).await;
    assert_eq!(duty.got(ADA).1, 1);
}
