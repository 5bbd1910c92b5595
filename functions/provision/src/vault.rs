//! The Twilio accounts' secrets in Secrets Manager.
//!
//! There are two documents: the tokens that sign webhooks, which functions read that answer the public, and the API
//! keys that can spend, which this function alone can read.

mod document;

use aws_sdk_secretsmanager::Client;
use entry::{ApiKey, ApiKeys, Chain};

pub(crate) use document::Document;

use crate::failure::{Cause, Failure};

/// How often a change begins again because somebody else changed the document at the same time.
const TRIES: usize = 5;

/// Both documents. Nothing is kept in memory: what was rotated or revoked counts at once.
#[derive(Clone, Debug)]
pub struct Vault {
    client: Client,
    tokens: String,
    keys: String,
}

/// Which of the two.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Which {
    /// The tokens that sign webhooks.
    Tokens,
    /// The API keys that can spend.
    Keys,
}

/// A document as it was read.
struct Version {
    id: Option<String>,
    document: Document,
}

impl Vault {
    /// The secrets of these names or ARNs.
    pub fn new(client: Client, tokens: impl Into<String>, keys: impl Into<String>) -> Self {
        Self { client, tokens: tokens.into(), keys: keys.into() }
    }

    /// The API key of an account; none if it has none.
    pub(crate) async fn key(&self, account: &str) -> Result<Option<ApiKey>, Failure> {
        let keys: ApiKeys = self.read(Which::Keys).await?.document.text()?.parse().map_err(|_| Cause::Internal)?;
        Ok(keys.of(account).cloned())
    }

    /// Changes one of the documents. Secrets Manager has no conditional write: whoever finds afterwards that somebody
    /// else has written meanwhile makes the change once more, of what is there then.
    pub(crate) async fn change(&self, which: Which, change: impl Fn(&mut Document)) -> Result<(), Failure> {
        for _ in 0..TRIES {
            let mut document = self.read(which).await?.document;
            change(&mut document);
            let put = self.client.put_secret_value().secret_id(self.id(which)).secret_string(document.text()?);
            let put = put.send().await.map_err(|error| failed(&error))?;
            if self.read(which).await?.id.as_deref() == put.version_id() {
                return Ok(());
            }
        }
        Err(Cause::Unavailable.into())
    }

    async fn read(&self, which: Which) -> Result<Version, Failure> {
        let get = self.client.get_secret_value().secret_id(self.id(which));
        let answer = get.send().await.map_err(|error| failed(&error))?;
        let document = Document::read(answer.secret_string().unwrap_or_default()).inspect_err(|_| {
            tracing::error!(?which, "a secret of Twilio's is not the JSON that it should be");
        })?;
        Ok(Version { id: answer.version_id().map(str::to_owned), document })
    }

    fn id(&self, which: Which) -> &str {
        match which {
            Which::Tokens => &self.tokens,
            Which::Keys => &self.keys,
        }
    }
}

/// Only the text is logged: an error of the SDK may hold the whole answer, and in that the secret.
fn failed(error: &(dyn std::error::Error + 'static)) -> Failure {
    tracing::error!(error = %Chain(error), "Secrets Manager did not do what it was asked");
    Cause::Unavailable.into()
}
