//! What every AWS client is built from.

use std::fs;
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SdkConfig;
use aws_types::region::Region;
use aws_types::sdk_config::{SharedCredentialsProvider, SharedHttpClient};
use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};
use rustls::RootCertStore;
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject as _;

use crate::amazon_roots::AMAZON_ROOTS;
use crate::environment::{Environment, Misconfigured};
use crate::http1::Http1;
use crate::tls;

/// The configuration from which any AWS client is made: `aws_sdk_dynamodb::Client::new(&sdk)`.
///
/// Read from the variables that Lambda itself sets: `AWS_REGION`, `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and
/// `AWS_SESSION_TOKEN` (one set of credentials is good for the life of a Lambda process). There are no profiles, no
/// metadata service and no other chain of sources to walk before the first call. `AWS_ENDPOINT_URL`, and
/// `AWS_ENDPOINT_URL_DYNAMODB`, `_SQS`, `_SECRETS_MANAGER` and `_S3` before it, lead elsewhere.
///
/// All clients share one pool of connections. TLS trusts the five roots that AWS names and whatever
/// the PEM file named by `AWS_CA_BUNDLE` adds.
///
/// # Errors
/// [`Misconfigured`] names the variable.
pub fn sdk_config(environment: &Environment) -> Result<SdkConfig, Misconfigured> {
    let client = https_client(environment)?;
    sdk_config_over(environment, client)
}

/// Like [`sdk_config`], over connections made by someone else: a test's, the laptop's.
///
/// # Errors
/// [`Misconfigured`] names the variable.
pub fn sdk_config_over(environment: &Environment, client: SharedHttpClient) -> Result<SdkConfig, Misconfigured> {
    let endpoints = Endpoints::read(environment);
    let mut builder = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(environment.text("AWS_REGION")?))
        .credentials_provider(SharedCredentialsProvider::new(credentials(environment)?))
        .http_client(client)
        .timeout_config(timeouts())
        .retry_config(retries());
    builder.set_endpoint_url(endpoints.any.clone());
    Ok(builder.service_config(endpoints).build())
}

/// A caller hears silence while we wait, and our own deadline is 3.5 s: two attempts fit into it.
fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(1))
        .operation_attempt_timeout(Duration::from_millis(1200))
        .operation_timeout(Duration::from_secs(3))
        .build()
}

fn retries() -> RetryConfig {
    RetryConfig::standard()
        .with_max_attempts(2)
        .with_initial_backoff(Duration::from_millis(50))
        .with_max_backoff(Duration::from_millis(200))
}

fn credentials(environment: &Environment) -> Result<Credentials, Misconfigured> {
    Ok(Credentials::new(
        environment.text("AWS_ACCESS_KEY_ID")?,
        environment.text("AWS_SECRET_ACCESS_KEY")?,
        environment.optional("AWS_SESSION_TOKEN"),
        None,
        "environment",
    ))
}

fn https_client(environment: &Environment) -> Result<SharedHttpClient, Misconfigured> {
    let mut roots = RootCertStore::empty();
    for root in AMAZON_ROOTS {
        roots.add(root).map_err(unusable_roots)?;
    }
    if let Some(path) = environment.optional("AWS_CA_BUNDLE") {
        trust(&mut roots, &fs::read(path).map_err(unusable_roots)?)?;
    }
    Ok(SharedHttpClient::new(Http1::new(tls::client(roots).map_err(unusable_roots)?)))
}

fn trust(roots: &mut RootCertStore, pem: &[u8]) -> Result<(), Misconfigured> {
    let before = roots.len();
    for certificate in CertificateDer::pem_slice_iter(pem) {
        roots.add(certificate.map_err(unusable_roots)?).map_err(unusable_roots)?;
    }
    if roots.len() == before { Err(unusable_roots("the file holds no PEM certificate")) } else { Ok(()) }
}

fn unusable_roots(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Misconfigured {
    Misconfigured::Unusable { name: "AWS_CA_BUNDLE", source: source.into() }
}

/// Where to find services that are not where AWS has them.
#[derive(Debug)]
struct Endpoints {
    any: Option<String>,
    of_service: Vec<(&'static str, String)>,
}

impl Endpoints {
    fn read(environment: &Environment) -> Self {
        let of_service = ["DYNAMODB", "SQS", "SECRETS_MANAGER", "S3"]
            .into_iter()
            .filter_map(|service| Some((service, environment.optional(&format!("AWS_ENDPOINT_URL_{service}"))?)))
            .collect();
        Self { any: environment.optional("AWS_ENDPOINT_URL"), of_service }
    }
}

impl LoadServiceConfig for Endpoints {
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        if key.env() != "AWS_ENDPOINT_URL" {
            return None;
        }
        let service = key.service_id().to_uppercase().replace(' ', "_");
        self.of_service.iter().find(|(name, _)| *name == service).map(|(_, url)| url.clone())
    }
}
