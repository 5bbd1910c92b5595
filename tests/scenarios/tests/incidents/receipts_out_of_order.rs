//! Receipts overtake each other and come twice: what was delivered stays delivered.

use oncall::incident::PageState;
use scenarios::{ADA, Duty};
use twilio_sim::Fault;

#[tokio::test]
async fn story() {
    let duty = Duty::open().await;
    duty.sim.fault(Fault::late("/sms/receipt", 60).with("MessageStatus", "sent"));
    duty.sim.fault(Fault::duplicated("/sms/receipt").with("MessageStatus", "delivered"));
    duty.alert("disk", "Disk full on db1").await;
    duty.passes(100).await;
    assert_eq!(duty.incident().await.pages[0].state, PageState::Delivered);
    assert_eq!(duty.got(ADA), (1, 0));
}
