//! A key that means nothing is asked for again, a star repeats, six closes.

use scenarios::{ADA, BO, Duty};

#[tokio::test]
async fn story() {
    let duty = Duty::open().await;
    duty.sim
        .phone(ADA)
        .answers_after(5)
        .presses_after(4, "9")
        .presses_after(4, "*")
        .presses_after(4, "6")
        .hangs_up_after(90);
    duty.alert("disk", "Disk full on db1").await;
    duty.passes(240).await;
    assert!(duty.incident().await.is_resolved());
    let heard = duty.sim.phone(ADA).transcript();
    assert!(heard.matches("Disk full on db1").count() >= 2, "{heard}");
    duty.passes(3600).await;
    assert_eq!((duty.got(ADA), duty.got(BO)), ((1, 1), (0, 0)));
    duty.closes();
}
