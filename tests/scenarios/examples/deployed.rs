//! A whole call to a deployed stack, placed by the pretend Twilio.
//!
//! ```text
//! deployed account                    # the account whose webhooks it signs, as JSON, for the stack's secret
//! deployed call URL TABLE QUEUE_URL   # puts an organisation into the table, calls, and fails unless all went well
//! ```
//!
//! AWS is found through the usual variables: `AWS_ENDPOINT_URL`, `AWS_REGION`, `AWS_ACCESS_KEY_ID`, …
#![expect(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a program that is a test")]

use std::time::Duration;

use entry::{Clock, Environment, aws};
use scenarios::{ADA, CALLER, LINE, organisation, save};
use serde_json::{Value, json};
use store::{Retention, Store};
use twilio_sim::{Number, Options, Sim};

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let sim = Sim::start(Options::default()).await;
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["account"] => println!("{}", json!({ "account": sim.account_sid(), "token": sim.auth_token() })),
        ["call", url, table, queue] => {
            call(&sim, url, table, queue).await;
            println!("{}", sim.transcript());
        }
        _ => panic!("deployed account | deployed call URL TABLE QUEUE_URL"),
    }
}

async fn call(sim: &Sim, url: &str, table: &str, queue: &str) {
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
    assert_eq!(told(&aws_sdk_sqs::Client::new(&sdk), queue).await, ["call.accepted", "call.ended"]);
}

/// The kinds of the messages on the queue.
async fn told(sqs: &aws_sdk_sqs::Client, queue: &str) -> Vec<String> {
    let mut kinds = Vec::new();
    for _ in 0..10 {
        let receive = sqs.receive_message().queue_url(queue).max_number_of_messages(10);
        for message in receive.send().await.unwrap().messages() {
            let event: Value = serde_json::from_str(message.body().unwrap()).unwrap();
            kinds.push(event["kind"].as_str().unwrap().to_owned());
        }
        if kinds.len() >= 2 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    kinds.sort_unstable();
    kinds
}
