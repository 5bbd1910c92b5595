//! A page's call is over: what that says of the page.

use oncall::incident::Failure;
use twilio::webhook::voice::CallStatus;

/// Why nobody was reached, by Twilio's word for the end of a call and for who picked up; nothing while it goes on. A
/// page on which a key was pressed is delivered already, and stays so.
pub(crate) fn failure(status: &CallStatus, answered_by: Option<&str>) -> Option<Failure> {
    Some(match status {
        CallStatus::Completed if answered_by.is_some_and(|who| who.starts_with("machine") || who == "fax") => {
            Failure::Machine
        }
        CallStatus::Completed => Failure::NoKey,
        CallStatus::Busy => Failure::Busy,
        CallStatus::NoAnswer | CallStatus::Canceled => Failure::NoAnswer,
        CallStatus::Failed => Failure::Undelivered,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_end_has_a_reason_and_what_goes_on_has_none() {
        for (status, answered_by, expected) in [
            ("queued", None, None),
            ("ringing", None, None),
            ("in-progress", None, None),
            ("teleported", None, None),
            ("completed", None, Some(Failure::NoKey)),
            ("completed", Some("human"), Some(Failure::NoKey)),
            ("completed", Some("machine_end_beep"), Some(Failure::Machine)),
            ("busy", None, Some(Failure::Busy)),
            ("no-answer", None, Some(Failure::NoAnswer)),
            ("canceled", None, Some(Failure::NoAnswer)),
            ("failed", None, Some(Failure::Undelivered)),
        ] {
            assert_eq!(failure(&status.into(), answered_by), expected, "{status} {answered_by:?}");
        }
    }
}
