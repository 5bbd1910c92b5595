use std::fmt;
use std::net::IpAddr;

use hyper::Uri;
use hyper::header::HeaderValue;

/// A part of Twilio that has a host of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Product {
    /// Accounts, addresses, numbers, messages, calls.
    Api,
    /// What numbers cost.
    Pricing,
    /// What regulators ask for.
    Numbers,
    /// Messaging services and registrations.
    Messaging,
    /// What is known of a number.
    Lookups,
}

impl Product {
    const ALL: [Self; 5] = [Self::Api, Self::Pricing, Self::Numbers, Self::Messaging, Self::Lookups];

    fn name(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Pricing => "pricing",
            Self::Numbers => "numbers",
            Self::Messaging => "messaging",
            Self::Lookups => "lookups",
        }
    }
}

/// Where each product is found: `https://{product}.twilio.com`, unless told otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hosts([Host; 5]);

/// Why a text is not the base URL of a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidHost {
    /// No `https://` and a host, or more than that: a path, a query, a user.
    #[error("a base URL is https://, a host and perhaps a port, and nothing more")]
    NotABase,
    /// The secret would be readable on its way.
    #[error("a base URL begins with https://, unless it leads to this machine")]
    NotEncrypted,
}

impl Hosts {
    /// `https://{product}.{edge}.{region}.twilio.com`.
    ///
    /// Twilio wants both or neither: a region without an edge is answered from the United States, where the keys of
    /// another region are unknown.
    ///
    /// # Errors
    /// [`InvalidHost`] when a part is no part of a host's name.
    pub fn region(edge: &str, region: &str) -> Result<Self, InvalidHost> {
        let is_label = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !is_label(edge) || !is_label(region) {
            return Err(InvalidHost::NotABase);
        }
        Ok(Self(Product::ALL.map(|product| Host::named(format!("{}.{edge}.{region}.twilio.com", product.name())))))
    }

    /// All products at one base URL: a simulator's.
    ///
    /// # Errors
    /// [`InvalidHost`]; plain `http` leads to this machine alone.
    pub fn all_at(base: &str) -> Result<Self, InvalidHost> {
        let host = Host::parse(base)?;
        Ok(Self(Product::ALL.map(|_| host.clone())))
    }

    /// One product elsewhere.
    ///
    /// # Errors
    /// [`InvalidHost`]; plain `http` leads to this machine alone.
    pub fn with(mut self, product: Product, base: &str) -> Result<Self, InvalidHost> {
        self.0[product as usize] = Host::parse(base)?;
        Ok(self)
    }

    pub(super) fn of(&self, product: Product) -> &Host {
        &self.0[product as usize]
    }
}

impl Default for Hosts {
    fn default() -> Self {
        Self(Product::ALL.map(|product| Host::named(format!("{}.twilio.com", product.name()))))
    }
}

#[derive(Clone, PartialEq, Eq)]
pub(super) struct Host {
    pub(super) encrypted: bool,
    /// Without the brackets of IPv6.
    pub(super) name: String,
    pub(super) port: u16,
    /// For the header.
    authority: String,
}

impl Host {
    fn named(name: String) -> Self {
        Self { encrypted: true, port: 443, authority: name.clone(), name }
    }

    fn parse(base: &str) -> Result<Self, InvalidHost> {
        let uri: Uri = base.parse().map_err(|_| InvalidHost::NotABase)?;
        let (scheme, authority) = uri.scheme_str().zip(uri.authority()).ok_or(InvalidHost::NotABase)?;
        let bare = uri.path_and_query().is_none_or(|rest| rest == "/") && !authority.as_str().contains('@');
        let encrypted = match scheme {
            "https" => true,
            "http" => false,
            _ => return Err(InvalidHost::NotABase),
        };
        let name = authority.host().trim_start_matches('[').trim_end_matches(']').to_owned();
        if !bare || name.is_empty() {
            return Err(InvalidHost::NotABase);
        }
        let is_here = name == "localhost" || name.parse().is_ok_and(|address: IpAddr| address.is_loopback());
        if !encrypted && !is_here {
            return Err(InvalidHost::NotEncrypted);
        }
        let port = authority.port_u16().unwrap_or(if encrypted { 443 } else { 80 });
        Ok(Self { encrypted, name, port, authority: authority.as_str().to_owned() })
    }

