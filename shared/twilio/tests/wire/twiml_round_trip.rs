//! Generated documents, read back by an independent parser.

use phone::PhoneNumber;
use proptest::prelude::*;
use roxmltree::{Document, Node};
use twilio::twiml::*;

/// A step of a document, as a test means it.
#[derive(Clone, Debug)]
enum Verb {
    Say(String),
    Play(String),
    Pause(u16),
    Gather(String, Vec<Verb>),
    Dial(String),
    Record(String),
}

/// What a parser should find: name, the attributes that carry free text, text, children.
#[derive(Debug, PartialEq)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<Element>,
}

fn prompt_verb() -> impl Strategy<Value = Verb> {
    prop_oneof![
        any::<String>().prop_map(Verb::Say),
        r#"[ -~<>&"']{0,40}"#.prop_map(Verb::Say),
        any::<String>().prop_map(Verb::Play),
        any::<u16>().prop_map(Verb::Pause),
    ]
}

fn verb() -> impl Strategy<Value = Verb> {
    prop_oneof![
        3 => prompt_verb(),
        1 => (any::<String>(), prop::collection::vec(prompt_verb(), 0..4)).prop_map(|(url, inside)| Verb::Gather(url, inside)),
        1 => any::<String>().prop_map(Verb::Dial),
        1 => any::<String>().prop_map(Verb::Record),
    ]
}

fn number() -> PhoneNumber {
    "+4791234589".parse().unwrap()
}

fn write(verbs: &[Verb]) -> Response {
    let voice = Voice::default();
    let number = number();
    verbs.iter().fold(Response::new(), |response, verb| match verb {
        Verb::Say(text) => response.say(&voice, text),
        Verb::Play(url) => response.play(url),
        Verb::Pause(seconds) => response.pause(*seconds),
        Verb::Gather(url, inside) => response.gather(Gather::keys(1).action(url), |prompt| {
            inside.iter().fold(prompt, |prompt, verb| match verb {
                Verb::Say(text) => prompt.say(&voice, text),
                Verb::Play(url) => prompt.play(url),
                Verb::Pause(seconds) => prompt.pause(*seconds),
                _ => prompt,
            })
        }),
        Verb::Dial(url) => response.dial(Dial::to(Number::new(&number).url(url))),
        Verb::Record(url) => response.record(Record::new().action(url)),
    })
}

/// A character that XML cannot carry becomes a space.
fn carried(text: &str) -> String {
    let illegal = |c: char| (c < ' ' && !"\t\n\r".contains(c)) || c == '\u{fffe}' || c == '\u{ffff}';
    text.replace(illegal, " ")
}

fn expected(verbs: &[Verb]) -> Vec<Element> {
    let element = |name: &str, attributes: &[(&str, &str)], text: &str, children| Element {
        name: name.into(),
        attributes: attributes.iter().map(|(name, value)| ((*name).into(), carried(value))).collect(),
        text: carried(text),
        children,
    };
    let element_of = |verb: &Verb| match verb {
        Verb::Say(text) if text.chars().all(|c| c.is_whitespace() || c.is_control()) => None,
        Verb::Say(text) => Some(element("Say", &[], text, vec![])),
        Verb::Play(url) => Some(element("Play", &[], url, vec![])),
        Verb::Pause(seconds) => Some(element("Pause", &[("length", &seconds.max(&1).to_string())], "", vec![])),
        Verb::Gather(url, inside) => {
            let attributes = [("input", "dtmf"), ("numDigits", "1"), ("action", url.as_str())];
            Some(element("Gather", &attributes, "", expected(inside)))
        }
        Verb::Dial(url) => {
            let number = element("Number", &[("url", url)], "+4791234589", vec![]);
            Some(element("Dial", &[], "", vec![number]))
        }
        Verb::Record(url) => Some(element("Record", &[("action", url)], "", vec![])),
    };
    verbs.iter().filter_map(element_of).collect()
}

fn read(node: Node<'_, '_>) -> Vec<Element> {
    let element = |child: Node<'_, '_>| Element {
        name: child.tag_name().name().into(),
        attributes: child.attributes().map(|it| (it.name().into(), it.value().into())).collect(),
        text: child.children().filter(Node::is_text).filter_map(|it| it.text()).collect(),
        children: read(child),
    };
    node.children().filter(Node::is_element).map(element).collect()
}

