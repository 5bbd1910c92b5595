//! Types of the domain in JSON, although the domain does not know serde.
//!
//! Serde's remote derive mirrors one value; [`Listed`] and [`Maybe`] lift a mirror to lists and options, and
//! [`Shown`] is what `#[serde(with = …)]` names.

use std::{collections::VecDeque, fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error as _, Visitor},
};

/// How values of another crate's type are written and read.
pub(crate) trait Mirror {
    /// The other crate's type.
    type Of;
    fn write<S: Serializer>(of: &Self::Of, serializer: S) -> Result<S::Ok, S::Error>;
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self::Of, D::Error>;
}

/// `#[serde(with = "Shown::<M>")]`.
pub(crate) struct Shown<M>(PhantomData<M>);

impl<M: Mirror> Shown<M> {
    pub(crate) fn serialize<S: Serializer>(of: &M::Of, serializer: S) -> Result<S::Ok, S::Error> {
        M::write(of, serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<M::Of, D::Error> {
        M::read(deserializer)
    }
}

/// A list.
pub(crate) struct Listed<M>(PhantomData<M>);

impl<M: Mirror> Mirror for Listed<M> {
    type Of = Vec<M::Of>;

    fn write<S: Serializer>(of: &Self::Of, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(of.iter().map(Written::<M>))
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self::Of, D::Error> {
        Vec::<Read<M>>::deserialize(deserializer).map(|list| list.into_iter().map(|read| read.0).collect())
    }
}

/// A list that is shortened at its beginning.
pub(crate) struct Queued<M>(PhantomData<M>);

impl<M: Mirror> Mirror for Queued<M> {
    type Of = VecDeque<M::Of>;

    fn write<S: Serializer>(of: &Self::Of, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(of.iter().map(Written::<M>))
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self::Of, D::Error> {
        Listed::<M>::read(deserializer).map(VecDeque::from)
    }
}

/// Something that may be absent.
pub(crate) struct Maybe<M>(PhantomData<M>);

impl<M: Mirror> Mirror for Maybe<M> {
    type Of = Option<M::Of>;

    fn write<S: Serializer>(of: &Self::Of, serializer: S) -> Result<S::Ok, S::Error> {
        of.as_ref().map(Written::<M>).serialize(serializer)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self::Of, D::Error> {
        Ok(Option::<Read<M>>::deserialize(deserializer)?.map(|read| read.0))
    }
}

/// A value to be written.
pub(crate) struct Written<'a, M: Mirror>(pub(crate) &'a M::Of);

impl<M: Mirror> Serialize for Written<'_, M> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        M::write(self.0, serializer)
    }
}

/// A value that has been read.
pub(crate) struct Read<M: Mirror>(pub(crate) M::Of);

impl<'de, M: Mirror> Deserialize<'de> for Read<M> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        M::read(deserializer).map(Self)
    }
}

/// Makes documents with serde's remote derive usable in lists and options.
macro_rules! mirrors {
    ($($document:ident of $domain:ty),+ $(,)?) => {$(
        impl $crate::document::mirror::Mirror for $document {
            type Of = $domain;

            fn write<S: serde::Serializer>(of: &$domain, serializer: S) -> Result<S::Ok, S::Error> {
                $document::serialize(of, serializer)
            }

            fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<$domain, D::Error> {
                $document::deserialize(deserializer)
            }
        }
    )+};
}
pub(crate) use mirrors;

/// A switch that is off is not written.
pub(crate) fn is_no(switch: &bool) -> bool {
    !*switch
}

/// A text that stands for a value. It never stands in an error: it may be a telephone number.
struct TextVisitor<T>(fn(&str) -> Option<T>);

impl<T> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text of the right form")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
        (self.0)(text).ok_or_else(|| E::custom("a text is not of the right form"))
    }
}

/// Reads a text that stands for a value.
pub(crate) fn read_text<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    parse: fn(&str) -> Option<T>,
) -> Result<T, D::Error> {
    deserializer.deserialize_str(TextVisitor(parse)).map_err(D::Error::custom)
}

macro_rules! texts {
    ($($text:ty: $write:expr, $read:expr;)+) => {$(
        impl Mirror for $text {
            type Of = $text;

            fn write<S: Serializer>(of: &$text, serializer: S) -> Result<S::Ok, S::Error> {
                let write: fn(&$text) -> &str = $write;
                serializer.serialize_str(write(of))
            }

            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<$text, D::Error> {
                read_text(deserializer, $read)
            }
        }
    )+};
}

texts! {
    oncall::CalendarId: Self::Of::as_str, |text| Some(Self::Of::new(text));
    oncall::CallId: Self::Of::as_str, |text| Some(Self::Of::new(text));
    oncall::IncidentId: Self::Of::as_str, |text| Some(Self::Of::new(text));
    oncall::LineId: Self::Of::as_str, |text| Some(Self::Of::new(text));
    oncall::PersonId: Self::Of::as_str, |text| Some(Self::Of::new(text));
    oncall::PolicyId: Self::Of::as_str, |text| Some(Self::Of::new(text));
    oncall::ScheduleId: Self::Of::as_str, |text| Some(Self::Of::new(text));
    oncall::ServiceId: Self::Of::as_str, |text| Some(Self::Of::new(text));
    oncall::TeamId: Self::Of::as_str, |text| Some(Self::Of::new(text));
    oncall::ThreadId: Self::Of::as_str, |text| Some(Self::Of::new(text));
    phone::PhoneNumber: Self::Of::as_e164, |text| text.parse().ok();
    crate::Address: Self::Of::as_str, |text| text.parse().ok();
    phone::NumberPattern: Self::Of::as_str, |text| text.parse().ok();
}
