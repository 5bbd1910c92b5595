//! What the messaging webhooks need.

use std::time::Duration;

use aws_types::SdkConfig;
use axum::extract::FromRef;
use carrier::Carrier;
use entry::{Clock, Gate, Queue, TwilioSecrets};
use store::{Retention, Store};

use crate::settings::Settings;

/// All that the messaging webhooks need.
#[derive(Clone)]
pub struct App {
    /// Who is let in.
    pub gate: Gate,
    /// What the gate checks with.
    pub secrets: TwilioSecrets,
    /// Carries incidents on: with the table, the queue and the clock.
    pub carrier: Carrier,
    /// Who says that it writes to responders.
    pub app_name: String,
    /// After how long somebody is told to try again.
    pub deadline: Duration,
}

impl App {
    /// The function as its settings say, over clients made from one SDK configuration.
    pub fn connect(settings: &Settings, sdk: &SdkConfig, clock: Clock) -> Self {
        let secrets_manager = aws_sdk_secretsmanager::Client::new(sdk);
        let secrets = TwilioSecrets::new(secrets_manager, settings.secret_id.as_str(), clock.clone());
        let retention = Retention { call_log_days: settings.call_log_days };
        Self {
            gate: Gate::new(settings.public_url.clone(), secrets.clone()),
            secrets,
            carrier: Carrier {
                store: Store::new(aws_sdk_dynamodb::Client::new(sdk), settings.table.as_str(), retention),
                queue: Queue::new(aws_sdk_sqs::Client::new(sdk), settings.queue_url.as_str()),
                clock,
            },
            app_name: settings.app_name.clone(),
            deadline: settings.deadline,
        }
    }

    /// Opens the connection to the table and fetches the secrets, at the same time.
    pub async fn warm(&self) {
        tokio::join!(Box::pin(self.secrets.warm()), Box::pin(self.carrier.store.warm()));
    }
}

impl FromRef<App> for Gate {
    fn from_ref(app: &App) -> Self {
        app.gate.clone()
    }
}
