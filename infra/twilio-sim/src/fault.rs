//! Things that go wrong on the way, asked for by a test.
use std::time::Duration;

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Trouble {
    Slow(Duration),
    Late(Duration),
    Unreachable,
    AnswerLost,
    Lost,
    Duplicated {
        at_once: bool,
    },
    Retried,
    /// The REST API answers so.
    Refused(u16),
}

/// A rule: which webhooks, and what happens to them.
///
/// ```
/// use twilio_sim::Fault;
/// let second_menu_is_slow = Fault::slow("/voice/menu", 20).nth(2);
/// ```
#[derive(Debug, Clone)]
pub struct Fault {
    pub(crate) path: String,
    pub(crate) trouble: Trouble,
    pub(crate) skip: u32,
    pub(crate) left: u32,
}

impl Fault {
    /// The product gets the request at once; its answer arrives after so many virtual seconds.
    /// Fifteen or more are Twilio's timeout.
    pub fn slow(path: impl Into<String>, seconds: u64) -> Self {
        Self::new(path, Trouble::Slow(Duration::from_secs(seconds)))
    }

    /// The request itself leaves so many virtual seconds late: later ones overtake it.
    pub fn late(path: impl Into<String>, seconds: u64) -> Self {
        Self::new(path, Trouble::Late(Duration::from_secs(seconds)))
    }

    /// No connection: twice five seconds, then Twilio gives up.
    pub fn unreachable(path: impl Into<String>) -> Self {
        Self::new(path, Trouble::Unreachable)
    }

    /// The product gets the request, its answer never arrives: Twilio waits fifteen seconds.
    pub fn answer_lost(path: impl Into<String>) -> Self {
        Self::new(path, Trouble::AnswerLost)
    }

    /// A callback that is never sent (status, recording, transcription).
    pub fn lost(path: impl Into<String>) -> Self {
        Self::new(path, Trouble::Lost)
    }

    /// The same request twice, one after the other; the first answer counts.
    pub fn duplicated(path: impl Into<String>) -> Self {
        Self::new(path, Trouble::Duplicated { at_once: false })
    }

    /// The same request twice at the same time; the first answer counts.
    pub fn duplicated_at_once(path: impl Into<String>) -> Self {
        Self::new(path, Trouble::Duplicated { at_once: true })
    }

    /// The first attempt's answer is lost with the connection and Twilio tries again; both attempts
    /// carry the same `I-Twilio-Idempotency-Token`.
    pub fn retried(path: impl Into<String>) -> Self {
        Self::new(path, Trouble::Retried)
    }

    /// The REST API answers this status, doing nothing: 401, 429, 500, 503 in Twilio's shape, any other
    /// with an empty body.
    pub fn rest_answers(path: impl Into<String>, status: u16) -> Self {
        Self::new(path, Trouble::Refused(status))
    }

    /// Only the n-th matching request (from 1) and those after it, as many as `times` says.
    pub fn nth(mut self, n: u32) -> Self {
        self.skip = n.saturating_sub(1);
        self
    }

    /// How many requests it befalls (default one).
    pub fn times(mut self, times: u32) -> Self {
        self.left = times;
        self
    }

    /// Every matching request.
    pub fn always(self) -> Self {
        self.times(u32::MAX)
    }

    fn new(path: impl Into<String>, trouble: Trouble) -> Self {
        Self { path: path.into(), trouble, skip: 0, left: 1 }
    }
}

/// What befalls a webhook to this URL; the first rule that matches is used up by one.
pub(crate) fn befalls(faults: &mut [Fault], url: &str) -> Option<Trouble> {
    take(faults, url, |trouble| !matches!(trouble, Trouble::Refused(_)))
}

/// With which status the REST API answers a request to this path on purpose.
pub(crate) fn refuses(faults: &mut [Fault], path: &str) -> Option<u16> {
    match take(faults, path, |trouble| matches!(trouble, Trouble::Refused(_))) {
        Some(Trouble::Refused(status)) => Some(status),
        _ => None,
    }
}

fn take(faults: &mut [Fault], url: &str, fits: fn(&Trouble) -> bool) -> Option<Trouble> {
    let mut found = None;
    let matching = faults.iter_mut().filter(|f| f.left > 0 && fits(&f.trouble) && url.contains(&f.path));
    for fault in matching {
        if fault.skip > 0 {
            fault.skip -= 1;
        } else if found.is_none() {
            fault.left -= 1;
            found = Some(fault.trouble.clone());
        }
    }
    found
}
