//! A page: a call that rings a responder, says what is the matter, and takes a key.

use carrier::Taken;
use oncall::{
    Channel, IncidentId, Person, Service,
    incident::{Act, Actor, Answer, Cause, Incident, Page, PageState, Receipt, State, Wish},
};
use twilio::webhook::voice::GatherResult;
use words::Heard;

use crate::{
    APP,
    app::App,
    handler::Failure,
    listener::Listener,
    route::Route,
    said::{MOST_ASKINGS, Said},
};

/// Whom a page is for when nobody knows their language.
const OTHERWISE: &str = "en-US";

/// What a key asks for, on a page and at the desk.
pub(crate) fn wish(key: char) -> Option<Wish> {
    match key {
        '4' => Some(Wish::Acknowledge),
        '5' => Some(Wish::Escalate),
        '6' => Some(Wish::Resolve),
        _ => None,
    }
}

/// What somebody is told whose wish is done.
fn done(wish: &Wish) -> Heard {
    match wish {
        Wish::Escalate => Heard::Escalated,
        Wish::Resolve => Heard::Closed,
        _ => Heard::Acknowledged,
    }
}

impl App {
    /// Somebody, or a mailbox, has picked up.
    pub(crate) async fn page(&self, id: &IncidentId, number: u32) -> Result<Said, Failure> {
        let Some(found) = self.store().incident(id).await? else { return Ok(gone()) };
        self.ask_page(&found.incident, number, 1, Vec::new()).await
    }

    /// A key was pressed, or none. Any key says that there is a human.
    pub(crate) async fn page_key(
        &self,
        (id, number): (&IncidentId, u32),
        asking: u8,
        pressed: &GatherResult,
    ) -> Result<Said, Failure> {
        let Some(key) = pressed.key() else {
            let Some(found) = self.store().incident(id).await? else { return Ok(gone()) };
            return self.ask_again(&found.incident, number, asking, Vec::new()).await;
        };
        // first, so that the wish does not call off the very call on which it was uttered
        let reached = Cause::Receipt { page: number, receipt: Receipt::Delivered };
        let Taken::Taken { incident, .. } = self.carrier.act(id, &reached).await? else { return Ok(gone()) };
        let Some(page) = incident.page(number) else { return Ok(gone()) };
        let listener = self.listener(page).await?;
        let Some(wish) = wish(key) else {
            let sorry = if key == '*' { Vec::new() } else { vec![listener.hears(Heard::WrongKey, &[])] };
            return self.ask_again(&incident, number, asking, sorry).await;
        };
        let act = Act {
            id: format!("{}:{key}", pressed.call.sid.as_str()),
            by: Actor::person(page.person.clone(), Channel::Voice),
            wish: wish.clone(),
        };
        let taken = self.carrier.act(id, &Cause::Act(act)).await?;
        let Taken::Taken { incident, answer, .. } = taken else { return Ok(gone()) };
        let answer = answer.unwrap_or(Answer::Done);
        let says = vec![self.told(&listener, &wish, &answer).await?];
        match answer {
            // it may still be theirs
            Answer::NobodyLeft => self.ask_again(&incident, number, asking, says).await,
            _ => Ok(Said::goodbye(&listener, says)),
        }
    }

    /// What became of a wish, in a sentence.
    pub(crate) async fn told(&self, listener: &Listener, wish: &Wish, answer: &Answer) -> Result<String, Failure> {
        let (by, at) = match answer {
            Answer::AcknowledgedBy { by, at } | Answer::ResolvedBy { by, at } => (by, *at),
            _ => return Ok(listener.hears(Heard::answer(answer).unwrap_or(done(wish)), &[])),
        };
        let (person, time) = (listener.name(self.store(), by).await?, listener.time(at));
        let heard = Heard::answer(answer).unwrap_or(done(wish));
        Ok(listener.hears(heard, &[("person", &person), ("time", &time)]))
    }

    async fn ask_again(
        &self,
        incident: &Incident,
        number: u32,
        asking: u8,
        says: Vec<String>,
    ) -> Result<Said, Failure> {
        if asking < MOST_ASKINGS {
            return self.ask_page(incident, number, asking + 1, says).await;
        }
        match incident.page(number) {
            Some(page) => Ok(Said::goodbye(&self.listener(page).await?, says)),
            None => Ok(gone()),
        }
    }

    /// Says what is the matter and asks for a key, if the page is still needed.
    async fn ask_page(
        &self,
        incident: &Incident,
        number: u32,
        asking: u8,
        mut says: Vec<String>,
    ) -> Result<Said, Failure> {
        let Some(page) = incident.page(number) else { return Ok(gone()) };
        let service = async {
            match &incident.service {
                Some(service) => self.store().find::<Service>(service.as_str()).await,
                None => Ok(None),
            }
        };
        let (listener, service) = tokio::join!(self.listener(page), service);
        let (listener, service) = (listener?, service?);
        if !is_needed(incident, page) {
            says.push(self.standing(&listener, incident).await?);
            return Ok(Said::goodbye(&listener, says));
        }
        let values = [
            ("app", APP),
            ("summary", listener.summary(&incident.summary)),
            ("service", service.as_ref().map_or("", |service| service.value.name.as_str())),
        ];
        let alert = if service.is_some() { Heard::Alert } else { Heard::AlertAlone };
        says.extend([listener.hears(alert, &values), listener.hears(Heard::Keys, &[])]);
        let route = Route::PageKey { incident: incident.id.clone(), page: number, asking };
        Ok(Said::ask(&listener, says, route))
    }

    /// Why the page is not needed any more.
    async fn standing(&self, listener: &Listener, incident: &Incident) -> Result<String, Failure> {
        let (heard, by, at) = match &incident.state {
            State::Acknowledged { by, at, .. } => (Heard::HasIt, by, *at),
            State::Resolved { by, at } => (Heard::ClosedBy, by, *at),
            State::Triggered | State::Silenced { .. } => return Ok(listener.hears(Heard::NotNeeded, &[])),
        };
        let (person, time) = (listener.name(self.store(), by).await?, listener.time(at));
        Ok(listener.hears(heard, &[("person", &person), ("time", &time)]))
    }

    async fn listener(&self, page: &Page) -> Result<Listener, store::Error> {
        let person = self.store().find::<Person>(page.person.as_str()).await?;
        Ok(Listener::of(person.as_ref().map(|person| &person.value), OTHERWISE))
    }
}

/// Whether somebody is still to hear a page. One by which they were asked to join is needed although somebody has the
/// incident.
fn is_needed(incident: &Incident, page: &Page) -> bool {
    let called_off = matches!(page.state, PageState::CalledOff | PageState::Recalled);
    !incident.is_resolved() && !called_off && page.generation == incident.generation
}

/// There is no such page, or not any more.
fn gone() -> Said {
    let listener = Listener::unknown();
    Said::goodbye(&listener, vec![listener.hears(Heard::NotNeeded, &[])])
}
