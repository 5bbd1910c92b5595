//! What may stand where in a document, and with which values.
//!
//! Twilio only warns of most mistakes and ignores what is wrong; so does [`check`], and it says what.
use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use super::Element;

#[derive(Deserialize)]
struct Schema {
    verbs: BTreeMap<String, Verb>,
    messaging: BTreeMap<String, Verb>,
}

/// What a document is an answer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    /// A call.
    Voice,
    /// A text.
    Messaging,
}

impl Family {
    fn verbs(self) -> &'static BTreeMap<String, Verb> {
        match self {
            Self::Voice => &SCHEMA.verbs,
            Self::Messaging => &SCHEMA.messaging,
        }
    }
}

#[derive(Deserialize)]
struct Verb {
    attributes: BTreeMap<String, Attribute>,
    children: Vec<String>,
    text: bool,
}

#[derive(Deserialize)]
struct Attribute {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    list: bool,
    #[serde(rename = "enum", default)]
    values: Vec<String>,
    /// The list of [`SPEECH`] that has the values, where they are many.
    values_of: Option<String>,
}

impl Attribute {
    fn values(&self) -> &[String] {
        self.values_of.as_ref().and_then(|list| SPEECH.lists.get(list)).unwrap_or(&self.values)
    }
}

static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../fixtures/twiml.json"))
        .unwrap_or_else(|_| Schema { verbs: BTreeMap::new(), messaging: BTreeMap::new() })
});

/// Languages and voices.
#[derive(Deserialize)]
struct Speech {
    #[serde(rename = "_provenance")]
    _provenance: String,
    #[serde(flatten)]
    lists: BTreeMap<String, Vec<String>>,
}

static SPEECH: LazyLock<Speech> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../fixtures/speech.json"))
        .unwrap_or_else(|_| Speech { _provenance: String::new(), lists: BTreeMap::new() })
});

/// Twilio's code for a bad value, where it has one of its own; 12200 otherwise.
const CODES: &[(&str, &str, u32)] = &[
    ("Dial", "method", 13210),
    ("Dial", "timeout", 13212),
    ("Dial", "hangupOnStar", 13213),
    ("Dial", "timeLimit", 13216),
    ("Dial", "record", 13217),
    ("Dial", "sequential", 13218),
    ("Dial", "answerOnBridge", 13219),
    ("Dial", "ringTone", 13220),
    ("Number", "method", 13221),
    ("Number", "sendDigits", 13222),
    ("Gather", "finishOnKey", 13310),
    ("Gather", "method", 13312),
    ("Gather", "timeout", 13313),
    ("Gather", "numDigits", 13314),
    ("Gather", "input", 13326),
    ("Gather", "language", 13331),
    ("Gather", "bargeIn", 13332),
    ("Gather", "actionOnEmptyResult", 13338),
    ("Play", "loop", 13410),
    ("Play", "digits", 13430),
    ("Say", "loop", 13510),
    ("Say", "voice", 13511),
    ("Say", "language", 13512),
    ("Record", "method", 13610),
    ("Record", "timeout", 13611),
    ("Record", "maxLength", 13612),
    ("Record", "finishOnKey", 13613),
    ("Record", "transcribe", 13614),
    ("Record", "playBeep", 13616),
    ("Record", "recordingStatusCallbackEvent", 13621),
    ("Record", "trim", 13699),
    ("Redirect", "method", 13710),
    ("Reject", "reason", 13810),
    ("Pause", "length", 13910),
];

/// Attributes that Twilio knows and the simulator does not act on: a product that relies on them is
/// not tested by it, so they are reported (code 0).
const BEYOND: &[(&str, &str)] = &[
    ("Dial", "referUrl"),
    ("Dial", "recordingTrack"),
    ("Number", "machineDetection"),
    ("Number", "sendDigits"),
    ("Gather", "partialResultCallback"),
    ("Play", "digits"),
];

/// Removes what Twilio would ignore, and says what was removed: code and sentence.
pub(crate) fn check(root: &mut Element, family: Family) -> Vec<(u32, String)> {
    let mut warnings = Vec::new();
    visit(root, family.verbs(), &mut warnings);
    warnings
}

