//! What a responder wants, done with each incident that they mean.

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use oncall::{
    Channel, IncidentId, Person,
    incident::{Act, Actor, Answer, Cause, Wish},
    texting::{About, Command, Verb},
};
use pipeline::{Caller, Errand, Task};
use store::PhoneLog;

use super::outcome::{Came, Outcome, Wanted};
use crate::{app::App, handler::Failure, letter::Letter};
use carrier::Taken;

/// How many incidents of a bundle are carried on at once.
const AT_ONCE: usize = 8;

/// Who wants something, and by which text.
#[derive(Clone, Copy)]
pub(super) struct Writer<'a> {
    pub person: &'a Person,
    pub log: &'a PhoneLog,
    pub letter: &'a Letter,
}

impl App {
    /// Does what the commands say, in their order.
    pub(super) async fn obey(&self, writer: Writer<'_>, commands: &[Command]) -> Result<Came, Failure> {
        let mut outcomes = Vec::new();
        for (place, command) in (1_usize..).zip(commands) {
            let Some(code) = code(writer.log, command.about) else { return Ok(Came::NothingTold) };
            let meant = writer.log.codes.meant(command.about);
            let wish = match command.verb {
                Verb::Acknowledge => Wish::Acknowledge,
                Verb::Escalate => Wish::Escalate,
                Verb::Close => Wish::Resolve,
                Verb::CallBack => {
                    outcomes.push(self.call_back(writer, code, meant).await?);
                    continue;
                }
            };
            let answers = self.act(writer, place, meant, &wish).await?;
            outcomes.push(Outcome { wanted: Wanted::Done(command.verb), code, answers });
        }
        Ok(Came::Of(outcomes))
    }

    /// Tells whoever reported it something.
    pub(super) async fn tell(&self, writer: Writer<'_>, code: u32, words: &str) -> Result<Came, Failure> {
        let meant = writer.log.codes.meant(About::Code(code));
        let answers = self.act(writer, 1, meant, &Wish::Reply { words: words.to_owned() }).await?;
        Ok(Came::Of(vec![Outcome { wanted: Wanted::Told, code, answers }]))
    }

    /// One step of each incident. The same text means the same acts, however often it is delivered.
    async fn act(
        &self,
        writer: Writer<'_>,
        place: usize,
        meant: &[IncidentId],
        wish: &Wish,
    ) -> Result<Vec<Answer>, Failure> {
        let act = Act {
            id: format!("{}:{place}", writer.letter.id),
            by: Actor::person(writer.person.id.clone(), Channel::Sms),
            wish: wish.clone(),
        };
        let cause = &Cause::Act(act);
        let steps = meant.iter().cloned().map(|id| async move {
            Ok::<_, Failure>(match self.carrier.act(&id, cause).await? {
                Taken::Taken { answer, .. } => answer,
                // nobody knows of it any more
                Taken::Unknown | Taken::Overtaken => None,
            })
        });
        let answers: Vec<Option<Answer>> = stream::iter(steps).buffered(AT_ONCE).try_collect().await?;
        Ok(answers.into_iter().flatten().collect())
    }

    /// Leaves it to whoever may ring to connect them with whoever reported the first of these that somebody reported.
    async fn call_back(&self, writer: Writer<'_>, code: u32, meant: &[IncidentId]) -> Result<Outcome, Failure> {
        let wanted = Wanted::Done(Verb::CallBack);
        let mut answers = Vec::new();
        for id in meant {
            let Some(found) = self.carrier.store.incident(id).await? else { continue };
            if !found.incident.has_reporter() {
                answers = vec![Answer::NoReporter];
                continue;
            }
            let act = format!("{}:call_back", writer.letter.id);
            let by = Actor::person(writer.person.id.clone(), Channel::Sms);
            self.carrier.act(id, &Cause::Act(Act { id: act.clone(), by, wish: Wish::CallBack })).await?;
            let errand = Errand {
                version: pipeline::VERSION,
                id: act,
                at: self.carrier.clock.now(),
                what: Task::CallBack {
                    incident: id.to_string(),
                    person: writer.person.id.to_string(),
                    phone: Caller(writer.letter.from.as_e164().to_owned()),
                },
            };
            let body = serde_json::to_string(&errand)?;
            self.carrier.queue.send(&body, &errand.id).await?;
            return Ok(Outcome { wanted, code, answers: vec![Answer::Done] });
        }
        Ok(Outcome { wanted, code, answers })
    }
}

/// The code of what is meant; none if the latest is, and there is none.
fn code(log: &PhoneLog, about: About) -> Option<u32> {
    match about {
        About::Code(code) => Some(code),
        About::Latest => log.codes.issued.last().map(|issued| issued.code),
    }
}
