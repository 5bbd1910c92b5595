//! What an endpoint says of itself in the OpenAPI document.

use std::collections::BTreeMap;

use api::Problem;
use utoipa::{
    IntoParams, ToSchema,
    openapi::{
        Content, HeaderBuilder, ObjectBuilder, Ref, RefOr, Required, Response, ResponseBuilder, Schema, Type,
        header::Header,
        path::{Operation, OperationBuilder, Parameter, ParameterBuilder, ParameterIn},
        request_body::{RequestBody, RequestBodyBuilder},
        security::SecurityRequirement,
    },
};

use crate::failure::Cause;

/// The name of the one security scheme.
pub(crate) const BEARER: &str = "bearer";

/// The schemas of a document by name.
pub(crate) type Schemas = BTreeMap<String, RefOr<Schema>>;

/// The description of one endpoint while it is put together.
#[derive(Default)]
pub(crate) struct Description {
    pub(crate) schemas: Schemas,
    summary: String,
    text: String,
    parameters: Vec<Parameter>,
    body: Option<RequestBody>,
    answers: BTreeMap<u16, Response>,
    causes: BTreeMap<u16, Vec<Cause>>,
    is_guarded: bool,
}

impl Description {
    /// One line for lists, and what else there is to know.
    pub(crate) fn says(&mut self, summary: &str, text: &str) {
        summary.clone_into(&mut self.summary);
        self.text = [self.text.as_str(), text].join(" ").trim().to_owned();
    }

    /// Only for bearers of a token.
    pub(crate) fn is_guarded(&mut self, by: &str) {
        self.is_guarded = true;
        by.clone_into(&mut self.text);
        self.refuses(&[Cause::Unauthenticated, Cause::Forbidden, Cause::Unavailable, Cause::Internal]);
    }

    /// A segment of the path.
    pub(crate) fn segment(&mut self, name: &str, about: &str) {
        let schema = ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[A-Za-z0-9_-]{1,64}$")).build();
        self.parameters.push(parameter(name, ParameterIn::Path, Required::True, about, schema));
    }

    /// A header of the request.
    pub(crate) fn request_header(&mut self, name: &str, about: &str) {
        let schema = ObjectBuilder::new().schema_type(Type::String).build();
        self.parameters.push(parameter(name, ParameterIn::Header, Required::False, about, schema));
    }

    /// The parameters of the query.
    pub(crate) fn query<T: IntoParams>(&mut self) {
        self.parameters.extend(T::into_params(|| Some(ParameterIn::Query)));
    }

    /// A body in JSON.
    pub(crate) fn body<T: ToSchema>(&mut self) {
        self.body_in::<T>(&["application/json"]);
    }

    /// A body in one of several media types.
    pub(crate) fn body_in<T: ToSchema>(&mut self, media_types: &[&str]) {
        let content = self.content::<T>();
        let body = RequestBodyBuilder::new().required(Some(Required::True));
        let body = media_types.iter().fold(body, |body, media_type| body.content(*media_type, content.clone()));
        self.body = Some(body.build());
    }

    /// A body in an answer.
    pub(crate) fn answers<T: ToSchema>(&mut self, status: u16, about: &str, headers: &[(&str, &str)]) {
        self.answers_in::<T>(status, about, &["application/json"], headers);
    }

    /// A body in an answer, in one of several media types.
    pub(crate) fn answers_in<T: ToSchema>(
        &mut self,
        status: u16,
        about: &str,
        media_types: &[&str],
        headers: &[(&str, &str)],
    ) {
        let content = self.content::<T>();
        let response = ResponseBuilder::new().description(about);
        let add = |response: ResponseBuilder, media_type: &&str| response.content(*media_type, content.clone());
        self.add_answer(status, media_types.iter().fold(response, add), headers);
    }

    /// A body in an answer that is no JSON.
    pub(crate) fn answers_text(
        &mut self,
        status: u16,
        about: &str,
        media_type: &str,
        example: &str,
        headers: &[(&str, &str)],
    ) {
        let text = ObjectBuilder::new().schema_type(Type::String).build();
        let mut content = Content::new(Some(text));
        content.example = Some(example.into());
        let response = ResponseBuilder::new().description(about).content(media_type, content);
        self.add_answer(status, response, headers);
    }

