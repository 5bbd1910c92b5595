//! What the voice page needs.

use std::time::Duration;

use aws_types::SdkConfig;
use axum::extract::FromRef;
use carrier::Carrier;
use entry::{Clock, Gate, PublicUrl, Queue, TwilioSecrets};
use store::{Retention, Store};

use crate::settings::Settings;

/// All that the voice page needs.
#[derive(Clone)]
pub struct App {
    /// Who is let in.
    pub gate: Gate,
    /// What the gate checks with.
    pub secrets: TwilioSecrets,
    /// How incidents are changed: the table, the queue, the time.
    pub carrier: Carrier,
    /// What stands before every route.
    pub public_url: PublicUrl,
    /// After how long a responder is told to wait instead.
    pub deadline: Duration,
}

impl App {
    /// The function as its settings say, over clients made from one SDK configuration.
    pub fn connect(settings: &Settings, sdk: &SdkConfig, clock: Clock) -> Self {
        let store = Store::new(
            aws_sdk_dynamodb::Client::new(sdk),
            settings.table.as_str(),
            Retention { call_log_days: settings.call_log_days },
        );
        let queue = Queue::new(aws_sdk_sqs::Client::new(sdk), settings.queue_url.as_str());
        let secrets_manager = aws_sdk_secretsmanager::Client::new(sdk);
        let secrets = TwilioSecrets::new(secrets_manager, settings.secret_id.as_str(), clock.clone());
        Self::over(settings, Carrier { store, queue, clock }, secrets)
    }

    /// The function as its settings say, over a table, a queue, a clock and secrets that are there.
    pub fn over(settings: &Settings, carrier: Carrier, secrets: TwilioSecrets) -> Self {
        Self {
            gate: Gate::new(settings.public_url.clone(), secrets.clone()),
            secrets,
            carrier,
            public_url: settings.public_url.clone(),
            deadline: settings.deadline,
        }
    }

    /// Opens the connection to the table and fetches the secrets, at the same time.
    pub async fn warm(&self) {
        tokio::join!(Box::pin(self.secrets.warm()), Box::pin(self.store().warm()));
    }

    pub(crate) fn store(&self) -> &Store {
        &self.carrier.store
    }
}

impl FromRef<App> for Gate {
    fn from_ref(app: &App) -> Self {
        app.gate.clone()
    }
}
