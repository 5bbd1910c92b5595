//! A text with nothing but a picture is an incident, and the picture is linked.

use scenarios::{ADA, CALLER, Duty, one_destination};
use twilio_sim::Attachment;

#[tokio::test]
async fn story() {
    let duty = Duty::with(one_destination).await;
    duty.sim
        .phone(CALLER)
        .texts_media_to(scenarios::LINE, "", [Attachment::new("image/jpeg", b"picture".to_vec())])
        .await;
    duty.reads(ADA, "Alert 10").await;
    let links = duty.incident().await.events.recent[0].links.clone();
    assert_eq!(links.len(), 1);
    assert!(links[0].href.contains("/Media/ME"), "{links:?}");
    assert_eq!(links[0].text.as_deref(), Some("image/jpeg"));
}
