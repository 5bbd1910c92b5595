//! What this function is told by its environment.

use entry::{Environment, Misconfigured, PublicUrl};
use twilio::rest::{Hosts, Money};

/// The configuration of the admin API; each field names its variable.
#[derive(Debug)]
pub struct Settings {
    /// `TABLE_NAME`: the table.
    pub table: String,
    /// `ADMIN_TOKEN_SECRET_ID`: name or ARN of the secret that holds the first administrator's token.
    pub admin_secret_id: String,
    /// `CALL_LOG_DAYS`: how long a call's log is kept; 400 days if not set.
    pub call_log_days: u32,
    /// `TWILIO_SECRET_ID`: name or ARN of the secret with the tokens that sign webhooks.
    pub twilio_secret_id: String,
    /// `TWILIO_REST_SECRET_ID`: name or ARN of the secret with the API keys that can spend.
    pub twilio_rest_secret_id: String,
    /// `TWILIO_BASE_URL`: where Twilio is, if it is on loopback.
    pub twilio: Hosts,
    /// `PUBLIC_BASE_URL`: what stands before every webhook's route.
    pub public_url: PublicUrl,
    /// `FALLBACK_BASE_URL`: what stands before the path of every fallback document; without it numbers keep the
    /// fallback that they have.
    pub documents_url: Option<PublicUrl>,
    /// `MAX_ACTIVE_NUMBERS`: how many numbers there may be; 10 if not set.
    pub most_numbers: u64,
    /// `MAX_MONTHLY_PRICE`: what a number may cost a month; `5.00 USD` if not set.
    pub highest_price: Money,
}

impl Settings {
    /// Reads the environment.
    ///
    /// # Errors
    /// Names the variable that is missing or unusable.
    pub fn read(environment: &Environment) -> Result<Self, Misconfigured> {
        Ok(Self {
            table: environment.text("TABLE_NAME")?,
            admin_secret_id: environment.text("ADMIN_TOKEN_SECRET_ID")?,
            call_log_days: environment.parsed_or("CALL_LOG_DAYS", 400)?,
            twilio_secret_id: environment.text("TWILIO_SECRET_ID")?,
            twilio_rest_secret_id: environment.text("TWILIO_REST_SECRET_ID")?,
            twilio: match environment.optional("TWILIO_BASE_URL") {
                Some(url) => Hosts::all_at(&url)
                    .map_err(|source| Misconfigured::Unusable { name: "TWILIO_BASE_URL", source: source.into() })?,
                None => Hosts::default(),
            },
            public_url: environment.parsed("PUBLIC_BASE_URL")?,
            documents_url: match environment.optional("FALLBACK_BASE_URL") {
                Some(_) => Some(environment.parsed("FALLBACK_BASE_URL")?),
                None => None,
            },
            most_numbers: environment.parsed_or("MAX_ACTIVE_NUMBERS", 10)?,
            highest_price: match environment.optional("MAX_MONTHLY_PRICE") {
                Some(_) => environment.parsed("MAX_MONTHLY_PRICE")?,
                None => usual_ceiling()?,
            },
        })
    }
}

fn usual_ceiling() -> Result<Money, Misconfigured> {
    let parsed = "5.00 USD".parse::<Money>();
    parsed.map_err(|source| Misconfigured::Unusable { name: "MAX_MONTHLY_PRICE", source: source.into() })
}
