//! Things that go wrong on the way, asked for by a test.
use std::time::Duration;

use crate::form::Params;

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
    /// At the REST API.
    Rest(Mishap),
}

/// What goes wrong at the REST API. "Done" means that the request has its effect all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mishap {
    /// The connection is reset; nothing was done.
    ResetBefore,
    /// Done; then the connection is reset, without an answer.
    ResetAfter,
    /// Done; the answer comes so much later in real time, for a client whose patience is shorter.
    Stalls(Duration),
    /// Not done: 401, 403, 404, 429, 500, 503 in Twilio's shape, any other status with an empty body.
    Refused(u16),
    /// Not done: this status, and this code of Twilio's, such as 21610.
    RefusedWith(u16, u32),
    /// Done; then answered like that.
    FailedAfter(u16),
    /// Not done: 429, and after how many seconds to come again.
    TooMany {
        /// The `Retry-After` header.
        retry_after: u64,
    },
    /// Done and answered with success, but the JSON breaks off.
    Garbled,
    /// Not done: this status with a page of HTML.
    Html(u16),
    /// Done; then this status with a page of HTML.
    HtmlAfter(u16),
}

impl Mishap {
    /// True when the request has its effect.
    pub(crate) fn is_done(&self) -> bool {
        match self {
            Self::ResetAfter | Self::Stalls(_) | Self::FailedAfter(_) | Self::Garbled | Self::HtmlAfter(_) => true,
            Self::ResetBefore | Self::Refused(_) | Self::RefusedWith(..) | Self::TooMany { .. } | Self::Html(_) => {
                false
            }
        }
    }

    /// As the journal has it.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::ResetBefore => "reset before",
            Self::ResetAfter => "reset after",
            Self::Stalls(_) => "stalls",
            Self::Refused(_) | Self::RefusedWith(..) => "refused",
            Self::FailedAfter(_) => "failed after",
            Self::TooMany { .. } => "too many",
            Self::Garbled => "garbled",
            Self::Html(_) => "html",
            Self::HtmlAfter(_) => "html after",
        }
    }
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
    pub(crate) given: Params,
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

    /// Something goes wrong at the REST API. The endpoint is a part of the path, with or without a method before it:
    /// `"/Calls"`, `"POST /IncomingPhoneNumbers.json"`.
    pub fn rest(endpoint: impl Into<String>, mishap: Mishap) -> Self {
        Self::new(endpoint, Trouble::Rest(mishap))
    }

    /// The REST API answers this status, doing nothing.
    pub fn rest_answers(endpoint: impl Into<String>, status: u16) -> Self {
        Self::rest(endpoint, Mishap::Refused(status))
    }

    /// Only a request with this parameter: `("MessageStatus", "delivered")` of a callback, `("To", "+47…")` of REST.
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.given.push((name.into(), value.into()));
        self
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

    fn fits(&self, params: &[(String, String)]) -> bool {
        self.given.iter().all(|given| params.contains(given))
    }

    fn new(path: impl Into<String>, trouble: Trouble) -> Self {
        Self { path: path.into(), given: Params::new(), trouble, skip: 0, left: 1 }
    }
}

/// What befalls a webhook to this URL; the first rule that matches is used up by one.
pub(crate) fn befalls(faults: &mut [Fault], url: &str, params: &[(String, String)]) -> Option<Trouble> {
    take(faults, |fault| !matches!(fault.trouble, Trouble::Rest(_)) && url.contains(&fault.path) && fault.fits(params))
}

/// What befalls a request to the REST API.
pub(crate) fn befalls_rest(
    faults: &mut [Fault],
    method: &str,
    path: &str,
    params: &[(String, String)],
) -> Option<Mishap> {
    let hits = |fault: &Fault| fault.fits(params) && named(fault, method, path);
    match take(faults, |fault| matches!(fault.trouble, Trouble::Rest(_)) && hits(fault)) {
        Some(Trouble::Rest(mishap)) => Some(mishap),
        _ => None,
    }
}

fn named(fault: &Fault, method: &str, path: &str) -> bool {
    match fault.path.split_once(' ') {
        Some((only, part)) => only == method && path.contains(part),
        None => path.contains(&fault.path),
    }
}

fn take(faults: &mut [Fault], fits: impl Fn(&Fault) -> bool) -> Option<Trouble> {
    let mut found = None;
    let matching = faults.iter_mut().filter(|fault| fault.left > 0 && fits(fault));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_are_named_by_method_and_part() {
        let mut faults = [Fault::rest("POST /IncomingPhoneNumbers.json", Mishap::ResetAfter).nth(2)];
        let list = "/2010-04-01/Accounts/AC/IncomingPhoneNumbers.json";
        let one = "/2010-04-01/Accounts/AC/IncomingPhoneNumbers/PN.json";
        let mut ask = |method, path| befalls_rest(&mut faults, method, path, &[]);
        assert_eq!(ask("GET", list), None);
        assert_eq!(ask("POST", one), None);
        assert_eq!(ask("POST", list), None);
        assert_eq!(ask("POST", list), Some(Mishap::ResetAfter));
        assert_eq!(ask("POST", list), None);
    }

    #[test]
    fn webhooks_and_rest_do_not_share_faults() {
        let mut faults = [Fault::rest_answers("/Calls", 503), Fault::lost("/Calls")];
        assert_eq!(befalls(&mut faults, "http://127.0.0.1/Calls", &[]), Some(Trouble::Lost));
        assert_eq!(befalls_rest(&mut faults, "GET", "/Calls", &[]), Some(Mishap::Refused(503)));
    }
}
