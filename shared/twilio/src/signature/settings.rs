/// `X-Twilio-Webhooks-Signature-Settings`: which key signed, and how.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Settings<'a> {
    /// `None`: the auth token.
    pub(crate) key: Option<&'a str>,
    pub(crate) algorithm: Algorithm,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Algorithm {
    HmacSha1,
    HmacSha256,
}

/// Why the signature settings header is not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidSettings {
    /// An algorithm that we do not know: refused rather than guessed at.
    #[error("unknown signature algorithm")]
    UnknownAlgorithm,
    /// `key` or `algorithm` is given twice or is empty.
    #[error("{0} is empty or repeated")]
    EmptyOrRepeated(&'static str),
}

impl<'a> Settings<'a> {
    /// An absent or empty header, and one without `algorithm`, mean HMAC-SHA1, as in the official
    /// libraries. Unknown names are ignored.
    pub(crate) fn parse(header: Option<&'a str>) -> Result<Self, InvalidSettings> {
        let (mut key, mut algorithm) = (None, None);
        for (name, value) in header.unwrap_or("").split(',').filter_map(|part| part.split_once('=')) {
            let (slot, name) = match name.trim() {
                "key" => (&mut key, "key"),
                "algorithm" => (&mut algorithm, "algorithm"),
                _ => continue,
            };
            if value.trim().is_empty() || slot.replace(value.trim()).is_some() {
                return Err(InvalidSettings::EmptyOrRepeated(name));
            }
        }
        let algorithm = match algorithm {
            None => Algorithm::HmacSha1,
            Some(name) if name.eq_ignore_ascii_case("HMAC_SHA1") => Algorithm::HmacSha1,
            Some(name) if name.eq_ignore_ascii_case("HMAC_SHA256") => Algorithm::HmacSha256,
            Some(_) => return Err(InvalidSettings::UnknownAlgorithm),
        };
        Ok(Self { key, algorithm })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Algorithm::*;
    use InvalidSettings::*;

    #[track_caller]
    fn check(header: &str, expected: Result<(Option<&str>, Algorithm), InvalidSettings>) {
        let expected = expected.map(|(key, algorithm)| Settings { key, algorithm });
        assert_eq!(Settings::parse(Some(header)), expected, "{header}");
    }

    #[test]
    fn headers() {
        assert_eq!(Settings::parse(None), Ok(Settings { key: None, algorithm: HmacSha1 }));
        check("", Ok((None, HmacSha1)));
        check("key=k1,algorithm=HMAC_SHA256", Ok((Some("k1"), HmacSha256)));
        check(" algorithm = hmac_sha256 , key = k1 ", Ok((Some("k1"), HmacSha256)));
        check("key=k1", Ok((Some("k1"), HmacSha1)));
        check("algorithm=HMAC_SHA256", Ok((None, HmacSha256)));
        check("key=k1,algorithm=HMAC_SHA256,version=2", Ok((Some("k1"), HmacSha256)));
        check("key=a=b", Ok((Some("a=b"), HmacSha1)));
        check("algorithm=HMAC_SHA512", Err(UnknownAlgorithm));
        check("algorithm=none", Err(UnknownAlgorithm));
        check("algorithm=", Err(EmptyOrRepeated("algorithm")));
        check("key=,algorithm=HMAC_SHA256", Err(EmptyOrRepeated("key")));
        check("key=k1,key=k2", Err(EmptyOrRepeated("key")));
        check("algorithm=HMAC_SHA1,algorithm=HMAC_SHA256", Err(EmptyOrRepeated("algorithm")));
    }
}