    /// What stands before every path.
    pub(super) fn base(&self) -> String {
        format!("{}://{}", if self.encrypted { "https" } else { "http" }, self.authority)
    }

    /// Where a link of this host's answer leads. What was encrypted stays so.
    pub(super) fn leads_to(&self, link: &str) -> Option<(Self, String)> {
        let uri: Uri = link.parse().ok()?;
        let path = uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        let host = match (uri.scheme_str(), uri.authority()) {
            (Some(scheme), Some(authority)) => Self::parse(&format!("{scheme}://{authority}")).ok()?,
            (None, None) => self.clone(),
            _ => return None,
        };
        (host.encrypted || !self.encrypted).then_some((host, path))
    }

    pub(super) fn header(&self) -> Option<HeaderValue> {
        HeaderValue::from_str(&self.authority).ok()
    }
}

impl fmt::Debug for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.base())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(base: &str, expected: Result<(&str, u16), InvalidHost>) {
        let hosts = Hosts::all_at(base);
        let host = hosts.as_ref().map(|hosts| hosts.of(Product::Pricing)).map_err(|refusal| *refusal);
        assert_eq!(host.map(|host| (host.name.as_str(), host.port)), expected, "{base}");
    }

    #[test]
    fn bases() {
        check("https://twilio.example.org", Ok(("twilio.example.org", 443)));
        check("https://twilio.example.org:8443/", Ok(("twilio.example.org", 8443)));
        check("http://127.0.0.1:4010", Ok(("127.0.0.1", 4010)));
        check("http://[::1]:4010", Ok(("::1", 4010)));
        check("http://localhost", Ok(("localhost", 80)));
        check("http://twilio.example.org", Err(InvalidHost::NotEncrypted));
        check("http://127.0.0.1.example.org", Err(InvalidHost::NotEncrypted));
        check("https://twilio.example.org/2010-04-01", Err(InvalidHost::NotABase));
        check("https://twilio.example.org?x=1", Err(InvalidHost::NotABase));
        check("https://user@twilio.example.org", Err(InvalidHost::NotABase));
        check("ftp://127.0.0.1", Err(InvalidHost::NotABase));
        check("127.0.0.1:4010", Err(InvalidHost::NotABase));
        check("", Err(InvalidHost::NotABase));
    }

    #[test]
    fn where_links_lead() {
        let (here, twilio) = (Hosts::all_at("http://127.0.0.1:4010").unwrap(), Hosts::default());
        let led = |hosts: &Hosts, link: &str| {
            hosts.of(Product::Api).leads_to(link).map(|(host, path)| format!("{host:?} {path}"))
        };
        let cdn = "https://media.twiliocdn.com/AC1/x?sign=1";
        assert_eq!(led(&twilio, cdn).as_deref(), Some("https://media.twiliocdn.com /AC1/x?sign=1"));
        assert_eq!(led(&twilio, "/x").as_deref(), Some("https://api.twilio.com /x"));
        assert_eq!(led(&here, "http://127.0.0.1:9/x").as_deref(), Some("http://127.0.0.1:9 /x"));
        for link in ["http://127.0.0.1:9/x", "http://media.twiliocdn.com/x", "https://a@b/x", "ftp://a/x", "", "a b"] {
            assert_eq!(led(&twilio, link), None, "{link}");
        }
        assert_eq!(led(&here, "http://media.twiliocdn.com/x"), None);
    }

    #[test]
    fn twilio_s_own() {
        let all = |hosts: &Hosts| hosts.0.iter().map(|host| host.name.clone()).collect::<Vec<_>>().join(" ");
        let default = "api.twilio.com pricing.twilio.com numbers.twilio.com messaging.twilio.com lookups.twilio.com";
        assert_eq!(all(&Hosts::default()), default);
        assert!(all(&Hosts::region("sydney", "au1").unwrap()).starts_with("api.sydney.au1.twilio.com pricing.sydney"));
        assert_eq!(Hosts::region("evil.example.org/", "au1"), Err(InvalidHost::NotABase));
        let mixed = Hosts::default().with(Product::Numbers, "http://127.0.0.1:1").unwrap();
        assert_eq!((mixed.of(Product::Numbers).port, mixed.of(Product::Lookups).port), (1, 443));
    }
}
