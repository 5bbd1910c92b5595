//! `twilio-sim`: the simulator as a program of its own.
use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::Parser;
use twilio_sim::{Number, Options, Pace, Sim};

/// A strict pretend Twilio on 127.0.0.1: REST, TwiML, signed webhooks, and phones that behave.
///
/// It prints one line of JSON with its address and credentials, and runs until it is ended.
/// Control it under /_sim.
#[derive(Parser)]
#[command(name = "twilio-sim", version)]
struct Arguments {
    /// Port to listen on; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// A number of the account and its voice URL, as +4721000000=http://127.0.0.1:3000/voice/incoming
    #[arg(long = "own", value_name = "NUMBER=URL")]
    numbers: Vec<String>,
    /// Virtual time at the start, as 2026-11-20T03:00:00Z
    #[arg(long, default_value = "2026-11-20T03:00:00Z")]
    at: String,
    /// Virtual seconds for a real one
    #[arg(long, default_value_t = 1.0)]
    speed: f64,
    /// As fast as the product answers
    #[arg(long)]
    fast: bool,
    /// Where a configured origin is really served, as https://hotline.example.org=http://127.0.0.1:3000
    #[arg(long = "reach", value_name = "ORIGIN=ORIGIN")]
    reach: Vec<String>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "twilio-sim: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let pair = |text: &String| {
        text.split_once('=')
            .map(|(left, right)| (left.to_owned(), right.to_owned()))
            .ok_or_else(|| format!("{text:?} has no equals sign"))
    };
    let mut options = Options::at(&arguments.at);
    options.port = arguments.port;
    options.pace = if arguments.fast { Pace::Fast } else { Pace::Speed(arguments.speed) };
    options.reach = arguments.reach.iter().map(pair).collect::<Result<_, _>>()?;
    let sim = Sim::try_start(options).await?;
    for own in &arguments.numbers {
        let (number, url) = pair(own)?;
        sim.own(Number::new(number).voice_url(url));
    }
    let (key, secret) = sim.api_key();
    let started = serde_json::json!({
        "base_url": sim.base_url(),
        "account_sid": sim.account_sid(),
        "auth_token": sim.auth_token(),
        "api_key": key,
        "api_key_secret": secret,
    });
    writeln!(io::stdout(), "{started}")?;
    io::stdout().flush()?;
    std::future::pending().await
}
