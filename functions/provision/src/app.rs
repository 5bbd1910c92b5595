//! All that the admin API needs.

use aws_types::SdkConfig;
use carrier::Carrier;
use entry::{Clock, KeptSecret, Queue};
use store::{Retention, Store};

use crate::{
    issuer::Issuer,
    numbers::{Numbers, Pace},
    secret::Digest,
    settings::Settings,
    vault::Vault,
};

/// All that the admin API needs.
#[derive(Clone, Debug)]
pub struct App {
    /// The table.
    pub store: Store,
    /// The first administrator's token, as its digest.
    pub admin: KeptSecret<Digest>,
    /// Whose JWTs count, too.
    pub issuer: Option<Issuer>,
    /// What buying and keeping numbers needs.
    pub numbers: Numbers,
    /// Changes incidents.
    pub carrier: Carrier,
    /// What time it is.
    pub clock: Clock,
}

impl App {
    /// The function as its settings say, over clients made from one SDK configuration.
    pub fn connect(settings: &Settings, sdk: &SdkConfig, clock: Clock) -> Self {
        let retention = Retention { call_log_days: settings.call_log_days };
        let store = Store::new(aws_sdk_dynamodb::Client::new(sdk), settings.table.as_str(), retention);
        let queue = Queue::new(aws_sdk_sqs::Client::new(sdk), settings.queue_url.as_str());
        Self::over(store, aws_sdk_secretsmanager::Client::new(sdk), queue, settings, clock)
    }

    /// The same over a table, a Secrets Manager and a queue that are there already.
    pub fn over(
        store: Store,
        secrets: aws_sdk_secretsmanager::Client,
        queue: Queue,
        settings: &Settings,
        clock: Clock,
    ) -> Self {
        let (id, what) = (settings.admin_secret_id.as_str(), "the first administrator's token");
        let numbers = Numbers {
            vault: Vault::new(
                secrets.clone(),
                settings.twilio_secret_id.as_str(),
                settings.twilio_rest_secret_id.as_str(),
            ),
            hosts: settings.twilio.clone(),
            public_url: settings.public_url.clone(),
            documents_url: settings.documents_url.clone(),
            most: settings.most_numbers,
            ceiling: settings.highest_price,
            pace: Pace::default(),
        };
        let issuer = settings.trusted_issuer.clone().map(|trusted| Issuer::new(trusted, clock.clone()));
        let carrier = Carrier { store: store.clone(), queue, clock: clock.clone() };
        Self { store, admin: KeptSecret::new(secrets, id, what, clock.clone()), issuer, numbers, carrier, clock }
    }

    /// Opens the connection to the table and fetches the secret, at the same time.
    pub async fn warm(&self) {
        tokio::join!(self.admin.warm(), self.store.warm());
    }
}
