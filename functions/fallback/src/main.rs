//! The fallback function in AWS Lambda.

use std::process::ExitCode;

use entry::{Clock, Environment, lambda, trace};
use fallback::{App, Settings};

fn main() -> ExitCode {
    lambda::main(async {
        let (environment, clock) = (Environment::of_process(), Clock::system());
        trace::start(&environment, &clock)?;
        let app = App::connect(&Settings::read(&environment)?, &entry::aws::sdk_config(&environment)?, clock);
        lambda::on_schedule(async || app.renew().await).await
    })
}
