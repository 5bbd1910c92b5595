//! The desk: a responder calls a line, hears the open alerts one by one, and does something about them.

use carrier::Taken;
use oncall::{
    Channel, IncidentId, LineId, Person, Plan, Service,
    incident::{Act, Actor, Answer, Cause, Incident, State, Wish},
};
use store::{IncidentPage, IncidentsOf, PlanKey};
use twilio::webhook::voice::{Call, GatherResult};
use words::Heard;

use crate::{
    app::App,
    handler::Failure,
    listener::Listener,
    page::wish,
    reporter::reporter,
    roll,
    route::Route,
    said::{Dialling, MOST_ASKINGS, Said, Then},
};

/// So many alerts are told, the latest.
const MOST_TOLD: u16 = 5;

/// Who stands at the desk.
struct Visitor {
    plan: Plan,
    person: Person,
    listener: Listener,
}

impl App {
    /// A responder has come to the desk.
    pub(crate) async fn desk(&self, line: &LineId, call: &Call) -> Result<Said, Failure> {
        let Some(visitor) = self.visitor(line, call).await? else { return Ok(unknown()) };
        let open = self.open_alerts().await?;
        let Some(first) = open.incidents.first() else {
            let says = vec![visitor.listener.hears(Heard::DeskNone, &[])];
            return self.ask_desk(&visitor, says, None, 1).await;
        };
        let heard = if open.next.is_some() { Heard::DeskMany } else { Heard::DeskOpen };
        let says = vec![visitor.listener.hears(heard, &[("count", &open.incidents.len().to_string())])];
        self.ask_desk(&visitor, says, Some(&first.incident), 1).await
    }

    /// A key was pressed, or none, after an alert was told.
    pub(crate) async fn desk_key(
        &self,
        line: &LineId,
        current: Option<&IncidentId>,
        asking: u8,
        pressed: &GatherResult,
    ) -> Result<Said, Failure> {
        let Some(visitor) = self.visitor(line, &pressed.call).await? else { return Ok(unknown()) };
        let Some(key) = pressed.key() else {
            if asking >= MOST_ASKINGS {
                return Ok(Said::goodbye(&visitor.listener, Vec::new()));
            }
            let current = self.current(current).await?;
            return self.ask_desk(&visitor, Vec::new(), current.as_ref(), asking + 1).await;
        };
        let says = match (key, wish(key), current) {
            ('9', ..) => roll::on_call(&visitor.listener, &visitor.plan, self.carrier.clock.now()),
            ('8', _, Some(current)) => return self.call_back(&visitor, &pressed.call, current).await,
            ('#', _, Some(current)) => return self.next(&visitor, current).await,
            ('*', _, Some(_)) => Vec::new(),
            ('*', _, None) => return self.desk(line, &pressed.call).await,
            (_, Some(wish), Some(current)) => {
                let act = Act {
                    id: format!("{}:{key}", pressed.call.sid.as_str()),
                    by: Actor::person(visitor.person.id.clone(), Channel::Voice),
                    wish: wish.clone(),
                };
                let taken = self.carrier.act(current, &Cause::Act(act)).await?;
                vec![match taken {
                    Taken::Taken { answer, .. } => {
                        self.told(&visitor.listener, &wish, &answer.unwrap_or(Answer::Done)).await?
                    }
                    Taken::Unknown | Taken::Overtaken => visitor.listener.hears(Heard::NotNeeded, &[]),
                }]
            }
            _ => vec![visitor.listener.hears(Heard::WrongKey, &[])],
        };
        // what was heard is not told again after each key, unless they ask for it
        match (key, current) {
            ('*', _) => {
                let current = self.current(current).await?;
                self.ask_desk(&visitor, says, current.as_ref(), 1).await
            }
            _ => Ok(keys(&visitor, says, current, 1)),
        }
    }

    /// Connects a responder with whoever reported what they have heard, as the line: neither learns the other's number.
    /// When that is over they are back at the desk, where they stood.
    async fn call_back(&self, visitor: &Visitor, call: &Call, heard: &IncidentId) -> Result<Said, Failure> {
        let by = Actor::person(visitor.person.id.clone(), Channel::Voice);
        let act = Act { id: format!("{}:8", call.sid.as_str()), by, wish: Wish::CallBack };
        self.carrier.act(heard, &Cause::Act(act)).await?;
        let to = match self.current(Some(heard)).await? {
            Some(incident) => reporter(self.store(), &incident).await?,
            None => None,
        };
        let line = &visitor.plan.line;
        Ok(match to {
            None => keys(visitor, vec![visitor.listener.hears(Heard::NoReporter, &[])], Some(heard), 1),
            Some(to) => Said {
                tag: visitor.listener.tag.clone(),
                says: vec![visitor.listener.hears(Heard::CallingBack, &[])],
                then: Then::Dial(Box::new(Dialling {
                    to,
                    as_line: line.number.clone(),
                    then: Route::DeskKey { line: line.id.clone(), incident: Some(heard.clone()), asking: 1 },
                })),
            },
        })
    }

