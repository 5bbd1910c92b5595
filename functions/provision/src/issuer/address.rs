//! Where an issuer is, which is also its name.

use std::{fmt, str::FromStr};

use hyper::Uri;

/// An issuer's identifier as its own documents and tokens write it, to the letter: `https://login.example.org/` is
/// another one than `https://login.example.org`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuerUrl {
    text: String,
    configuration: Uri,
    /// On this machine, without TLS.
    is_plain: bool,
}

/// Why a text is no [`IssuerUrl`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAnIssuer {
    /// Not an absolute URL.
    #[error("it is not a URL with a scheme and a host")]
    NotAbsolute,
    /// Whoever could answer in its place could let anybody in.
    #[error("it must begin with https:// (http:// only for a loopback host)")]
    NotHttps,
    /// Not a part of an issuer's name.
    #[error("it must not hold a user, a query or a fragment")]
    TooMuch,
}

impl IssuerUrl {
    /// As it is compared.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Where it says where its keys are (OpenID Connect Discovery 1.0, section 4).
    pub(super) fn configuration(&self) -> &Uri {
        &self.configuration
    }

    /// A URL that it names. Only an issuer on this machine may lead to one without TLS.
    pub(super) fn leads_to(&self, url: &str) -> Result<Uri, NotAnIssuer> {
        let (uri, is_plain) = parsed(url)?;
        if is_plain && !self.is_plain { Err(NotAnIssuer::NotHttps) } else { Ok(uri) }
    }
}

/// A URL, and whether it is one of this machine, without TLS.
fn parsed(text: &str) -> Result<(Uri, bool), NotAnIssuer> {
    let uri: Uri = text.parse().map_err(|_| NotAnIssuer::NotAbsolute)?;
    let authority = uri.authority().ok_or(NotAnIssuer::NotAbsolute)?;
    if authority.as_str().contains('@') {
        return Err(NotAnIssuer::TooMuch);
    }
    let is_loopback = matches!(authority.host(), "127.0.0.1" | "localhost" | "[::1]");
    match uri.scheme_str() {
        Some("https") => Ok((uri, false)),
        Some("http") if is_loopback => Ok((uri, true)),
        Some(_) => Err(NotAnIssuer::NotHttps),
        None => Err(NotAnIssuer::NotAbsolute),
    }
}

impl FromStr for IssuerUrl {
    type Err = NotAnIssuer;

    fn from_str(text: &str) -> Result<Self, NotAnIssuer> {
        let (_, is_plain) = parsed(text)?;
        if text.contains(['?', '#']) {
            return Err(NotAnIssuer::TooMuch);
        }
        let (configuration, _) = parsed(&format!("{}/.well-known/openid-configuration", text.trim_end_matches('/')))?;
        Ok(Self { text: text.to_owned(), configuration, is_plain })
    }
}

impl fmt::Display for IssuerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<&str, NotAnIssuer>) {
        let parsed = text.parse::<IssuerUrl>();
        let configuration = parsed.as_ref().map(|url| url.configuration().to_string()).map_err(|error| *error);
        assert_eq!(configuration.as_deref().map_err(|error| *error), expected, "{text}");
        if let Ok(url) = parsed {
            assert_eq!(url.to_string(), text, "kept to the letter");
        }
    }

    #[test]
    fn an_issuer_is_https_or_on_this_machine() {
        use NotAnIssuer::{NotAbsolute, NotHttps, TooMuch};
        let example = "https://login.example.org/.well-known/openid-configuration";
        check("https://login.example.org", Ok(example));
        check("https://login.example.org/", Ok(example));
        let of_a_realm = "https://login.example.org:8443/realms/acme/.well-known/openid-configuration";
        check("https://login.example.org:8443/realms/acme", Ok(of_a_realm));
        check("http://127.0.0.1:8080", Ok("http://127.0.0.1:8080/.well-known/openid-configuration"));
        check("http://login.example.org", Err(NotHttps));
        check("http://127.0.0.1.example.org", Err(NotHttps));
        check("login.example.org", Err(NotAbsolute));
        check("/realms/acme", Err(NotAbsolute));
        check("", Err(NotAbsolute));
        check("https://u:p@login.example.org", Err(TooMuch));
        check("https://login.example.org?a=b", Err(TooMuch));
        check("https://login.example.org#here", Err(TooMuch));
    }

    #[test]
    fn an_issuer_of_the_world_does_not_lead_to_this_machine() {
        let far: IssuerUrl = "https://login.example.org".parse().unwrap();
        let near: IssuerUrl = "http://127.0.0.1:8080".parse().unwrap();
        assert!(far.leads_to("https://keys.example.org/v3?kind=jwks").is_ok());
        assert_eq!(far.leads_to("http://127.0.0.1:8080/keys"), Err(NotAnIssuer::NotHttps));
        assert_eq!(near.leads_to("http://login.example.org/keys"), Err(NotAnIssuer::NotHttps));
        assert!(near.leads_to("http://localhost:8080/keys").is_ok());
        assert_eq!(far.leads_to("file:///etc/passwd"), Err(NotAnIssuer::NotAbsolute));
    }
}
