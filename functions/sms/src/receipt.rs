//! How a text of ours fared, as its pages hear of it.

use std::time::Duration;

use oncall::incident::{Cause, Failure as Lost, Receipt};
use store::Sent;
use twilio::{
    delivery::{Fault, Receipt as Fares},
    webhook::messaging::TextStatus,
};

use crate::{app::App, handler::Failure};

/// Twilio may be faster than whoever sent the text, who notes which pages it was after it has left. Twilio does not
/// tell again: what is not known by then, the pages' own instants look after.
const PAUSES: [Duration; 3] = [Duration::from_millis(200), Duration::from_millis(400), Duration::from_millis(800)];

impl App {
    /// Tells each page that the text was how it fared, and notes it of a reply. A text that was neither changes nothing.
    pub(crate) async fn note(&self, status: &TextStatus) -> Result<(), Failure> {
        let Some(receipt) = receipt(status.receipt()) else { return Ok(()) };
        let store = &self.carrier.store;
        let mut sent = store.sent(status.sid.as_str()).await?;
        for pause in PAUSES {
            if sent != Sent::default() {
                break;
            }
            tokio::time::sleep(pause).await;
            sent = store.sent(status.sid.as_str()).await?;
        }
        if let Some(reply) = &sent.reply {
            let fares = if receipt == Receipt::Delivered { store::Fares::Delivered } else { store::Fares::Failed };
            store.reply_fares(reply, fares).await?;
        }
        for page in sent.pages {
            self.carrier.act(&page.incident, &Cause::Receipt { page: page.page, receipt }).await?;
        }
        Ok(())
    }
}

/// What an incident is told; none while nothing is decided.
fn receipt(fares: Fares) -> Option<Receipt> {
    Some(match fares {
        Fares::OnItsWay => return None,
        Fares::Delivered => Receipt::Delivered,
        Fares::Lost(fault) => Receipt::Failed(match fault {
            Fault::OptedOut => Lost::OptedOut,
            Fault::Recipient => Lost::Refused,
            Fault::Route => Lost::NotAllowed,
            Fault::Sender | Fault::Account => Lost::NoLine,
            // what was wrong with the request will be wrong with the next one, but not with a call
            Fault::Delivery | Fault::Request | Fault::Passing | Fault::Unknown => Lost::Undelivered,
        }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_the_phones_own_fault_is_held_against_it() {
        assert_eq!(receipt(Fares::OnItsWay), None);
        assert_eq!(receipt(Fares::Delivered), Some(Receipt::Delivered));
        for (fault, lost) in [
            (Fault::OptedOut, Lost::OptedOut),
            (Fault::Recipient, Lost::Refused),
            (Fault::Route, Lost::NotAllowed),
            (Fault::Sender, Lost::NoLine),
            (Fault::Account, Lost::NoLine),
            (Fault::Delivery, Lost::Undelivered),
            (Fault::Request, Lost::Undelivered),
            (Fault::Passing, Lost::Undelivered),
            (Fault::Unknown, Lost::Undelivered),
        ] {
            assert_eq!(receipt(Fares::Lost(fault)), Some(Receipt::Failed(lost)), "{fault:?}");
        }
    }
}
