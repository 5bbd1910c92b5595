//! Whoever has no phone that can be reached is passed over at once.

use scenarios::{ADA, BO, Duty};

#[tokio::test]
async fn story() {
    for lacks in ["phone", "verification"] {
        let duty = Duty::with(|plan| {
            let ada = &mut plan.directory.people[0];
            match lacks {
                "phone" => ada.phones.clear(),
                _ => ada.phones[0].verified = false,
            }
        })
        .await;
        duty.alert("disk", "Disk full on db1").await;
        duty.passes(30).await;
        assert_eq!((duty.got(ADA), duty.got(BO).0), ((0, 0), 1), "without a {lacks}");
        let log = duty.log().await;
        assert!(log.contains(&"NotPaged".to_owned()), "{log:?}");
        duty.closes();
    }
}
