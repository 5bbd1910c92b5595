//! What a reporter writes once somebody has the incident goes to whoever has it, wherever that has been handed over to.
//! Before that, it is one more event of an incident that pages.

use entry::Chain;
use jiff::Timestamp;
use oncall::{
    Channel, Person,
    incident::{Actor, Incident, State},
};
use phone::PhoneNumber;
use pipeline::TextEvent;
use words::{Language, Text};

use crate::{app::App, intake::About, message::NotTaken, outlets::Closed, sending::estimate};

/// No reporter's words are passed on further, characters: with ours they stay one text of Twilio's.
const LONGEST_WORDS: usize = 1_400;

impl App {
    /// Passes a text on, at most once, from a number of ours: neither learns the other's. It stands in the incident in
    /// any case.
    pub(crate) async fn pass_on(&self, about: About<'_>, text: &TextEvent) -> Result<(), NotTaken> {
        let known = self.store().known_key(about.service, about.key, self.now()).await?;
        let Some(incident) = known.incident.map(|stored| stored.incident) else { return Ok(()) };
        let Some(person) = self.whoever_has(&incident, text.at).await? else { return Ok(()) };
        let Some((phone, code)) = self.where_they_were_told(&incident, &person).await? else {
            tracing::info!(incident = incident.id.as_str(), "whoever has it was told by no text, and is passed none");
            return Ok(());
        };
        let outlet = match self.outlets.to(&phone, Channel::Sms).await {
            Err(Closed::For(why)) => {
                tracing::error!(incident = incident.id.as_str(), %why, "whoever has it cannot be texted");
                return Ok(());
            }
            outlet => outlet?,
        };
        let language = Language::of(person.language.as_deref().unwrap_or(&outlet.line.language));
        let words: String = text.words.trim().chars().take(LONGEST_WORDS).collect();
        let words = if words.is_empty() { Text::NoSummary.words(language) } else { &words };
        let values = [("app", self.app_name.as_str()), ("code", &*code.to_string()), ("words", words)];
        let body = Text::FromReporter.say(language, &values);
        let claimed = self.store().claim_errand(&format!("{}:pass_on", text.id), self.now()).await?;
        if !claimed || !self.may_spend(&outlet, estimate::text(&body, &phone)).await? {
            return Ok(());
        }
        if let Err(error) = self.send_text(&outlet, &phone, body).await {
            tracing::error!(incident = incident.id.as_str(), error = %Chain(&error), "a text was not passed on, or perhaps it was");
        }
        Ok(())
    }

    /// The person who has an incident, if they had it before this was said.
    async fn whoever_has(&self, incident: &Incident, said_at: Timestamp) -> Result<Option<Person>, NotTaken> {
        match &incident.state {
            State::Acknowledged { by: Actor::Person { id, .. }, at, .. } if *at < said_at => {
                Ok(self.store().find::<Person>(id.as_str()).await?.map(|person| person.value))
            }
            _ => Ok(None),
        }
    }

    /// The first of their phones that may be texted and knows the incident by a code.
    async fn where_they_were_told(
        &self,
        incident: &Incident,
        person: &Person,
    ) -> Result<Option<(PhoneNumber, u32)>, NotTaken> {
        let phones = person.phones.iter().filter(|phone| phone.verified).map(|phone| phone.number.clone());
        let known = self.store().known_phones(&phones.clone().collect()).await?;
        for phone in phones.filter(|phone| known.barred(phone, Channel::Sms).is_none()) {
            if let Some(code) = self.store().phone_log(&phone).await?.codes.code_of(&incident.id) {
                return Ok(Some((phone, code)));
            }
        }
        Ok(None)
    }
}
