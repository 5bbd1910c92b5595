//! What the server adds to an object that it keeps.

use serde::{Deserialize, Serialize};

/// The members that [`Stored`] adds. In a request they are ignored, so that what was read can be sent back.
pub const READ_ONLY: [&str; 3] = ["version", "warnings", "rebuilding"];

/// An object as the server keeps it: its members, and beside them what the server says of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stored<T> {
    /// The object.
    #[serde(flatten)]
    pub value: T,
    /// How often it has been saved: its ETag.
    pub version: u64,
    /// Fields that may not mean what somebody meant.
    #[serde(default)]
    pub warnings: Vec<Notice>,
    /// Lines that this write changes and that do not follow it yet; they will within a minute.
    #[serde(default)]
    pub rebuilding: Vec<String>,
}

/// Something that is said of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(examples(json!({"field": "phones", "message": "have no verified one: they cannot be rung"}))))]
pub struct Notice {
    /// Where: `steps[1].targets`. Empty for the whole object.
    pub field: String,
    /// What, to be read after the field.
    pub message: String,
}

#[cfg(feature = "openapi")]
mod openapi {
    use std::borrow::Cow;

    use serde_json::json;
    use utoipa::{
        PartialSchema, ToSchema,
        openapi::{
            ObjectBuilder, Ref, RefOr, Type,
            schema::{ArrayBuilder, Schema},
        },
    };

    use super::{Notice, Stored};

    impl<T: ToSchema> ToSchema for Stored<T> {
        fn name() -> Cow<'static, str> {
            format!("Stored{}", T::name()).into()
        }

        fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
            T::schemas(schemas);
            schemas.push((Notice::name().into_owned(), Notice::schema()));
        }
    }

    /// The object's own schema with three more properties. (`allOf` would not do: the object allows no others.)
    impl<T: ToSchema> PartialSchema for Stored<T> {
        fn schema() -> RefOr<Schema> {
            let RefOr::T(Schema::Object(mut object)) = T::schema() else { return T::schema() };
            let version = ObjectBuilder::new()
                .schema_type(Type::Integer)
                .description(Some("How often it has been saved: its ETag. 0 for settings that nobody has made."))
                .minimum(Some(0));
            let list = |text: &str, items: RefOr<Schema>| ArrayBuilder::new().description(Some(text)).items(items);
            let notices = RefOr::Ref(Ref::from_schema_name(Notice::name()));
            let warnings = list("Fields that may not mean what somebody meant.", notices);
            let ids = ObjectBuilder::new().schema_type(Type::String).into();
            let rebuilding = list("Lines that this write changes and that do not follow it yet.", ids);
            object.properties.insert("version".to_owned(), version.into());
            object.properties.insert("warnings".to_owned(), warnings.into());
            object.properties.insert("rebuilding".to_owned(), rebuilding.into());
            object.required.extend(super::READ_ONLY.map(str::to_owned));
            for example in object.examples.iter_mut().filter_map(serde_json::Value::as_object_mut) {
                example.insert("version".to_owned(), json!(1));
                example.insert("warnings".to_owned(), json!([]));
                example.insert("rebuilding".to_owned(), json!([]));
            }
            RefOr::T(Schema::Object(object))
        }
    }
}
