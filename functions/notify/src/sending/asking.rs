//! Whether something was sent of which nobody knows: Twilio is asked, once.

use entry::Chain;
use jiff::{SignedDuration, Timestamp};
use oncall::{
    Channel,
    incident::{Incident, Page, Sending},
};
use phone::PhoneNumber;
use store::SentPage;
use twilio::{
    rest::{CallFilter, MessageFilter},
    webhook::Caller,
};

use crate::{app::App, message::NotTaken, outlets::Outlet};

/// Twilio's times have whole seconds, and its clock is another one than ours.
const SLACK: SignedDuration = SignedDuration::from_secs(2);
/// How many pages of a list are looked at, fifty each, the newest first.
const MOST_PAGES: usize = 4;

impl App {
    /// Finds out whether a page was sent.
    pub(crate) async fn ask(&self, incident: &Incident, page: &Page) -> Sending {
        let asked = match page.channel {
            Channel::Sms => self.look_for_text(incident, page).await,
            Channel::Voice => self.look_for_call(incident, page).await,
        };
        asked.unwrap_or_else(|error| {
            tracing::error!(incident = incident.id.as_str(), page = page.number, error = %Chain(&error), "Twilio could not be asked about a page");
            Sending::NotFound
        })
    }

    async fn look_for_text(&self, incident: &Incident, page: &Page) -> Result<Sending, NotTaken> {
        let codes = self.store().phone_log(&page.to).await?.codes;
        if let Some(gathering) = codes.gathering.as_ref().filter(|it| it.incidents.contains(&incident.id)) {
            // it has not even been tried
            return Ok(Sending::Gathered { at: gathering.due });
        }
        let Some(code) = codes.code_of(&incident.id) else { return Ok(Sending::NotFound) };
        let outlet = self.outlets.to(&page.to, Channel::Sms).await?;
        let filter = MessageFilter { to: Some(page.to.clone()), ..MessageFilter::default() };
        let mut pages = outlet.client.messages(&filter);
        for _ in 0..MOST_PAGES {
            let Some(messages) = pages.next().await? else { break };
            for message in &messages {
                let fits = is_between(&outlet, &message.to, &message.from, &page.to)
                    && is_since(message.created, page)
                    && tells(message.body.as_str(), code);
                if fits {
                    return self.found(message.sid.as_str(), incident, page).await;
                }
            }
            if messages.iter().any(|message| message.created.is_some() && !is_since(message.created, page)) {
                break;
            }
        }
        Ok(Sending::NotFound)
    }

    async fn look_for_call(&self, incident: &Incident, page: &Page) -> Result<Sending, NotTaken> {
        let outlet = self.outlets.to(&page.to, Channel::Voice).await?;
        let filter = CallFilter { to: Some(page.to.clone()), ..CallFilter::default() };
        let mut pages = outlet.client.calls(&filter);
        for _ in 0..MOST_PAGES {
            let Some(calls) = pages.next().await? else { break };
            for call in &calls {
                let fits = is_between(&outlet, &call.to, &call.from, &page.to)
                    && is_since(call.created, page)
                    && call.is_placed_by_api();
                // a call does not say what it is about: one that is known to be another page is not this one
                if fits && self.is_nobodys(call.sid.as_str(), incident, page).await? {
                    return self.found(call.sid.as_str(), incident, page).await;
                }
            }
            if calls.iter().any(|call| call.created.is_some() && !is_since(call.created, page)) {
                break;
            }
        }
        Ok(Sending::NotFound)
    }

    async fn is_nobodys(&self, sid: &str, incident: &Incident, page: &Page) -> Result<bool, NotTaken> {
        let known = self.store().sent_pages(sid).await?;
        let own = SentPage { incident: incident.id.clone(), page: page.number };
        Ok(known.is_empty() || known.contains(&own))
    }

    async fn found(&self, sid: &str, incident: &Incident, page: &Page) -> Result<Sending, NotTaken> {
        let own = SentPage { incident: incident.id.clone(), page: page.number };
        let mut pages = self.store().sent_pages(sid).await?;
        if !pages.contains(&own) {
            pages.push(own);
        }
        Ok(self.accepted(sid, &pages).await)
    }
}

fn is_between(outlet: &Outlet, to: &Caller, from: &Caller, phone: &PhoneNumber) -> bool {
    let is = |caller: &Caller, number: &PhoneNumber| matches!(caller, Caller::Number(it) if it == number);
    is(to, phone) && is(from, &outlet.line.number)
}

fn is_since(created: Option<Timestamp>, page: &Page) -> bool {
    created.is_some_and(|created| created.checked_add(SLACK).unwrap_or(created) >= page.ordered_at)
}

/// Whether a text tells of a code: `12a` stands in it, and not as a part of something longer.
fn tells(body: &str, code: u32) -> bool {
    let reply = format!("{code}a");
    body.split(|character: char| !character.is_alphanumeric()).any(|word| word == reply)
}

#[cfg(test)]
mod tests {
    use words::Language;

    use super::tells;

    #[test]
    fn a_page_is_known_again_by_its_code_in_every_language() {
        for language in Language::ALL.iter().copied() {
            let texts = [
                words::page(language, "Dutyline", 12, "Disk 10a full"),
                words::bundle(language, "Dutyline", 12, 40, "Disk full; Lag"),
            ];
            for text in texts {
                assert!(tells(&text, 12) && !tells(&text, 2) && !tells(&text, 112), "{text}");
            }
        }
    }
}
