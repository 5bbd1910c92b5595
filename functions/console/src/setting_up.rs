//! Whether a browser's visitor is on their way from nothing to a line that rings: the overview knows, and every page leads
//! back to it. A cookie says so, since no page asks the API for it.

use http::{
    HeaderMap, HeaderValue,
    header::{COOKIE, SET_COOKIE},
};

const UNDER_WAY: &str = "dutyline-setting-up=yes";

/// Whether it is under way, as far as a browser knows.
pub(crate) fn is_under_way(headers: &HeaderMap) -> bool {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies.flat_map(|value| value.split(';')).any(|cookie| cookie.trim() == UNDER_WAY)
}

/// Tells the browser, if it has to know something else than before.
pub(crate) fn tell(headers: &mut HeaderMap, was: bool, is: bool) {
    const BEGUN: HeaderValue =
        HeaderValue::from_static("dutyline-setting-up=yes; Path=/console; HttpOnly; Secure; SameSite=Strict");
    const DONE: HeaderValue =
        HeaderValue::from_static("dutyline-setting-up=; Path=/console; HttpOnly; Secure; SameSite=Strict; Max-Age=0");
    if was != is {
        headers.append(SET_COOKIE, if is { BEGUN } else { DONE });
    }
}
