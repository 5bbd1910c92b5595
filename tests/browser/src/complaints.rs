//! What Chromium's own console has to complain about: a broken rule of the content security policy, an asset that is not
//! there, an error in a script.

use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde_json::Value;
use url::{ParseError, Url};

use crate::tab::Tab;

/// The driver's own command for it: WebDriver has none.
#[derive(Debug)]
struct ReadLog;

impl WebDriverCompatibleCommand for ReadLog {
    fn endpoint(&self, base_url: &Url, session_id: Option<&str>) -> Result<Url, ParseError> {
        base_url.join(&format!("session/{}/se/log", session_id.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(r#"{"type": "browser"}"#.to_owned()))
    }
}

/// Pages that refuse a form say so by their status, and Chromium writes that down as if something were wrong.
const REFUSALS: [&str; 4] = ["409 (Conflict)", "412 (Precondition", "422 (Unprocessable", "403 (Forbidden)"];

impl Tab {
    /// Nothing that was written down since the last time is an error.
    pub(crate) async fn has_no_complaints(&self) {
        let written = self.browser.issue_cmd(ReadLog).await.unwrap();
        let complaints: Vec<&str> = written.as_array().unwrap().iter().filter_map(complaint).collect();
        assert!(complaints.is_empty(), "{}, {}: {complaints:#?}", self.place().await, self.look.name());
    }
}

fn complaint(entry: &Value) -> Option<&str> {
    let message = entry["message"].as_str()?;
    let is_refusal = message.contains("status of") && REFUSALS.iter().any(|status| message.contains(status));
    (entry["level"] == "SEVERE" && !is_refusal).then_some(message)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::complaint;

    /// As Chromium wrote them.
    #[test]
    fn what_is_broken_is_a_complaint_and_what_is_refused_is_none() {
        let at = "http://127.0.0.1:4110/console/sign-in";
        for message in [
            "security 2 Applying inline style violates the following Content Security Policy directive 'style-src 'self''.",
            "javascript 5:21 Uncaught TypeError: Cannot read properties of null (reading 'x')",
            &format!("{at} - Failed to load resource: the server responded with a status of 404 (Not Found)"),
        ] {
            assert_eq!(complaint(&json!({"level": "SEVERE", "message": message})), Some(message));
        }
        let refused =
            format!("{at} - Failed to load resource: the server responded with a status of 422 (Unprocessable Entity)");
        assert_eq!(complaint(&json!({"level": "SEVERE", "message": refused})), None);
        let advice = format!("{at} - [DOM] Password forms should have (optionally hidden) username fields");
        assert_eq!(complaint(&json!({"level": "DEBUG", "message": advice})), None);
    }
}
