//! A number that was bought through the admin API, when nobody answers its voice URL any more.

use std::path::Path;

use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::{Serving, in_order, output, text};

/// The stack's URLs and its administrator.
struct Admin {
    running: Value,
    token: String,
    http: Client,
}

impl Admin {
    fn of(data: &Path) -> Self {
        let file = |name: &str| -> Value { serde_json::from_slice(&std::fs::read(data.join(name)).unwrap()).unwrap() };
        let token = file("secrets.json")["AdminToken"].as_str().unwrap().to_owned();
        Self { running: file("running.json"), token, http: Client::new() }
    }

    async fn ask(&self, method: Method, path: &str) -> Value {
        let url = format!("{}/api/v1{path}", self.running["webhooks"].as_str().unwrap());
        let answer = self.http.request(method, url).bearer_auth(&self.token).send().await.unwrap();
        answer.error_for_status().unwrap().json().await.unwrap()
    }

    /// Somebody changes the number's voice URL in Twilio's console.
    async fn moves_the_voice_url(&self, number: &str, url: &str) {
        let control = format!("{}/_sim/numbers/{number}", self.running["twilio"].as_str().unwrap());
        let changed = self.http.patch(control).body(json!({ "VoiceUrl": url }).to_string()).send().await.unwrap();
        changed.error_for_status().unwrap();
    }
}

#[tokio::test]
async fn the_document_of_a_bought_number_rings_until_the_number_is_repaired() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path();
    let serving = Serving::start(data);
    let admin = Admin::of(data);
    let lines = admin.ask(Method::GET, "/lines").await;
    let line = lines["items"].as_array().unwrap().iter().find(|line| line["name"] == "Hotline").unwrap();
    let line = line["id"].as_str().unwrap();
    let drift = format!("/lines/{line}/drift");
    assert_eq!(admin.ask(Method::GET, &drift).await["differences"], json!([]));

    // nobody listens on port 9 of loopback
    admin.moves_the_voice_url("+4721000000", "http://127.0.0.1:9/voice/incoming").await;
    let call = || text(&output(data, &["call", "+4721000000", "--speed", "max"]).stdout);
    let told = call();
    in_order(&told, &["Caller             dials", "Astrid Moen        rings", "Sofie Lund         rings"]);
    assert!(!told.contains("For payments, press 1"), "the document has no menu:\n{told}");

    assert_eq!(admin.ask(Method::GET, &drift).await["differences"][0]["setting"], "voice");
    assert_eq!(admin.ask(Method::POST, &format!("/lines/{line}/repair")).await["differences"], json!([]));
    in_order(&call(), &["Caller             dials", "For payments, press 1"]);
    assert_eq!(serving.stop(), Some(0));
}
