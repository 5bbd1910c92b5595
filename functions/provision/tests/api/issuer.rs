//! An issuer of JWTs on loopback, with keys of its own. It signs by `ring`, which the product does not check by.

use std::sync::{Arc, Mutex};

use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use ring::{
    hmac,
    rand::SystemRandom,
    rsa::PublicKeyComponents,
    signature::{
        ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair,
    },
};
use serde_json::{Value, json};
use wire::Wire;

/// Made for these tests alone, by `openssl genpkey` on 2026-11-22: a new one would take seconds each time.
const RSA: &[u8] = include_bytes!("../../fixtures/issuer_rsa_2048.pk8");

pub(crate) const AUDIENCE: &str = "https://dutyline.example.org";
pub(crate) const CONFIGURATION: &str = "GET /.well-known/openid-configuration";
pub(crate) const KEYS: &str = "GET /keys";

pub(crate) struct Issuer {
    published: Arc<Mutex<Published>>,
    /// Before it.
    pub(crate) wire: Wire,
}

/// What it answers.
struct Published {
    configuration: Value,
    keys: Vec<Value>,
    has_moved: bool,
}

/// A key with its id, if it has one.
pub(crate) struct Signer {
    pub(crate) id: Option<&'static str>,
    kind: Kind,
}

enum Kind {
    Curve(EcdsaKeyPair),
    Rsa(Box<RsaKeyPair>),
    Edwards(Ed25519KeyPair),
    /// What everybody may know, as a secret.
    Secret(Vec<u8>),
    Nothing,
}

type Answers = State<Arc<Mutex<Published>>>;

impl Issuer {
    pub(crate) async fn publishing(signers: &[&Signer]) -> Self {
        let keys = signers.iter().map(|signer| signer.public()).collect();
        let published = Arc::new(Mutex::new(Published { configuration: Value::Null, keys, has_moved: false }));
        let configuration = |State(published): Answers| async move {
            let published = published.lock().unwrap();
            match published.has_moved {
                false => Json(published.configuration.clone()).into_response(),
                true => Redirect::temporary("/moved").into_response(),
            }
        };
        let moved = |State(published): Answers| async move { Json(published.lock().unwrap().configuration.clone()) };
        let keys = |State(published): Answers| async move { Json(json!({"keys": published.lock().unwrap().keys})) };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(configuration))
            .route("/moved", get(moved))
            .route("/keys", get(keys))
            .fallback(|| async { Response::from((StatusCode::NOT_FOUND, "").into_response()) })
            .with_state(published.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let wire = Wire::to(listener.local_addr().unwrap()).await.unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        let issuer = Self { published, wire };
        let keys_at = format!("{}/keys", issuer.url());
        issuer.says(json!({"issuer": issuer.url(), "jwks_uri": keys_at}));
        issuer
    }

    pub(crate) fn url(&self) -> String {
        self.wire.url()
    }

    /// Another configuration than its own.
    pub(crate) fn says(&self, configuration: Value) {
        self.published.lock().unwrap().configuration = configuration;
    }

    /// Other keys than before.
    pub(crate) fn publishes(&self, keys: Vec<Value>) {
        self.published.lock().unwrap().keys = keys;
    }

    /// Whoever asks where the keys are is sent elsewhere.
    pub(crate) fn moves(&self) {
        self.published.lock().unwrap().has_moved = true;
    }

    /// What stands in a token that counts for ten minutes.
    pub(crate) fn claims(&self, now: Timestamp, role: impl Into<Value>) -> Value {
        let now = now.as_second();
        json!({
            "iss": self.url(), "aud": AUDIENCE, "sub": "ada", "iat": now, "exp": now + 600,
            "dutyline_role": role.into(),
        })
    }

    /// How often its configuration and its keys were read.
    pub(crate) fn reads(&self) -> (usize, usize) {
        (self.wire.count(CONFIGURATION), self.wire.count(KEYS))
    }
}

