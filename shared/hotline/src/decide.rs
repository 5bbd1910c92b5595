//! What happens next on a call. Pure and total: every step in every state has an answer that goes on.

mod caller;
mod message;
mod responder;
#[cfg(test)]
mod tests;

use jiff::Timestamp;
use oncall::{Call, CallId, Line, Mode, Outcome, Plan, Service, Transcript};
use phone::PhoneNumber;
use pipeline::{CallEvent, CallKind};
use twilio::twiml::Voice;
use words::{Prompt, Words};

use crate::{event, reply::Reply, step::Step};

/// What is known when something happens.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Facts<'f> {
    /// All that the line can reach; none if no line has this number or id.
    pub plan: Option<&'f Plan>,
    /// Where the call stands; none before it is saved for the first time.
    pub call: Option<&'f Call>,
}

/// Who is on the telephone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Contact {
    /// The caller's leg.
    pub call: CallId,
    /// The caller, if they show a number.
    pub caller: Option<PhoneNumber>,
    /// Whether the caller hides their number. Whoever calls from an address that is no number does not.
    pub withheld: bool,
}

/// What happens next.
#[derive(Clone, PartialEq, Debug)]
pub struct Decision {
    /// What Twilio is told.
    pub reply: Reply,
    /// In whose voice.
    pub voice: Voice,
    /// The call as it is from now on, if it changes; the reply counts only once this is saved.
    pub save: Option<Call>,
    /// What the incident pipeline is told.
    pub event: Option<CallEvent>,
}

impl Decision {
    /// Words, and nothing else.
    fn only(reply: Reply, words: Words<'_>) -> Self {
        Self { reply, voice: words.voice(), save: None, event: None }
    }
}

/// Decides what happens next.
pub fn decide(facts: Facts<'_>, step: &Step, contact: &Contact, now: Timestamp) -> Decision {
    let Some(plan) = facts.plan else { return without_plan(step) };
    if facts.call.is_none()
        && let Some(reply) = without_call(step, plan)
    {
        return Decision::only(reply, Words::of_line(&plan.line));
    }
    if let Some(reply) = to_responder(facts, plan, step, contact) {
        return Decision::only(reply, Words::of_line(&plan.line));
    }
    let begin = || Call::begin(contact.call.clone(), plan.line.id.clone(), contact.caller.clone(), now);
    let mut scene = Scene::of(plan, facts.call.cloned().unwrap_or_else(begin), now);
    (scene.known, scene.withheld) = (facts.call.is_some(), contact.withheld);
    if scene.call.caller.is_none() {
        // a call that began with its recording does not know yet who called
        scene.call.caller.clone_from(&contact.caller);
    }
    let reply = match step {
        Step::Incoming | Step::Offered { .. } => scene.incoming(),
        Step::Chose { asking, key } => scene.chose(*asking, *key),
        Step::Interrupted { attempt, key } => scene.interrupted(*attempt, *key),
        Step::LegOver { attempt, end, caller_gone } => scene.leg_over(*attempt, *end, *caller_gone),
        Step::Recorded { asking, recording, caller_gone } => scene.recorded(*asking, recording.as_ref(), *caller_gone),
        Step::Stored { recording } => scene.stored(recording),
        Step::Transcribed { transcript } => scene.transcribed(transcript),
        Step::Ended => scene.ended(),
        Step::PickedUp { attempt } => scene.picked_up(*attempt),
        Step::Answered { attempt, asking, key } => scene.answered(*attempt, *asking, *key),
    };
    scene.decision(reply, facts.call)
}

/// No line has this number: the number still points here although its configuration is gone.
fn without_plan(step: &Step) -> Decision {
    let words = Words::in_english();
    let reply = match step {
        Step::Incoming
        | Step::Offered { .. }
        | Step::Chose { .. }
        | Step::Interrupted { .. }
        | Step::LegOver { caller_gone: false, .. }
        | Step::Recorded { caller_gone: false, .. } => {
            Reply::Goodbye { says: vec![words.say(Prompt::UnknownNumber, &[])] }
        }
        Step::PickedUp { .. } | Step::Answered { .. } => Reply::Goodbye { says: vec![words.say(Prompt::Gone, &[])] },
        Step::LegOver { .. } | Step::Recorded { .. } | Step::Stored { .. } | Step::Transcribed { .. } | Step::Ended => {
            Reply::Nothing
        }
    };
    Decision::only(reply, words)
}

