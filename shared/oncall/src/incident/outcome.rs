//! What becomes of pages, by whoever sent them, by Twilio's receipts, and by the passing of time.

use super::{Effect, Failure, Happened, Page, PageState, Receipt, Sending, page::later, step::Turn};
use crate::Channel;

impl Turn<'_> {
    pub(super) fn sending(&mut self, number: u32, outcome: &Sending) {
        let now = self.now;
        let Some(page) = self.incident.pages.iter_mut().find(|page| page.number == number) else { return };
        match (outcome, &page.state) {
            // a receipt was quicker, or this is said again
            (_, PageState::Sent { .. } | PageState::Delivered | PageState::Failed(_) | PageState::Recalled) => {}
            (Sending::Accepted { sid }, PageState::CalledOff) if page.channel == Channel::Voice => {
                page.state = PageState::Recalled;
                self.effect(Effect::Recall { page: number, sid: sid.clone() });
            }
            // it was too late to keep it back
            (Sending::Accepted { sid }, PageState::CalledOff) => page.state = PageState::Sent { sid: sid.clone() },
            (_, PageState::CalledOff) => {}
            (Sending::Accepted { sid }, _) => {
                page.state = PageState::Sent { sid: sid.clone() };
                self.note(Happened::Sent { page: number });
            }
            (Sending::Failed(why), _) => self.fail(number, *why),
            (Sending::Later { .. }, _) if page.delays >= Page::MOST_DELAYS => self.fail(number, Failure::Unreachable),
            (Sending::Later { at }, _) => {
                page.delays += 1;
                let until = (*at).max(later(now, jiff::SignedDuration::from_secs(1)));
                page.state = PageState::Delayed { until };
                self.note(Happened::Delayed { page: number, until });
            }
            (
                Sending::Gathered { at },
                PageState::Ordered { .. } | PageState::Asked { .. } | PageState::Gathered { .. },
            ) => {
                page.state = PageState::Gathered { until: (*at).max(now) };
            }
            (Sending::Unknown, PageState::Ordered { .. } | PageState::Gathered { .. }) => {
                page.state = PageState::InDoubt { until: later(now, Page::DOUBT) };
            }
            (Sending::NotFound, PageState::Asked { .. }) => self.not_found(number),
            (Sending::Gathered { .. } | Sending::Unknown | Sending::NotFound, _) => {}
        }
    }

    pub(super) fn receipt(&mut self, number: u32, receipt: Receipt) {
        let Some(page) = self.incident.pages.iter_mut().find(|page| page.number == number) else { return };
        match (receipt, &page.state) {
            // what was delivered stays delivered, whatever comes late
            (_, PageState::Delivered) => {}
            (Receipt::Failed(_), PageState::Failed(_) | PageState::CalledOff | PageState::Recalled) => {}
            (Receipt::Delivered, _) => {
                page.state = PageState::Delivered;
                self.note(Happened::Delivered { page: number });
            }
            (Receipt::Failed(why), _) => self.fail(number, why),
        }
    }

    /// What nobody accounts for, and what is tried again; says whether there was anything.
    pub(super) fn look_after_pages(&mut self) -> bool {
        let now = self.now;
        let is_due = |page: &&mut Page| page.due().is_some_and(|due| due <= now);
        let Some(page) = self.incident.pages.iter_mut().find(is_due) else { return false };
        let number = page.number;
        match page.state {
            PageState::Delayed { .. } => {
                page.state = PageState::Ordered { since: now };
                let page = page.clone();
                self.effect(Effect::Send(page));
            }
            PageState::Ordered { .. } | PageState::InDoubt { .. } | PageState::Gathered { .. } => {
                page.state = PageState::Asked { since: now };
                let page = page.clone();
                self.effect(Effect::AskTwilio(page));
            }
            _ => self.not_found(number),
        }
        true
    }

    /// A text that Twilio does not know leaves once more; a call is not repeated.
    fn not_found(&mut self, number: u32) {
        let now = self.now;
        let Some(page) = self.incident.pages.iter_mut().find(|page| page.number == number) else { return };
        if page.channel == Channel::Sms && page.sendings < Page::MOST_SENDINGS {
            page.sendings += 1;
            page.state = PageState::Ordered { since: now };
            let page = page.clone();
            self.effect(Effect::Send(page));
        } else {
            self.fail(number, Failure::Unknown);
        }
    }
}
