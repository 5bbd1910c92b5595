//! The console in AWS Lambda.

use std::process::ExitCode;

use console::{App, Settings, router};
use entry::{Clock, Environment, lambda, trace};

fn main() -> ExitCode {
    lambda::main(async {
        let (environment, clock) = (Environment::of_process(), Clock::system());
        trace::start(&environment, &clock)?;
        lambda::serve(router(App::connect(&Settings::read(&environment)?, clock)?)).await
    })
}
