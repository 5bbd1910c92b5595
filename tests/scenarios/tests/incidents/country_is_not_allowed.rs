//! A number of a country that is not allowed is not reached, and the next one is paged.

use scenarios::{BO, Duty};

#[tokio::test]
async fn story() {
    let duty = Duty::with(|plan| plan.directory.people[0].phones[0].number = "+46701234567".parse().unwrap()).await;
    duty.alert("disk", "Disk full on db1").await;
    duty.passes(30).await;
    assert_eq!((duty.got("+46701234567"), duty.got(BO).0), ((0, 0), 1));
    let log = format!("{:?}", duty.incident().await.log);
    assert!(log.contains("NotAllowed"), "{log}");
    duty.closes();
}
