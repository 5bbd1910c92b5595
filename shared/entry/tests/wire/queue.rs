use std::time::Duration;

use entry::{Outgoing, Queue};
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

#[tokio::test]
async fn several_go_in_groups_of_ten_and_one_alone() {
    let aws = Aws::start().await;
    let queue = Queue::new(aws_sdk_sqs::Client::new(&aws.sdk()), format!("{}/123456789012/notify", aws.url()));
    let ids: Vec<String> = (0..21).map(|number| format!("id {number}")).collect();
    let messages: Vec<_> = ids.iter().map(|id| Outgoing { id, body: "{}" }).collect();
    queue.send_all(&messages).await.unwrap();
    let asked = aws.asked();
    let sizes = asked.iter().map(|(operation, body)| (operation.as_str(), body["Entries"].as_array().unwrap().len()));
    assert_eq!(sizes.collect::<Vec<_>>(), [10, 10, 1].map(|size| ("AmazonSQS.SendMessageBatch", size)));
    let attributes = json!({"id": {"DataType": "String", "StringValue": "id 11"}});
    let entry = json!({"Id": "1", "MessageBody": "{}", "MessageAttributes": attributes});
    assert_eq!(asked[1].1["Entries"][1], entry);

    queue.send_all(&messages[..1]).await.unwrap();
    queue.send_all(&[]).await.unwrap();
    let asked = aws.asked();
    assert_eq!(asked.iter().map(|(operation, _)| operation.as_str()).collect::<Vec<_>>(), ["AmazonSQS.SendMessage"]);
}

#[tokio::test]
async fn some_that_were_not_accepted_are_an_error_and_end_it() {
    let aws = Aws::start().await;
    let queue = Queue::new(aws_sdk_sqs::Client::new(&aws.sdk()), format!("{}/123456789012/notify", aws.url()));
    let message = |body| Outgoing { id: "1", body };
    let mut messages = vec![message("{}"); 12];
    messages[3] = message("\"refuse\"");
    let error = queue.send_all(&messages).await.unwrap_err();
    assert_eq!(error.to_string(), "1 of 10 messages were not queued: InternalError");
    assert_eq!(aws.asked().len(), 1);
    // an answer that says of nobody that they were accepted
    aws.answer_with(r#"{"Successful": [], "Failed": []}"#);
    let error = queue.send_all(&messages[..2]).await.unwrap_err();
    assert_eq!(error.to_string(), "2 of 2 messages were not queued: without a code");
}
