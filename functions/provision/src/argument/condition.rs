//! Conditions on the version of what is asked for or changed (RFC 9110, section 13).

use axum::{
    extract::FromRequestParts,
    http::{
        HeaderMap,
        header::{HeaderName, IF_MATCH, IF_NONE_MATCH},
        request::Parts,
    },
};

use super::Argument;
use crate::{
    app::App,
    describe::Description,
    failure::{Cause, Failure},
};

/// `If-Match` and `If-None-Match`.
#[derive(Debug)]
pub(crate) struct Conditions {
    if_match: Option<Tags>,
    if_none_match: Option<Tags>,
}

/// What a write is made on condition of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Condition {
    /// There is none yet.
    Absent,
    /// There is one.
    Present,
    /// It is one of these versions.
    Versions(Vec<u64>),
}

/// The tags that a header names, without their quotes.
#[derive(PartialEq, Eq, Debug)]
enum Tags {
    Any,
    These { strong: Vec<String>, weak: Vec<String> },
}

impl Conditions {
    /// What a write is made on condition of.
    pub(crate) fn of_write(&self) -> Result<Condition, Failure> {
        match (&self.if_match, &self.if_none_match) {
            (Some(Tags::Any), None) => Ok(Condition::Present),
            (Some(Tags::These { strong, .. }), None) => {
                Ok(Condition::Versions(strong.iter().filter_map(|tag| version(tag)).collect()))
            }
            (None, Some(Tags::Any)) => Ok(Condition::Absent),
            (None, None) => Err(Failure::from(Cause::PreconditionRequired).detail(
                "send If-Match with the ETag that you have read (or * for any), or If-None-Match: * to create",
            )),
            _ => Err(Failure::from(Cause::Malformed).detail("a write takes either If-Match, or If-None-Match: *")),
        }
    }

    /// The same for a write that may be made without a condition.
    pub(crate) fn of_write_if_any(&self) -> Result<Option<Condition>, Failure> {
        if self.if_match.is_none() && self.if_none_match.is_none() { Ok(None) } else { self.of_write().map(Some) }
    }

    /// Whether whoever reads has this version already.
    pub(crate) fn is_known(&self, version: u64) -> bool {
        self.knows(&version.to_string())
    }

    /// Whether whoever reads has what has this tag already.
    pub(crate) fn knows(&self, tag: &str) -> bool {
        match &self.if_none_match {
            Some(Tags::Any) => true,
            Some(Tags::These { strong, weak }) => strong.iter().chain(weak).any(|known| known == tag),
            None => false,
        }
    }
}

impl FromRequestParts<App> for Conditions {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Failure> {
        let (if_match, if_none_match) = (tags(&parts.headers, IF_MATCH)?, tags(&parts.headers, IF_NONE_MATCH)?);
        Ok(Self { if_match, if_none_match })
    }
}

fn tags(headers: &HeaderMap, name: HeaderName) -> Result<Option<Tags>, Failure> {
    let mut all = Vec::new();
    for value in headers.get_all(&name) {
        let unreadable = || Failure::from(Cause::Malformed).detail(format!("{name} is not a list of ETags"));
        all.extend(value.to_str().map_err(|_| unreadable())?.split(',').map(str::trim));
        if all.iter().any(|tag| *tag != "*" && !is_tag(tag)) {
            return Err(unreadable());
        }
    }
    if all.is_empty() {
        return Ok(None);
    }
    if all.contains(&"*") {
        return Ok(Some(Tags::Any));
    }
    let (weak, strong): (Vec<&str>, Vec<&str>) = all.into_iter().partition(|tag| tag.starts_with("W/"));
    let opaque = |tag: &str| tag.strip_prefix("W/").unwrap_or(tag).trim_matches('"').to_owned();
    let opaques = |tags: Vec<&str>| tags.into_iter().map(opaque).collect();
    Ok(Some(Tags::These { strong: opaques(strong), weak: opaques(weak) }))
}

fn is_tag(tag: &str) -> bool {
    let opaque = tag.strip_prefix("W/").unwrap_or(tag).strip_prefix('"').and_then(|tag| tag.strip_suffix('"'));
    opaque.is_some_and(|opaque| !opaque.contains('"'))
}

/// The version with which a tag of ours begins.
fn version(tag: &str) -> Option<u64> {
    tag.split('.').next()?.parse().ok()
}

impl Condition {
    /// Whether it holds for the version that there is.
    pub(crate) fn holds(&self, current: u64) -> bool {
        match self {
            Self::Absent => false,
            Self::Present => true,
            Self::Versions(versions) => versions.contains(&current),
        }
    }
}

impl Argument for Conditions {
    fn describe(description: &mut Description) {
        description.request_header("If-Match", "To change something: the ETag that was read, or `*` for any.");
        let about = "`*` to create something that must not be there yet; to read, the ETag that is known.";
        description.request_header("If-None-Match", about);
        description.refuses(&[Cause::Malformed]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn conditions(if_match: Option<&str>, if_none_match: Option<&str>) -> Result<Conditions, Failure> {
        let headers = |value: Option<&str>, name: HeaderName| {
            let headers: HeaderMap = value.into_iter().map(|value| (name.clone(), value.parse().unwrap())).collect();
            tags(&headers, name)
        };
        let (if_match, if_none_match) = (headers(if_match, IF_MATCH)?, headers(if_none_match, IF_NONE_MATCH)?);
        Ok(Conditions { if_match, if_none_match })
    }

    #[track_caller]
    fn check(if_match: Option<&str>, if_none_match: Option<&str>, expected: Option<Condition>) {
        let condition = conditions(if_match, if_none_match).and_then(|conditions| conditions.of_write());
        assert_eq!(condition.ok(), expected);
    }

    #[test]
    fn a_write_names_what_it_was_built_on() {
        check(Some("\"3\""), None, Some(Condition::Versions(vec![3])));
        check(Some("\"3\", \"5\""), None, Some(Condition::Versions(vec![3, 5])));
        check(Some("\"3.0f1e\""), None, Some(Condition::Versions(vec![3])));
        check(Some("*"), None, Some(Condition::Present));
        check(None, Some("*"), Some(Condition::Absent));
        // tags that are not ours match nothing, and weak ones do not match a write
        check(Some("\"abc\""), None, Some(Condition::Versions(vec![])));
        check(Some("W/\"3\""), None, Some(Condition::Versions(vec![])));
        for (if_match, if_none_match) in [(None, None), (Some("3"), None), (Some("\"3"), None), (None, Some("\"3\""))] {
            check(if_match, if_none_match, None);
        }
        check(Some("*"), Some("*"), None);
    }

    #[test]
    fn some_writes_need_none() {
        let read = |if_match| conditions(if_match, None).unwrap().of_write_if_any().unwrap();
        assert_eq!((read(None), read(Some("*"))), (None, Some(Condition::Present)));
        assert_eq!(read(Some("\"3\"")), Some(Condition::Versions(vec![3])));
    }

    #[test]
    fn a_reader_knows_a_version_by_either_kind_of_tag() {
        let known = |tag, version| conditions(None, tag).unwrap().is_known(version);
        assert!(
            known(Some("\"3\""), 3)
                && known(Some("W/\"3\""), 3)
                && known(Some("\"1\", \"3\""), 3)
                && known(Some("*"), 9)
        );
        assert!(!known(Some("\"3\""), 4) && !known(Some("\"3.0f1e\""), 3) && !known(None, 4));
        assert!(conditions(None, Some("\"3.0f1e\"")).unwrap().knows("3.0f1e"));
    }
}
