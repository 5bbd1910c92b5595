//! Whether a phone is told by a text of its own, and by which code; and that it is paged, for its caps.

use jiff::SignedDuration;
use oncall::{
    Channel, IncidentId,
    incident::Page,
    sending::cap,
    texting::{Announcement, Codes},
};
use pipeline::{Caller, Task};
use store::{PhoneLog, PhoneSaved};

use crate::{app::App, intake::pause, message::NotTaken};

/// How often it begins again because somebody else was first with the phone: in a storm many are.
const TRIES: u32 = 30;

/// How a phone is told of a page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Told {
    /// By a text of its own, or a call.
    Alone {
        /// With this code; 0 for a call, which needs none.
        code: u32,
    },
    /// Together with others, at an instant.
    Together {
        /// When.
        at: jiff::Timestamp,
    },
    /// It has had as many as it may have for a while.
    Capped,
}

impl App {
    /// Says how a phone is told of a page, and saves that it is.
    pub(super) async fn announce(
        &self,
        mut log: PhoneLog,
        incident: &IncidentId,
        page: &Page,
    ) -> Result<Told, NotTaken> {
        let mut queueing = None;
        for tried in 0..TRIES {
            let mut next = log.clone();
            let told = match page.channel {
                Channel::Sms => self.tell_by_text(&mut next, incident, page),
                Channel::Voice => self.tell_by_call(&mut next, page),
            };
            if told == Told::Capped || next == log {
                return Ok(told);
            }
            let begins = log.codes.due().is_none().then(|| next.codes.due()).flatten();
            match self.store().save_phone_log(next).await? {
                PhoneSaved::Yes(_) => {
                    if let Some(due) = begins {
                        let task = Task::LookAtPhone { phone: Caller(page.to.as_e164().to_owned()) };
                        let id = format!("{:08x}:phone", fastrand::u32(..));
                        self.carrier.leave_until(due, id, task).await;
                    }
                    return Ok(told);
                }
                PhoneSaved::Lost(winner) => log = winner,
            }
            pause(tried).await;
            if queueing.is_none() {
                queueing = Some(self.queueing.lock().await);
                log = self.store().phone_log(&page.to).await?;
            }
        }
        Err(NotTaken::Contended)
    }

    fn tell_by_text(&self, log: &mut PhoneLog, incident: &IncidentId, page: &Page) -> Told {
        let now = self.now();
        let before = log.codes.clone();
        let code = match log.codes.announce(incident, now) {
            Announcement::Bundled { at } => return Told::Together { at },
            Announcement::Alone { code } => code,
        };
        if is_counted(page) {
            return Told::Alone { code };
        }
        match cap(Channel::Sms, log.paged(Channel::Sms), now, page.first) {
            Ok(()) => {
                log.page(Channel::Sms, now);
                Told::Alone { code }
            }
            // only the one of this minute: with whatever else comes until the next
            Err(reached) if now.duration_until(reached.until) <= WAITS => {
                log.codes = before;
                match log.codes.gather(incident, reached.until) {
                    Announcement::Bundled { at } => Told::Together { at },
                    Announcement::Alone { code } => Told::Alone { code },
                }
            }
            Err(_) => Told::Capped,
        }
    }

    fn tell_by_call(&self, log: &mut PhoneLog, page: &Page) -> Told {
        let now = self.now();
        if is_counted(page) {
            return Told::Alone { code: 0 };
        }
        match cap(Channel::Voice, log.paged(Channel::Voice), now, page.first) {
            Ok(()) => {
                log.page(Channel::Voice, now);
                Told::Alone { code: 0 }
            }
            Err(_) => Told::Capped,
        }
    }
}

/// How long a text waits for its phone's cap; what would wait longer goes another way.
const WAITS: SignedDuration = Codes::STORM;

/// Whether it was counted before: it certainly did not leave then.
fn is_counted(page: &Page) -> bool {
    page.delays > 0 || page.sendings > 1
}
