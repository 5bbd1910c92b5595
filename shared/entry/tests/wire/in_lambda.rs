//! The same router in a process of its own, with Lambda's runtime API on loopback before it.
//!
//! Event shape: AWS's *AWS Lambda integrations for HTTP APIs*, payload format version 2.0, 2026-06.

use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use entry::{Clock, Environment, lambda, trace};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::process::Command;

use crate::aws_on_loopback::Aws;
use crate::gate::{ADMITTED, BASE, BODY, PARAMETERS, function_of};
use crate::secrets::document;
use crate::twilio_signs::signature;

const TOKEN: &str = "0123456789abcdef0123456789abcdef";
const PATH: &str = "/voice/incoming/l-7";
const QUERY: &str = "step=a%20b&&x";

/// Runs only as [`in_lambda`]'s child, which ends it.
#[test]
#[ignore = "the function's process, started by the test of the same file"]
fn the_function() {
    let ended = lambda::main(async {
        let (environment, clock) = (Environment::of_process(), Clock::system());
        trace::start(&environment, &clock)?;
        let sdk = entry::aws::sdk_config(&environment)?;
        let secrets_manager = aws_sdk_secretsmanager::Client::new(&sdk);
        let secrets = entry::TwilioSecrets::new(secrets_manager, environment.text("TWILIO_SECRET")?, clock.clone());
        secrets.warm().await;
        lambda::serve(function_of(secrets, clock)).await
    });
    panic!("{ended:?}");
}

#[derive(Clone, Default)]
struct RuntimeApi {
    events: Arc<Mutex<Vec<Value>>>,
    answers: Arc<Mutex<Vec<Value>>>,
}

async fn next(State(api): State<RuntimeApi>) -> Response {
    let event = api.events.lock().unwrap().pop();
    let Some(event) = event else {
        return std::future::pending().await;
    };
    let headers = [
        ("lambda-runtime-aws-request-id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd"),
        ("lambda-runtime-deadline-ms", "4102444800000"),
        ("lambda-runtime-invoked-function-arn", "arn:aws:lambda:eu-north-1:123456789012:function:voice"),
    ];
    (headers, event.to_string()).into_response()
}

async fn answered(State(api): State<RuntimeApi>, Path((_, outcome)): Path<(String, String)>, body: String) {
    let answer = serde_json::from_str(&body).unwrap_or(Value::String(body));
    api.answers.lock().unwrap().push(json!({outcome: answer}));
}

fn event(stage: &str, raw_path: &str, signature: &str) -> Value {
    json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": raw_path,
        "rawQueryString": QUERY,
        "headers": {
            "host": "abc.execute-api.eu-north-1.amazonaws.com",
            "content-type": "application/x-www-form-urlencoded; charset=utf-8",
            "x-forwarded-proto": "https",
            "x-twilio-signature": signature,
        },
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "abc",
            "domainName": "abc.execute-api.eu-north-1.amazonaws.com",
            "http": {
                "method": "POST", "path": raw_path, "protocol": "HTTP/1.1",
                "sourceIp": "192.0.2.1", "userAgent": "TwilioProxy/1.1",
            },
            "requestId": "id",
            "routeKey": "$default",
            "stage": stage,
            "time": "12/Mar/2026:19:03:58 +0000",
            "timeEpoch": 1_773_342_238_000_i64,
        },
        "body": STANDARD.encode(BODY),
        "isBase64Encoded": true,
    })
}

#[tokio::test]
async fn in_lambda() {
    let right = signature(TOKEN, &format!("{BASE}{PATH}?{QUERY}"), &PARAMETERS);
    let api = RuntimeApi::default();
    let mut events = vec![
        event("$default", PATH, &right),
        event("live", &format!("/live{PATH}"), &right),
        event("live", PATH, &right),
        event("$default", PATH, "Zm9yZ2Vk"),
        event("$default", "/voice/incoming/l-8", &right),
    ];
    events.reverse();
    let expected = events.len();
    *api.events.lock().unwrap() = events;
    let log = run(&api, expected).await;

    let answers = api.answers.lock().unwrap().clone();
    let summary = |answer: &Value| {
        let response = &answer["response"];
        let body = response["body"].as_str().unwrap_or("").to_owned();
        (response["statusCode"].as_u64().unwrap(), response["headers"]["content-type"].clone(), body)
    };
    let twiml = || (200, json!("text/xml; charset=utf-8"), ADMITTED.to_owned());
    let refused = || (403, Value::Null, String::new());
    let answers: Vec<_> = answers.iter().map(summary).collect();
    assert_eq!(answers, [twiml(), twiml(), twiml(), refused(), refused()]);
    check_log(&log, expected);
}

/// One line a request with what a reader looks for, and nobody's number in any line.
fn check_log(log: &str, expected: usize) {
    for hidden in ["47999", &STANDARD.encode(BODY), TOKEN, "wJalrXUtnFEMI"] {
        assert!(!log.contains(hidden), "{hidden} in {log}");
    }
    let lines: Vec<Value> = log.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let answered: Vec<_> = lines.iter().filter(|line| line["message"] == "answered").collect();
    assert_eq!(answered.len(), expected, "{log}");
    let first = answered[0];
    assert_eq!(first["level"], "INFO");
    assert_eq!(first["status"], 200);
    assert!(first["duration_ms"].is_u64(), "{first}");
    assert_eq!(first["span"]["route"], "/voice/incoming/{line}");
    assert_eq!(first["span"]["call.sid"], "CA1");
    let refusals: Vec<_> = lines.iter().filter(|line| line["message"] == "a webhook was refused").collect();
    assert_eq!(refusals.len(), 2, "{log}");
    assert_eq!(refusals[0]["error"], "the signature is wrong");
}

/// The log of a function that has answered all events.
async fn run(api: &RuntimeApi, expected: usize) -> String {
    let aws = Aws::with_secret(&document(TOKEN)).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let router = Router::new()
        .route("/2018-06-01/runtime/invocation/next", get(next))
        .route("/2018-06-01/runtime/invocation/{id}/{outcome}", post(answered))
        .with_state(api.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "in_lambda::the_function", "--ignored", "--nocapture"])
        .env("AWS_LAMBDA_RUNTIME_API", address)
        .env("AWS_LAMBDA_FUNCTION_NAME", "voice")
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")
        .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
        .env("AWS_REGION", "eu-north-1")
        .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI")
        .env("AWS_SESSION_TOKEN", "session")
        .env("AWS_ENDPOINT_URL", aws.url())
        .env("LOG_LEVEL", "trace")
        .env("TWILIO_SECRET", "dutyline/twilio")
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    for _ in 0..200 {
        if api.answers.lock().unwrap().len() == expected {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    child.start_kill().unwrap();
    let output = child.wait_with_output().await.unwrap();
    String::from_utf8(output.stdout).unwrap()
}
