//! What the intake needs.

use aws_types::SdkConfig;
use entry::{Clock, Queue};
use store::{Retention, Store};

use crate::settings::Settings;

/// All that the intake needs.
#[derive(Clone, Debug)]
pub struct App {
    /// The table: routing keys, and how many events came with each.
    pub store: Store,
    /// Where events go.
    pub queue: Queue,
    /// What time it is.
    pub clock: Clock,
    /// How many events a routing key may bring in a minute.
    pub events_per_minute: u32,
}

impl App {
    /// The function as its settings say, over clients made from one SDK configuration.
    pub fn connect(settings: &Settings, sdk: &SdkConfig, clock: Clock) -> Self {
        // no call is ever written
        let retention = Retention { call_log_days: 0 };
        Self {
            store: Store::new(aws_sdk_dynamodb::Client::new(sdk), settings.table.as_str(), retention),
            queue: Queue::new(aws_sdk_sqs::Client::new(sdk), settings.queue_url.as_str()),
            clock,
            events_per_minute: settings.events_per_minute,
        }
    }

    /// Opens the connection to the table, by a question that this function's role may ask.
    pub async fn warm(&self) {
        let _nobodys = Box::pin(self.store.service_of_routing_key("")).await;
    }
}
