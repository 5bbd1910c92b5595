//! Files that Twilio keeps, passed on from the API to the browser.

use api::client::Kept;
use axum::response::{IntoResponse, Response};
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{ACCEPT_RANGES, CONTENT_DISPOSITION, CONTENT_RANGE, CONTENT_TYPE, RANGE},
};

/// Which bytes of it a browser asks for.
pub(crate) fn range(headers: &HeaderMap) -> Option<&str> {
    headers.get(RANGE)?.to_str().ok()
}

/// To be shown or played where it is, unless the API does not say what it is: then to be kept as a file.
pub(crate) fn passed_on(kept: Kept) -> Response {
    let is_shown = ["image/", "audio/", "video/"].iter().any(|sort| kept.media_type.starts_with(sort));
    let disposition = if is_shown { "inline" } else { "attachment" };
    let usual =
        [(CONTENT_TYPE, kept.media_type.as_str()), (CONTENT_DISPOSITION, disposition), (ACCEPT_RANGES, "bytes")];
    let mut answer = (usual, kept.bytes).into_response();
    if let Some(range) = kept.range.and_then(|range| HeaderValue::try_from(range).ok()) {
        *answer.status_mut() = StatusCode::PARTIAL_CONTENT;
        answer.headers_mut().insert(CONTENT_RANGE, range);
    }
    answer
}
