//! What a token says, once its signature counts.

use api::Role;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};

use super::TrustedIssuer;
use crate::{caller, secret::opaque_id};

/// How far the issuer's clock may be ahead of ours.
const LEEWAY: SignedDuration = SignedDuration::from_secs(60);

/// How much of a subject the audit log repeats, and of a name is shown.
const LONGEST_SUBJECT: usize = 120;

/// Whoever shows a token that counts.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Bearer {
    /// As the audit log names them.
    pub(crate) author: String,
    /// The highest of the roles that they have.
    pub(crate) role: Option<Role>,
    /// What to call them.
    pub(crate) name: String,
    /// Until when it counts.
    pub(crate) expires_at: Timestamp,
}

/// Why a token of the issuer does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotMeant {
    #[error("it names another issuer")]
    AnotherIssuer,
    #[error("it is meant for somebody else")]
    AnotherAudience,
    #[error("it does not say until when it counts")]
    NoEnd,
    #[error("it has expired")]
    Expired,
    #[error("it does not count yet")]
    NotYet,
    #[error("it does not say who shows it")]
    NoSubject,
}

/// Whom a token is about, if it is meant for us, now.
pub(super) fn bearer(claims: &Map<String, Value>, trusted: &TrustedIssuer, now: Timestamp) -> Result<Bearer, NotMeant> {
    if claims.get("iss").and_then(Value::as_str) != Some(trusted.url.as_str()) {
        return Err(NotMeant::AnotherIssuer);
    }
    if !words(claims.get("aud")).any(|audience| audience == trusted.audience) {
        return Err(NotMeant::AnotherAudience);
    }
    let end = claims.get("exp").and_then(Value::as_f64).ok_or(NotMeant::NoEnd)?;
    if end <= seconds(now) {
        return Err(NotMeant::Expired);
    }
    let latest = seconds(now) + LEEWAY.as_secs_f64();
    let begins = ["nbf", "iat"].into_iter().filter_map(|name| claims.get(name));
    if !begins.map(Value::as_f64).all(|begin| begin.is_some_and(|begin| begin <= latest)) {
        return Err(NotMeant::NotYet);
    }
    let subject = claims.get("sub").and_then(Value::as_str).unwrap_or_default();
    if subject.is_empty() || subject.contains(char::is_control) {
        return Err(NotMeant::NoSubject);
    }
    let role = words(claims.get(&trusted.role_claim)).filter_map(caller::role).max();
    let name = claims.get("name").and_then(Value::as_str).map(str::trim).unwrap_or_default();
    let name = if name.is_empty() || name.contains(char::is_control) { subject } else { name };
    let name = name.chars().take(LONGEST_SUBJECT).collect();
    Ok(Bearer { author: author(subject), role, name, expires_at: instant(end) })
}

/// A text, or those of a list.
fn words(claim: Option<&Value>) -> impl Iterator<Item = &str> {
    let several = claim.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    claim.into_iter().chain(several).filter_map(Value::as_str)
}

fn seconds(instant: Timestamp) -> f64 {
    instant.as_duration().as_secs_f64()
}

/// Whole seconds since 1970; what lies beyond all calendars is their end.
fn instant(seconds: f64) -> Timestamp {
    let since = SignedDuration::try_from_secs_f64(seconds.floor()).ok();
    since.and_then(|since| Timestamp::from_duration(since).ok()).unwrap_or(Timestamp::MAX)
}

