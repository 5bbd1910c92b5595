//! What Twilio does with a leg: executes documents, verb by verb.
mod child;
mod dial;
mod gather;
pub(crate) mod leg_tasks;
mod progress;
mod record;
mod recorded;
mod speak;
mod tape;
pub(crate) mod text;
pub(crate) mod texted;

use std::{future::poll_fn, pin::pin, sync::Arc, task::Poll, time::Duration};

pub(crate) use dial::e164 as is_e164;
pub(crate) use progress::{finish, progress};
pub(crate) use speak::spoken_time as speak_time;

use crate::{
    alert::Alert,
    engine::Engine,
    fetch::{About, Document, Fetched, Hopeless, fetch},
    leg::{CallStatus, Signal, Stop},
    send,
    transcript::Event,
    twiml::Element,
};

/// So many documents at one instant are an endless loop.
const LOOP: u32 = 100;

/// Which documents may be executed.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Role {
    /// The call's own documents.
    Call,
    /// The document of `<Number url>`, on the leg of the person who answered.
    Screening,
}

/// Where the flow goes after a verb.
enum Flow {
    On,
    Goto(Document),
}

/// The interpreter's hold on one leg.
#[derive(Clone)]
pub(crate) struct Control {
    pub(crate) engine: Arc<Engine>,
    pub(crate) sid: String,
}

impl Control {
    pub(crate) fn new(engine: &Arc<Engine>, sid: &str) -> Self {
        Self { engine: engine.clone(), sid: sid.to_owned() }
    }

    /// Executes documents from this one on, until one ends (Ok) or something stops it.
    pub(crate) async fn run(&self, role: Role, first: Document) -> Result<(), Stop> {
        let mut document = first;
        let mut burst = (Duration::ZERO, 0);
        loop {
            let now = self.engine.clock.now();
            burst = if burst.0 == now { (now, burst.1 + 1) } else { (now, 0) };
            if burst.1 > LOOP {
                self.alert(0, "documents lead to each other without end", "");
                return Err(Stop::Ended(CallStatus::Completed));
            }
            match self.document(role, document).await {
                Ok(Some(next)) => document = next,
                Ok(None) => return Ok(()),
                Err(Stop::Redirected(next)) => {
                    self.engine.change(|w| w.legs.get_mut(&self.sid).map(|leg| leg.stop = None));
                    document = *next;
                }
                Err(stop) => return Err(stop),
            }
        }
    }

    async fn document(&self, role: Role, document: Document) -> Result<Option<Document>, Stop> {
        let about = About::Leg(self.sid.clone());
        let fetched = self.unless_stopped(fetch(&self.engine, &about, document)).await?;
        let fetched = match fetched {
            Ok(fetched) => fetched,
            Err(Hopeless) => return self.apologise().await,
        };
        for verb in &fetched.root.children {
            match self.verb(role, verb, &fetched).await? {
                Flow::On => {}
                Flow::Goto(next) => return Ok(Some(next)),
            }
        }
        Ok(None)
    }

    async fn verb(&self, role: Role, verb: &Element, doc: &Fetched) -> Result<Flow, Stop> {
        let screening = role == Role::Screening;
        match verb.name.as_str() {
            "Say" | "Play" => {
                self.answer();
                self.speak(verb, doc).await?;
            }
            "Pause" => self.sleep(Duration::from_secs(verb.number("length").unwrap_or(1))).await?,
            "Gather" => {
                self.answer();
                return self.gather(verb, doc).await;
            }
            "Redirect" => {
                let Some(url) = self.link(doc, &verb.text) else {
                    return self.broken_link().await;
                };
                return Ok(Flow::Goto(Document::url(url, verb.method("method"))));
            }
            "Hangup" => {
                self.answer();
                return Err(Stop::Ended(CallStatus::Completed));
            }
            "Dial" if screening => {
                self.alert(13201, "Dial: cannot dial out from a Dial call segment", base(doc));
                return Err(Stop::Ended(CallStatus::Completed));
            }
            "Dial" => return self.dial(verb, doc).await,
            "Record" if !screening => return self.record(verb, doc).await,
            "Reject" if !screening => return self.reject(verb, doc),
            name => {
                self.alert(12200, &format!("<{name}> is not allowed here and was ignored"), base(doc));
            }
        }
        Ok(Flow::On)
    }

