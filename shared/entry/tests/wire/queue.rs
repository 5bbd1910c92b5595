use std::time::Duration;

use entry::Queue;
use serde_json::json;

use crate::aws_on_loopback::Aws;

#[tokio::test]
async fn a_message_carries_its_body_its_id_and_its_delay() {
    let aws = Aws::start().await;
    let url = format!("{}/123456789012/notify", aws.url());
    let queue = Queue::new(aws_sdk_sqs::Client::new(&aws.sdk()), url.clone());
    queue.send(r#"{"page":1}"#, "CA1/missed").await.unwrap();
    queue.send_after(Duration::from_secs(90), "{}", "2").await.unwrap();
    let message = |body: &str, id: &str, delay: i32| {
        let attributes = json!({"id": {"DataType": "String", "StringValue": id}});
        let sent = json!({
            "QueueUrl": url, "MessageBody": body, "DelaySeconds": delay, "MessageAttributes": attributes,
        });
        ("AmazonSQS.SendMessage".to_owned(), sent)
    };
    assert_eq!(aws.asked(), [message(r#"{"page":1}"#, "CA1/missed", 0), message("{}", "2", 90)]);
}

#[tokio::test]
async fn what_was_not_accepted_is_an_error() {
    let aws = Aws::start().await;
    let nobody_listens = "http://127.0.0.1:9/123456789012/notify";
    let sdk = aws.sdk().into_builder().endpoint_url("http://127.0.0.1:9").build();
    let error = Queue::new(aws_sdk_sqs::Client::new(&sdk), nobody_listens).send("{}", "1").await.unwrap_err();
    assert_eq!(error.to_string(), "the message was not queued");
    assert!(entry::Chain(&error).to_string().contains("Connection refused"), "{}", entry::Chain(&error));
}
