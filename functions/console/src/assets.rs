//! Styles, scripts and the icon: part of the program, under names that change with their content.

use std::sync::LazyLock;

use axum::response::{IntoResponse, Response};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use http::{
    StatusCode,
    header::{CACHE_CONTROL, CONTENT_TYPE},
};
use ring::digest::{SHA256, digest};

/// A file that is part of the program.
struct Asset {
    name: &'static str,
    path: String,
    content: &'static [u8],
}

macro_rules! assets {
    ($($name:literal),+ $(,)?) => {
        [$(Asset::new($name, include_bytes!(concat!("../assets/", $name)))),+]
    };
}

/// All of them. `htmx.js` is htmx 4.0.1 as npm has it, under the Zero-Clause BSD licence.
static ASSETS: LazyLock<[Asset; 14]> = LazyLock::new(|| {
    assets![
        "console.js",
        "drag.js",
        "file.js",
        "filter.js",
        "hear.js",
        "htmx.js",
        "icon.svg",
        "now.css",
        "numbers.css",
        "schedules.css",
        "schedules.js",
        "style.css",
        "texts.css",
        "try.js"
    ]
});

impl Asset {
    fn new(name: &'static str, content: &'static [u8]) -> Self {
        let hash: String = URL_SAFE_NO_PAD.encode(digest(&SHA256, content)).chars().take(12).collect();
        Self { name, path: format!("/console/assets/{hash}/{name}"), content }
    }

    fn media_type(&self) -> &'static str {
        match self.name.rsplit_once('.') {
            Some((_, "css")) => "text/css; charset=utf-8",
            Some((_, "js")) => "text/javascript; charset=utf-8",
            Some((_, "svg")) => "image/svg+xml",
            _ => "application/octet-stream",
        }
    }
}

/// Where browsers find one of them.
pub(crate) fn path(name: &str) -> &'static str {
    ASSETS.iter().find(|asset| asset.name == name).map_or("", |asset| &asset.path)
}

/// One of them, by its path. Whoever has it may keep it for good: another content has another path.
pub(crate) async fn serve(uri: http::Uri) -> Response {
    match ASSETS.iter().find(|asset| asset.path == uri.path()) {
        Some(asset) => {
            let headers = [(CONTENT_TYPE, asset.media_type()), (CACHE_CONTROL, "public, max-age=31536000, immutable")];
            (headers, asset.content).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
