//! The AWS clients of a local stack: real ones, which talk to this process.

use std::collections::BTreeMap;

use aws_credential_types::Credentials;
use aws_sdk_s3::types::CreateBucketConfiguration;
use aws_sdk_sqs::types::QueueAttributeName::{QueueArn, RedrivePolicy, VisibilityTimeout};
use winterbaume_core::MockAws;
use winterbaume_s3::S3Service;
use winterbaume_secretsmanager::SecretsManagerService;
use winterbaume_sqs::SqsService;

use crate::template::{Bucket, Queue, REGION};

/// SQS, S3 and Secrets Manager, in memory: what is queued is lost when the process ends, as a message
/// may be late in AWS, and the same sweep recovers it.
pub struct Services {
    /// The client for SQS.
    pub sqs: aws_sdk_sqs::Client,
    /// The client for S3.
    pub s3: aws_sdk_s3::Client,
    /// The client for Secrets Manager.
    pub secrets_manager: aws_sdk_secretsmanager::Client,
}

/// A service in memory refused.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// A queue could not be made.
    #[error("the queue {name} could not be made")]
    Queue {
        /// Its name.
        name: String,
        /// What SQS says.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A bucket could not be made.
    #[error("the bucket {name} could not be made")]
    Bucket {
        /// Its name.
        name: String,
        /// What S3 says.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A secret could not be stored.
    #[error("the secret {name} could not be stored")]
    Secret {
        /// Its name.
        name: String,
        /// What Secrets Manager says.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl Services {
    /// Starts them, empty.
    #[must_use]
    pub fn start() -> Self {
        let mock = MockAws::builder()
            .with_service(SqsService::new())
            .with_service(S3Service::new())
            .with_service(SecretsManagerService::new())
            .build();
        let s3 = aws_sdk_s3::Config::builder()
            .behavior_version(aws_sdk_s3::config::BehaviorVersion::latest())
            .region(aws_sdk_s3::config::Region::new(REGION))
            .credentials_provider(credentials())
            .http_client(mock.http_client());
        let sqs = aws_sdk_sqs::Config::builder()
            .behavior_version(aws_sdk_sqs::config::BehaviorVersion::latest())
            .region(aws_sdk_sqs::config::Region::new(REGION))
            .credentials_provider(credentials())
            .http_client(mock.http_client());
        let secrets_manager = aws_sdk_secretsmanager::Config::builder()
            .behavior_version(aws_sdk_secretsmanager::config::BehaviorVersion::latest())
            .region(aws_sdk_secretsmanager::config::Region::new(REGION))
            .credentials_provider(credentials())
            .http_client(mock.http_client());
        Self {
            sqs: aws_sdk_sqs::Client::from_conf(sqs.build()),
            s3: aws_sdk_s3::Client::from_conf(s3.build()),
            secrets_manager: aws_sdk_secretsmanager::Client::from_conf(secrets_manager.build()),
        }
    }

    /// Makes the template's queues and tells the URL of each by its logical name.
    ///
    /// # Errors
    /// [`ServiceError::Queue`].
    pub async fn make_queues(&self, queues: &[Queue]) -> Result<BTreeMap<String, String>, ServiceError> {
        let mut urls: BTreeMap<String, String> = BTreeMap::new();
        // first those to which others refer
        let (last, first): (Vec<_>, Vec<_>) = queues.iter().partition(|queue| queue.dead_letters.is_some());
        for queue in first.into_iter().chain(last) {
            let failed = |source| ServiceError::Queue { name: queue.name.clone(), source };
            let mut request = self.sqs.create_queue().queue_name(&queue.name);
            if let Some(seconds) = &queue.visibility_timeout {
                request = request.attributes(VisibilityTimeout, seconds);
            }
            if let Some(dead_letters) = &queue.dead_letters {
                let target = urls.get(&dead_letters.queue);
                let target = target.ok_or_else(|| failed("its failed messages have no queue".into()))?;
                let policy = self.redrive(target, &dead_letters.after).await.map_err(failed)?;
                request = request.attributes(RedrivePolicy, policy);
            }
            let made = request.send().await;
            let made = made.map_err(|error| failed(error.into()))?;
            let url = made.queue_url().ok_or_else(|| failed("it has no URL".into()))?;
            urls.insert(queue.resource.clone(), url.to_owned());
        }
        Ok(urls)
    }

    /// What SQS is told of where messages go after so many attempts.
    async fn redrive(&self, target: &str, after: &str) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
        let asked = self.sqs.get_queue_attributes().queue_url(target).attribute_names(QueueArn).send().await?;
        let arn =
            asked.attributes().and_then(|known| known.get(&QueueArn)).ok_or("its failed messages' queue has no ARN")?;
        Ok(serde_json::json!({ "deadLetterTargetArn": arn, "maxReceiveCount": after }).to_string())
    }

    /// Makes the template's buckets and tells the name of each by its logical name.
    ///
    /// # Errors
    /// [`ServiceError::Bucket`].
    pub async fn make_buckets(&self, buckets: &[Bucket]) -> Result<BTreeMap<String, String>, ServiceError> {
        let here = CreateBucketConfiguration::builder().location_constraint(REGION.into()).build();
        for Bucket { name, .. } in buckets {
            let made = self.s3.create_bucket().bucket(name).create_bucket_configuration(here.clone()).send().await;
            made.map_err(|error| ServiceError::Bucket { name: name.clone(), source: error.into() })?;
        }
        Ok(buckets.iter().map(|bucket| (bucket.resource.clone(), bucket.name.clone())).collect())
    }

    /// Stores secrets, each under its name.
    ///
    /// # Errors
    /// [`ServiceError::Secret`].
    pub async fn store_secrets(&self, secrets: &BTreeMap<String, String>) -> Result<(), ServiceError> {
        for (name, text) in secrets {
            let request = self.secrets_manager.create_secret().name(name).secret_string(text);
            let failed = |source| ServiceError::Secret { name: name.clone(), source };
            request.send().await.map_err(|error| failed(error.into()))?;
        }
        Ok(())
    }
}

/// A client for the DynamoDB at `url`, over plain HTTP.
#[must_use]
pub fn dynamodb_at(url: &str) -> aws_sdk_dynamodb::Client {
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(aws_sdk_dynamodb::config::BehaviorVersion::latest())
        .region(aws_sdk_dynamodb::config::Region::new(REGION))
        .credentials_provider(credentials())
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .endpoint_url(url);
    aws_sdk_dynamodb::Client::from_conf(config.build())
}

/// Nobody checks them, but a request without any cannot be signed.
fn credentials() -> Credentials {
    Credentials::new("local", "local", None, None, "this machine")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn queues_take_messages_and_hold_them_back() {
        let services = Services::start();
        let queue = Queue {
            resource: "Incidents".into(),
            name: "dutyline-incidents".into(),
            visibility_timeout: Some("90".into()),
            dead_letters: None,
        };
        let urls = services.make_queues(&[queue]).await.unwrap();
        let url = &urls["Incidents"];
        let send = services.sqs.send_message().queue_url(url);
        send.clone().message_body("now").send().await.unwrap();
        send.message_body("later").delay_seconds(60).send().await.unwrap();
        let received = services.sqs.receive_message().queue_url(url).max_number_of_messages(10).send().await;
        let received = received.unwrap();
        let bodies: Vec<_> = received.messages().iter().filter_map(|message| message.body()).collect();
        assert_eq!(bodies, ["now"]);
    }

    #[tokio::test]
    async fn secrets_are_found_by_name() {
        let services = Services::start();
        let secrets = [("dutyline/twilio".to_owned(), "{}".to_owned())].into();
        services.store_secrets(&secrets).await.unwrap();
        let asked = services.secrets_manager.get_secret_value().secret_id("dutyline/twilio");
        assert_eq!(asked.send().await.unwrap().secret_string(), Some("{}"));
        let missing = services.secrets_manager.get_secret_value().secret_id("other").send().await;
        assert!(missing.unwrap_err().into_service_error().is_resource_not_found_exception());
    }
}
