//! A document as it is sent, in JSON or in YAML.

use std::collections::BTreeSet;

use axum::{
    body::to_bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, HeaderName, VARY},
        request::Parts,
    },
    response::{IntoResponse, Response},
};
use serde_json::Value;

use super::Configuration;
use crate::{
    answer::{Answer, with_tag},
    app::App,
    argument::{Argument, typed},
    describe::Description,
    failure::{Cause, Failure},
};

const ETAG_HEADER: (&str, &str) = ("ETag", "The organisation's revision, for If-Match.");

/// The longest document that is read.
const LIMIT: usize = 1024 * 1024;

const JSON: &str = "application/json";
const YAML: &str = "application/yaml";
/// As YAML was called before RFC 9512.
const OLDER_YAML: [&str; 3] = ["application/x-yaml", "text/yaml", "text/x-yaml"];

/// How a document is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Form {
    Json,
    Yaml,
}

/// A document that somebody wants to apply.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) configuration: Configuration,
    /// The places of schedules that say nothing of overrides.
    pub(super) without_overrides: BTreeSet<usize>,
}

/// A document that somebody has asked for.
pub(super) struct Written {
    pub(super) form: Form,
    pub(super) revision: u64,
    /// None if they have it already.
    pub(super) configuration: Option<Configuration>,
}

impl Form {
    fn of(media_type: &str) -> Option<Self> {
        let media_type = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match media_type.as_str() {
            JSON => Some(Self::Json),
            other if other == YAML || OLDER_YAML.contains(&other) => Some(Self::Yaml),
            _ => None,
        }
    }
}

fn header(headers: &HeaderMap, name: HeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

impl FromRequestParts<App> for Form {
    type Rejection = Failure;

    /// The first form that `Accept` names; JSON, if it names none.
    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Failure> {
        Ok(header(&parts.headers, ACCEPT).split(',').find_map(Self::of).unwrap_or(Self::Json))
    }
}

impl FromRequest<App> for Document {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &App) -> Result<Self, Failure> {
        let form = Form::of(header(request.headers(), CONTENT_TYPE))
            .ok_or_else(|| Failure::from(Cause::NotJson).detail(format!("Content-Type has to be {JSON} or {YAML}")))?;
        let bytes = to_bytes(request.into_body(), LIMIT)
            .await
            .map_err(|_| Failure::from(Cause::TooLarge).detail(format!("at most {LIMIT} bytes are read")))?;
        Self::read(form, &bytes)
    }
}

impl Document {
    fn read(form: Form, bytes: &[u8]) -> Result<Self, Failure> {
        let value = value(form, bytes)?;
        let schedules = value.get("schedules").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let silent = schedules.iter().enumerate().filter(|(_, schedule)| schedule.get("overrides").is_none());
        let without_overrides = silent.map(|(index, _)| index).collect();
        Ok(Self { configuration: typed(value)?, without_overrides })
    }
}

fn value(form: Form, bytes: &[u8]) -> Result<Value, Failure> {
    // what is wrong is told by its place alone: parsers repeat what they have read
    let place = match form {
        Form::Json => match serde_json::from_slice(bytes) {
            Ok(value) => return Ok(value),
            Err(error) => format!("the document is no JSON at line {}, column {}", error.line(), error.column()),
        },
        Form::Yaml => match serde_saphyr::from_slice_with_options(bytes, limits()) {
            Ok(value) => return Ok(value),
            Err(error) => match error.location() {
                Some(place) => format!(
                    "the document is no YAML without anchors at line {}, column {}",
                    place.line(),
                    place.column()
                ),
                None => "the document is no YAML without anchors".to_owned(),
            },
        },
    };
    Err(Failure::from(Cause::Malformed).detail(place))
}

/// Neither anchors nor aliases: a document of a kilobyte could stand for one of a gigabyte.
fn limits() -> serde_saphyr::Options {
    serde_saphyr::options! {
        budget: serde_saphyr::budget! { max_anchors: 0, max_aliases: 0, max_merge_keys: 0, max_documents: 1 },
        strict_booleans: true,
        with_snippet: false,
    }
}

impl IntoResponse for Written {
    fn into_response(self) -> Response {
        let Some(configuration) = self.configuration else {
            return with_tag(StatusCode::NOT_MODIFIED.into_response(), self.revision);
        };
        let (text, media_type) = match self.form {
            Form::Json => {
                (serde_json::to_string_pretty(&configuration).map_err(|error| Failure::internal(&error)), JSON)
            }
            Form::Yaml => (serde_saphyr::to_string(&configuration).map_err(|error| Failure::internal(&error)), YAML),
        };
        let mut response = match text {
            Ok(text) => text.into_response(),
            Err(failure) => return failure.into_response(),
        };
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        headers.insert(VARY, HeaderValue::from_static("accept"));
        with_tag(response, self.revision)
    }
}

impl Argument for Form {
    fn describe(_: &mut Description) {}
}

impl Argument for Document {
    fn describe(description: &mut Description) {
        description.body_in::<Configuration>(&[JSON, YAML]);
        description.refuses(&[Cause::Malformed, Cause::TooLarge, Cause::NotJson, Cause::Refused]);
    }
}

impl Answer for Written {
    fn describe(description: &mut Description) {
        description.answers_in::<Configuration>(200, "The document.", &[JSON, YAML], &[ETAG_HEADER]);
        description.answers_empty(304, "It is as you know it.", &[ETAG_HEADER]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(yaml: &str, expected: Result<Value, u16>) {
        let read = value(Form::Yaml, yaml.as_bytes()).map_err(|failure| failure.into_response().status().as_u16());
        assert_eq!(read, expected, "{yaml}");
    }

    #[test]
    fn yaml_is_read_as_what_people_mean() {
        check("people: []", Ok(serde_json::json!({"people": []})));
        check(
            "a: no\nb: '+4791000001'\nc: 08:00\nd: 2026-10-20T08:00\ne: null\nf: 'P1D'\ng: 5",
            Ok(serde_json::json!({
                "a": "no", "b": "+4791000001", "c": "08:00", "d": "2026-10-20T08:00", "e": null, "f": "P1D", "g": 5,
            })),
        );
        check("a: [", Err(400));
        check("a: 1\na: 2", Err(400));
        check("a: &x [1]\nb: *x", Err(400));
        check("--- 1\n--- 2", Err(400));
    }

    #[test]
    fn texts_stay_texts() {
        let texts = [
            "1",
            "+4791000001",
            "no",
            "yes",
            "true",
            "null",
            "~",
            "08:00",
            "1e3",
            "0x1f",
            "",
            " a",
            "a: b",
            "- a",
            "#",
            "2026-10-20",
            "å\n日",
        ];
        let written = serde_saphyr::to_string(&texts).unwrap();
        assert_eq!(value(Form::Yaml, written.as_bytes()).unwrap(), serde_json::json!(texts), "{written}");
    }

    #[test]
    fn forms_have_names() {
        for (name, form) in [
            ("application/json", Some(Form::Json)),
            ("Application/JSON; charset=utf-8", Some(Form::Json)),
            ("application/yaml", Some(Form::Yaml)),
            ("text/yaml", Some(Form::Yaml)),
            ("*/*", None),
            ("", None),
        ] {
            assert_eq!(Form::of(name), form, "{name}");
        }
    }
}