/// News of a call that we have never heard of. The caller's own steps begin it, and so does a recording:
/// nothing that was said is lost, even if the table was away when the call came in.
fn without_call(step: &Step, plan: &Plan) -> Option<Reply> {
    match step {
        Step::Ended | Step::LegOver { caller_gone: true, .. } => Some(Reply::Nothing),
        Step::PickedUp { .. } | Step::Answered { .. } => {
            Some(Reply::Goodbye { says: vec![Words::of_line(&plan.line).say(Prompt::Gone, &[])] })
        }
        Step::Incoming
        | Step::Offered { .. }
        | Step::Chose { .. }
        | Step::Interrupted { .. }
        | Step::LegOver { .. }
        | Step::Recorded { .. }
        | Step::Stored { .. }
        | Step::Transcribed { .. } => None,
    }
}

/// A responder who calls is asked whether they do so as one, before the call begins; who is goes to the desk.
fn to_responder(facts: Facts<'_>, plan: &Plan, step: &Step, contact: &Contact) -> Option<Reply> {
    let caller = contact.caller.as_ref().filter(|_| facts.call.is_none())?;
    plan.directory.owner_of(caller)?;
    match step {
        Step::Incoming => {
            Some(Reply::Offer { says: vec![Words::of_line(&plan.line).say(Prompt::ResponderOffer, &[])] })
        }
        Step::Offered { key: Some('*') } => Some(Reply::Desk),
        _ => None,
    }
}

/// All that the team has to be told of a call as it stands. Each message has the id that it had when it was told first, if
/// it was: whoever has had it does nothing.
pub fn untold(plan: &Plan, call: &Call) -> Vec<CallEvent> {
    if !plan.line.opens_incidents {
        return Vec::new();
    }
    let scene = Scene::of(plan, call.clone(), call.owed_since.unwrap_or(call.started_at));
    let accepted = call.connected().and_then(|(_, attempt)| attempt.accepted_at);
    let message = call.message.as_ref();
    let happened = [
        (CallKind::Accepted, accepted),
        (CallKind::Ended, call.ended_at.filter(|_| call.outcome() == Outcome::Accepted)),
        (CallKind::Missed, call.ended_at.filter(|_| call.outcome() == Outcome::Missed)),
        (CallKind::Message, message.filter(|message| message.recording.is_some()).map(|_| scene.now)),
        (CallKind::Transcribed, message.filter(|message| message.transcript != Transcript::None).map(|_| scene.now)),
    ];
    let service = scene.service().map(|service| &service.id);
    let told = happened.into_iter().filter_map(|(kind, at)| Some(event::of(kind, call, &plan.line, service, at?)));
    told.collect()
}

/// A call under decision.
struct Scene<'p> {
    plan: &'p Plan,
    words: Words<'p>,
    /// The call as it will be.
    call: Call,
    /// Whether the table knows the call.
    known: bool,
    /// Whether the caller hides their number.
    withheld: bool,
    now: Timestamp,
    happening: Option<CallKind>,
}

impl<'p> Scene<'p> {
    fn of(plan: &'p Plan, call: Call, now: Timestamp) -> Self {
        Self { plan, words: Words::of_line(&plan.line), call, known: true, withheld: false, now, happening: None }
    }

    fn line(&self) -> &'p Line {
        &self.plan.line
    }

    /// What the caller wants; where they have not said, what the line falls back on.
    fn service(&self) -> Option<&'p Service> {
        let chosen = self.call.service.as_ref().and_then(|id| self.plan.service(id));
        chosen.or_else(|| self.plan.service(&self.line().fallback_destination()?.service))
    }

    fn mode(&self) -> Mode {
        self.service().map(|service| service.mode.at(self.now)).unwrap_or_default()
    }

    fn say(&self, prompt: Prompt) -> String {
        let service = self.service().map_or("", |service| service.name.as_str());
        self.words.say(prompt, &[("line", &self.line().name), ("service", service)])
    }

    /// The call is over; what that means for its incident.
    fn end(&mut self) {
        if self.call.ended_at.is_some() {
            return;
        }
        self.call.end(self.now);
        self.happening = match self.call.outcome() {
            Outcome::Accepted => Some(CallKind::Ended),
            Outcome::Missed => Some(CallKind::Missed),
            Outcome::Open | Outcome::Message | Outcome::Abandoned | Outcome::TurnedAway => None,
        };
    }

    fn decision(mut self, reply: Reply, before: Option<&Call>) -> Decision {
        let event = self.happening.filter(|_| self.line().opens_incidents).map(|happening| {
            let service = self.service().map(|service| &service.id);
            event::of(happening, &self.call, &self.plan.line, service, self.now)
        });
        if event.is_some() {
            // until somebody has made sure that it arrived
            self.call.owed_since.get_or_insert(self.now);
        }
        let save = (before != Some(&self.call)).then_some(self.call);
        Decision { reply, voice: self.words.voice(), save, event }
    }
}
