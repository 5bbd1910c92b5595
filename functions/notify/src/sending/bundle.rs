//! One text about many incidents.

use std::collections::BTreeSet;

use futures_util::{StreamExt as _, stream};
use oncall::{
    Channel, Person, PersonId,
    incident::{Cause, Failure, Incident, Page, PageState, Sending},
    texting::Bundle,
};
use phone::PhoneNumber;
use store::{Incidents, PhoneSaved, SentPage};
use words::Language;

use super::estimate;
use crate::{app::App, handler::AT_ONCE, intake::pause, message::NotTaken, outlets::Closed};

/// How often it begins again because somebody else was first with the phone.
const TRIES: u32 = 30;

/// An incident whose page waits for the text.
struct Waiting {
    incident: Incident,
    page: Page,
}

impl App {
    /// Tells a phone of what is gathered for it, if that is due: by one text, which settles every page that waits for
    /// it. Whose incident needs nobody any more is left out.
    pub(crate) async fn tell_gathered(&self, phone: &PhoneNumber) -> Result<(), NotTaken> {
        let mut log = self.store().phone_log(phone).await?;
        for tried in 0..TRIES {
            let now = self.now();
            let Some(gathering) = log.codes.gathering.as_ref().filter(|gathering| gathering.due <= now) else {
                return Ok(());
            };
            let Incidents { incidents, unreadable } = self.store().incidents(&gathering.incidents).await?;
            for damaged in &unreadable {
                tracing::error!(incident = damaged.as_str(), "an incident cannot be read and is not told");
            }
            let waiting: Vec<Waiting> =
                incidents.into_iter().filter_map(|stored| waiting(stored.incident, phone)).collect();
            let mut next = log.clone();
            next.codes.keep_gathered(|id| waiting.iter().any(|waiting| waiting.incident.id == *id));
            let bundle = next.codes.bundle(now);
            if bundle.is_some() {
                next.page(Channel::Sms, now);
            }
            match (self.store().save_phone_log(next).await?, bundle) {
                (PhoneSaved::Yes(_), Some(bundle)) => {
                    Box::pin(self.tell_together(phone, &bundle, waiting)).await;
                    return Ok(());
                }
                (PhoneSaved::Yes(_), None) => return Ok(()),
                (PhoneSaved::Lost(winner), _) => log = winner,
            }
            pause(tried).await;
        }
        Err(NotTaken::Contended)
    }

    /// Sends the text, once, and tells each page what became of it.
    async fn tell_together(&self, phone: &PhoneNumber, bundle: &Bundle, waiting: Vec<Waiting>) {
        let Some(first) = waiting.first() else { return };
        let outcome = match Box::pin(self.send_bundle(phone, bundle, &waiting)).await {
            Ok(outcome) => outcome,
            Err(error) => self.not_yet(&first.incident, &first.page, &error),
        };
        tracing::info!(
            incidents = waiting.len(),
            sent = matches!(outcome, Sending::Accepted { .. }),
            "a bundle was told"
        );
        stream::iter(waiting)
            .for_each_concurrent(AT_ONCE, async |Waiting { incident, page }| {
                let told = Cause::Sending { page: page.number, outcome: outcome.clone() };
                if let Some((incident, around, effects)) = self.tell(&incident, None, &[told]).await {
                    Box::pin(self.carry(incident, around, effects)).await;
                }
            })
            .await;
    }

    async fn send_bundle(
        &self,
        phone: &PhoneNumber,
        bundle: &Bundle,
        waiting: &[Waiting],
    ) -> Result<Sending, NotTaken> {
        let Some(first) = waiting.first() else { return Ok(Sending::NotFound) };
        let (outlet, language) =
            tokio::join!(self.outlets.to(phone, Channel::Sms), self.language_spoken_by(&first.page.person));
        let outlet = match outlet {
            Err(Closed::For(why)) => return Ok(Sending::Failed(why)),
            outlet => outlet?,
        };
        let language = language.unwrap_or_else(|| Language::of(&outlet.line.language));
        let body = match waiting {
            [one] => words::page(language, &self.app_name, bundle.code, &one.incident.summary),
            many => words::bundle(language, &self.app_name, bundle.code, many.len(), &about(many)),
        };
        if !self.may_spend(&outlet, estimate::text(&body, phone)).await? {
            return Ok(Sending::Failed(Failure::SpendCap));
        }
        let page = |Waiting { incident, page }: &Waiting| SentPage { incident: incident.id.clone(), page: page.number };
        let pages: Vec<SentPage> = waiting.iter().map(page).collect();
        Ok(match self.send_text(&outlet, phone, body).await {
            Ok(message) => self.accepted(message.sid.as_str(), &pages).await,
            Err(error) => self.outcome(&outlet, &first.page, &error).await,
        })
    }

    /// The language that a person prefers. Not worth a page: without it, it is the line's.
    async fn language_spoken_by(&self, person: &PersonId) -> Option<Language> {
        let person = self.store().find::<Person>(person.as_str()).await.ok()??.value;
        person.language.as_deref().map(Language::of)
    }
}

/// The page of an incident that a bundle's text settles. One that may have left by itself is found out about alone.
fn waiting(incident: Incident, phone: &PhoneNumber) -> Option<Waiting> {
    let waits = |page: &&Page| {
        page.channel == Channel::Sms
            && page.to == *phone
            && page.is_pending()
            && !matches!(page.state, PageState::InDoubt { .. })
    };
    let page = incident.pages.iter().rfind(waits)?.clone();
    Some(Waiting { incident, page })
}

/// About what they are: the different summaries, as far as there is room.
fn about(waiting: &[Waiting]) -> String {
    let mut seen = BTreeSet::new();
    let summaries = waiting.iter().map(|waiting| waiting.incident.summary.as_str());
    let different: Vec<&str> =
        summaries.filter(|summary| !summary.is_empty() && seen.insert(*summary)).take(8).collect();
    different.join("; ")
}
