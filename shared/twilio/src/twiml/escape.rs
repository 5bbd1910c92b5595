/// Appends `text` as character data.
pub(super) fn text(xml: &mut String, text: &str) {
    escape(xml, text, |c| match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        // a parser would make a line feed of it
        '\r' => Some("&#13;"),
        c if is_illegal(c) => Some(" "),
        _ => None,
    });
}

/// Appends `value` as the inside of a double-quoted attribute.
pub(super) fn attribute(xml: &mut String, value: &str) {
    escape(xml, value, |c| match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        // a parser would make spaces of these
        '\t' => Some("&#9;"),
        '\n' => Some("&#10;"),
        '\r' => Some("&#13;"),
        c if is_illegal(c) => Some(" "),
        _ => None,
    });
}

fn escape(xml: &mut String, raw: &str, replacement: impl Fn(char) -> Option<&'static str>) {
    xml.reserve(raw.len());
    let mut written = 0;
    for (place, c) in raw.char_indices() {
        if let Some(replacement) = replacement(c) {
            xml.push_str(&raw[written..place]);
            xml.push_str(replacement);
            written = place + c.len_utf8();
        }
    }
    xml.push_str(&raw[written..]);
}

/// Not a `Char` of XML 1.0 (section 2.2); not even a character reference may name it.
fn is_illegal(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    #[track_caller]
    fn check(raw: &str, as_text: &str, as_attribute: &str) {
        let (mut text, mut attribute) = (String::new(), String::new());
        super::text(&mut text, raw);
        super::attribute(&mut attribute, raw);
        assert_eq!((text.as_str(), attribute.as_str()), (as_text, as_attribute));
    }

    #[test]
    fn escapes() {
        check("", "", "");
        check("ærlig 🚨", "ærlig 🚨", "ærlig 🚨");
        check("a&b<c>\"d'", "a&amp;b&lt;c&gt;\"d'", "a&amp;b&lt;c&gt;&quot;d'");
        check("]]>", "]]&gt;", "]]&gt;");
        check("\t\n\r", "\t\n&#13;", "&#9;&#10;&#13;");
        check("a\0b\u{1b}c\u{ffff}d\u{7f}", "a b c d\u{7f}", "a b c d\u{7f}");
    }
}
