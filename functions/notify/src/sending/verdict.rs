//! What Twilio's refusals mean for a page.

use entry::Chain;
use oncall::incident::{Failure, Page, Sending};
use twilio::{
    delivery::Fault,
    rest::{Backoff, Error, Verdict},
};

use crate::{app::App, outlets::Outlet};

impl App {
    /// What became of a page that Twilio did not simply take.
    pub(super) async fn outcome(&self, outlet: &Outlet, page: &Page, error: &Error) -> Sending {
        let now = self.now();
        let later = |wanted| {
            let wait = Backoff::default().wait(page.delays.into(), wanted, fastrand::f64());
            Sending::Later { at: now.checked_add(wait).unwrap_or(now) }
        };
        match error.verdict() {
            Verdict::Unknown => {
                tracing::warn!(page = page.number, error = %Chain(error), "it is not known whether a page was sent");
                Sending::Unknown
            }
            Verdict::TryAgain { after } => {
                tracing::warn!(page = page.number, error = %Chain(error), "a page was not sent and will be later");
                later(after)
            }
            // somebody has replaced the key
            Verdict::Refused(_)
                if matches!(error, Error::Unauthorised(_)) && self.outlets.has_newer_keys(outlet).await =>
            {
                later(None)
            }
            Verdict::Refused(fault) => {
                let failure = failure(fault);
                if failure == Failure::NoLine {
                    tracing::error!(line = outlet.line.id.as_str(), error = %Chain(error), "a line cannot send");
                } else {
                    tracing::warn!(page = page.number, error = %Chain(error), "a page was refused");
                }
                Sending::Failed(failure)
            }
        }
    }
}

/// Whose fault it is says whether it is the same the next time.
fn failure(fault: Fault) -> Failure {
    match fault {
        Fault::Recipient => Failure::Refused,
        Fault::OptedOut => Failure::OptedOut,
        Fault::Delivery | Fault::Unknown => Failure::Undelivered,
        Fault::Passing => Failure::Unreachable,
        // somebody has to configure something
        Fault::Route | Fault::Sender | Fault::Account | Fault::Request => Failure::NoLine,
    }
}
