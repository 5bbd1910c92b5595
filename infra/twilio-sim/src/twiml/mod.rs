//! TwiML as Twilio reads it.
pub(crate) mod schema;

/// A verb or noun.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Element>,
    /// Text directly inside, with single blanks; of Say, all text inside; of a text message, as it stands.
    pub(crate) text: String,
}

impl Element {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    pub(crate) fn number(&self, name: &str) -> Option<u64> {
        self.get(name)?.parse().ok()
    }

    pub(crate) fn is(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// A method attribute; POST unless it says GET.
    pub(crate) fn method(&self, name: &str) -> &str {
        match self.get(name) {
            Some(method) if method.eq_ignore_ascii_case("get") => "GET",
            _ => "POST",
        }
    }
}

/// Where a leg's statuses go and which of them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct StatusCallback {
    pub(crate) url: String,
    pub(crate) method: String,
    /// `initiated`, `ringing`, `answered`, `completed`.
    pub(crate) events: Vec<String>,
    /// Carries Timestamp, SequenceNumber and CallbackSource; a number's own callback does not.
    pub(crate) progress: bool,
}

/// Reads a document. The error is Twilio's code and what is wrong.
pub(crate) fn parse(text: &str) -> Result<Element, (u32, String)> {
    if text.trim().is_empty() {
        return Err((11770, "Empty response body".to_owned()));
    }
    if text.starts_with(char::is_whitespace) && text.trim_start().starts_with("<?xml") {
        return Err((12100, "Document parse failure: blanks before <?xml".to_owned()));
    }
    let document = roxmltree::Document::parse(text.trim_start_matches('\u{feff}'))
        .map_err(|error| (12100, format!("Document parse failure: {error}")))?;
    let root = document.root_element();
    if root.tag_name().name() != "Response" {
        return Err((12102, format!("The root element is {}, not Response", root.tag_name().name())));
    }
    Ok(element(root))
}

fn element(node: roxmltree::Node<'_, '_>) -> Element {
    let name = node.tag_name().name();
    let text: String = node
        .descendants()
        .filter(|n| n.is_text() && (name == "Say" || n.parent() == Some(node)))
        .filter_map(|n| n.text())
        .collect();
    Element {
        name: name.to_owned(),
        attributes: node.attributes().map(|a| (a.name().to_owned(), a.value().to_owned())).collect(),
        children: node.children().filter(|n| n.is_element()).map(element).collect(),
        text: match name {
            "Message" | "Body" => text.trim().to_owned(),
            _ => text.split_whitespace().collect::<Vec<_>>().join(" "),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, code: u32) {
        assert_eq!(parse(text).unwrap_err().0, code, "{text}");
    }

    #[test]
    fn documents_that_cannot_be_read() {
        check("", 11770);
        check(" <?xml version=\"1.0\"?><Response/>", 12100);
        check("<Response><Say>a</Response>", 12100);
        check("<Say>a</Say>", 12102);
        check("<response/>", 12102);
    }

    #[test]
    fn text_and_attributes() {
        let root = parse("<Response><Say voice=\"x\"> Fish &amp;\n chips </Say></Response>").unwrap();
        assert_eq!(root.children[0].text, "Fish & chips");
        assert_eq!(root.children[0].get("voice"), Some("x"));
    }
}
