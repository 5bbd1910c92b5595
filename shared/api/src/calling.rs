//! Who calls, as a telephone network says it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Number;

/// A caller: their number in E.164 form, or what Twilio sends of somebody who hides it, as `anonymous` or `+266696687`.
/// Not shown in `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Calling(pub String);

impl fmt::Debug for Calling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Calling(…)")
    }
}

impl From<Number> for Calling {
    fn from(number: Number) -> Self {
        Self(number.0.as_e164().to_owned())
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Calling {}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Calling {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::Type::String)
            .description(Some(
                "a phone number such as +4721000000, or what Twilio sends of somebody who hides theirs: anonymous, \
                 restricted, +266696687 and the like",
            ))
            .pattern(Some("^(\\+?[1-9][0-9]{5,14}|[A-Za-z]{1,20})$"))
            .examples(["anonymous"])
            .into()
    }
}
