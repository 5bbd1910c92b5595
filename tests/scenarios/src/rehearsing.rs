//! The same call played by the admin API.

use entry::{Environment, Queue};
use oncall::LineId;
use provision::Settings;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use twilio_sim::{Call, Event};

use crate::{ADA, BO, CALLER, CY, LINE, Stage, clock_of};

const ADMIN: &str = "admin";
const TOKEN: &str = "BootstrapBootstrapBootstrap123456";

/// What is the same on a telephone and in its rehearsal.
#[derive(Debug, PartialEq)]
pub struct Course {
    /// What the caller heard.
    pub caller: String,
    /// What whoever was rung heard, all of them, in order.
    pub responders: String,
    /// Whose phones rang, in order; not those that were busy or not to be found.
    pub rang: Vec<String>,
    /// Each attempt as the log has it: whom, which phone, in which round, by which step and why, and how it went.
    pub attempts: Vec<String>,
    /// How long each of those rang, as the log has it.
    pub ring_seconds: Vec<i64>,
    /// How the call went.
    pub outcome: String,
}

impl Stage {
    /// How a call went that is over.
    pub async fn course(&self, call: &Call) -> Course {
        let lines = call.lines();
        let heard = |of_caller: bool| {
            let words = lines.iter().filter(|line| (line.leg == call.sid()) == of_caller);
            let words = words.filter_map(|line| match &line.event {
                Event::Hears { text, .. } => Some(text.as_str()),
                _ => None,
            });
            words.collect::<Vec<_>>().join(" ")
        };
        let name =
            |number: &str| [(ADA, "ada"), (BO, "bo"), (CY, "cy")].into_iter().find(|(phone, _)| *phone == number);
        let rang = lines.iter().filter(|line| matches!(line.event, Event::Rings(_)) && line.who != LINE);
        let shown = self.asks_the_api("GET", &format!("/calls/{}", call.sid()), &Value::Null).await;
        Course {
            caller: heard(true),
            responders: heard(false),
            rang: rang.map(|line| name(&line.who).unwrap().1.to_owned()).collect(),
            ..logged(&shown)
        }
    }

    /// The same call rehearsed: from the same number, at the same instant, drawing as it did.
    pub async fn rehearsal_of(&self, call: &Call, people: Value, moves: Value) -> Course {
        let real = self.logged(call).await.call;
        let story = json!({
            "at": real.started_at, "seed": call.sid(), "from": {"number": CALLER}, "people": people, "moves": moves,
        });
        let path = format!("/lines/{}/rehearsal", LineId::new("line-1"));
        let played = self.asks_the_api("POST", &path, &story).await;
        assert_eq!(played["waits_for"], Value::Null, "the story is over");
        let scenes = played["scenes"].as_array().unwrap().iter().map(|scene| &scene["what"]);
        let heard = |who: &str| {
            let said = scenes.clone().filter(|what| what["type"] == "hears" && what["who"] == who);
            let words = said.flat_map(|what| what["says"].as_array().unwrap()).map(|words| words.as_str().unwrap());
            words.collect::<Vec<_>>().join(" ")
        };
        let silent = |attempt: &Value| {
            scenes.clone().any(|what| what["type"] == "attempt_ends" && what["attempt"] == *attempt && is_silent(what))
        };
        let rang = scenes.clone().filter(|what| what["type"] == "rings" && !silent(&what["attempt"]));
        Course {
            caller: heard("caller"),
            responders: heard("person"),
            rang: rang.map(|what| what["person"]["id"].as_str().unwrap().to_owned()).collect(),
            ..logged(&played["call"])
        }
    }

    async fn asks_the_api(&self, method: &str, path: &str, body: &Value) -> Value {
        let environment = Environment::of(|name| {
            let value = match name {
                "TABLE_NAME" => "dutyline",
                "ADMIN_TOKEN_SECRET_ID" => ADMIN,
                "PUBLIC_BASE_URL" | "FALLBACK_BASE_URL" | "INCIDENT_QUEUE_URL" => "https://example.org",
                "TWILIO_SECRET_ID" | "TWILIO_REST_SECRET_ID" => "none",
                "TWILIO_BASE_URL" => "http://127.0.0.1:9",
                "MAX_ACTIVE_NUMBERS" => "0",
                "CALL_LOG_DAYS" => "400",
                _ => return None,
            };
            Some(value.to_owned())
        });
        let settings = Settings::read(&environment).unwrap();
        // there already, if the API was asked before
        let _ = self.services.store_secrets(&[(ADMIN.to_owned(), TOKEN.to_owned())].into()).await;
        let queue = Queue::new(self.services.sqs.clone(), self.queue_url.as_str());
        let secrets = self.services.secrets_manager.clone();
        let app = provision::App::over(self.store.clone(), secrets, queue, &settings, clock_of(&self.sim));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}/api/v1{path}", listener.local_addr().unwrap());
        let serving = tokio::spawn(async move { axum::serve(listener, provision::router(app)).await });
        let request = reqwest::Client::new().request(method.parse().unwrap(), url).bearer_auth(TOKEN);
        let request = request.header("content-type", "application/json").body(body.to_string());
        let answer = request.send().await.unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        serving.abort();
        assert_eq!(status, 200, "{text}");
        serde_json::from_str(&text).unwrap()
    }
}

/// What a call's log says.
fn logged(call: &Value) -> Course {
    let attempts = call["attempts"].as_array().unwrap();
    let attempt = |attempt: &Value| {
        let said = ["person", "phone", "round", "step", "why", "result"].map(|name| attempt[name].to_string());
        said.join(" ")
    };
    let ringing = attempts.iter().filter(|attempt| !is_silent(attempt));
    Course {
        caller: String::new(),
        responders: String::new(),
        rang: Vec::new(),
        attempts: attempts.iter().map(attempt).collect(),
        ring_seconds: ringing.map(|attempt| attempt["ring_seconds"].as_i64().unwrap()).collect(),
        outcome: call["outcome"].as_str().unwrap().to_owned(),
    }
}

/// Whether an attempt's phone never made a sound.
fn is_silent(attempt: &Value) -> bool {
    ["busy", "failed"].iter().any(|result| attempt["result"] == *result)
}
