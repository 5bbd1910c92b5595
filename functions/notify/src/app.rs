//! What this function needs.

use std::{sync::Arc, time::Duration};

use aws_types::SdkConfig;
use carrier::Carrier;
use entry::{ApiKeys, Clock, KeptSecret, PublicUrl, Queue};
use store::{Retention, Store};
use tokio::sync::Mutex;
use twilio::rest::{Repeats, Timeouts};

use crate::{outlets::Outlets, settings::Settings};

/// All that the function needs.
#[derive(Clone, Debug)]
pub struct App {
    /// Carries incidents on: with the table, the queue and the clock.
    pub carrier: Carrier,
    pub(crate) outlets: Outlets,
    pub(crate) public_url: PublicUrl,
    pub(crate) app_name: String,
    pub(crate) pace: Pace,
    /// Held by those of this process who have met others at a phone, so that they come one after the other.
    pub(crate) queueing: Arc<Mutex<()>>,
}

/// How long things may take.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// One request to Twilio.
    pub timeouts: Timeouts,
    /// How a request that was certainly not carried out is made again at once.
    pub repeats: Repeats,
    /// A whole batch of messages, or a sweep: what is not done by then is left to the next.
    pub whole: Duration,
}

impl Default for Pace {
    /// Lambda gives the function 50 s, and a page that is not accounted for is in doubt after 60.
    fn default() -> Self {
        Self {
            timeouts: Timeouts { connect: Duration::from_secs(3), whole: Duration::from_secs(10) },
            repeats: Repeats { most: 1, ..Repeats::default() },
            whole: Duration::from_secs(45),
        }
    }
}

impl App {
    /// The function as its settings say, over clients made from one SDK configuration.
    pub fn connect(settings: &Settings, sdk: &SdkConfig, clock: Clock) -> Self {
        let retention = Retention { call_log_days: settings.call_log_days };
        let store = Store::new(aws_sdk_dynamodb::Client::new(sdk), settings.table.as_str(), retention);
        let queue = Queue::new(aws_sdk_sqs::Client::new(sdk), settings.queue_url.as_str());
        let secrets = aws_sdk_secretsmanager::Client::new(sdk);
        Self::over(store, queue, secrets, settings, clock, Pace::default())
    }

    /// The function over a table, a queue and secrets that are there.
    pub fn over(
        store: Store,
        queue: Queue,
        secrets: aws_sdk_secretsmanager::Client,
        settings: &Settings,
        clock: Clock,
        pace: Pace,
    ) -> Self {
        let keys: KeptSecret<ApiKeys> =
            KeptSecret::new(secrets, settings.twilio_rest_secret_id.as_str(), "Twilio's API keys", clock.clone());
        Self {
            outlets: Outlets::new(store.clone(), keys, settings.twilio.clone(), clock.clone(), pace),
            carrier: Carrier { store, queue, clock },
            public_url: settings.public_url.clone(),
            app_name: settings.app_name.clone(),
            pace,
            queueing: Arc::default(),
        }
    }

    /// Opens connections and reads the keys ahead of the first event.
    pub async fn warm(&self) {
        tokio::join!(self.outlets.warm(), self.carrier.store.warm());
    }

    pub(crate) fn store(&self) -> &Store {
        &self.carrier.store
    }

    pub(crate) fn now(&self) -> jiff::Timestamp {
        self.carrier.clock.now()
    }
}
