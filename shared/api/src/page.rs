//! Lists, a page at a time.

use serde::{Deserialize, Serialize};

/// Some of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page<T> {
    /// What is on this page.
    pub items: Vec<T>,
    /// Ask for the next page with this cursor; null on the last page.
    pub next: Option<String>,
}

/// Which page of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct PageQuery {
    /// `next` of the page before; the first page without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many items at most: 1 to 200, 50 if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 200))]
    pub limit: Option<u16>,
}

#[cfg(feature = "openapi")]
mod openapi {
    use std::borrow::Cow;

    use serde_json::json;
    use utoipa::{
        PartialSchema, ToSchema,
        openapi::{
            ObjectBuilder, Ref, RefOr, Type,
            schema::{ArrayBuilder, Schema, SchemaType},
        },
    };

    use super::Page;

    impl<T: ToSchema> ToSchema for Page<T> {
        fn name() -> Cow<'static, str> {
            format!("PageOf{}", T::name()).into()
        }

        fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
            T::schemas(schemas);
            schemas.push((T::name().into_owned(), T::schema()));
        }
    }

    impl<T: ToSchema> PartialSchema for Page<T> {
        fn schema() -> RefOr<Schema> {
            let examples = match T::schema() {
                RefOr::T(Schema::Object(object)) => object.examples,
                _ => Vec::new(),
            };
            let items = ArrayBuilder::new().items(RefOr::Ref(Ref::from_schema_name(T::name())));
            let next = ObjectBuilder::new()
                .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
                .description(Some("Ask for the next page with this cursor; null on the last page."));
            let page = ObjectBuilder::new().property("items", items).required("items").property("next", next);
            page.required("next").examples([json!({"items": examples, "next": null})]).into()
        }
    }
}
