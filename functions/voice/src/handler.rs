//! From a verified request to its answer: gather facts, decide, perform, write.

use std::time::Duration;

use aws_types::SdkConfig;
use axum::{
    Router,
    extract::{FromRef, OriginalUri, State},
    http::StatusCode,
    middleware::from_fn_with_state,
    response::Response,
    routing::post,
};
use entry::{Chain, Clock, Gate, PublicUrl, Queue, Signed, TwilioSecrets, reply, trace};
use hotline::{Decision, Facts, decide};
use oncall::{LineId, ServiceId};
use pipeline::CallEvent;
use store::{PlanKey, Retention, Saved, Store};
use tokio::time::timeout;
use twilio::twiml::Voice;
use words::Words;

use crate::{
    degraded::{self, Detour},
    inbound::{self, Arrival, Dialled, Inbound, LegReport, TalkReport},
    render::Studio,
    route::{PATHS, Route},
    settings::Settings,
};

/// How long the queue may take to take an event.
const QUEUE_DEADLINE: Duration = Duration::from_secs(1);
/// How often a lost race is decided again. Each loss means that another webhook of the same call has won, and a
/// call has few.
const MOST_RACES: usize = 5;

/// All that the voice webhooks need.
#[derive(Clone)]
pub struct App {
    /// Who is let in.
    pub gate: Gate,
    /// What the gate checks with.
    pub secrets: TwilioSecrets,
    /// The table.
    pub store: Store,
    /// Where the incident pipeline is told of calls.
    pub queue: Queue,
    /// What time it is.
    pub clock: Clock,
    /// What stands before every route.
    pub public_url: PublicUrl,
    /// After how long a caller is told to wait instead.
    pub deadline: Duration,
}

impl App {
    /// The function as its settings say, over clients made from one SDK configuration.
    pub fn connect(settings: &Settings, sdk: &SdkConfig, clock: Clock) -> Self {
        let secrets_manager = aws_sdk_secretsmanager::Client::new(sdk);
        let secrets = TwilioSecrets::new(secrets_manager, settings.secret_id.as_str(), clock.clone());
        Self {
            gate: Gate::new(settings.public_url.clone(), secrets.clone()),
            secrets,
            store: Store::new(
                aws_sdk_dynamodb::Client::new(sdk),
                settings.table.as_str(),
                Retention { call_log_days: settings.call_log_days },
            ),
            // the first webhooks of a call send nothing, and a caller waits for them
            queue: Queue::made_when_used(sdk, settings.queue_url.as_str()),
            clock,
            public_url: settings.public_url.clone(),
            deadline: settings.deadline,
        }
    }

    /// Opens the connection to the table and fetches the secrets, at the same time.
    ///
    /// Both futures are large. In boxes they do not make what awaits them large, too: a page of stack costs a fault.
    pub async fn warm(&self) {
        tokio::join!(Box::pin(self.secrets.warm()), Box::pin(self.store.warm()));
    }
}

impl FromRef<App> for Gate {
    fn from_ref(app: &App) -> Self {
        app.gate.clone()
    }
}

/// The routes under `/voice`, each request with its line in the log.
pub fn router(app: App) -> Router {
    let log = from_fn_with_state(app.clock.clone(), trace::requests);
    PATHS.iter().fold(Router::new(), |router, path| router.route(path, post(webhook))).layer(log).with_state(app)
}

async fn webhook(State(app): State<App>, OriginalUri(uri): OriginalUri, Signed(form): Signed) -> Response {
    let Some(route) = Route::parse(uri.path()) else {
        return reply::empty(StatusCode::NOT_FOUND);
    };
    match inbound::read(&route, None, &form) {
        Ok(Inbound::Step(arrival)) => app.step(&route, &arrival).await,
        Ok(Inbound::Leg(report)) => app.leg(&report).await,
        Ok(Inbound::Talk(report)) => app.talk(&report).await,
        Ok(Inbound::Nothing) => reply::noted(),
        Err(error) => {
            tracing::error!(error = %Chain(&error), route = %route, "a webhook lacks what it needs");
            match degraded::unreadable(&route) {
                Some(reply) => app.write(&Detour::Reply(reply), Words::in_english().voice(), None),
                None => reply::empty(StatusCode::BAD_REQUEST),
            }
        }
    }
}

#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("the table failed")]
    Store(#[from] store::Error),
    #[error("the table did not answer in time")]
    Late,
    #[error("the call was changed by others {MOST_RACES} times in a row")]
    Races,
}