fn response_of<'d>(document: &'d Document<'_>) -> Node<'d, 'd> {
    let root = document.root_element();
    assert_eq!((root.tag_name().name(), root.attributes().len()), ("Response", 0));
    root
}

proptest! {
    #[test]
    fn what_is_read_back_is_what_was_meant(verbs in prop::collection::vec(verb(), 0..10)) {
        let xml = write(&verbs).into_xml();
        prop_assert!(xml.starts_with(r#"<?xml version="1.0" encoding="UTF-8"?><Response>"#));
        let document = Document::parse(&xml).unwrap();
        prop_assert_eq!(read(response_of(&document)), expected(&verbs));
    }

    #[test]
    fn a_redirect_is_last_and_whole(verbs in prop::collection::vec(verb(), 0..4), url: String) {
        let xml = write(&verbs).redirect(&url).into_xml();
        let document = Document::parse(&xml).unwrap();
        let last = read(response_of(&document)).pop().unwrap();
        prop_assert_eq!((last.name, last.text), ("Redirect".to_owned(), carried(&url)));
    }

}

proptest! {
    // the documents are long
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn a_long_text_is_split_and_nothing_is_lost(text in "([a-zæøå<&]{1,12}[ .!\n]{1,2}){0,2000}") {
        let xml = Response::new().say(&Voice::default(), &text).into_xml();
        let document = Document::parse(&xml).unwrap();
        let says = read(response_of(&document));
        prop_assert!(says.iter().all(|say| say.text.chars().count() <= 3_000));
        let joined: String = says.into_iter().map(|say| say.text).collect();
        prop_assert_eq!(joined.trim_end(), text.trim_end());
    }

    #[test]
    fn a_document_stays_below_the_limit_and_keeps_its_steering(
        texts in prop::collection::vec(("[a-z&]{1,9} ", 0usize..8_000, any::<bool>()), 0..12),
    ) {
        let voice = Voice::language("nb-NO");
        let number = number();
        let response = texts.iter().fold(Response::new(), |response, (word, times, gathered)| {
            let text = word.repeat(*times);
            match gathered {
                true => response.gather(Gather::keys(1).action("/menu"), |prompt| prompt.say(&voice, text)),
                false => response.say(&voice, text),
            }
        });
        let url = format!("/next?{}", "x".repeat(2_000));
        let xml = response.dial(Dial::to(&number).timeout(20)).redirect(&url).into_xml();
        prop_assert!(xml.len() <= 64_000, "{}", xml.len());
        let document = Document::parse(&xml).unwrap();
        let names: Vec<String> = read(response_of(&document)).into_iter().map(|it| it.name).collect();
        prop_assert!(names.ends_with(&["Dial".to_owned(), "Redirect".to_owned()]));
        let gathers = texts.iter().filter(|(_, _, gathered)| *gathered).count();
        prop_assert_eq!(names.iter().filter(|name| *name == "Gather").count(), gathers);
    }
}

#[test]
fn even_absurd_urls_leave_a_whole_document_below_the_limit() {
    let url = "/&".repeat(40_000);
    let number = number();
    let xml = Response::new()
        .gather(Gather::keys(1).action(&url), |prompt| prompt.play(&url).pause(1))
        .play(&url)
        .dial(Dial::to(Number::new(&number).url(&url)).action(&url))
        .into_xml();
    assert_eq!(xml, r#"<?xml version="1.0" encoding="UTF-8"?><Response></Response>"#);
}

#[test]
fn a_split_text_is_repeated_as_a_whole() {
    let text = "abc ".repeat(1_000);
    let xml = Response::new().say_times(&Voice::default(), 2, &text).into_xml();
    let document = Document::parse(&xml).unwrap();
    let lengths: Vec<usize> = read(response_of(&document)).iter().map(|it| it.text.len()).collect();
    assert_eq!(lengths, [3_000, 1_000, 3_000, 1_000]);
    assert!(!xml.contains("loop"));
}
