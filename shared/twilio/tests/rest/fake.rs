//! A Twilio that writes down what it is asked, and answers what it was told to.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, Response};
use secrecy::SecretString;
use tokio::net::TcpListener;
use twilio::rest::{Client, Credentials, Hosts, Repeats};

pub(crate) const ACCOUNT: &str = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

/// One request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) form: Vec<(String, String)>,
    pub(crate) headers: HeaderMap,
}

pub(crate) type Answer = Response<axum::body::Body>;

pub(crate) struct Fake {
    pub(crate) base: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Fake {
    /// Gives these answers in turn, and 501 after the last.
    pub(crate) async fn answering(answers: impl IntoIterator<Item = Answer>) -> Self {
        let answers: Arc<Mutex<VecDeque<Answer>>> = Arc::new(Mutex::new(answers.into_iter().collect()));
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let journal = asked.clone();
        let app = Router::new().fallback(move |request: Request| async move {
            let (head, body) = request.into_parts();
            let body = to_bytes(body, usize::MAX).await.unwrap();
            journal.lock().unwrap().push(Asked {
                method: head.method.to_string(),
                path: head.uri.path().to_owned(),
                query: pairs(head.uri.query().unwrap_or_default().as_bytes()),
                form: pairs(&body),
                headers: head.headers,
            });
            answers.lock().unwrap().pop_front().unwrap_or_else(|| answer(501, ""))
        });
        tokio::spawn(async { axum::serve(listener, app).await });
        Self { base, asked }
    }

    /// A client that repeats without waiting long.
    pub(crate) fn client(&self) -> Client {
        client(&self.base)
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

pub(crate) fn client(base: &str) -> Client {
    let credentials = Credentials::auth_token(ACCOUNT.parse().unwrap(), SecretString::from("the token"));
    let repeats = Repeats { most: 2, first_wait: Duration::from_millis(20), longest_wait: Duration::from_millis(1500) };
    Client::new(credentials, Hosts::all_at(base).unwrap()).with_repeats(repeats)
}

fn pairs(encoded: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(encoded).into_owned().collect()
}

pub(crate) fn answer(status: u16, body: impl Into<Bytes>) -> Answer {
    Response::builder().status(status).body(body.into().into()).unwrap()
}

pub(crate) fn answer_with(status: u16, header: (&str, &str), body: &'static str) -> Answer {
    Response::builder().status(status).header(header.0, header.1).body(body.into()).unwrap()
}
