//! Whoever answers the text has it: nobody is called, and nobody else is paged.

use scenarios::{ADA, BO, Duty};

#[tokio::test]
async fn story() {
    for words in ["10a", "10 a", "A10", "\"10a\"", "a", "4", "10 ACK", "10a thanks"] {
        let duty = Duty::open().await;
        duty.alert("disk", "Disk full on db1").await;
        duty.reads(ADA, "Alert 10").await;
        duty.texts(ADA, words, "Alert 10 is yours").await;
        duty.passes(3600).await;
        assert_eq!((duty.got(ADA), duty.got(BO)), ((2, 0), (0, 0)), "{words}");
        duty.closes();
    }
}
