//! The cookie: the visitor's own token, and what the pages call its bearer. Nothing is kept here; whether the token
//! counts is the API's to say, at every request.

use api::Role;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use http::{HeaderMap, HeaderValue, header::COOKIE};
use ring::hmac;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};

use crate::App;

/// Who has signed in.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) token: SecretString,
    /// What the pages call them.
    pub(crate) name: String,
    /// What is offered to them. What they may do, the API decides.
    pub(crate) role: Role,
}

#[derive(Serialize, Deserialize)]
struct Written {
    token: String,
    name: String,
    role: Role,
}

/// A browser that somebody is woken up with keeps them signed in.
const DAYS: u32 = 30;

impl Session {
    /// The session of a request, if its cookie can be read.
    pub(crate) fn of(headers: &HeaderMap, app: &App) -> Option<Self> {
        let named = format!("{}=", name(app));
        let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        let value = cookies.flat_map(|value| value.split(';')).find_map(|cookie| cookie.trim().strip_prefix(&named))?;
        let Written { token, name, role } = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(value).ok()?).ok()?;
        Some(Self { token: token.into(), name, role })
    }

    /// The header that makes a browser keep it.
    pub(crate) fn cookie(&self, app: &App) -> Option<HeaderValue> {
        let written =
            Written { token: self.token.expose_secret().to_owned(), name: self.name.clone(), role: self.role };
        let value = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&written).ok()?);
        header(app, &value, DAYS * 24 * 60 * 60)
    }

    /// What every form of this visitor carries, and nobody can know who does not know the token.
    pub(crate) fn csrf(&self) -> String {
        URL_SAFE_NO_PAD.encode(hmac::sign(&self.csrf_key(), CSRF).as_ref())
    }

    /// Whether a form was made for this visitor.
    pub(crate) fn made(&self, csrf: &str) -> bool {
        URL_SAFE_NO_PAD.decode(csrf).is_ok_and(|tag| hmac::verify(&self.csrf_key(), CSRF, &tag).is_ok())
    }

    fn csrf_key(&self) -> hmac::Key {
        hmac::Key::new(hmac::HMAC_SHA256, self.token.expose_secret().as_bytes())
    }
}

const CSRF: &[u8] = b"a form of the console";

/// The header that makes a browser forget.
pub(crate) fn forgotten(app: &App) -> Option<HeaderValue> {
    header(app, "", 0)
}

fn header(app: &App, value: &str, seconds: u32) -> Option<HeaderValue> {
    let cookie = format!("{}={value}; Path=/; HttpOnly; Secure; SameSite=Strict; Max-Age={seconds}", name(app));
    let mut header = HeaderValue::try_from(cookie).ok()?;
    header.set_sensitive(true);
    Some(header)
}

/// The prefix binds the cookie to this host, and browsers take it by TLS alone; they take `Secure` from loopback, too.
fn name(app: &App) -> &'static str {
    if app.is_secure() { "__Host-dutyline" } else { "dutyline" }
}
