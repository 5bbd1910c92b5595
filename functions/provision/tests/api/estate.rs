//! An installation with a connected Twilio account: a pretend one, over HTTP, with wires before it and the table.

use std::time::Duration;

use axum::{Router, body::Body, http::Request};
use entry::Clock;
use jiff::Timestamp;
use provision::{App, router};
use serde_json::{Value, json};
use store::{Author, Integration, Store};
use tower::ServiceExt as _;
use twilio_sim::{Item, Options, Sim};
use wire::Wire;

use crate::{
    house::{BOOTSTRAP, KEYS_ID, Queued, TOKENS_ID, client_of, secrets_manager, settings},
    tables::{Table, store_at},
};

pub(crate) struct Estate {
    pub(crate) sim: Sim,
    pub(crate) account: String,
    /// The table, without a wire.
    pub(crate) store: Store,
    /// Before the table; counts Twilio's requests, too.
    pub(crate) wire: Wire,
    pub(crate) to_twilio: Wire,
    pub(crate) secrets: aws_sdk_secretsmanager::Client,
    queued: Queued,
    _table: Table,
}

pub(crate) fn by_test() -> Author {
    Author::of("test")
}

impl Estate {
    /// With the account connected, as the API would have done.
    pub(crate) async fn open() -> Self {
        let estate = Self::unconnected().await;
        let known = estate.sim.credentials();
        let of = |members: Value| json!({"accounts": {known.account_sid.as_str(): members}}).to_string();
        let keys = of(json!({"key_sid": known.key_sid, "key_secret": known.key_secret}));
        for (name, text) in [(KEYS_ID, keys), (TOKENS_ID, of(json!({"auth_tokens": [known.auth_token]})))] {
            estate.secrets.put_secret_value().secret_id(name).secret_string(text).send().await.unwrap();
        }
        let integration = Integration {
            account: known.account_sid.clone(),
            name: "Acme".to_owned(),
            key_sid: known.key_sid.clone(),
            auth_token_last4: String::new(),
            key_secret_last4: String::new(),
            created_at: estate.now(),
            rotated_at: None,
            rotation: None,
            version: 1,
        };
        assert!(estate.store.add_integration(&integration, &by_test()).await.unwrap());
        estate
    }

    pub(crate) async fn unconnected() -> Self {
        let table = Table::new().await;
        let sim = Sim::start(Options::at("2026-11-20T09:00:00Z")).await;
        let wire = Wire::to(table.address).await.unwrap();
        let twilio = sim.base_url().trim_start_matches("http://").parse().unwrap();
        let to_twilio = wire.beside(twilio).await.unwrap();
        let (account, store, secrets) = (sim.account_sid(), table.store.clone(), secrets_manager().await);
        let queued = Queued::new().await;
        Self { sim, account, store, wire, to_twilio, secrets, queued, _table: table }
    }

    /// A process that has just started.
    pub(crate) fn app(&self) -> App {
        let clock = self.sim.clock();
        let clock = Clock::of(move || Timestamp::from_nanosecond(clock.unix_nanos()).unwrap());
        let (store, secrets) = (store_at(&self.wire.url()), self.secrets.clone());
        let mut app = App::over(store, secrets, self.queued.queue(), &settings(&self.to_twilio.url()), clock);
        let pace = &mut app.numbers.pace;
        pace.timeouts.whole = Duration::from_millis(1500);
        pace.repeats.first_wait = Duration::from_millis(1);
        pace.repeats.longest_wait = Duration::from_millis(1);
        pace.looks = vec![Duration::ZERO, Duration::from_millis(2)];
        pace.poll = Duration::from_millis(10);
        pace.polls = 40;
        app
    }

    pub(crate) fn now(&self) -> Timestamp {
        Timestamp::from_nanosecond(self.sim.clock().unix_nanos()).unwrap()
    }

    /// A number on sale for which no papers are needed.
    pub(crate) fn offer(&self) -> (String, Value) {
        let offers = self.sim.inventory();
        let offer = offers.iter().find(|offer| offer.number().starts_with("+1415") && !offer.terms().bundle).unwrap();
        let number = offer.number().to_owned();
        let request = json!({
            "number": number, "country": "US", "type": "local", "name": "Hotline",
            "monthly_price": {"amount": "1.15", "currency": "USD"},
        });
        (number, request)
    }

