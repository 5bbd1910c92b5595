//! A whole call to a deployed stack, placed by the pretend Twilio.
//!
//! ```text
//! deployed account                    # the account whose webhooks it signs, as JSON, for the stack's secret
//! deployed call URL TABLE             # puts an organisation into the table, calls, and fails unless all went well
//! ```
//!
//! AWS is found through the usual variables: `AWS_ENDPOINT_URL`, `AWS_REGION`, `AWS_ACCESS_KEY_ID`, …
#![expect(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a program that is a test")]

use std::time::Duration;

use entry::{Clock, Environment, aws};
use scenarios::{ADA, CALLER, LINE, organisation, save};
use serde_json::json;
use store::{Retention, Store};
use twilio_sim::{Number, Options, Sim};

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let sim = Sim::start(Options::default()).await;
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["account"] => println!("{}", json!({ "account": sim.account_sid(), "token": sim.auth_token() })),
        ["call", url, table] => {
            call(&sim, url, table).await;
            println!("{}", sim.transcript());
        }
        _ => panic!("deployed account | deployed call URL TABLE"),
    }
}

async fn call(sim: &Sim, url: &str, table: &str) {
    let sdk = aws::sdk_config(&Environment::of_process()).unwrap();
    let store = Store::new(aws_sdk_dynamodb::Client::new(&sdk), table, Retention { call_log_days: 1 });
    save(&store, &organisation(), Clock::system().now()).await;
    sim.own(Number::new(LINE).voice_url(format!("{url}/voice/incoming")).status_callback(format!("{url}/voice/ended")));

    sim.phone(ADA).answers_after(4).presses("1").talks_for(60);
    let mut caller = sim.dial(CALLER, LINE).await;
    caller.hears("For payments, press 1").await.presses("1").await;
    caller.rings(ADA).await;
    sim.phone(ADA).hears("Call for payments on Example support, from").await;
    caller.is_connected_to(ADA).await;
    caller.ends().await;
    sim.wait(60).await;
    sim.assert_clean();

    let logged = store.call(&oncall::CallId::new(caller.sid())).await.unwrap().unwrap();
    assert_eq!(logged.call.outcome(), oncall::Outcome::Accepted);
    assert_eq!(logged.legs.len(), 1, "the leg's report has come");
    assert!(is_over(&store, caller.sid()).await, "the call's incident was not opened and resolved by its two messages");
}

/// Whether the messages about the call have come over the queue: its incident is resolved, by the second of them.
async fn is_over(store: &Store, call: &str) -> bool {
    let service = organisation().line.destinations[0].service.clone();
    for _ in 0..150 {
        let known = store.known_key(Some(&service), call, Clock::system().now()).await.unwrap();
        if known.incident.is_some_and(|stored| stored.incident.is_resolved() && stored.incident.events.count == 2) {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    false
}