fn visit(element: &mut Element, verbs: &BTreeMap<String, Verb>, warnings: &mut Vec<(u32, String)>) {
    let Some(verb) = verbs.get(&element.name) else {
        return;
    };
    let name = element.name.clone();
    if name == "Dial" && element.get("record").is_none() {
        for (attribute, _) in element.attributes.iter().filter(|(attribute, _)| attribute.starts_with("recording")) {
            warnings.push((0, format!("<Dial {attribute}> without a record attribute does nothing")));
        }
    }
    element.attributes.retain(|(attribute, value)| {
        let Some(known) = verb.attributes.get(attribute) else {
            warnings.push((12200, format!("<{name}> has no attribute {attribute:?}")));
            return false;
        };
        if BEYOND.contains(&(name.as_str(), attribute.as_str())) && value != "do-not-record" {
            warnings.push((0, format!("<{name} {attribute}> is beyond this simulator")));
        }
        let fits = fits(&name, attribute, known, value);
        if !fits {
            let code = CODES.iter().find(|(v, a, _)| *v == name && a == attribute);
            let code = code.map_or(12200, |(_, _, code)| *code);
            warnings.push((code, format!("<{name} {attribute}={value:?}> is not a valid value")));
        }
        fits
    });
    if !verb.text && !element.text.is_empty() {
        warnings.push((12200, format!("<{name}> has no text")));
    }
    if name == "Say" && element.text.chars().count() > 4096 {
        warnings.push((13521, "<Say> exceeds 4096 characters".to_owned()));
    }
    if name == "Say" {
        // what is inside is markup of the voice (SSML), which the simulator reads as plain text
        element.children.clear();
        return;
    }
    element.children.retain(|child| {
        let allowed = verb.children.contains(&child.name);
        if !allowed {
            let code = match name.as_str() {
                "Dial" => 13215,
                "Gather" => 13320,
                _ => 12200,
            };
            warnings.push((code, format!("<{name}> cannot hold <{}>", child.name)));
        } else if !verbs.contains_key(&child.name) {
            warnings.push((0, format!("<{}> is beyond this simulator", child.name)));
        }
        allowed && verbs.contains_key(&child.name)
    });
    for child in &mut element.children {
        visit(child, verbs, warnings);
    }
}

fn fits(verb: &str, name: &str, known: &Attribute, value: &str) -> bool {
    if name.ends_with("ethod") {
        return matches!(value.to_ascii_uppercase().as_str(), "GET" | "POST");
    }
    if name.ends_with("finishOnKey") {
        return value.chars().all(|key| key.is_ascii_digit() || key == '*' || key == '#');
    }
    match known.kind.as_str() {
        "boolean" => matches!(value.to_ascii_lowercase().as_str(), "true" | "false"),
        "number" => value.parse::<u32>().is_ok_and(|number| in_range(verb, name, number)),
        "enum" if known.list => value.split_whitespace().all(|word| known.values().iter().any(|v| v == word)),
        "enum" => known.values().is_empty() || known.values().iter().any(|v| v == value),
        _ => true,
    }
}

