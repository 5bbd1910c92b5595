//! The messaging function in AWS Lambda.

use std::process::ExitCode;

use bare as _; // loads no library but libc
use entry::{Clock, Environment, lambda, trace};
use sms::{App, Settings, router};

fn main() -> ExitCode {
    lambda::main(async {
        let (environment, clock) = (Environment::of_process(), Clock::system());
        trace::start(&environment, &clock)?;
        let app = App::connect(&Settings::read(&environment)?, &entry::aws::sdk_config(&environment)?, clock);
        // in the init phase, which Lambda gives a whole core
        app.warm().await;
        lambda::serve(router(app)).await
    })
}
