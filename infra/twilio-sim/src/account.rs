//! The Twilio account and the identifiers that it hands out.
use std::fmt;

/// Makes identifiers from a seed and a counter: the same run makes the same ones.
pub(crate) struct Sids {
    seed: u64,
    count: u64,
}

impl Sids {
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed, count: 0 }
    }

    /// A prefix of two letters and 32 hexadecimal digits; later ones sort after earlier ones.
    pub(crate) fn make(&mut self, prefix: &str) -> String {
        self.count += 1;
        format!("{prefix}{:016x}{:016x}", scatter(self.seed), self.count)
    }

    /// A secret of 32 hexadecimal digits.
    pub(crate) fn secret(&mut self) -> String {
        self.count += 1;
        let half = scatter(self.seed ^ self.count.rotate_left(32));
        format!("{half:016x}{:016x}", scatter(half))
    }
}

/// Spreads a number's bits (the finaliser of SplitMix64).
fn scatter(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Credentials. Only the primary token signs webhooks; both tokens and the key open the REST API.
pub(crate) struct Account {
    pub(crate) sid: String,
    pub(crate) friendly_name: String,
    pub(crate) primary: String,
    pub(crate) secondary: Option<String>,
    pub(crate) key: (String, String),
}

impl Account {
    pub(crate) fn new(sids: &mut Sids) -> Self {
        Self {
            sid: sids.make("AC"),
            friendly_name: "Pretend account".to_owned(),
            primary: sids.secret(),
            secondary: None,
            key: (sids.make("SK"), sids.secret()),
        }
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account").field("sid", &self.sid).finish_non_exhaustive()
    }
}
