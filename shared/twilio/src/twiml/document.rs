use std::fmt::{Display, Write};

use super::escape;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Response>"#;
const TAIL: &str = "</Response>";

/// Twilio takes 64 kB (error 11750); the smaller of the two readings of that, in bytes.
const LIMIT: usize = 64_000 - TAIL.len();
/// Words and sounds end here, so that the verbs which steer the call still fit after them.
const PROMPT_LIMIT: usize = LIMIT - 8_000;

/// The text of a document as it grows.
pub(super) struct Document {
    xml: String,
}

impl Document {
    pub(super) fn new() -> Self {
        let mut xml = String::with_capacity(1024);
        xml.push_str(HEAD);
        Self { xml }
    }

    /// Writes words, sounds or silence if there is room, and says whether there was.
    pub(super) fn prompt(&mut self, write: impl FnOnce(&mut Self)) -> bool {
        self.write_below(PROMPT_LIMIT, write)
    }

    /// Writes a verb that steers the call. Only URLs of absurd length make it too long; it is left out
    /// then, and the document stays whole.
    pub(super) fn steer(&mut self, write: impl FnOnce(&mut Self)) {
        self.write_below(LIMIT, write);
    }

    /// As [`Document::steer`], for an element whose inside needs the document as a value.
    pub(super) fn steer_around(
        mut self,
        name: &str,
        attributes: impl FnOnce(&mut Attributes<'_>),
        inside: impl FnOnce(Self) -> Self,
    ) -> Self {
        let before = self.xml.len();
        self.start(name, attributes);
        self.xml.push('>');
        let mut document = inside(self);
        document.close(name);
        if document.xml.len() > LIMIT {
            document.xml.truncate(before);
        }
        document
    }

    fn write_below(&mut self, limit: usize, write: impl FnOnce(&mut Self)) -> bool {
        let before = self.xml.len();
        write(self);
        let fits = self.xml.len() <= limit;
        if !fits {
            self.xml.truncate(before);
        }
        fits
    }

    /// `<name attributes/>`
    pub(super) fn empty(&mut self, name: &str, attributes: impl FnOnce(&mut Attributes<'_>)) {
        self.start(name, attributes);
        self.xml.push_str("/>");
    }

    /// `<name attributes>inside</name>`
    pub(super) fn element(
        &mut self,
        name: &str,
        attributes: impl FnOnce(&mut Attributes<'_>),
        inside: impl FnOnce(&mut Self),
    ) {
        self.start(name, attributes);
        self.xml.push('>');
        inside(self);
        self.close(name);
    }

    pub(super) fn text(&mut self, text: &str) {
        escape::text(&mut self.xml, text);
    }

    pub(super) fn len(&self) -> usize {
        self.xml.len()
    }

    pub(super) fn finish(mut self) -> String {
        self.xml.push_str(TAIL);
        self.xml
    }

    fn close(&mut self, name: &str) {
        self.xml.push_str("</");
        self.xml.push_str(name);
        self.xml.push('>');
    }

    fn start(&mut self, name: &str, attributes: impl FnOnce(&mut Attributes<'_>)) {
        self.xml.push('<');
        self.xml.push_str(name);
        attributes(&mut Attributes { xml: &mut self.xml });
    }
}

/// The attributes of an element that is being opened. What is `None` is not written.
pub(super) struct Attributes<'d> {
    xml: &'d mut String,
}

impl Attributes<'_> {
    pub(super) fn text(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.open(name);
            escape::attribute(self.xml, value);
            self.xml.push('"');
        }
    }

    /// A number or a boolean.
    pub(super) fn plain(&mut self, name: &str, value: Option<impl Display>) {
        if let Some(value) = value {
            self.open(name);
            // writing to a String cannot fail
            let _ = write!(self.xml, "{value}\"");
        }
    }

    fn open(&mut self, name: &str) {
        self.xml.push(' ');
        self.xml.push_str(name);
        self.xml.push_str("=\"");
    }
}
