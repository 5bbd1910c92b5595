//! What this function is told by its environment.

use entry::{Environment, Misconfigured, PublicUrl};
use twilio::rest::{Hosts, Money};

use crate::issuer::TrustedIssuer;

/// The configuration of the admin API; each field names its variable.
#[derive(Debug)]
pub struct Settings {
    /// `TABLE_NAME`: the table.
    pub table: String,
    /// `INCIDENT_QUEUE_URL`: where whoever sends is woken.
    pub queue_url: String,
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
    /// `JWT_ISSUER`, `JWT_AUDIENCE` and `JWT_ROLE_CLAIM` (`dutyline_role` if not set): whose JWTs count, too; nobody's if
    /// neither of the first two is set.
    pub trusted_issuer: Option<TrustedIssuer>,
}

/// An issuer without an audience would let in whomever it knows, for whatever they were let in elsewhere.
#[derive(Debug, thiserror::Error)]
#[error("{0} must be set with it")]
struct Half(&'static str);

impl Settings {
    /// Reads the environment.
    ///
    /// # Errors
    /// Names the variable that is missing or unusable.
    pub fn read(environment: &Environment) -> Result<Self, Misconfigured> {
        Ok(Self {
            table: environment.text("TABLE_NAME")?,
            queue_url: environment.text("INCIDENT_QUEUE_URL")?,
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
            trusted_issuer: trusted_issuer(environment)?,
        })
    }
}

fn trusted_issuer(environment: &Environment) -> Result<Option<TrustedIssuer>, Misconfigured> {
    let half = |name, other| Misconfigured::Unusable { name, source: Half(other).into() };
    match (environment.optional("JWT_ISSUER"), environment.optional("JWT_AUDIENCE")) {
        (None, None) => Ok(None),
        (Some(_), None) => Err(half("JWT_ISSUER", "JWT_AUDIENCE")),
        (None, Some(_)) => Err(half("JWT_AUDIENCE", "JWT_ISSUER")),
        (Some(_), Some(audience)) => {
            let role_claim = environment.parsed_or("JWT_ROLE_CLAIM", "dutyline_role".to_owned())?;
            Ok(Some(TrustedIssuer { url: environment.parsed("JWT_ISSUER")?, audience, role_claim }))
        }
    }
}

fn usual_ceiling() -> Result<Money, Misconfigured> {
    let parsed = "5.00 USD".parse::<Money>();
    parsed.map_err(|source| Misconfigured::Unusable { name: "MAX_MONTHLY_PRICE", source: source.into() })
}

#[cfg(test)]
mod tests {
    use entry::Chain;

    use super::*;

    fn read(set: &'static [(&'static str, &'static str)]) -> Result<Option<TrustedIssuer>, String> {
        let value = |name: &str| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        trusted_issuer(&Environment::of(value)).map_err(|error| Chain(&error).to_string())
    }

    #[test]
    fn an_issuer_is_whole_or_not_there() {
        assert!(read(&[("JWT_ISSUER", ""), ("JWT_AUDIENCE", ""), ("JWT_ROLE_CLAIM", "role")]).unwrap().is_none());
        let only = read(&[("JWT_ISSUER", "https://login.example.org")]).unwrap_err();
        assert_eq!(only, "JWT_ISSUER cannot be used: JWT_AUDIENCE must be set with it");
        let only = read(&[("JWT_AUDIENCE", "dutyline")]).unwrap_err();
        assert_eq!(only, "JWT_AUDIENCE cannot be used: JWT_ISSUER must be set with it");
        let plain = read(&[("JWT_ISSUER", "http://login.example.org"), ("JWT_AUDIENCE", "dutyline")]).unwrap_err();
        assert!(plain.starts_with("JWT_ISSUER cannot be used: it must begin with https://"), "{plain}");
        let whole = read(&[("JWT_ISSUER", "https://login.example.org"), ("JWT_AUDIENCE", "dutyline")]);
        assert_eq!(whole.unwrap().unwrap().role_claim, "dutyline_role");
    }
}
