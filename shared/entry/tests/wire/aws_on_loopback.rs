//! As much of AWS as the door speaks to. Shapes: the JSON 1.0/1.1 protocols of Secrets Manager and SQS.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::serve::Listener;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use entry::Environment;

#[derive(Clone, Default)]
pub(crate) struct Aws {
    url: String,
    state: Arc<Mutex<Inner>>,
}

#[derive(Default)]
struct Inner {
    secret: Option<String>,
    broken: Option<String>,
    slow: Duration,
    asked: Vec<(String, Value)>,
}

impl Aws {
    /// An AWS whose secret is not there yet.
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        Self::over(listener, url)
    }

    /// The same behind another kind of connection.
    pub(crate) fn over<L>(listener: L, url: String) -> Self
    where
        L: Listener<Addr: std::fmt::Debug>,
    {
        let aws = Self { url, ..Self::default() };
        let router = Router::new().fallback(answer).with_state(aws.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        aws
    }

    pub(crate) async fn with_secret(secret: &str) -> Self {
        let aws = Self::start().await;
        aws.set_secret(Some(secret));
        aws
    }

    pub(crate) fn set_secret(&self, secret: Option<&str>) {
        self.state.lock().unwrap().secret = secret.map(str::to_owned);
    }

    /// Makes this text, and nothing around it, the answer to everything.
    pub(crate) fn answer_with(&self, broken: &str) {
        self.state.lock().unwrap().broken = Some(broken.to_owned());
    }

    /// Makes every answer take this long.
    pub(crate) fn slow_down(&self, slow: Duration) {
        self.state.lock().unwrap().slow = slow;
    }

    /// What was asked since the last look: operation and body.
    pub(crate) fn asked(&self) -> Vec<(String, Value)> {
        std::mem::take(&mut self.state.lock().unwrap().asked)
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The variables that Lambda sets, leading here.
    pub(crate) fn environment(&self) -> Environment {
        let url = self.url.clone();
        environment(move |name| (name == "AWS_ENDPOINT_URL").then(|| url.clone()))
    }

    pub(crate) fn sdk(&self) -> aws_types::SdkConfig {
        entry::aws::sdk_config(&self.environment()).unwrap()
    }
}

/// The variables that Lambda sets, and others.
pub(crate) fn environment(others: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Environment {
    Environment::of(move |name| match name {
        "AWS_REGION" => Some("eu-north-1".to_owned()),
        "AWS_ACCESS_KEY_ID" => Some("AKIDEXAMPLE".to_owned()),
        "AWS_SECRET_ACCESS_KEY" => Some("wJalrXUtnFEMI".to_owned()),
        "AWS_SESSION_TOKEN" => Some("session".to_owned()),
        _ => others(name),
    })
}

async fn answer(State(aws): State<Aws>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let header = |name: &str| parts.headers.get(name).map(|value| value.to_str().unwrap().to_owned());
    let operation = header("x-amz-target").unwrap();
    assert!(header("authorization").unwrap().contains("Credential=AKIDEXAMPLE/"));
    assert_eq!(header("x-amz-security-token").as_deref(), Some("session"));
    let body = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    let body: Value = serde_json::from_slice(&body).unwrap();
    let (secret, broken, slow) = {
        let mut state = aws.state.lock().unwrap();
        state.asked.push((operation.clone(), body.clone()));
        (state.secret.clone(), state.broken.clone(), state.slow)
    };
    tokio::time::sleep(slow).await;
    if let Some(broken) = broken {
        return broken.into_response();
    }
    let (status, answer) = match (operation.as_str(), secret) {
        ("secretsmanager.GetSecretValue", Some(secret)) => {
            (StatusCode::OK, json!({"Name": body["SecretId"], "SecretString": secret}))
        }
        ("secretsmanager.GetSecretValue", None) => {
            (StatusCode::BAD_REQUEST, json!({"__type": "ResourceNotFoundException", "Message": "no such secret"}))
        }
        ("AmazonSQS.SendMessage", _) => {
            (StatusCode::OK, json!({"MessageId": "m-1", "MD5OfMessageBody": "not looked at"}))
        }
        ("AmazonSQS.SendMessageBatch", _) => {
            // a body that says so is refused
            let entries = body["Entries"].as_array().unwrap();
            let (refused, taken): (Vec<_>, Vec<_>) =
                entries.iter().partition(|entry| entry["MessageBody"] == "\"refuse\"");
            let taken = taken.iter().map(|entry| json!({"Id": entry["Id"], "MessageId": "m", "MD5OfMessageBody": ""}));
            let refused =
                refused.iter().map(|it| json!({"Id": it["Id"], "SenderFault": false, "Code": "InternalError"}));
            let (taken, refused) = (taken.collect::<Vec<_>>(), refused.collect::<Vec<_>>());
            (StatusCode::OK, json!({"Successful": taken, "Failed": refused}))
        }
        (operation, _) => (StatusCode::BAD_REQUEST, json!({"__type": format!("Unexpected {operation}")})),
    };
    (status, [("content-type", "application/x-amz-json-1.1")], answer.to_string()).into_response()
}
