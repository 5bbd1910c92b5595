//! Whose fault it is that a text or a call did not arrive, by Twilio's code for it.
//!
//! The same codes come as refusals of a request and in the receipts of what was taken and did not arrive.
//!
//! Source: Twilio's error dictionary, snapshot of 2023-05-15; 30034 and 63038 as in `fixtures/README.md`.

/// Whose fault it is, and so what helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// The phone cannot be reached this way, ever: remember that, and take another way.
    Recipient,
    /// Its owner has texted STOP: no texts until they text START.
    OptedOut,
    /// It did not arrive this time; the next one may. Take another way.
    Delivery,
    /// Our account may not send to this country, or not by this route.
    Route,
    /// The number that we sent from cannot do it: another one may.
    Sender,
    /// The account may not send, or not any more today.
    Account,
    /// The request was wrong: a mistake of ours.
    Request,
    /// Too much at once, or something is broken for a moment: later it may work.
    Passing,
    /// A code that we do not know.
    Unknown,
}

impl Fault {
    /// By Twilio's code.
    pub fn of(code: u32) -> Self {
        match code {
            21202 | 21211 | 21216 | 21217 | 21401 | 21604 | 21614 | 30006 => Self::Recipient,
            21610 => Self::OptedOut,
            21214 | 21612 | 30003..=30005 | 30007..=30009 => Self::Delivery,
            21203 | 21215 | 21408 | 30010 | 30018 => Self::Route,
            21210 | 21212 | 21213 | 21407 | 21601 | 21603 | 21606 | 21607 | 21616 | 30024 | 30032..=30035 => {
                Self::Sender
            }
            20003 | 20005 | 20006 | 20008 | 20403 | 21219 | 21608 | 30002 | 30023 | 30027 | 63038 => Self::Account,
            20001 | 20004 | 21201 | 21205..=21209 | 21402 | 21403 | 21602 | 21605 | 21609 | 21617 | 21618 | 21624 => {
                Self::Request
            }
            20429 | 20500 | 20503 | 21611 | 30001 | 30017 | 30022 => Self::Passing,
            _ => Self::Unknown,
        }
    }
}

/// How a text fares, by its status callback. Callbacks come in any order: the first that is final counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receipt {
    /// On its way, or with a carrier that tells no more.
    OnItsWay,
    /// The telephone has it.
    Delivered,
    /// It did not arrive, and will not.
    Lost(Fault),
}

impl Receipt {
    /// By `MessageStatus` and `ErrorCode`. A status that we do not know is no end.
    pub fn of_text(status: &str, code: Option<u32>) -> Self {
        match status {
            "delivered" | "read" => Self::Delivered,
            "undelivered" | "failed" => Self::Lost(match code.map(Fault::of) {
                None => Fault::Delivery,
                // it has been given up, whatever may pass later
                Some(Fault::Passing | Fault::Unknown) => Fault::Delivery,
                Some(fault) => fault,
            }),
            "canceled" => Self::Lost(Fault::Delivery),
            _ => Self::OnItsWay,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_is_final_only_when_the_text_has_arrived_or_is_lost() {
        for (status, code, expected) in [
            ("queued", None, Receipt::OnItsWay),
            ("sent", None, Receipt::OnItsWay),
            ("sent", Some(30003), Receipt::OnItsWay),
            ("teleported", None, Receipt::OnItsWay),
            ("delivered", None, Receipt::Delivered),
            ("undelivered", Some(30003), Receipt::Lost(Fault::Delivery)),
            ("undelivered", Some(30006), Receipt::Lost(Fault::Recipient)),
            ("failed", Some(21610), Receipt::Lost(Fault::OptedOut)),
            ("failed", Some(30034), Receipt::Lost(Fault::Sender)),
            ("failed", Some(30001), Receipt::Lost(Fault::Delivery)),
            ("failed", None, Receipt::Lost(Fault::Delivery)),
            ("failed", Some(99999), Receipt::Lost(Fault::Delivery)),
            ("canceled", None, Receipt::Lost(Fault::Delivery)),
        ] {
            assert_eq!(Receipt::of_text(status, code), expected, "{status} {code:?}");
        }
    }
}
