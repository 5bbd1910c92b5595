//! The door of every function: configuration, tracing, secrets, clock, signature gate, queue, replies, serving.
//!
//! A function's `main.rs` only wires:
//!
//! ```no_run
//! use entry::{Clock, Environment, TwilioSecrets, aws, lambda, trace};
//!
//! fn main() -> std::process::ExitCode {
//!     lambda::main(async {
//!         let (environment, clock) = (Environment::of_process(), Clock::system());
//!         trace::start(&environment, &clock)?;
//!         let sdk = aws::sdk_config(&environment)?;
//!         let secrets_manager = aws_sdk_secretsmanager::Client::new(&sdk);
//!         let secrets = TwilioSecrets::new(secrets_manager, environment.text("TWILIO_SECRET")?, clock);
//!         // in the init phase, which Lambda gives more CPU; together with the store's own warm-up: `tokio::join!`
//!         secrets.warm().await;
//!         lambda::serve(axum::Router::new()).await
//!     })
//! }
//! ```
//!
//! What crosses the door inwards is typed and verified; what crosses it outwards is a reply. No file here knows what
//! a call or an incident is.

mod accounts;
mod amazon_roots;
mod api_keys;
pub mod aws;
mod chain;
mod clock;
mod environment;
mod gate;
mod http1;
mod kept_secret;
pub mod lambda;
mod public_url;
mod queue;
pub mod reply;
mod secrets;
mod tls;
pub mod trace;

pub use accounts::{Accounts, NotAccounts};
pub use api_keys::{ApiKey, ApiKeys, NotApiKeys};
pub use chain::Chain;
pub use clock::Clock;
pub use environment::{Environment, Misconfigured};
pub use gate::{BODY_LIMIT, Gate, Signed};
pub use kept_secret::{KeptSecret, REFRESH_AT_MOST_EVERY, SecretUnavailable};
pub use public_url::{NotAPublicUrl, PublicUrl};
pub use queue::{ID_ATTRIBUTE, LONGEST_DELAY, NotQueued, Outgoing, Queue};
pub use secrets::TwilioSecrets;
