//! Telephone numbers in JSON.

use std::{fmt, str::FromStr};

use phone::PhoneNumber;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

macro_rules! text {
    ($(#[$about:meta])* $name:ident($of:ty), $as_text:ident, $expected:literal, $pattern:literal, $example:literal) => {
        $(#[$about])*
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name(pub $of);

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.0.$as_text())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Text;
                impl de::Visitor<'_> for Text {
                    type Value = $name;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($expected)
                    }

                    fn visit_str<E: de::Error>(self, text: &str) -> Result<$name, E> {
                        <$of>::from_str(text).map($name).map_err(E::custom)
                    }
                }
                deserializer.deserialize_str(Text)
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $name {}

        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::Type::String)
                    .description(Some($expected))
                    .pattern(Some($pattern))
                    .examples([$example])
                    .into()
            }
        }
    };
}

text! {
    /// A telephone number in E.164 form. Masked in `Debug`, whole in JSON.
    Number(PhoneNumber), as_e164, "a phone number such as +4721000000", "^\\+[1-9][0-9]{6,14}$", "+4721000000"
}

text! {
    /// A number with wildcards, as block lists have it.
    NumberPattern(phone::NumberPattern), as_str, "a number with wildcards such as +47* or *1234",
    "^[+*][0-9*]{1,40}$", "+4790*"
}
