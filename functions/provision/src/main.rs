//! The admin API in AWS Lambda, or its sweep, which a schedule calls.

#![recursion_limit = "256"] // of the sweep's futures, one in the other

use std::process::ExitCode;

use entry::{Clock, Environment, lambda, trace};
use provision::{App, Settings, router};

fn main() -> ExitCode {
    lambda::main(async {
        let (environment, clock) = (Environment::of_process(), Clock::system());
        trace::start(&environment, &clock)?;
        let app = App::connect(&Settings::read(&environment)?, &entry::aws::sdk_config(&environment)?, clock);
        if environment.optional("RUN_SWEEP").is_some() {
            return lambda::on_schedule(async || app.sweep().await).await;
        }
        // in the init phase, which Lambda gives a whole core
        app.warm().await;
        lambda::serve(router(app)).await
    })
}