    /// An object whose members are described elsewhere.
    pub(crate) fn answers_openly(&mut self, status: u16, about: &str, media_type: &str, example: serde_json::Value) {
        let mut content = Content::new(Some(ObjectBuilder::new().schema_type(Type::Object).build()));
        content.example = Some(example);
        self.add_answer(status, ResponseBuilder::new().description(about).content(media_type, content), &[]);
    }

    /// An answer of bytes.
    pub(crate) fn answers_bytes(
        &mut self,
        status: u16,
        about: &str,
        media_types: &[&str],
        example: &str,
        headers: &[(&str, &str)],
    ) {
        // of bytes, OpenAPI 3.1 has no schema, and JSON can only say that they are there
        let mut content = Content::new(None::<RefOr<Schema>>);
        content.example = Some(example.into());
        let add = |response: ResponseBuilder, media_type: &&str| response.content(*media_type, content.clone());
        self.add_answer(status, media_types.iter().fold(ResponseBuilder::new().description(about), add), headers);
    }

    /// An answer without a body.
    pub(crate) fn answers_empty(&mut self, status: u16, about: &str, headers: &[(&str, &str)]) {
        self.add_answer(status, ResponseBuilder::new().description(about), headers);
    }

    fn add_answer(&mut self, status: u16, response: ResponseBuilder, headers: &[(&str, &str)]) {
        let response = headers.iter().fold(response, |response, (name, about)| response.header(*name, header(about)));
        self.answers.insert(status, response.build());
    }

    /// Problems that it may answer with.
    pub(crate) fn refuses(&mut self, causes: &[Cause]) {
        for cause in causes {
            let same = self.causes.entry(cause.status().as_u16()).or_default();
            if !same.contains(cause) {
                same.push(*cause);
            }
        }
    }

    fn content<T: ToSchema>(&mut self) -> Content {
        let mut schemas = Vec::new();
        T::schemas(&mut schemas);
        schemas.push((T::name().into_owned(), T::schema()));
        let examples = match T::schema() {
            RefOr::T(Schema::Object(object)) => object.examples,
            RefOr::T(Schema::OneOf(choice)) => choice.examples,
            _ => Vec::new(),
        };
        self.schemas.extend(schemas);
        let mut content = Content::new(Some(Ref::from_schema_name(T::name())));
        content.example = examples.into_iter().next();
        content
    }

    /// The operation, and the schemas that it names.
    pub(crate) fn into_operation(mut self, tag: &str, id: &str) -> (Operation, Schemas) {
        let problem = self.content::<Problem>();
        let mut operation = OperationBuilder::new()
            .tag(tag)
            .operation_id(Some(id))
            .summary(Some(self.summary))
            .description(Some(self.text).filter(|text| !text.is_empty()))
            .request_body(self.body);
        for parameter in self.parameters {
            operation = operation.parameter(parameter);
        }
        for (status, response) in self.answers {
            operation = operation.response(status.to_string(), response);
        }
        for (status, causes) in self.causes {
            let about: Vec<String> =
                causes.iter().map(|cause| format!("`{}`: {}.", cause.slug(), cause.title())).collect();
            let mut content = problem.clone();
            content.example = causes.first().map(|cause| example_of(*cause));
            let response = ResponseBuilder::new().description(about.join(" ")).content(Problem::MEDIA_TYPE, content);
            operation = operation.response(status.to_string(), response.build());
        }
        let security = if self.is_guarded {
            SecurityRequirement::new(BEARER, Vec::<String>::new())
        } else {
            SecurityRequirement::default()
        };
        (operation.security(security).build(), self.schemas)
    }
}

fn example_of(cause: Cause) -> serde_json::Value {
    let (status, kind) = (cause.status().as_u16(), format!("{}{}", Problem::URN, cause.slug()));
    serde_json::json!({"type": kind, "title": cause.title(), "status": status})
}

fn parameter(
    name: &str,
    place: ParameterIn,
    required: Required,
    about: &str,
    schema: utoipa::openapi::Object,
) -> Parameter {
    let parameter = ParameterBuilder::new().name(name).parameter_in(place).required(required);
    parameter.description(Some(about)).schema(Some(schema)).build()
}

fn header(about: &str) -> Header {
    let schema = ObjectBuilder::new().schema_type(Type::String);
    HeaderBuilder::new().schema(Some(schema)).description(Some(about)).build()
}