impl Signer {
    fn of(id: &'static str, kind: Kind) -> Self {
        Self { id: Some(id), kind }
    }

    pub(crate) fn curve(id: &'static str) -> Self {
        let random = SystemRandom::new();
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, made.as_ref(), &random).unwrap();
        Self::of(id, Kind::Curve(key))
    }

    pub(crate) fn rsa(id: &'static str) -> Self {
        Self::of(id, Kind::Rsa(Box::new(RsaKeyPair::from_pkcs8(RSA).unwrap())))
    }

    pub(crate) fn edwards(id: &'static str) -> Self {
        let made = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        Self::of(id, Kind::Edwards(Ed25519KeyPair::from_pkcs8(made.as_ref()).unwrap()))
    }

    /// Who knows the public key of another one, and takes it for a secret.
    pub(crate) fn knowing(other: &Self) -> Self {
        let known = match &other.kind {
            Kind::Curve(key) => key.public_key().as_ref().to_vec(),
            Kind::Rsa(key) => key.public_key().as_ref().to_vec(),
            Kind::Edwards(key) => key.public_key().as_ref().to_vec(),
            Kind::Secret(known) => known.clone(),
            Kind::Nothing => Vec::new(),
        };
        Self { id: other.id, kind: Kind::Secret(known) }
    }

    /// Who signs nothing, and says so.
    pub(crate) fn nobody(other: &Self) -> Self {
        Self { id: other.id, kind: Kind::Nothing }
    }

    fn algorithm(&self) -> &'static str {
        match self.kind {
            Kind::Curve(_) => "ES256",
            Kind::Rsa(_) => "RS256",
            Kind::Edwards(_) => "EdDSA",
            Kind::Secret(_) => "HS256",
            Kind::Nothing => "none",
        }
    }

    /// The key as it is published (RFC 7517).
    pub(crate) fn public(&self) -> Value {
        let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let mut key = match &self.kind {
            Kind::Curve(key) => {
                let (x, y) = key.public_key().as_ref()[1..].split_at(32);
                json!({"kty": "EC", "crv": "P-256", "x": text(x), "y": text(y)})
            }
            Kind::Rsa(key) => {
                let parts = PublicKeyComponents::<Vec<u8>>::from(key.public());
                json!({"kty": "RSA", "n": text(&parts.n), "e": text(&parts.e), "alg": "RS256", "use": "sig"})
            }
            Kind::Edwards(key) => {
                json!({"kty": "OKP", "crv": "Ed25519", "x": text(key.public_key().as_ref()), "use": "sig"})
            }
            Kind::Secret(secret) => json!({"kty": "oct", "k": text(secret)}),
            Kind::Nothing => json!({}),
        };
        if let Some(id) = self.id {
            key["kid"] = json!(id);
        }
        key
    }

    pub(crate) fn signs(&self, claims: &Value) -> String {
        self.signs_with(&json!({"typ": "JWT"}), claims)
    }

    /// With this in the header, besides what must stand there.
    pub(crate) fn signs_with(&self, header: &Value, claims: &Value) -> String {
        let mut header = header.clone();
        header["alg"] = json!(self.algorithm());
        if let Some(id) = self.id {
            header["kid"] = json!(id);
        }
        let part = |json: &Value| URL_SAFE_NO_PAD.encode(json.to_string());
        let message = format!("{}.{}", part(&header), part(claims));
        let signature = self.signature(message.as_bytes());
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    fn signature(&self, message: &[u8]) -> Vec<u8> {
        match &self.kind {
            Kind::Curve(key) => key.sign(&SystemRandom::new(), message).unwrap().as_ref().to_vec(),
            Kind::Rsa(key) => {
                let mut signature = vec![0; key.public().modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature).unwrap();
                signature
            }
            Kind::Edwards(key) => key.sign(message).as_ref().to_vec(),
            Kind::Secret(secret) => hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), message).as_ref().to_vec(),
            Kind::Nothing => Vec::new(),
        }
    }
}