    fn reject(&self, verb: &Element, doc: &Fetched) -> Result<Flow, Stop> {
        if self.status() != CallStatus::Ringing {
            self.alert(12200, "<Reject> behind another verb cannot refuse the call", base(doc));
            return Err(Stop::Ended(CallStatus::Completed));
        }
        self.engine.change(|w| w.legs.get_mut(&self.sid).map(|leg| leg.rejected = true));
        let busy = verb.get("reason") == Some("busy");
        Err(Stop::Ended(if busy { CallStatus::Busy } else { CallStatus::NoAnswer }))
    }

    /// What the caller hears when no document can be had.
    async fn apologise<T>(&self) -> Result<T, Stop> {
        self.answer();
        self.hear_words("We are sorry, an application error has occurred. Goodbye").await?;
        Err(Stop::Ended(CallStatus::Completed))
    }

    async fn broken_link(&self) -> Result<Flow, Stop> {
        self.alert(11100, "Invalid URL format: a relative URL needs a document with a URL", "");
        self.apologise().await
    }

    /// A URL in a document, made absolute.
    fn link(&self, doc: &Fetched, reference: &str) -> Option<String> {
        match &doc.base {
            Some(base) => send::resolve(base, reference),
            None => reference.starts_with("http").then(|| reference.to_owned()),
        }
    }

    /// Picks up an inbound call that still rings.
    fn answer(&self) {
        self.engine.change(|w| {
            let now = w.now;
            let Some(leg) = w.legs.get_mut(&self.sid) else {
                return;
            };
            if leg.status == CallStatus::Ringing && leg.stop.is_none() {
                leg.status = CallStatus::InProgress;
                leg.answered = Some(now);
                w.note(&self.sid, Event::Status(CallStatus::InProgress));
            }
        });
    }

    fn status(&self) -> CallStatus {
        self.engine.read(|w| w.legs.get(&self.sid).map_or(CallStatus::Completed, |leg| leg.status))
    }

    /// The next thing that reaches the leg; None when the deadline came first.
    async fn next(&self, deadline: Option<Duration>) -> Result<Option<Signal>, Stop> {
        let seen = self.engine.observe(deadline, |w| {
            let leg = w.legs.get_mut(&self.sid)?;
            match leg.stop.clone() {
                Some(stop) => Some(Err(stop)),
                None => leg.mailbox.pop_front().map(Ok),
            }
        });
        seen.await.map_or(Ok(None), |found| found.map(Some))
    }

    /// Keys that were pressed before anybody listened are lost.
    fn forget_keys(&self) {
        self.engine.change(|w| {
            let leg = w.legs.get_mut(&self.sid)?;
            leg.mailbox.retain(|signal| !matches!(signal, Signal::Key(_)));
            Some(())
        });
    }

    /// Waits; keys pressed meanwhile are lost.
    async fn sleep(&self, time: Duration) -> Result<(), Stop> {
        let until = self.engine.clock.now() + time;
        while self.next(Some(until)).await?.is_some() {}
        Ok(())
    }

    /// Goes on with something unless the leg stops first; then it is abandoned.
    async fn unless_stopped<T>(&self, work: impl Future<Output = T>) -> Result<T, Stop> {
        let mut work = pin!(work);
        let mut stopped =
            pin!(self.engine.observe(None, |w| { w.legs.get(&self.sid).and_then(|leg| leg.stop.clone()) }));
        poll_fn(|context| {
            if let Poll::Ready(Ok(stop)) = stopped.as_mut().poll(context) {
                return Poll::Ready(Err(stop));
            }
            work.as_mut().poll(context).map(Ok)
        })
        .await
    }

    fn alert(&self, code: u32, message: &str, url: &str) {
        self.engine.change(|w| {
            w.alerts.push(Alert {
                at: w.now,
                code,
                message: message.to_owned(),
                url: url.to_owned(),
                call: Some(self.sid.clone()),
                provoked: false,
            });
        });
    }
}

fn base(doc: &Fetched) -> &str {
    doc.base.as_deref().unwrap_or_default()
}
