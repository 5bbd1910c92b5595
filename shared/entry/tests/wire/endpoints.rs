use aws_types::SdkConfig;
use entry::aws::sdk_config;
use entry::{Chain, Environment};

use crate::aws_on_loopback::{Aws, environment};

fn missing(sdk: Result<SdkConfig, entry::Misconfigured>, said: &str) {
    assert_eq!(Chain(&sdk.unwrap_err()).to_string(), said);
}

#[test]
fn a_missing_variable_is_named() {
    let without = |left_out: &'static str| {
        Environment::of(move |name| (name != left_out && !name.contains("BUNDLE")).then(|| "x".to_owned()))
    };
    missing(sdk_config(&without("AWS_REGION")), "AWS_REGION is not set");
    missing(sdk_config(&without("AWS_ACCESS_KEY_ID")), "AWS_ACCESS_KEY_ID is not set");
    missing(sdk_config(&without("AWS_SECRET_ACCESS_KEY")), "AWS_SECRET_ACCESS_KEY is not set");
}

#[test]
fn a_bundle_without_certificates_is_an_error_and_not_a_panic() {
    let with_bundle = |path: String| environment(move |name| (name == "AWS_CA_BUNDLE").then(|| path.clone()));
    let here = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml").to_owned();
    let certificate = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let roots = concat!(env!("CARGO_TARGET_TMPDIR"), "/roots.pem").to_owned();
    std::fs::write(&roots, certificate.cert.pem()).unwrap();
    missing(sdk_config(&with_bundle(here)), "AWS_CA_BUNDLE cannot be used: the file holds no PEM certificate");
    missing(
        sdk_config(&with_bundle("/nowhere.pem".to_owned())),
        "AWS_CA_BUNDLE cannot be used: No such file or directory (os error 2)",
    );
    assert!(sdk_config(&with_bundle(roots)).is_ok());
}

#[tokio::test]
async fn a_service_s_own_endpoint_wins_over_the_general_one() {
    let (general, special) = (Aws::with_secret("general").await, Aws::with_secret("special").await);
    let (url, own) = (general.url().to_owned(), special.url().to_owned());
    let environment = environment(move |name| match name {
        "AWS_ENDPOINT_URL" => Some(url.clone()),
        "AWS_ENDPOINT_URL_SECRETS_MANAGER" => Some(own.clone()),
        _ => None,
    });
    let sdk = sdk_config(&environment).unwrap();
    let secrets_manager = aws_sdk_secretsmanager::Client::new(&sdk);
    let answer = secrets_manager.get_secret_value().secret_id("s").send().await.unwrap();
    assert_eq!(answer.secret_string(), Some("special"));
    let sqs = aws_sdk_sqs::Client::new(&sdk);
    entry::Queue::new(sqs, format!("{}/1/q", general.url())).send("{}", "i").await.unwrap();
    assert_eq!((general.asked().len(), special.asked().len()), (1, 1));
}

#[tokio::test]
async fn sqs_has_its_own_endpoint_too() {
    let special = Aws::start().await;
    let own = special.url().to_owned();
    let environment = environment(move |name| (name == "AWS_ENDPOINT_URL_SQS").then(|| own.clone()));
    let sdk = sdk_config(&environment).unwrap();
    let queue = entry::Queue::made_when_used(&sdk, "https://sqs.eu-north-1.amazonaws.com/1/q");
    queue.send("{}", "1").await.unwrap();
    queue.clone().send("{}", "2").await.unwrap();
    let asked = special.asked();
    assert_eq!(asked.iter().map(|(action, _)| action.as_str()).collect::<Vec<_>>(), ["AmazonSQS.SendMessage"; 2]);
}
