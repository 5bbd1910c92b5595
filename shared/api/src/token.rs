//! Tokens, by which callers of this API are known.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What the bearer of a token may do; each includes those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// See everything but secrets.
    Reader,
    /// Change schedules and their overrides, set modes of services, act on incidents and verify phones, too.
    Operator,
    /// Change everything.
    Admin,
}

impl Role {
    /// As it is written in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Operator => "operator",
            Self::Admin => "admin",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A token to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "name": "nightly backup", "role": "reader", "expires_at": "2027-01-01T00:00:00Z",
}))))]
#[serde(deny_unknown_fields)]
pub struct NewToken {
    /// What it is for.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub name: String,
    /// What its bearer may do.
    pub role: Role,
    /// When it ends; never, if null.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = "date-time"))]
    pub expires_at: Option<Timestamp>,
}

/// A token without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "id": "k7f3m2q9abcd", "name": "nightly backup", "role": "reader", "last4": "x4Qd",
    "created_at": "2026-11-20T09:00:00Z", "created_by": "bootstrap", "expires_at": "2027-01-01T00:00:00Z",
}))))]
pub struct Token {
    /// Its id, which the audit log names.
    pub id: String,
    /// What it is for.
    pub name: String,
    /// What its bearer may do.
    pub role: Role,
    /// The last four characters, by which its bearer finds it.
    pub last4: String,
    /// When it was made.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "date-time"))]
    pub created_at: Timestamp,
    /// The id of the token by which it was made; `bootstrap` is the first administrator's.
    pub created_by: String,
    /// When it ends; never, if null.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = "date-time"))]
    pub expires_at: Option<Timestamp>,
}

/// A token that was just made, with its secret: this is the only time that it is shown.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "token": {
        "id": "k7f3m2q9abcd", "name": "nightly backup", "role": "reader", "last4": "x4Qd",
        "created_at": "2026-11-20T09:00:00Z", "created_by": "bootstrap", "expires_at": "2027-01-01T00:00:00Z",
    },
    "secret": "dl_k7f3m2q9abcd_…x4Qd",
}))))]
pub struct CreatedToken {
    /// What it is from then on.
    pub token: Token,
    /// What its bearer sends as `Authorization: Bearer <secret>`.
    pub secret: String,
}

impl fmt::Debug for CreatedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CreatedToken").field("token", &self.token).finish_non_exhaustive()
    }
}
