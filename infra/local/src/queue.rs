//! What waits on the queue of incident events, for whoever wants to see it. Nothing is taken from it.

use aws_sdk_sqs::Client;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use entry::Chain;

/// For how long a message is held back while the others are read, seconds.
const HELD_BACK: i32 = 5;

#[derive(Clone)]
struct Waiting {
    sqs: Client,
    url: String,
}

/// `GET /queue`: the messages, one a line.
pub(crate) fn router(sqs: Client, url: String) -> Router {
    Router::new().route("/queue", get(show)).with_state(Waiting { sqs, url })
}

async fn show(State(waiting): State<Waiting>) -> Response {
    match waiting.bodies().await {
        Ok(bodies) => bodies.into_iter().map(|body| body + "\n").collect::<String>().into_response(),
        Err(error) => (StatusCode::BAD_GATEWAY, format!("{}\n", Chain(&error))).into_response(),
    }
}

impl Waiting {
    async fn bodies(&self) -> Result<Vec<String>, aws_sdk_sqs::Error> {
        let mut bodies = Vec::new();
        let mut held = Vec::new();
        loop {
            let receive = self.sqs.receive_message().queue_url(&self.url).max_number_of_messages(10);
            let received = receive.visibility_timeout(HELD_BACK).send().await?;
            if received.messages().is_empty() {
                break;
            }
            for message in received.messages() {
                bodies.extend(message.body().map(str::to_owned));
                held.extend(message.receipt_handle().map(str::to_owned));
            }
        }
        for handle in held {
            let back = self.sqs.change_message_visibility().queue_url(&self.url).receipt_handle(handle);
            back.visibility_timeout(0).send().await?;
        }
        Ok(bodies)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::Services;
    use crate::template::Queue;

    #[tokio::test]
    async fn messages_are_shown_and_stay() {
        let services = Services::start();
        let queue = Queue { resource: "Events".into(), name: "events".into(), visibility_timeout: None };
        let url = services.make_queues(&[queue]).await.unwrap().remove("Events").unwrap();
        let mut sent: Vec<String> = (0..12).map(|number| format!("{{\"n\":{number}}}")).collect();
        for body in &sent {
            services.sqs.send_message().queue_url(&url).message_body(body).send().await.unwrap();
        }
        sent.sort();
        let waiting = Waiting { sqs: services.sqs, url };
        for _ in 0..2 {
            let mut shown = waiting.bodies().await.unwrap();
            shown.sort();
            assert_eq!(shown, sent);
        }
    }
}
