//! Incidents, and the calls that page people about them, placed as whoever sends places them.

use oncall::{
    IncidentId, PersonId, ServiceId, Target,
    incident::{
        Act, Actor, Cause, Event, Incident, Opening, Page, PageState, Reason, Sending, Severity, Signal, Snapshot,
        Source, Stepped, Surroundings, Via, Wish, open, step,
    },
};
use serde_json::Value;
use store::{About, IncidentSaved, Opened};
use twilio_sim::{Call, encode_form};

use crate::{LINE, Stage, clock_of};

/// A page's call and what it is about.
pub struct Paged {
    /// The incident.
    pub incident: IncidentId,
    /// The page's number.
    pub page: u32,
    /// The call.
    pub call: Call,
}

impl Stage {
    /// Opens an incident about a service. Its first texts are Twilio's at once; nobody is called yet.
    pub async fn opens(&self, id: &str, service: &str, summary: &str) -> Incident {
        self.opens_for(id, service, summary, id).await
    }

    /// The same, for a deduplication key.
    pub async fn opens_for(&self, id: &str, service: &str, summary: &str, key: &str) -> Incident {
        let (store, at) = (&self.store, clock_of(&self.sim).now());
        let service = ServiceId::new(service);
        let known = store.known_key(Some(&service), key, at).await.unwrap();
        let around = store.around(About::Service(&service), &[]).await.unwrap();
        let event = Event {
            id: format!("event of {id}"),
            at,
            source: Source::Tool,
            summary: Some(summary.to_owned()),
            severity: Some(Severity::Critical),
            signal: Signal::Trigger,
            thread: None,
            links: Vec::new(),
        };
        let opening = Opening {
            id: IncidentId::new(id),
            number: store.next_incident_number().await.unwrap(),
            key: key.to_owned(),
            service: Some(service),
            snapshot: Snapshot { policy: around.policy.clone(), acknowledged_minutes: None },
            reason: Reason::Event { event, early: known.early },
        };
        let stepped = open(opening, at, &around.surroundings());
        let Opened::Yes(opened) = store.open_incident(&known, &stepped.incident).await.unwrap() else {
            panic!("{id} is open already");
        };
        for page in &opened.pages {
            let outcome = Sending::Accepted { sid: format!("SM{}", page.number) };
            self.takes(&opened.id, &Cause::Sending { page: page.number, outcome }).await;
        }
        self.incident(&opened.id).await
    }

    /// Calls the first person whom an incident pages, as whoever sends does: two minutes after it was opened.
    pub async fn pages(&self, incident: Incident) -> Paged {
        let id = incident.id.clone();
        self.sim.wait(120).await;
        let stepped = self.takes(&id, &Cause::Time).await;
        let is_call = |page: &&Page| page.channel == oncall::Channel::Voice && page.is_pending();
        let page = stepped.incident.pages.iter().find(is_call).expect("a call is due").clone();
        let url = self.url(&format!("/voice/page/{id}/{}", page.number));
        let call = self.places(page.to.as_e164(), &url).await;
        let sid = call.sid().to_owned();
        self.takes(&id, &Cause::Sending { page: page.number, outcome: Sending::Accepted { sid } }).await;
        Paged { incident: id, page: page.number, call }
    }

    /// A call by Twilio's REST API.
    async fn places(&self, to: &str, url: &str) -> Call {
        let form = [("To", to), ("From", LINE), ("Url", url), ("StatusCallback", &format!("{url}/ended"))];
        let form: Vec<_> = form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let account = self.sim.account_sid();
        let calls = format!("{}/2010-04-01/Accounts/{account}/Calls.json", self.sim.base_url());
        let request = reqwest::Client::new().post(calls).basic_auth(account, Some(self.sim.auth_token()));
        let request = request.header("content-type", "application/x-www-form-urlencoded").body(encode_form(&form));
        let answer = request.send().await.unwrap().error_for_status().unwrap().text().await.unwrap();
        let answer: Value = serde_json::from_str(&answer).unwrap();
        self.sim.call(answer["sid"].as_str().unwrap())
    }

    /// Somebody else acknowledges, by a text.
    pub async fn acknowledges(&self, id: &IncidentId, person: &str) {
        let by = Actor::Person { id: PersonId::new(person), via: Via::Sms };
        let act = Act { id: format!("SM of {person}"), by, wish: Wish::Acknowledge };
        self.takes(id, &Cause::Act(act)).await;
    }

    /// Somebody is asked to join.
    pub async fn asks(&self, id: &IncidentId, by: &str, whom: &str) {
        let by = Actor::Person { id: PersonId::new(by), via: Via::Console };
        let wish = Wish::Ask { whom: vec![Target::Person(PersonId::new(whom))] };
        self.takes(id, &Cause::Act(Act { id: format!("asks {whom}"), by, wish })).await;
    }

    async fn takes(&self, id: &IncidentId, cause: &Cause) -> Stepped {
        let before = self.store.incident(id).await.unwrap().unwrap().incident;
        let whom = match cause {
            Cause::Act(Act { wish: Wish::Ask { whom }, .. }) => whom.as_slice(),
            _ => &[],
        };
        let around = self.store.around(About::Incident(&before), whom).await.unwrap();
        let surroundings: Surroundings<'_> = around.surroundings();
        let stepped = step(&before, cause, clock_of(&self.sim).now(), &surroundings);
        let saved = self.store.save_incident(&before, &stepped.incident).await.unwrap();
        assert!(matches!(saved, IncidentSaved::Yes(_)), "{saved:?}");
        stepped
    }

    /// An incident as it stands.
    pub async fn incident(&self, id: &IncidentId) -> Incident {
        self.store.incident(id).await.unwrap().unwrap().incident
    }

    /// How a page fares.
    pub async fn fares(&self, paged: &Paged) -> PageState {
        self.incident(&paged.incident).await.page(paged.page).unwrap().state.clone()
    }
}
