//! An OpenID Connect issuer on loopback, at which whoever asks is Ada: the authorization code flow with PKCE, and a key
//! that signs what it says.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use axum::{
    Form, Json, Router,
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use entry::Clock;
use http::{StatusCode, header::LOCATION};
use ring::{
    digest::{SHA256, digest},
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use serde_json::{Value, json};
use wire::{ANY, Fault, Wire};

/// What the console is called there.
pub(crate) const CLIENT: &str = "dutyline-console";

/// The issuer.
pub(crate) struct Issuer {
    books: Books,
    wire: Wire,
}

#[derive(Clone)]
struct Books {
    url: String,
    key: Arc<EcdsaKeyPair>,
    /// Codes that were given out, with the challenge that each has to meet and where it was sent.
    codes: Arc<Mutex<BTreeMap<String, (String, String)>>>,
    /// Whom the tokens are meant for.
    audience: Arc<Mutex<String>>,
    /// How many tokens were asked for.
    asked: Arc<Mutex<usize>>,
}

type Fields = BTreeMap<String, String>;

impl Issuer {
    pub(crate) async fn open() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let wire = Wire::to(listener.local_addr().unwrap()).await.unwrap();
        let random = SystemRandom::new();
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, made.as_ref(), &random).unwrap();
        let books = Books {
            url: wire.url(),
            key: Arc::new(key),
            codes: Arc::default(),
            audience: Arc::new(Mutex::new(CLIENT.to_owned())),
            asked: Arc::default(),
        };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(configuration))
            .route("/authorize", get(authorize))
            .route("/token", post(token))
            .route("/keys", get(keys))
            .with_state(books.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { books, wire }
    }

    pub(crate) fn url(&self) -> &str {
        &self.books.url
    }

    /// From now on its tokens are meant for somebody else.
    pub(crate) fn means(&self, audience: &str) {
        *self.books.audience.lock().unwrap() = audience.to_owned();
    }

    /// How many tokens were asked for.
    pub(crate) fn asked(&self) -> usize {
        *self.books.asked.lock().unwrap()
    }

    /// Nobody is there any more.
    pub(crate) fn close(&self) {
        self.wire.every(ANY, Fault::Refuse);
    }

    /// What a browser does that is sent there: it is sent back, to this path of the console.
    pub(crate) async fn visit(&self, entrance: &str) -> String {
        let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let answer = browser.get(entrance).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{entrance}");
        let back = answer.headers()[LOCATION].to_str().unwrap().to_owned();
        let path = back.find("/console").unwrap();
        back[path..].to_owned()
    }
}

async fn configuration(State(books): State<Books>) -> Json<Value> {
    let at = |path: &str| format!("{}/{path}", books.url);
    Json(json!({
        "issuer": books.url, "authorization_endpoint": at("authorize"), "token_endpoint": at("token"), "jwks_uri": at("keys"),
    }))
}

async fn authorize(State(books): State<Books>, Query(asked): Query<Fields>) -> Response {
    let is_as_registered = asked["response_type"] == "code"
        && asked["client_id"] == CLIENT
        && asked["scope"].split(' ').any(|scope| scope == "openid")
        && asked["code_challenge_method"] == "S256"
        && asked["redirect_uri"].ends_with("/console/sign-in/done");
    if !is_as_registered {
        return (StatusCode::BAD_REQUEST, "another application").into_response();
    }
    let mut codes = books.codes.lock().unwrap();
    let code = format!("code-{}", codes.len());
    codes.insert(code.clone(), (asked["code_challenge"].clone(), asked["redirect_uri"].clone()));
    Redirect::to(&format!("{}?code={code}&state={}", asked["redirect_uri"], asked["state"])).into_response()
}

async fn token(State(books): State<Books>, Form(shown): Form<Fields>) -> Response {
    *books.asked.lock().unwrap() += 1;
    let given = books.codes.lock().unwrap().remove(&shown["code"]);
    let met = URL_SAFE_NO_PAD.encode(digest(&SHA256, shown["code_verifier"].as_bytes()));
    let is_met = given.is_some_and(|(challenge, sent_to)| challenge == met && sent_to == shown["redirect_uri"]);
    if !is_met || shown["grant_type"] != "authorization_code" || shown["client_id"] != CLIENT {
        return (StatusCode::BAD_REQUEST, Json(json!({"error": "invalid_grant"}))).into_response();
    }
    let now = Clock::system().now().as_second();
    let claims = json!({
        "iss": books.url, "aud": *books.audience.lock().unwrap(), "sub": "ada", "name": "Ada Lovelace", "iat": now,
        "exp": now + 600, "dutyline_role": "operator",
    });
    let part = |json: &Value| URL_SAFE_NO_PAD.encode(json.to_string());
    let message = format!("{}.{}", part(&json!({"alg": "ES256", "typ": "JWT", "kid": "k1"})), part(&claims));
    let signature = books.key.sign(&SystemRandom::new(), message.as_bytes()).unwrap();
    let jwt = format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature.as_ref()));
    Json(json!({"token_type": "Bearer", "access_token": "opaque", "id_token": jwt})).into_response()
}

async fn keys(State(books): State<Books>) -> Json<Value> {
    let (x, y) = books.key.public_key().as_ref()[1..].split_at(32);
    let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    Json(json!({"keys": [{"kty": "EC", "crv": "P-256", "kid": "k1", "x": text(x), "y": text(y)}]}))
}