    /// The next alert that is older than the one that was heard.
    async fn next(&self, visitor: &Visitor, heard: &IncidentId) -> Result<Said, Failure> {
        let open = self.open_alerts().await?;
        let number = self.current(Some(heard)).await?.map_or(0, |incident| incident.number);
        let next = open.incidents.iter().map(|found| &found.incident).find(|incident| incident.number < number);
        match next {
            Some(next) => self.ask_desk(visitor, Vec::new(), Some(next), 1).await,
            None => Ok(keys(visitor, vec![visitor.listener.hears(Heard::DeskLast, &[])], Some(heard), 1)),
        }
    }

    /// Tells an alert and asks for a key.
    async fn ask_desk(
        &self,
        visitor: &Visitor,
        mut says: Vec<String>,
        incident: Option<&Incident>,
        asking: u8,
    ) -> Result<Said, Failure> {
        if let Some(incident) = incident {
            says.extend(self.alert(visitor, incident).await?);
        }
        Ok(keys(visitor, says, incident.map(|incident| &incident.id), asking))
    }

    /// What an alert is, and who has it.
    async fn alert(&self, visitor: &Visitor, incident: &Incident) -> Result<[String; 2], Failure> {
        let listener = &visitor.listener;
        let service = match &incident.service {
            Some(id) => match visitor.plan.service(id) {
                Some(known) => known.name.clone(),
                None => {
                    self.store().find::<Service>(id.as_str()).await?.map_or(id.to_string(), |found| found.value.name)
                }
            },
            None => crate::APP.to_owned(),
        };
        let number = incident.number.to_string();
        let summary = listener.summary(&incident.summary);
        let alert = [("number", number.as_str()), ("service", &service), ("summary", summary)];
        let standing = match &incident.state {
            State::Acknowledged { by, at, .. } => {
                let (person, time) = (listener.name(self.store(), by).await?, listener.time(*at));
                listener.hears(Heard::HasIt, &[("person", &person), ("time", &time)])
            }
            State::Resolved { by, at } => {
                let (person, time) = (listener.name(self.store(), by).await?, listener.time(*at));
                listener.hears(Heard::ClosedBy, &[("person", &person), ("time", &time)])
            }
            State::Silenced { until, .. } => listener.hears(Heard::Silenced, &[("time", &listener.time(*until))]),
            State::Triggered => listener.hears(Heard::NobodyHasIt, &[]),
        };
        Ok([listener.hears(Heard::DeskAlert, &alert), standing])
    }

    async fn open_alerts(&self) -> Result<IncidentPage, Failure> {
        let open = self.store().listed_incidents(IncidentsOf::Open, MOST_TOLD, None).await?;
        for id in &open.unreadable {
            tracing::error!(incident = id.as_str(), "an open incident cannot be read, and is not told at the desk");
        }
        Ok(open)
    }

    async fn current(&self, id: Option<&IncidentId>) -> Result<Option<Incident>, Failure> {
        let Some(id) = id else { return Ok(None) };
        Ok(self.store().incident(id).await?.map(|found| found.incident))
    }

    /// Who calls, if it is one person whom the line can reach, on a phone that they have proven to be theirs.
    async fn visitor(&self, line: &LineId, call: &Call) -> Result<Option<Visitor>, Failure> {
        let Some(stored) = self.store().plan(PlanKey::Line(line)).await? else { return Ok(None) };
        let plan = stored.plan;
        let Some(person) = call.from.number().and_then(|from| plan.directory.owner_of(from)).cloned() else {
            return Ok(None);
        };
        let listener = Listener::of(Some(&person), &plan.line.language);
        Ok(Some(Visitor { plan, person, listener }))
    }
}

/// Asks for a key.
fn keys(visitor: &Visitor, mut says: Vec<String>, current: Option<&IncidentId>, asking: u8) -> Said {
    let keys = if current.is_some() { Heard::DeskKeys } else { Heard::DeskKeysAlone };
    says.push(visitor.listener.hears(keys, &[]));
    let route = Route::DeskKey { line: visitor.plan.line.id.clone(), incident: current.cloned(), asking };
    Said::ask(&visitor.listener, says, route)
}

/// It is nobody's phone.
fn unknown() -> Said {
    let listener = Listener::unknown();
    Said::goodbye(&listener, vec![listener.hears(Heard::DeskUnknown, &[])])
}
