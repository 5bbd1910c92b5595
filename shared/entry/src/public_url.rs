//! The address under which the world reaches this installation.

use std::fmt;
use std::str::FromStr;

use axum::http::Uri;

/// The exact string that stands before every route in the webhook URLs given to Twilio, such as
/// `https://hotline.example.org` or `https://abc.execute-api.eu-north-1.amazonaws.com/live`.
///
/// Twilio signs the URL that it was configured with. That URL cannot be rebuilt from a request (the gateway changes
/// host, stage and mapped paths, and a client chooses its own `Host`), so it comes from configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(String);

/// Why a text is no [`PublicUrl`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAPublicUrl {
    /// Not an absolute URL.
    #[error("it is not a URL with a scheme and a host")]
    NotAbsolute,
    /// Plain HTTP is for this machine alone.
    #[error("it must begin with https:// (http:// only for a loopback host)")]
    NotHttps,
    /// User and password would be sent to Twilio and logged.
    #[error("it must not hold a user or a password")]
    Credentials,
    /// A route is put after it.
    #[error("it must not end with a slash or hold a query or a fragment")]
    Tail,
}

impl PublicUrl {
    /// The URL of a route; `path` begins with a slash.
    #[must_use]
    pub fn join(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }

    /// The URL that Twilio must have signed for a request with this path and raw query.
    #[must_use]
    pub fn of_request(&self, uri: &Uri) -> String {
        self.join(uri.path_and_query().map_or("/", |rest| rest.as_str()))
    }

    /// The URL without a route after it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PublicUrl {
    type Err = NotAPublicUrl;

    fn from_str(text: &str) -> Result<Self, NotAPublicUrl> {
        let uri: Uri = text.parse().map_err(|_| NotAPublicUrl::NotAbsolute)?;
        let authority = uri.authority().ok_or(NotAPublicUrl::NotAbsolute)?;
        let loopback = matches!(authority.host(), "127.0.0.1" | "localhost" | "[::1]");
        match uri.scheme_str() {
            Some("https") => {}
            Some("http") if loopback => {}
            Some(_) => return Err(NotAPublicUrl::NotHttps),
            None => return Err(NotAPublicUrl::NotAbsolute),
        }
        if authority.as_str().contains('@') {
            return Err(NotAPublicUrl::Credentials);
        }
        if text.ends_with('/') || text.contains(['?', '#']) {
            return Err(NotAPublicUrl::Tail);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<(), NotAPublicUrl>) {
        let parsed = text.parse::<PublicUrl>();
        assert_eq!(parsed.clone().map(|_| ()), expected, "{text}");
        if let Ok(url) = parsed {
            assert_eq!(url.to_string(), text, "kept to the letter");
        }
    }

    #[test]
    fn only_what_a_route_can_follow() {
        use NotAPublicUrl::{Credentials, NotAbsolute, NotHttps, Tail};
        check("https://hotline.example.org", Ok(()));
        check("https://Hotline.Example.org:8443/live", Ok(()));
        check("http://127.0.0.1:8080", Ok(()));
        check("http://localhost:8080", Ok(()));
        check("http://[::1]:8080", Ok(()));
        check("http://hotline.example.org", Err(NotHttps));
        check("http://127.0.0.1.example.org", Err(NotHttps));
        check("ftp://hotline.example.org", Err(NotHttps));
        check("hotline.example.org", Err(NotAbsolute));
        check("/live", Err(NotAbsolute));
        check("", Err(NotAbsolute));
        check("https://u:p@hotline.example.org", Err(Credentials));
        check("https://hotline.example.org/", Err(Tail));
        check("https://hotline.example.org?a=b", Err(Tail));
        check("https://hotline.example.org#here", Err(Tail));
    }

    #[test]
    fn a_request_s_own_host_and_scheme_are_not_believed() {
        let base: PublicUrl = "https://hotline.example.org/live".parse().unwrap();
        let at = |uri: &str| base.of_request(&uri.parse().unwrap());
        assert_eq!(at("http://evil.example/voice/incoming"), "https://hotline.example.org/live/voice/incoming");
        assert_eq!(at("/voice/a%2Bb?x=%20y&&z"), "https://hotline.example.org/live/voice/a%2Bb?x=%20y&&z");
        assert_eq!(at("/voice?"), "https://hotline.example.org/live/voice?");
    }
}