/// Two subjects that begin alike stay two.
fn author(subject: &str) -> String {
    let begin: String = subject.chars().take(LONGEST_SUBJECT).collect();
    if begin.len() == subject.len() {
        return format!("oidc:{subject}");
    }
    format!("oidc:{begin}…{}", opaque_id(&[subject]))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NOW: i64 = 1_795_165_200;

    fn read(change: Value) -> Result<Bearer, NotMeant> {
        let trusted = TrustedIssuer {
            url: "https://login.example.org/".parse().unwrap(),
            audience: "dutyline".to_owned(),
            role_claim: "https://example.org/role".to_owned(),
        };
        let mut claims = json!({
            "iss": "https://login.example.org/", "aud": "dutyline", "exp": NOW + 300, "sub": "ada",
            "https://example.org/role": "operator",
        });
        let claims = claims.as_object_mut().unwrap();
        for (name, value) in change.as_object().unwrap() {
            match value {
                Value::Null => claims.remove(name),
                value => claims.insert(name.clone(), value.clone()),
            };
        }
        bearer(claims, &trusted, Timestamp::from_second(NOW).unwrap())
    }

    fn check(change: Value, refused: NotMeant) {
        assert_eq!(read(change.clone()), Err(refused), "{change}");
    }

    #[test]
    fn a_token_is_for_us_and_now() {
        let bearer = Bearer {
            author: "oidc:ada".to_owned(),
            role: Some(Role::Operator),
            name: "ada".to_owned(),
            expires_at: Timestamp::from_second(NOW + 300).unwrap(),
        };
        assert_eq!(read(json!({})), Ok(bearer));
        for issuer in [json!(null), json!("https://login.example.org"), json!(["https://login.example.org/"])] {
            check(json!({"iss": issuer}), NotMeant::AnotherIssuer);
        }
        for audience in [json!(null), json!("other"), json!([]), json!(["other"]), json!({"dutyline": 1}), json!("")] {
            check(json!({"aud": audience}), NotMeant::AnotherAudience);
        }
        assert!(read(json!({"aud": ["other", "dutyline"]})).is_ok());
        for end in [json!(null), json!("2027-01-01T00:00:00Z"), json!([NOW + 300])] {
            check(json!({"exp": end}), NotMeant::NoEnd);
        }
        for subject in [json!(null), json!(""), json!(7), json!("ada\n"), json!(["ada"])] {
            check(json!({"sub": subject}), NotMeant::NoSubject);
        }
    }

    #[test]
    fn an_end_is_an_end_and_a_beginning_has_a_minute_s_leeway() {
        check(json!({"exp": NOW}), NotMeant::Expired);
        check(json!({"exp": -1}), NotMeant::Expired);
        assert!(read(json!({"exp": NOW + 1})).is_ok() && read(json!({"exp": 1_795_165_200.5})).is_ok());
        for begin in ["nbf", "iat"] {
            assert!(read(json!({begin: NOW + 60})).is_ok() && read(json!({begin: 0})).is_ok());
            check(json!({begin: NOW + 61}), NotMeant::NotYet);
            check(json!({begin: "soon"}), NotMeant::NotYet);
        }
    }

    #[test]
    fn somebody_is_called_what_they_are_called() {
        let name = |name: Value| read(json!({"name": name})).unwrap().name;
        assert_eq!((name(json!(" Ada Lovelace ")), name(json!(7))), ("Ada Lovelace".to_owned(), "ada".to_owned()));
        assert_eq!((name(json!("a\u{7}b")), name(json!(" "))), ("ada".to_owned(), "ada".to_owned()));
        assert_eq!(name(json!("ø".repeat(121))), "ø".repeat(120));
        assert_eq!(read(json!({"exp": 1e300})).unwrap().expires_at, Timestamp::MAX);
    }

    #[test]
    fn the_highest_role_counts() {
        let role = |claim: Value| read(json!({"https://example.org/role": claim})).unwrap().role;
        assert_eq!(role(json!(["reader", "admin", "operator", "cook", 7])), Some(Role::Admin));
        assert_eq!(role(json!("reader")), Some(Role::Reader));
        for none in
            [json!(null), json!([]), json!("Admin"), json!("reader admin"), json!({"admin": true}), json!([["admin"]])]
        {
            assert_eq!(role(none.clone()), None, "{none}");
        }
    }

    #[test]
    fn long_subjects_are_shortened_and_stay_apart() {
        let author = |end: &str| read(json!({"sub": format!("{}{end}", "ø".repeat(120))})).unwrap().author;
        assert_eq!(author(""), format!("oidc:{}", "ø".repeat(120)));
        assert_eq!(author(&"x".repeat(5000)).chars().count(), 5 + 120 + 1 + 12);
        assert_ne!(author("a"), author("b"));
    }
}