/// What was decided and saved.
struct Settled {
    decision: Decision,
    line: Option<LineId>,
}

impl App {
    /// Answers something that has happened, in time.
    async fn step(&self, route: &Route, arrival: &Arrival) -> Response {
        trace::call(arrival.contact.call.as_str());
        let settled = timeout(self.deadline, self.settle(arrival)).await.unwrap_or(Err(Failure::Late));
        match settled {
            Ok(Settled { decision, line }) => {
                if let Some(event) = &decision.event {
                    self.tell(event).await;
                }
                let line = line.as_ref().or_else(|| route.line());
                self.write(&Detour::Reply(decision.reply), decision.voice, line)
            }
            Err(failure) => {
                tracing::error!(error = %Chain(&failure), route = %route, "a step went on without the table");
                match degraded::reply(route, &arrival.step) {
                    Some(detour) => self.write(&detour, Words::in_english().voice(), route.line()),
                    None => reply::empty(StatusCode::SERVICE_UNAVAILABLE),
                }
            }
        }
    }

    /// Facts, decision, save. What was decided counts only once it is saved; a race that is lost is decided again
    /// from where its winner has left the call.
    async fn settle(&self, arrival: &Arrival) -> Result<Settled, Failure> {
        let key = match &arrival.dialled {
            Dialled::Number(number) => PlanKey::Number(number),
            Dialled::Line(line) => PlanKey::Line(line),
        };
        let mut facts = self.store.facts(key, &arrival.contact.call).await?;
        for problem in &facts.problems {
            tracing::error!(%problem, "a part of the plan cannot be read and is left out");
        }
        let line = facts.plan.as_ref().map(|plan| plan.line.id.clone());
        for _ in 0..MOST_RACES {
            let known = Facts { plan: facts.plan.as_ref(), call: facts.call.as_ref() };
            let decision = decide(known, &arrival.step, &arrival.contact, self.clock.now());
            let lost = match &decision.save {
                Some(call) => match self.store.save_call(call).await? {
                    Saved::Yes { .. } => None,
                    Saved::Lost(winner) => Some(*winner),
                },
                None => None,
            };
            match lost {
                Some(winner) => facts.call = Some(winner),
                None => {
                    let service = facts.call.as_ref().or(decision.save.as_ref()).and_then(|call| call.service.as_ref());
                    trace::destination(line.as_ref().map_or("", LineId::as_str), service.map(ServiceId::as_str));
                    return Ok(Settled { decision, line });
                }
            }
        }
        Err(Failure::Races)
    }

    /// Tells the incident pipeline. The caller does not wait for a queue that is away; what the queue has missed,
    /// the call's log still says.
    async fn tell(&self, event: &CallEvent) {
        let sent = match serde_json::to_string(event) {
            Ok(body) => timeout(QUEUE_DEADLINE, self.queue.send(&body, &event.id)).await,
            Err(error) => return tracing::error!(%error, event = event.id, "an event could not be written"),
        };
        match sent {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(error = %Chain(&error), event = event.id, "an event was not sent"),
            Err(_) => tracing::error!(event = event.id, "an event was not sent in time"),
        }
    }

    async fn leg(&self, report: &LegReport) -> Response {
        trace::call(report.call.as_str());
        let (call, attempt) = (&report.call, report.attempt);
        self.note("a leg's seconds", async {
            match &report.over {
                Some(leg) => self.store.record_leg(call, attempt, leg).await,
                None => self.store.record_dialling(call, attempt, self.clock.now()).await,
            }
        })
        .await
    }

    async fn talk(&self, report: &TalkReport) -> Response {
        trace::call(report.call.as_str());
        self.note("a talk's recording", self.store.record_talk(&report.call, report.attempt, &report.recording)).await
    }

    /// Notes something in the call's log, in time.
    async fn note(&self, what: &str, noting: impl Future<Output = Result<(), store::Error>>) -> Response {
        let failure = match timeout(self.deadline, noting).await {
            Ok(Ok(())) => return reply::noted(),
            Ok(Err(error)) => Failure::Store(error),
            Err(_) => Failure::Late,
        };
        tracing::error!(error = %Chain(&failure), what, "something is missing in the call's log");
        reply::empty(StatusCode::SERVICE_UNAVAILABLE)
    }

    fn write(&self, detour: &Detour, voice: Voice, line: Option<&LineId>) -> Response {
        let document = Studio { public_url: &self.public_url, voice, line }.write(detour);
        reply::twiml(document.into_xml())
    }
}
