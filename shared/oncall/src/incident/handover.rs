//! For those who may decide, and may not send.

use super::{Effect, Incident, PageState, Stepped};

impl Stepped {
    /// The same step for somebody who holds no credential of Twilio's: what was to be sent or asked is due at once
    /// instead, so that the save itself hands it over to whoever comes next with
    /// [`Cause::Time`](super::Cause::Time). Other effects stay.
    #[must_use]
    pub fn handed_over(mut self) -> Self {
        let incident = &mut self.incident;
        self.effects.retain(|effect| match effect {
            Effect::Send(page) => !incident.hand_over(page.number),
            Effect::AskTwilio(page) => !incident.hand_over(page.number),
            _ => true,
        });
        self
    }
}

impl Incident {
    /// Puts a page back to where it waits for its instant, which is now.
    fn hand_over(&mut self, number: u32) -> bool {
        let Some(page) = self.pages.iter_mut().find(|page| page.number == number) else { return false };
        page.state = match page.state {
            PageState::Ordered { since } => PageState::Delayed { until: since },
            PageState::Asked { since } => PageState::InDoubt { until: since },
            _ => return false,
        };
        true
    }
}
