//! What the other commands ask a running stack, on a port of its own: the webhooks' port may be
//! open to the world.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Json, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use futures_util::stream;
use phone::PhoneNumber;
use serde::{Deserialize, Serialize};
use store::{PlanKey, Store};
use tokio::sync::{Mutex, mpsc};
use twilio_sim::{Pace, Sim};

use crate::answers;
use crate::names::Names;
use crate::phone_behaviour::{Behaviour, PhoneBehaviour};
use crate::running;
use crate::seed;
use crate::transcript::Transcript;
use crate::twilio_side::TwilioSide;

/// A call that is to be placed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CallRequest {
    /// The number that is dialled.
    pub line: String,
    /// Who calls.
    pub from: String,
    /// What the caller presses, each time they are asked.
    pub press: Vec<String>,
    /// What the caller says after the first beep.
    pub say: Option<String>,
    /// When the caller hangs up, seconds after dialling.
    pub hang_up: Option<u64>,
    /// How many times as fast as life; none: as fast as the machine can.
    pub speed: Option<f64>,
    /// What phones do, written as on the command line.
    pub phones: Vec<String>,
    /// What all others do, written as on the command line.
    pub everybody: Option<String>,
}

/// A text that is to be sent.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TextRequest {
    /// The phone that sends it.
    pub from: String,
    /// The line that it goes to.
    pub to: String,
    /// What it says.
    pub words: String,
}

/// How often the simulator is asked for news.
const LOOK_EVERY: Duration = Duration::from_millis(15);
/// What happens in the instant after the end, such as the last webhook, belongs to the call.
const AFTERWARDS: Duration = Duration::from_millis(300);

#[derive(Clone)]
struct Control {
    twilio: Arc<TwilioSide>,
    store: Store,
    /// One call at a time: speed and phones are everybody's.
    one: Arc<Mutex<()>>,
}

/// The control routes of a stack.
pub(crate) fn router(twilio: Arc<TwilioSide>, store: Store) -> Router {
    let control = Control { twilio, store, one: Arc::default() };
    Router::new()
        .route("/health", get(async || running::health(std::process::id())))
        .route("/calls", post(place))
        .route("/texts", post(text))
        .with_state(control)
}

/// Places a call and answers with its transcript, line by line while it happens.
async fn place(State(control): State<Control>, Json(request): Json<CallRequest>) -> Response {
    if matches!(*control.twilio, TwilioSide::Real(_)) {
        let said = "it serves a real Twilio account: dial the number from a telephone";
        return (StatusCode::CONFLICT, said).into_response();
    }
    let behaviours = match behaviours(&request) {
        Ok(behaviours) => behaviours,
        Err(said) => return (StatusCode::BAD_REQUEST, said).into_response(),
    };
    let (lines, said) = mpsc::channel::<String>(64);
    tokio::spawn(async move {
        let _one = control.one.lock().await;
        if let TwilioSide::Pretend(sim) = &*control.twilio {
            control.call(sim, &request, behaviours, lines).await;
        }
    });
    let next =
        |mut said: mpsc::Receiver<String>| async { said.recv().await.map(|line| (Ok::<_, Infallible>(line), said)) };
    Body::from_stream(stream::unfold(said, next)).into_response()
}

/// Sends a text, and answers with the texts that the phone got within the next seconds.
async fn text(State(control): State<Control>, Json(request): Json<TextRequest>) -> Response {
    let TwilioSide::Pretend(sim) = &*control.twilio else {
        let said = "it serves a real Twilio account: text the number from a telephone";
        return (StatusCode::CONFLICT, said).into_response();
    };
    if !sim.takes_texts(&request.to) {
        return (StatusCode::NOT_FOUND, format!("{} takes no texts", request.to)).into_response();
    }
    let _one = control.one.lock().await;
    answers::send_and_wait(sim, &Names::of(&control.store).await, &request).await.into_response()
}

/// What each phone does: what everybody is known for, then what this call says.
fn behaviours(request: &CallRequest) -> Result<Vec<PhoneBehaviour>, String> {
    let everybody: Option<Behaviour> = request.everybody.as_ref().map(|text| text.parse()).transpose()?;
    let known = seed::behaviours().map_err(|error| error.to_string())?;
    let known = known
        .into_iter()
        .map(|(number, known)| PhoneBehaviour { number, behaviour: everybody.clone().unwrap_or(known) });
    let said = request.phones.iter().map(|text| text.parse());
    known.map(Ok).chain(said).collect()
}

impl Control {
    async fn call(
        &self,
        sim: &Sim,
        request: &CallRequest,
        behaviours: Vec<PhoneBehaviour>,
        lines: mpsc::Sender<String>,
    ) {
        for PhoneBehaviour { number, behaviour } in behaviours {
            behaviour.apply(sim.phone(&number));
        }
        let mut transcript = Transcript::new(Names::of(&self.store).await, &request.from);
        let mut call = sim.dial(&request.from, &request.line).await;
        // whatever the caller does happens by the simulator's clock, which leaps: what is told after it leapt comes late
        call.presses_when_asked(request.press.iter().map(String::as_str));
        if let Some(words) = &request.say {
            call.says_after_the_beep(words);
        }
        if let Some(seconds) = request.hang_up {
            call.hangs_up_after(seconds);
        }
        sim.set_pace(request.speed.map_or(Pace::Fast, Pace::Speed));
        let mut seen = 0;
        loop {
            // first whether it is over, then what happened: nothing is missed in between
            let over = call.status().is_over();
            if over {
                tokio::time::sleep(AFTERWARDS).await;
            }
            let all = call.lines();
            for line in all.get(seen..).unwrap_or_default() {
                let Some(text) = transcript.line(line) else {
                    continue;
                };
                if lines.send(text).await.is_err() && !over {
                    call.hangs_up().await; // nobody reads on
                }
            }
            seen = all.len();
            if over {
                break;
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        sim.set_pace(Pace::Speed(1.0));
        let _unread: Result<(), _> = lines.send(self.log_of(call.sid(), &request.line).await).await;
    }

    /// The call as the product's own log has it.
    async fn log_of(&self, sid: &str, line: &str) -> String {
        let Ok(number) = line.parse::<PhoneNumber>() else {
            return String::new();
        };
        match crate::log::of_call(&self.store, PlanKey::Number(&number), sid).await {
            Ok(text) => text,
            Err(error) => format!("\nThe call's log cannot be read: {error}.\n"),
        }
    }
}
