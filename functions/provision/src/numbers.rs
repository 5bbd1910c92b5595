//! What buying and keeping numbers needs besides the table.

use std::time::Duration;

use entry::PublicUrl;
use jiff::SignedDuration;
use twilio::rest::{Hosts, Money, Repeats, Timeouts};

use crate::vault::Vault;

/// What buying and keeping numbers needs besides the table.
#[derive(Clone, Debug)]
pub struct Numbers {
    /// The accounts' secrets.
    pub vault: Vault,
    /// Where Twilio is.
    pub hosts: Hosts,
    /// What stands before every webhook's route.
    pub public_url: PublicUrl,
    /// What stands before the path of every fallback document, where Twilio can read them.
    pub documents_url: Option<PublicUrl>,
    /// How many numbers there may be.
    pub most: u64,
    /// What a number may cost a month.
    pub ceiling: Money,
    /// How long is waited for what.
    pub pace: Pace,
}

/// How long is waited for what, in real time. A request as a whole ends before the lease that it holds.
#[derive(Clone, Debug)]
pub struct Pace {
    /// Of one request to Twilio.
    pub timeouts: Timeouts,
    /// How often a request that Twilio has not processed is made again.
    pub repeats: Repeats,
    /// Before each look for a number of which it is not known whether it was bought.
    pub looks: Vec<Duration>,
    /// Between two looks at a purchase on which somebody else works.
    pub poll: Duration,
    /// How often it is looked at.
    pub polls: u32,
    /// All of the work on one purchase.
    pub whole: Duration,
    /// For what Twilio says of an account's numbers, while somebody waits for all that is not as it should be.
    pub look: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            timeouts: Timeouts { connect: Duration::from_secs(3), whole: Duration::from_secs(10) },
            repeats: Repeats::default(),
            looks: vec![Duration::ZERO, Duration::from_secs(1), Duration::from_secs(3)],
            poll: Duration::from_millis(500),
            polls: 20,
            whole: Duration::from_secs(24),
            look: Duration::from_secs(4),
        }
    }
}

/// For how long whoever works on a purchase has it alone: longer than a request can live.
pub(crate) const LEASE: SignedDuration = SignedDuration::from_secs(35);
