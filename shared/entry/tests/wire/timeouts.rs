use std::time::{Duration, Instant};

use entry::Clock;

use crate::aws_on_loopback::Aws;
use crate::secrets::secrets;

/// The caller hears silence while we wait: two attempts, and within three seconds it is over.
#[tokio::test]
async fn a_service_that_does_not_answer_is_given_up_on() {
    let aws = Aws::start().await;
    aws.slow_down(Duration::from_secs(60));
    let began = Instant::now();
    secrets(&aws, Clock::system()).accounts().await.unwrap_err();
    let waited = began.elapsed();
    assert!((Duration::from_millis(2400)..Duration::from_millis(3400)).contains(&waited), "{waited:?}");
    assert_eq!(aws.asked().len(), 2);
}
