//! A line with two destinations asks first what the text is about; the digit completes it.

use scenarios::{ADA, CALLER, CY, Duty};

#[tokio::test]
async fn story() {
    let duty = Duty::open().await;
    duty.texts(CALLER, "The card terminal is dead", "1").await;
    assert_eq!((duty.got(ADA), duty.got(CY)), ((0, 0), (0, 0)));
    duty.sim.phone(CALLER).texts_to(scenarios::LINE, "1").await;
    duty.reads(ADA, "The card terminal is dead").await;
    assert_eq!(duty.got(CY), (0, 0));
}
