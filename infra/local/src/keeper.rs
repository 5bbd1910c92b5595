//! Keeps what this process has only in memory and the next one must know: what the pretend Twilio's accounts have, and
//! the secrets that the admin API has changed.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::data_dir::DataDir;
use crate::twilio_side::TwilioSide;
use crate::{private_file, secrets};

/// How often it is looked for changes.
const LOOK: Duration = Duration::from_millis(500);

/// Writes what has changed into the data directory.
pub(crate) struct Keeper {
    twilio: Arc<TwilioSide>,
    twilio_file: PathBuf,
    twilio_kept: Vec<u8>,
    secrets_manager: aws_sdk_secretsmanager::Client,
    secrets_file: PathBuf,
    secrets_kept: BTreeMap<String, String>,
}

impl Keeper {
    pub(crate) fn new(
        data: &DataDir,
        twilio: Arc<TwilioSide>,
        secrets_manager: aws_sdk_secretsmanager::Client,
        secrets: BTreeMap<String, String>,
    ) -> Self {
        Self {
            twilio,
            twilio_file: data.twilio(),
            twilio_kept: Vec::new(),
            secrets_manager,
            secrets_file: data.secrets(),
            secrets_kept: secrets,
        }
    }

    /// Keeps what there is, goes on until it is told to stop, and once more then.
    pub(crate) async fn start(mut self, mut stopped: watch::Receiver<bool>) -> JoinHandle<()> {
        self.keep().await;
        tokio::spawn(async move {
            loop {
                let over = tokio::time::timeout(LOOK, stopped.wait_for(|stopped| *stopped)).await.is_ok();
                self.keep().await;
                if over {
                    break;
                }
            }
        })
    }

    /// What cannot be written now is tried again at the next look.
    async fn keep(&mut self) {
        if let Some(saved) = self.twilio.saved()
            && saved != self.twilio_kept
            && private_file::replace(&self.twilio_file, &saved).is_ok()
        {
            self.twilio_kept = saved;
        }
        let secrets = self.secrets().await;
        if secrets != self.secrets_kept && secrets::write(&self.secrets_file, &secrets).is_ok() {
            self.secrets_kept = secrets;
        }
    }

    /// As they are now; one that cannot be read is as it was.
    async fn secrets(&self) -> BTreeMap<String, String> {
        let mut now = self.secrets_kept.clone();
        for (name, text) in &mut now {
            let found = self.secrets_manager.get_secret_value().secret_id(name).send().await;
            if let Some(found) = found.ok().and_then(|found| found.secret_string) {
                *text = found;
            }
        }
        now
    }
}
