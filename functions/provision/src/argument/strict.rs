//! JSON and queries read as the OpenAPI document describes them, and refused in its words.
//!
//! What serde derives for a struct reads a list of its members' values, too, and says what it misses in Rust's words.
//! Here only an object is an object. What is wrong is said without what was sent: that may hold a telephone number.

use std::fmt;

use phone::without_numbers;
use serde::de::{
    self, Deserializer, Expected, IntoDeserializer, Visitor,
    value::{MapAccessDeserializer, MapDeserializer, SeqDeserializer},
};
use serde_json::{Number, Value};

/// A value that is to be read.
#[derive(Debug)]
pub(crate) struct Strict {
    value: Value,
    /// Whether numbers and words are texts, as they are in a query.
    is_written: bool,
}

/// The parameters of a query.
pub(crate) type Parameters<'de, I> = MapDeserializer<'de, I, Wrong>;

/// What is wrong with it, to be read after its field.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Wrong(String);

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Wrong {}

impl de::Error for Wrong {
    fn custom<T: fmt::Display>(said: T) -> Self {
        Self(without_numbers(&said.to_string()))
    }

    fn invalid_type(_: de::Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::must_be(&expected.to_string())
    }

    fn invalid_value(_: de::Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::must_be(&expected.to_string())
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self::must_be_one_of(expected)
    }
}

const OBJECT: &str = "an object";
const LIST: &str = "a list";
const TEXT: &str = "a text";

impl Wrong {
    fn must_be(what: &str) -> Self {
        Self(format!("must be {what}"))
    }

    fn must_be_one_of(variants: &[&str]) -> Self {
        Self::must_be(&match variants {
            [only] => (*only).to_owned(),
            [first @ .., last] => format!("{} or {last}", first.join(", ")),
            [] => "left out".to_owned(),
        })
    }
}

/// What a text stands for, if whoever reads it expects more than a text.
fn text_for(expecting: &str) -> &str {
    match expecting {
        "a timestamp string" => "an instant with its offset, such as 2026-11-20T09:00:00Z",
        "a date string" => "a date, such as 2026-11-20",
        "a time string" => "a time of day, such as 08:00",
        "a string" => TEXT,
        other => other,
    }
}

fn list<'de, V: Visitor<'de>>(items: Vec<Value>, visitor: V) -> Result<V::Value, Wrong> {
    SeqDeserializer::new(items.into_iter().map(Strict::json)).deserialize_any(visitor)
}

fn object<'de, V: Visitor<'de>>(members: serde_json::Map<String, Value>, visitor: V) -> Result<V::Value, Wrong> {
    MapDeserializer::new(members.into_iter().map(|(name, value)| (name, Strict::json(value)))).deserialize_any(visitor)
}

fn number<'de, V: Visitor<'de>>(number: &Number, visitor: V) -> Result<V::Value, Wrong> {
    match (number.as_u64(), number.as_i64(), number.as_f64()) {
        (Some(number), ..) => visitor.visit_u64(number),
        (_, Some(number), _) => visitor.visit_i64(number),
        (.., Some(number)) => visitor.visit_f64(number),
        _ => Err(Wrong::must_be("a number")),
    }
}

impl Strict {
    /// A value of a body.
    pub(crate) fn json(value: Value) -> Self {
        Self { value, is_written: false }
    }

    /// The value of a parameter.
    pub(crate) fn written(text: String) -> Self {
        Self { value: Value::String(text), is_written: true }
    }

    fn integer(&self) -> Option<i128> {
        match &self.value {
            Value::Number(number) => number.as_i128(),
            Value::String(text) if self.is_written => text.parse().ok(),
            _ => None,
        }
    }

    fn text<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        let expecting = (&visitor as &dyn Expected).to_string();
        let wanted = text_for(&expecting);
        let Value::String(text) = self.value else { return Err(Wrong::must_be(wanted)) };
        // the words of a library for dates show its limits, not what to write
        let is_ours = wanted != TEXT && wanted != expecting;
        visitor.visit_string(text).map_err(|wrong| if is_ours { Wrong::must_be(wanted) } else { wrong })
    }

    fn object<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.value {
            Value::Object(members) => object(members, visitor),
            _ => Err(Wrong::must_be(OBJECT)),
        }
    }

    fn list<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.value {
            Value::Array(items) => list(items, visitor),
            _ => Err(Wrong::must_be(LIST)),
        }
    }
}

impl<'de> IntoDeserializer<'de, Wrong> for Strict {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! whole_numbers {
    ($($method:ident: $type:ident $visit:ident,)+) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
            let wrong = || Wrong::must_be(&format!("a whole number from {} to {}", $type::MIN, $type::MAX));
            let number = self.integer().and_then(|number| $type::try_from(number).ok()).ok_or_else(wrong)?;
            visitor.$visit(number)
        }
    )+};
}

macro_rules! alike {
    ($($method:ident $(($($name:ident: $type:ty),+))? as $other:ident,)+) => {$(
        fn $method<V: Visitor<'de>>(self, $($($name: $type,)+)? visitor: V) -> Result<V::Value, Wrong> {
            $($(let _ = $name;)+)?
            self.$other(visitor)
        }
    )+};
}