    /// A request of the first administrator to one process, under `/api/v1`.
    pub(crate) async fn ask(
        app: &Router,
        method: &str,
        path: &str,
        key: Option<&str>,
        body: Option<&Value>,
    ) -> (u16, Value) {
        let request = Request::builder().method(method).uri(format!("/api/v1{path}"));
        let request = request.header("authorization", format!("Bearer {BOOTSTRAP}"));
        let request = request.header("content-type", "application/json");
        let request = key.into_iter().fold(request, |request, key| request.header("idempotency-key", key));
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let response = app.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let status = response.status().as_u16();
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).unwrap() })
    }

    /// A request with a body, and all of its answer.
    pub(crate) async fn answer(app: &Router, method: &str, path: &str, body: &Value) -> axum::response::Response {
        let request = Request::builder().method(method).uri(format!("/api/v1{path}"));
        let request = request.header("authorization", format!("Bearer {BOOTSTRAP}"));
        let request = request.header("content-type", "application/json").body(Body::from(body.to_string()));
        app.clone().oneshot(request.unwrap()).await.unwrap()
    }

    /// The same, to a process that has just started.
    pub(crate) async fn asked(&self, method: &str, path: &str, body: Option<&Value>) -> (u16, Value) {
        Self::ask(&router(self.app()), method, path, None, body).await
    }

    /// A request on a condition: its status, its ETag and its body.
    pub(crate) async fn asked_if(
        &self,
        (method, path): (&str, &str),
        (name, tag): (&str, &str),
        body: Option<&Value>,
    ) -> (u16, String, Value) {
        let request = Request::builder().method(method).uri(format!("/api/v1{path}")).header(name, tag);
        let request = request.header("authorization", format!("Bearer {BOOTSTRAP}"));
        let request = request.header("content-type", "application/json");
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let response = router(self.app()).oneshot(request.body(body).unwrap()).await.unwrap();
        let tag = response.headers().get("etag").map(|tag| tag.to_str().unwrap().to_owned()).unwrap_or_default();
        let status = response.status().as_u16();
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, tag, if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).unwrap() })
    }

    /// A client of the first administrator.
    pub(crate) async fn client(&self) -> api::client::Client {
        client_of(router(self.app())).await
    }

    pub(crate) async fn buys(&self, app: &Router, key: &str, request: &Value) -> (u16, Value) {
        let path = format!("/integrations/{}/purchases", self.account);
        Self::ask(app, "POST", &path, Some(key), Some(request)).await
    }

    /// The line of a number that takes calls alone, and needed an address.
    pub(crate) async fn buys_in_norway(&self) -> String {
        let at = |path: &str| format!("/integrations/{}{path}", self.account);
        let address = json!({
            "customer_name": "Acme AS", "street": "Storgata 1", "city": "Oslo", "region": "Oslo", "postal_code": "0155",
            "country": "NO",
        });
        let (_, address) = self.asked("POST", &at("/addresses"), Some(&address)).await;
        let (_, market) = self.asked("GET", &at("/available-numbers?country=NO&type=local&limit=1"), None).await;
        let offer = &market["items"][0];
        assert_eq!((&offer["voice"], &offer["sms"]), (&json!(true), &json!(false)), "{market}");
        let request = json!({
            "number": offer["number"], "country": "NO", "type": "local", "name": "Oslo", "address": address["id"],
            "monthly_price": offer["monthly_price"],
        });
        let (status, bought) = self.buys(&router(self.app()), "norway", &request).await;
        assert_eq!(status, 201, "{bought}");
        bought["line"].as_str().unwrap().to_owned()
    }

    /// Where a line's fallback document stands, or will.
    pub(crate) async fn document(&self, line: &str) -> String {
        let fallback = self.store.fallback(&oncall::LineId::new(line)).await.unwrap().unwrap();
        format!("https://documents.example.org/{}", fallback.address.path())
    }

    /// What Twilio has sold: the names that the numbers were given.
    pub(crate) fn sold(&self) -> Vec<String> {
        let ledger = self.sim.ledger();
        let sold = ledger.into_iter().filter(|charge| charge.item == Item::NumberBought);
        sold.filter_map(|charge| charge.name).collect()
    }
}
