//! A pretend text, and what the phone that sent it gets back.

use std::time::Duration;

use twilio_sim::{Sim, Text};

use crate::control::TextRequest;
use crate::names::Names;

/// How long an answer may take, by the pretend clock: Twilio takes three seconds of it to deliver one.
const PATIENCE: Duration = Duration::from_secs(8);
/// Nothing more is expected so long after an answer; the next text of a number leaves a second later.
const QUIET: Duration = Duration::from_millis(1500);
/// How often the phone is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(25);

/// Sends a text; what came back, for a person to read.
pub(crate) async fn send_and_wait(sim: &Sim, names: &Names, request: &TextRequest) -> String {
    let phone = sim.phone(&request.from);
    let before = phone.texts().len();
    let mut quiet_at = sim.clock().now() + PATIENCE;
    phone.texts_to(&request.to, &request.words).await;
    let mut seen = before;
    while sim.clock().now() < quiet_at {
        tokio::time::sleep(LOOK_EVERY).await;
        let now = phone.texts().len();
        if now > seen {
            seen = now;
            quiet_at = sim.clock().now() + QUIET;
        }
    }
    let texts = phone.texts();
    told(names, request, texts.get(before..).unwrap_or_default())
}

fn told(names: &Names, request: &TextRequest, answers: &[Text]) -> String {
    let who = names.of_phone(&request.from);
    let mut lines = format!("{who} to {}: {}\n", request.to, request.words);
    for text in answers {
        lines.push_str(&format!("{} to {who}: {}\n", text.from, text.body));
    }
    if answers.is_empty() {
        lines.push_str("nothing came back\n");
    }
    lines
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::routing::post;
    use twilio_sim::{Number, Options, Pace};

    use super::*;

    async fn check(answer: &'static str, expected: &str) {
        let product = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/sms", product.local_addr().unwrap());
        let answer = async move || ([("content-type", "text/xml")], format!("<Response>{answer}</Response>"));
        let router = Router::new().route("/sms", post(answer));
        tokio::spawn(async move { axum::serve(product, router).await });
        let sim = Sim::start(Options { pace: Pace::Speed(20.0), ..Options::default() }).await;
        sim.own(Number::new("+4721000000").sms_url(url));
        let (from, to, words) = ("+4791000001".to_owned(), "+4721000000".to_owned(), "who is on call".to_owned());
        let told = send_and_wait(&sim, &Names::default(), &TextRequest { from, to, words }).await;
        assert_eq!(told, format!("+4791000001 to +4721000000: who is on call\n{expected}"));
    }

    #[tokio::test]
    async fn what_comes_back_is_shown() {
        check("", "nothing came back\n").await;
        check(
            "<Message>One.</Message><Message>Two.</Message>",
            "+4721000000 to +4791000001: One.\n+4721000000 to +4791000001: Two.\n",
        )
        .await;
    }
}
