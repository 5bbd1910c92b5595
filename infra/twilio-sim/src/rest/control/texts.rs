//! Texts, from the phones' side.
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use serde::Deserialize;
use serde_json::json;

use super::{Named, Shared, json_answer, ok, read, unknown};
use crate::{act::texted, instant, media::Attachment, message::Texting};

pub(super) async fn all(State(engine): Shared, Path(number): Named) -> Response {
    let all = engine.read(|w| {
        let texts = w.phones.get(&number).into_iter().flat_map(|phone| &phone.texts);
        texts
            .map(|text| {
                json!({ "at": instant::rfc3339(text.at), "from": text.from, "body": text.body, "sid": text.sid, "media": text.media })
            })
            .collect()
    });
    ok(&all)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TextForm {
    from: String,
    to: String,
    body: String,
    #[serde(default)]
    media: Vec<MediaForm>,
}

/// A file that comes with a text; its content is text, too.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MediaForm {
    content_type: String,
    content: String,
}

pub(super) async fn send(State(engine): Shared, body: String) -> Response {
    let form: TextForm = match read(&body) {
        Ok(form) => form,
        Err(refusal) => return refusal,
    };
    let media = form.media.into_iter().map(|media| Attachment::new(media.content_type, media.content)).collect();
    match texted::receive(&engine, (&form.from, &form.to), &form.body, media) {
        Some(sid) => json_answer(StatusCode::CREATED, &json!({ "message": sid })),
        None => unknown("number of an account that takes texts"),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Does {
    Receives,
    Undelivered,
    Failed,
    Refused,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TextingForm {
    does: Does,
    /// Twilio's error.
    code: Option<u32>,
}

pub(super) async fn texting(State(engine): Shared, Path(number): Named, body: String) -> Response {
    let form: TextingForm = match read(&body) {
        Ok(form) => form,
        Err(refusal) => return refusal,
    };
    let texting = match (form.does, form.code) {
        (Does::Receives, None) => Texting::Received,
        (Does::Undelivered, Some(code)) => Texting::Undelivered(code),
        (Does::Failed, Some(code)) => Texting::Failed(code),
        (Does::Refused, Some(code)) => Texting::Refused(code),
        _ => {
            let error = json!({ "error": "what fails needs a code, what does not has none" });
            return json_answer(StatusCode::BAD_REQUEST, &error);
        }
    };
    engine.change(|w| w.phones.entry(number).or_default().texting = texting);
    ok(&json!({}))
}

type Both = Path<(String, String)>;

pub(super) async fn opt_out(State(engine): Shared, Path((phone, from)): Both) -> Response {
    engine.change(|w| w.opt_out(&phone, &from, true));
    ok(&json!({}))
}

pub(super) async fn opt_in(State(engine): Shared, Path((phone, from)): Both) -> Response {
    engine.change(|w| w.opt_out(&phone, &from, false));
    ok(&json!({}))
}
