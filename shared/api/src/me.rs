//! Whoever asks.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Role;

/// Whoever asks, as their token tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({
    "id": "k7f3m2q9abcd", "name": "nightly backup", "role": "reader", "how": "token",
    "expires_at": "2027-01-01T00:00:00Z",
}))))]
pub struct Me {
    /// As the audit log names them: a token's id, `oidc:` and the subject of an issuer's JWT, or `bootstrap`.
    pub id: String,
    /// What to call them: the token's name, or the JWT's `name` and without one its subject.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// By what they are known.
    pub how: How,
    /// Until when what they show counts; for as long as nobody revokes it, if null.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = "date-time"))]
    pub expires_at: Option<Timestamp>,
}

/// By what somebody is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// A token of `POST /api/v1/tokens`.
    Token,
    /// A JWT of the issuer.
    Issuer,
    /// The first administrator's token, which stands in Secrets Manager.
    Bootstrap,
}