fn in_range(verb: &str, name: &str, number: u32) -> bool {
    match (verb, name) {
        ("Dial", "timeout") => number <= 600,
        ("Dial", "timeLimit") => (1..=14400).contains(&number),
        ("Gather", "numDigits") => number >= 1,
        ("Pause", "length") | ("Record", "timeout") => number >= 1,
        ("Record", "maxLength") => (1..=14400).contains(&number),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::twiml::parse;

    fn check_document(inside: &str, codes: &[u32]) {
        let mut root = parse(&format!("<Response>{inside}</Response>")).unwrap();
        let found: Vec<u32> = check(&mut root, Family::Voice).into_iter().map(|(code, _)| code).collect();
        assert_eq!(found, codes, "{inside}");
    }

    fn check_answer(inside: &str, codes: &[u32]) {
        let mut root = parse(&format!("<Response>{inside}</Response>")).unwrap();
        let found: Vec<u32> = check(&mut root, Family::Messaging).into_iter().map(|(code, _)| code).collect();
        assert_eq!(found, codes, "{inside}");
    }

    #[test]
    fn answers_to_texts_have_verbs_of_their_own() {
        check_answer("<Message>Hi</Message><Message><Body>Hi</Body><Media>http://x/</Media></Message>", &[]);
        check_answer("<Message to=\"+4790000001\" statusCallback=\"/s\"/><Redirect>/x</Redirect>", &[]);
        check_answer("<Say>Hi</Say>", &[12200]);
        check_answer("<Message><Say>Hi</Say></Message>", &[12200]);
        check_answer("<Message voice=\"x\">Hi</Message>", &[12200]);
        check_answer("<Body>Hi</Body>", &[12200]);
        check_document("<Message>Hi</Message>", &[12200]);
    }

    #[test]
    fn the_schema_is_there() {
        assert_eq!(SCHEMA.verbs.len(), 11);
        assert!(SCHEMA.verbs["Dial"].attributes.contains_key("answerOnBridge"));
        let many = |verb: &str, attribute: &str| SCHEMA.verbs[verb].attributes[attribute].values().len();
        assert_eq!((many("Say", "language"), many("Say", "voice"), many("Gather", "language")), (69, 900, 130));
    }

    #[test]
    fn every_code_is_in_twilios_dictionary() {
        let known: serde_json::Value = serde_json::from_str(include_str!("../../fixtures/errors.json")).unwrap();
        let known = known["codes"].as_array().unwrap();
        for (verb, attribute, code) in CODES {
            let found = known.iter().any(|entry| entry["code"] == *code);
            assert!(found, "{verb} {attribute} {code}");
        }
    }

    #[test]
    fn right_documents_raise_nothing() {
        check_document("<Say voice=\"Polly.Joanna\" language=\"en-US\">Hi <break/> there</Say>", &[]);
        check_document(
            "<Say voice=\"Google.nb-NO-Wavenet-E\" language=\"nb-NO\">Hei</Say><Say voice=\"woman\">Hi</Say>",
            &[],
        );
        check_document("<Gather language=\"sv-SE\" numDigits=\"1\"/>", &[]);
        check_document("<Gather numDigits=\"1\" action=\"/x\" method=\"POST\"><Say>a</Say></Gather>", &[]);
        check_document("<Dial timeout=\"20\"><Number url=\"/w\">+4791000001</Number></Dial>", &[]);
        let record = "<Dial record=\"record-from-answer-dual\" recordingStatusCallback=\"/r\">+4791000001</Dial>";
        check_document(record, &[]);
        check_document("<Gather finishOnKey=\"\"/><Redirect>/x</Redirect><Hangup/><Reject/>", &[]);
    }

    #[test]
    fn wrong_documents_are_told_apart() {
        check_document("<say>lower case</say>", &[12200]);
        check_document("<Shout/>", &[12200]);
        check_document("<Say volume=\"11\">a</Say>", &[12200]);
        check_document("<Gather><Dial>+4791000001</Dial></Gather>", &[13320]);
        check_document("<Dial><Say>a</Say></Dial>", &[13215]);
        check_document("<Dial timeout=\"soon\">+4791000001</Dial>", &[13212]);
        check_document("<Dial timeout=\"601\">+4791000001</Dial>", &[13212]);
        check_document("<Dial method=\"PUT\">+4791000001</Dial>", &[13210]);
        check_document("<Pause length=\"-1\"/>", &[13910]);
        check_document("<Reject reason=\"tired\"/>", &[13810]);
        check_document("<Redirect method=\"X\">/x</Redirect>", &[13710]);
        check_document("<Say voice=\"Polly.Nobody\">a</Say>", &[13511]);
        check_document("<Say voice=\"polly.joanna\">a</Say>", &[13511]);
        check_document("<Say voice=\"\" language=\"tlh\">a</Say>", &[13511, 13512]);
        check_document("<Say language=\"en-UK\">a</Say>", &[13512]);
        check_document("<Gather language=\"en-XX\"/>", &[13331]);
        check_document("<Hangup>now</Hangup>", &[12200]);
        check_document("stray words", &[12200]);
        check_document("<Enqueue/>", &[0]);
        check_document("<Dial record=\"yes\">+4791000001</Dial>", &[13217]);
        check_document("<Dial recordingStatusCallback=\"/r\">+4791000001</Dial>", &[0]);
        check_document("<Dial record=\"true\" recordingStatusCallbackEvent=\"done\">+47</Dial>", &[12200]);
        check_document("<Dial><Number statusCallbackEvent=\"answered done\">+47</Number></Dial>", &[12200]);
    }

    #[test]
    fn what_is_wrong_is_removed() {
        let mut root = parse("<Response><Shout/><Dial timeout=\"x\">1</Dial></Response>").unwrap();
        check(&mut root, Family::Voice);
        assert_eq!(root.children.len(), 1);
        assert_eq!(root.children[0].attributes, []);
    }
}
