//! The function that pages people, in AWS Lambda.

#![recursion_limit = "256"] // of a batch's futures, one in the other

use std::process::ExitCode;

use entry::{Clock, Environment, lambda, trace};
use notify::{App, Settings};

fn main() -> ExitCode {
    lambda::main(async {
        let (environment, clock) = (Environment::of_process(), Clock::system());
        trace::start(&environment, &clock)?;
        let app = App::connect(&Settings::read(&environment)?, &entry::aws::sdk_config(&environment)?, clock);
        // in the init phase, which Lambda gives a whole core
        app.warm().await;
        lambda::on_event(async |payload| app.handle(payload).await).await
    })
}
