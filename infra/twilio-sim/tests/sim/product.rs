//! A product small enough to lie in a test: fixed TwiML by path, every request kept.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use twilio_sim::{Number, Options, Sim};

pub(crate) const LINE: &str = "+4721000000";
pub(crate) const CALLER: &str = "+4790000009";
pub(crate) const ANNA: &str = "+4791000001";
pub(crate) const BERIT: &str = "+4791000002";

/// What the product answers to a path.
#[derive(Clone)]
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) content_type: &'static str,
    pub(crate) location: Option<String>,
    pub(crate) body: String,
}

/// A request as the product saw it.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) form: HashMap<String, String>,
    pub(crate) raw: String,
    pub(crate) headers: HeaderMap,
}

impl Seen {
    pub(crate) fn get(&self, name: &str) -> &str {
        self.form.get(name).map_or("", String::as_str)
    }
}

type Pages = Arc<Mutex<HashMap<String, Vec<Page>>>>;

/// How long the product thinks, by path, and how many requests it thought about at once.
#[derive(Default)]
struct Thinking {
    times: HashMap<String, Duration>,
    now: usize,
    most: usize,
}

type Shared = (Pages, Arc<Mutex<Vec<Seen>>>, Arc<Mutex<Thinking>>);

pub(crate) struct Product {
    pub(crate) base: String,
    pages: Pages,
    seen: Arc<Mutex<Vec<Seen>>>,
    thinking: Arc<Mutex<Thinking>>,
}

impl Product {
    pub(crate) async fn start() -> Self {
        let pages = Pages::default();
        let thinking = Arc::<Mutex<Thinking>>::default();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(answer).with_state((pages.clone(), seen.clone(), thinking.clone()));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { base, pages, seen, thinking }
    }

    /// TwiML (what stands inside `<Response>`) at a path; further pages answer later requests, the
    /// last one stays.
    pub(crate) fn twiml(&self, path: &str, inside: &str) -> &Self {
        self.page(path, 200, "text/xml", &format!("<Response>{inside}</Response>"))
    }

    pub(crate) fn page(&self, path: &str, status: u16, content_type: &'static str, body: &str) -> &Self {
        let page = Page { status, content_type, location: None, body: body.to_owned() };
        self.pages.lock().unwrap().entry(path.to_owned()).or_default().push(page);
        self
    }

    pub(crate) fn redirect(&self, path: &str, status: u16, to: &str) -> &Self {
        let location = Some(to.to_owned());
        let page = Page { status, content_type: "text/plain", location, body: String::new() };
        self.pages.lock().unwrap().entry(path.to_owned()).or_default().push(page);
        self
    }

    /// Makes the product think before it answers on a path.
    pub(crate) fn slow(&self, path: &str, time: Duration) {
        self.thinking.lock().unwrap().times.insert(path.to_owned(), time);
    }

    /// How many requests it thought about at the same time, at most.
    pub(crate) fn most_at_once(&self) -> usize {
        self.thinking.lock().unwrap().most
    }

    /// Requests to a path, in order.
    pub(crate) fn seen(&self, path: &str) -> Vec<Seen> {
        self.seen.lock().unwrap().iter().filter(|seen| seen.path == path).cloned().collect()
    }

    pub(crate) fn paths(&self) -> Vec<String> {
        self.seen.lock().unwrap().iter().map(|seen| seen.path.clone()).collect()
    }
}

async fn answer(State((pages, seen, thinking)): State<Shared>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let raw = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    let raw = String::from_utf8(raw.to_vec()).unwrap();
    let query = parts.uri.query().unwrap_or_default();
    let text = if raw.is_empty() { query } else { raw.as_str() };
    let path = parts.uri.path().to_owned();
    seen.lock().unwrap().push(Seen {
        method: parts.method.to_string(),
        path: path.clone(),
        form: twilio_sim::decode_form(text).into_iter().collect(),
        raw: text.to_owned(),
        headers: parts.headers,
    });
    let time = thinking.lock().unwrap().times.get(&path).copied();
    if let Some(time) = time {
        {
            let mut thinking = thinking.lock().unwrap();
            thinking.now += 1;
            thinking.most = thinking.most.max(thinking.now);
        }
        tokio::time::sleep(time).await;
        thinking.lock().unwrap().now -= 1;
    }
    let page = {
        let mut pages = pages.lock().unwrap();
        match pages.get_mut(&path) {
            Some(list) if list.len() > 1 => Some(list.remove(0)),
            Some(list) => list.first().cloned(),
            None => None,
        }
    };
    let Some(page) = page else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let status = StatusCode::from_u16(page.status).unwrap();
    let mut response = (status, page.body).into_response();
    response.headers_mut().remove("content-type");
    if !page.content_type.is_empty() {
        response.headers_mut().insert("content-type", page.content_type.parse().unwrap());
    }
    if let Some(location) = page.location {
        response.headers_mut().insert("location", location.parse().unwrap());
    }
    response
}

/// A product and a simulator with one line, whose webhooks go to `/in`, `/fallback` and `/status`.
pub(crate) async fn set_up(options: Options) -> (Product, Sim) {
    let product = Product::start().await;
    product.page("/status", 204, "", "");
    let sim = Sim::start(options).await;
    sim.own(
        Number::new(LINE)
            .voice_url(format!("{}/in", product.base))
            .fallback(format!("{}/fallback", product.base))
            .status_callback(format!("{}/status", product.base)),
    );
    (product, sim)
}
