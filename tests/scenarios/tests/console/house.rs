//! A stack, and the console before it: every request that it sends to the API is counted.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use api::{
    NewToken, Role,
    client::{Carried, Client, Transport},
};
use axum::{Router, body::Body};
use entry::Environment;
use http::{
    HeaderMap, Method, Request, StatusCode,
    header::{CONTENT_TYPE, COOKIE, HOST, LOCATION, ORIGIN, SET_COOKIE},
};
use local::{
    data_dir::DataDir,
    stack::{Options, Stack},
};
use tempfile::TempDir;
use tower::ServiceExt as _;

use crate::page::{Filled, Page};

/// A stack and its console.
pub(crate) struct House {
    pub(crate) stack: Stack,
    /// The API, asked as the first administrator.
    pub(crate) api: Client,
    /// The first administrator's token.
    pub(crate) token: String,
    console: Router,
    counter: Counter,
    _data: TempDir,
}

impl House {
    /// With the organisation that a laptop begins with.
    pub(crate) async fn seeded() -> Self {
        Self::with(Options::default()).await
    }

    /// With nothing.
    pub(crate) async fn empty() -> Self {
        Self::with(Options { empty: true, ..Options::default() }).await
    }

    /// With the organisation that a laptop begins with, and an issuer at which people may sign in.
    pub(crate) async fn trusting(issuer: &str, audience: &str) -> Self {
        let parameters = [("JwtIssuer", issuer), ("JwtAudience", audience)];
        let parameters = parameters.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        Self::with(Options { parameters, ..Options::default() }).await
    }

    async fn with(options: Options) -> Self {
        let mut environment: BTreeMap<&str, String> = BTreeMap::new();
        for (variable, parameter) in [("JWT_ISSUER", "JwtIssuer"), ("JWT_AUDIENCE", "JwtAudience")] {
            environment.extend(options.parameters.get(parameter).map(|value| (variable, value.clone())));
        }
        let data = tempfile::tempdir().unwrap();
        let directory = DataDir::open(data.path().join("stack")).unwrap();
        let secrets = directory.secrets();
        let stack = Stack::start(directory, options).await.unwrap();
        let token = local::secrets::admin_token(&secrets).unwrap().unwrap();
        let url = stack.running.webhooks.clone();
        let api = Client::new(reqwest::Client::new(), url.as_str(), token.clone().into());
        let counter = Counter::default();
        environment.insert("PUBLIC_BASE_URL", url);
        let settings = console::Settings::read(&Environment::of(move |name| environment.get(name).cloned()));
        let app = console::App::over(counter.clone(), &settings.unwrap(), stack.clock.clone());
        Self { stack, api, token, console: console::router(app), counter, _data: data }
    }

    /// The first administrator, signed in.
    pub(crate) async fn admin(&self) -> Visitor<'_> {
        self.signed_in(&self.token).await
    }

    /// Somebody of a role, signed in.
    pub(crate) async fn visitor(&self, role: Role) -> Visitor<'_> {
        let wanted = NewToken { name: format!("a {role}"), role, expires_at: None };
        let made = self.api.create_token(&wanted).await.unwrap();
        self.signed_in(&made.secret).await
    }

    /// Somebody who has not signed in.
    pub(crate) fn stranger(&self) -> Visitor<'_> {
        Visitor { house: self, cookies: Mutex::default() }
    }

    async fn signed_in(&self, token: &str) -> Visitor<'_> {
        let visitor = self.stranger();
        let page = visitor.get("/console/sign-in").await;
        let page = visitor.submit(page.form("form").set("token", token)).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.html);
        visitor
    }
}

/// Somebody with a browser: it keeps its cookie and follows redirects.
pub(crate) struct Visitor<'h> {
    house: &'h House,
    cookies: Mutex<BTreeMap<String, String>>,
}

impl Visitor<'_> {
    /// A page.
    pub(crate) async fn get(&self, path: &str) -> Page {
        self.ask(Method::GET, path, Body::empty(), &[]).await
    }

    /// The page that follows on a form; after a redirect the one to which it led.
    pub(crate) async fn submit(&self, form: Filled) -> Page {
        let page = self.submit_once(form).await;
        match page.location() {
            Some(location) => self.get(&location).await,
            None => page,
        }
    }

    /// The very answer to a form.
    pub(crate) async fn submit_once(&self, form: Filled) -> Page {
        self.post(&form.path, form.body()).await
    }

    /// Whatever somebody might send.
    pub(crate) async fn post(&self, path: &str, body: String) -> Page {
        let headers =
            [(CONTENT_TYPE, "application/x-www-form-urlencoded"), (ORIGIN, self.house.stack.running.webhooks.as_str())];
        self.ask(Method::POST, path, Body::from(body), &headers).await
    }

    /// A request of any kind.
    pub(crate) async fn ask(
        &self,
        method: Method,
        path: &str,
        body: Body,
        headers: &[(http::HeaderName, &str)],
    ) -> Page {
        let host = self.house.stack.running.webhooks.trim_start_matches("http://");
        let mut request = Request::builder().method(method).uri(path).header(HOST, host);
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        let cookies: Vec<String> =
            self.cookies.lock().unwrap().iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request = request.header(COOKIE, cookies.join("; "));
        }
        let before = self.house.counter.read();
        let answer = self.house.console.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let after = self.house.counter.read();
        self.keep(answer.headers());
        let (head, body) = answer.into_parts();
        let bytes = axum::body::to_bytes(body, 16 << 20).await.unwrap().to_vec();
        Page {
            path: path.to_owned(),
            status: head.status,
            html: String::from_utf8_lossy(&bytes).into_owned(),
            bytes,
            headers: head.headers,
            calls: after.calls - before.calls,
            rounds: after.rounds - before.rounds,
        }
    }

    fn keep(&self, headers: &HeaderMap) {
        for cookie in headers.get_all(SET_COOKIE) {
            let (name, value) = cookie.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            let mut cookies = self.cookies.lock().unwrap();
            match value {
                "" => cookies.remove(name),
                value => cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
    }

    /// Whether the cookie is kept that has the token in it.
    pub(crate) fn is_signed_in(&self) -> bool {
        self.cookies.lock().unwrap().contains_key("dutyline")
    }
}

impl Page {
    /// Where a redirect leads.
    pub(crate) fn location(&self) -> Option<String> {
        self.status.is_redirection().then(|| self.headers[LOCATION].to_str().unwrap().to_owned())
    }
}

/// Counts requests, and rounds: whatever begins while nothing else is under way begins one.
#[derive(Clone, Debug)]
struct Counter {
    http: reqwest::Client,
    counts: Arc<Mutex<Counts>>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    under_way: usize,
    calls: usize,
    rounds: usize,
}

impl Default for Counter {
    fn default() -> Self {
        Self { http: reqwest::Client::new(), counts: Arc::default() }
    }
}

impl Counter {
    fn read(&self) -> Counts {
        *self.counts.lock().unwrap()
    }
}

impl Transport for Counter {
    fn carry(&self, request: Request<Vec<u8>>) -> Carried<'_> {
        Box::pin(async move {
            {
                let mut counts = self.counts.lock().unwrap();
                counts.calls += 1;
                counts.rounds += usize::from(counts.under_way == 0);
                counts.under_way += 1;
            }
            let carried = self.http.carry(request).await;
            self.counts.lock().unwrap().under_way -= 1;
            carried
        })
    }
}