impl<'de> Deserializer<'de> for Strict {
    type Error = Wrong;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(is) => visitor.visit_bool(is),
            Value::Number(found) => number(&found, visitor),
            Value::String(text) => visitor.visit_string(text),
            // an enum whose tag is a member is read in this way, and takes a list that begins with its tag
            Value::Array(_) if (&visitor as &dyn Expected).to_string().starts_with("internally tagged enum") => {
                Err(Wrong::must_be(OBJECT))
            }
            Value::Array(items) => list(items, visitor),
            Value::Object(members) => object(members, visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.value {
            Value::Bool(is) => visitor.visit_bool(is),
            Value::String(text) if self.is_written && text == "true" => visitor.visit_bool(true),
            Value::String(text) if self.is_written && text == "false" => visitor.visit_bool(false),
            _ => Err(Wrong::must_be("true or false")),
        }
    }

    whole_numbers! {
        deserialize_i8: i8 visit_i8,
        deserialize_i16: i16 visit_i16,
        deserialize_i32: i32 visit_i32,
        deserialize_i64: i64 visit_i64,
        deserialize_u8: u8 visit_u8,
        deserialize_u16: u16 visit_u16,
        deserialize_u32: u32 visit_u32,
        deserialize_u64: u64 visit_u64,
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.value {
            Value::Number(found) => number(&found, visitor),
            _ => Err(Wrong::must_be("a number")),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        if self.value.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        match self.value {
            Value::String(name) => visitor.visit_enum(name.into_deserializer()),
            Value::Object(members) if members.len() == 1 => {
                let members = members.into_iter().map(|(name, value)| (name, Strict::json(value)));
                visitor.visit_enum(MapAccessDeserializer::new(MapDeserializer::new(members)))
            }
            _ => Err(Wrong::must_be_one_of(variants)),
        }
    }

    alike! {
        deserialize_f32 as deserialize_f64,
        deserialize_char as text,
        deserialize_str as text,
        deserialize_string as text,
        deserialize_bytes as list,
        deserialize_byte_buf as list,
        deserialize_seq as list,
        deserialize_tuple(length: usize) as list,
        deserialize_tuple_struct(name: &'static str, length: usize) as list,
        deserialize_map as object,
        deserialize_struct(name: &'static str, fields: &'static [&'static str]) as object,
        deserialize_identifier as text,
        deserialize_unit as deserialize_any,
        deserialize_unit_struct(name: &'static str) as deserialize_any,
        deserialize_ignored_any as deserialize_any,
    }
}

#[cfg(test)]
mod tests {
    use api::{
        Configuration, EscalationPolicy, HolidayCalendar, IncidentAction, MarketQuery, ModeChange, NewIntegration,
        NewToken, Person, Rehearsal, Service,
    };
    use serde::de::DeserializeOwned;
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check<T: DeserializeOwned>(json: Value, place: &str, message: &str) {
        let Err(error) = serde_path_to_error::deserialize::<_, T>(Strict::json(json.clone())) else {
            panic!("{json} was read")
        };
        assert_eq!((error.path().to_string().as_str(), error.inner().to_string().as_str()), (place, message));
    }

    #[test]
    fn a_list_is_no_object() {
        check::<Person>(json!(["zed", "Zed"]), ".", "must be an object");
        check::<NewToken>(json!(["arr", "reader"]), ".", "must be an object");
        check::<ModeChange>(json!(["normal"]), ".", "must be an object");
        check::<NewIntegration>(json!([]), ".", "must be an object");
        check::<Configuration>(json!([]), ".", "must be an object");
        check::<Configuration>(json!({"people": [["zed", "Zed"]]}), "people[0]", "must be an object");
        check::<Configuration>(json!({"people": {}}), "people", "must be a list");
        check::<Person>(json!({"name": "A", "phones": [["a", "+4791000001"]]}), "phones[0]", "must be an object");
        check::<Person>(json!({"name": "A", "rules": [[], []]}), "rules", "must be an object");
        check::<EscalationPolicy>(json!({"name": "A", "steps": [["wait"]]}), "steps[0]", "must be an object");
        let targets = json!({"name": "A", "steps": [{"type": "notify", "targets": [["person", "ada"]]}]});
        check::<EscalationPolicy>(targets, "steps[0].targets[0]", "must be an object");
        check::<Rehearsal>(json!({"moves": [["wait"]]}), "moves[0]", "must be an object");
        check::<Rehearsal>(json!({"from": ["+4791000001"]}), "from", "must be an object");
        check::<IncidentAction>(json!({"silence": [60]}), "silence", "must be an object");
        check::<IncidentAction>(json!({"acknowledge": []}), "acknowledge", "must be an object");
        for other in [json!(null), json!(7), json!("Ada"), json!(true)] {
            check::<Person>(other, ".", "must be an object");
        }
    }

    #[test]
    fn what_is_wrong_is_said_in_the_words_of_json() {
        check::<Person>(json!({"name": 5}), "name", "must be a text");
        check::<Person>(json!({"name": "A", "phones": "x"}), "phones", "must be a list");
        let rule =
            |minutes: Value| json!({"name": "A", "rules": {"low": [{"channel": "sms", "after_minutes": minutes}]}});
        for wrong in [json!(-1), json!(65_536), json!(1.5), json!(5.0), json!("5"), json!(null), json!(1e300)] {
            let wanted = "must be a whole number from 0 to 65535";
            check::<Person>(rule(wrong), "rules.low[0].after_minutes", wanted);
        }
        let until = |until: Value| json!({"name": "A", "policy": "p", "mode": {"type": "debug", "until": until}});
        let wanted = "must be an instant with its offset, such as 2026-11-20T09:00:00Z";
        for wrong in [json!(1.0), json!(1_795_000_000_u64), json!("soon"), json!("+999999-01-01T00:00:00Z")] {
            check::<Service>(until(wrong), "mode.until", wanted);
        }
        let day = json!({"name": "A", "days": [{"name": "x", "from": "2026-13-01"}]});
        check::<HolidayCalendar>(day, "days[0].from", "must be a date, such as 2026-11-20");
        let mode = json!({"mode": "off"});
        check::<ModeChange>(mode, "mode", "must be normal, debug or maintenance");
        check::<Person>(
            json!({"name": "A", "phones": [{"number": 4_791_000_001_u64}]}),
            "phones[0].number",
            "must be a phone number such as +4721000000",
        );
        check::<api::Line>(json!({"name": "A", "enabled": "yes"}), "enabled", "must be true or false");
        check::<IncidentAction>(
            json!({"acknowledge": {}, "resolve": {}}),
            ".",
            "must be acknowledge, resolve, escalate, silence, reassign, ask or reply",
        );
    }

    #[test]
    fn a_query_is_text() {
        #[track_caller]
        fn read<T: DeserializeOwned>(pairs: &[(&str, &str)]) -> Result<T, (String, String)> {
            let pairs = pairs.iter().map(|(name, value)| ((*name).to_owned(), Strict::written((*value).to_owned())));
            let read = serde_path_to_error::deserialize(Parameters::new(pairs));
            read.map_err(|error| (error.path().to_string(), error.inner().to_string()))
        }
        let found: MarketQuery =
            read(&[("country", "NO"), ("type", "toll_free"), ("voice", "true"), ("limit", "5"), ("area_code", "0415")])
                .unwrap();
        assert_eq!((found.country.as_str(), found.kind), ("NO", api::NumberKind::TollFree));
        assert_eq!((found.voice, found.limit, found.area_code, found.sms), (Some(true), Some(5), Some(415), None));
        let wrong = |pairs: &[(&str, &str)]| read::<MarketQuery>(pairs).unwrap_err().1;
        let number = "must be a whole number from 0 to 65535";
        for limit in ["", "x", "-1", "65536", "1.5"] {
            assert_eq!(wrong(&[("country", "NO"), ("type", "local"), ("limit", limit)]), number);
        }
        assert_eq!(wrong(&[("voice", "yes")]), "must be true or false");
        assert_eq!(wrong(&[("type", "x")]), "must be local, mobile, toll_free or national");
        assert_eq!(wrong(&[("country", "NO"), ("country", "SE")]), "duplicate field `country`");
        let at = read::<api::AtQuery>(&[("at", "2026-13-01T00:00:00Z")]).unwrap_err();
        let instant = "must be an instant with its offset, such as 2026-11-20T09:00:00Z";
        assert_eq!(at, ("at".to_owned(), instant.to_owned()));
    }

    #[test]
    fn what_is_right_is_read_as_serde_json_reads_it() {
        fn check<T: DeserializeOwned + PartialEq + fmt::Debug>(json: Value) {
            let expected: T = serde_json::from_value(json.clone()).unwrap();
            assert_eq!(T::deserialize(Strict::json(json)).unwrap(), expected);
        }
        check::<Person>(json!({
            "name": "Ada", "language": null, "timezone": "UTC", "phones": [{"number": "+4791000001"}],
            "rules": {"high": [{"channel": "voice", "after_minutes": 2}]},
        }));
        check::<HolidayCalendar>(json!({"name": "A", "days": [{"name": "x", "from": "2026-12-24", "yearly": true}]}));
        check::<EscalationPolicy>(json!({"name": "A", "steps": [
            {"type": "notify", "targets": [{"type": "team", "id": "x"}], "channel": "sms"}, {"type": "repeat", "times": 2},
        ]}));
        check::<Rehearsal>(
            json!({"moves": [{"type": "press", "key": "1"}, {"type": "wait"}], "people": {"a": "busy"}}),
        );
        for action in
            [json!({"acknowledge": {}}), json!({"silence": {"minutes": 60}}), json!({"reply": {"words": "x"}})]
        {
            check::<IncidentAction>(action);
        }
        check::<Value>(json!({"a": [1, -1, 1.5, "x", null, true]}));
    }
}
