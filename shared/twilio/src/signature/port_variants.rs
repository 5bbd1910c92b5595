use std::borrow::Cow;

/// The spellings of one URL that Twilio may have signed: without any port, and with the port it has,
/// or else the scheme's own.
///
/// Twilio's back ends are not consistent about the port, so the official libraries accept both; no
/// other port is guessed. Everything else stays as it is, byte for byte: user info, IPv6 brackets, path
/// and query. A fragment is never signed and is dropped.
pub(crate) fn port_variants(url: &str) -> Vec<Cow<'_, str>> {
    let url = url.split_once('#').map_or(url, |(before, _)| before);
    let Some((scheme, rest)) = url.split_once("://") else {
        return vec![url.into()];
    };
    let authority = &rest[..rest.find(['/', '?']).unwrap_or(rest.len())];
    let host_starts = authority.rfind('@').map_or(0, |at| at + 1);
    let host = &authority[host_starts..];
    let after_brackets = host.rfind(']').map_or(0, |bracket| bracket + 1);
    let colon = host[after_brackets..].find(':').map(|colon| after_brackets + colon);
    let authority_starts = scheme.len() + "://".len();
    let authority_ends = authority_starts + authority.len();
    let splice = |from: usize, port: &str| Cow::Owned([&url[..from], port, &url[authority_ends..]].concat());
    match (colon, scheme) {
        (Some(colon), _) => {
            vec![url.into(), splice(authority_starts + host_starts + colon, "")]
        }
        (None, scheme) if scheme.eq_ignore_ascii_case("https") => {
            vec![url.into(), splice(authority_ends, ":443")]
        }
        (None, scheme) if scheme.eq_ignore_ascii_case("http") => {
            vec![url.into(), splice(authority_ends, ":80")]
        }
        (None, _) => vec![url.into()],
    }
}

#[cfg(test)]
mod tests {
    #[track_caller]
    fn check(url: &str, variants: &[&str]) {
        assert_eq!(super::port_variants(url), variants);
    }

    #[test]
    fn variants() {
        check("https://x.org/v?a=1", &["https://x.org/v?a=1", "https://x.org:443/v?a=1"]);
        check("http://x.org", &["http://x.org", "http://x.org:80"]);
        check("HTTPS://x.org?a", &["HTTPS://x.org?a", "HTTPS://x.org:443?a"]);
        check("https://x.org:8443/v", &["https://x.org:8443/v", "https://x.org/v"]);
        check("https://u:p@x.org/v", &["https://u:p@x.org/v", "https://u:p@x.org:443/v"]);
        check("https://u:p@x.org:1/v", &["https://u:p@x.org:1/v", "https://u:p@x.org/v"]);
        check("https://[2001:db8::1]/v", &["https://[2001:db8::1]/v", "https://[2001:db8::1]:443/v"]);
        check("https://[::1]:8443/v", &["https://[::1]:8443/v", "https://[::1]/v"]);
        check("https://x.org/a:1@b?c=d:2", &["https://x.org/a:1@b?c=d:2", "https://x.org:443/a:1@b?c=d:2"]);
        check("https://x.org/v?", &["https://x.org/v?", "https://x.org:443/v?"]);
        check("https://x.org/v#rc=3&rp=all", &["https://x.org/v", "https://x.org:443/v"]);
        check("ftp://x.org/v", &["ftp://x.org/v"]);
        check("/v", &["/v"]);
        check("", &[""]);
    }
}
