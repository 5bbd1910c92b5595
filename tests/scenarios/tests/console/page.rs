//! A page, read as a browser reads it, and its forms, filled in as a visitor fills them in.

use http::{HeaderMap, StatusCode};
use scraper::{ElementRef, Html, Selector};

/// An answer of the console.
pub(crate) struct Page {
    /// Where it was asked for.
    pub(crate) path: String,
    pub(crate) status: StatusCode,
    pub(crate) html: String,
    /// The same as it came.
    pub(crate) bytes: Vec<u8>,
    pub(crate) headers: HeaderMap,
    /// How many requests to the API it took.
    pub(crate) calls: usize,
    /// How many of them, at most, waited for another one.
    pub(crate) rounds: usize,
}

impl Page {
    /// The text of every element of a kind.
    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        let document = Html::parse_document(&self.html);
        document.select(&Selector::parse(selector).unwrap()).map(text_of).collect()
    }

    /// The text of the first element of a kind.
    #[track_caller]
    pub(crate) fn text(&self, selector: &str) -> String {
        let texts = self.texts(selector);
        texts.into_iter().next().unwrap_or_else(|| panic!("{}: no {selector} in {}", self.path, self.html))
    }

    /// An attribute of the first element of a kind.
    #[track_caller]
    pub(crate) fn attribute(&self, selector: &str, name: &str) -> String {
        let document = Html::parse_document(&self.html);
        let wanted = Selector::parse(selector).unwrap();
        let mut found = document.select(&wanted);
        let value = found.next().and_then(|element| element.attr(name)).map(str::to_owned);
        value.unwrap_or_else(|| panic!("{}: no {selector} with {name} in {}", self.path, self.html))
    }

    /// Whether there is an element of a kind.
    pub(crate) fn has(&self, selector: &str) -> bool {
        !self.texts(selector).is_empty()
    }

    /// What stands in an input, by its name without its shape.
    #[track_caller]
    pub(crate) fn value(&self, name: &str) -> String {
        let document = Html::parse_document(&self.html);
        let inputs = Selector::parse("input, select, textarea").unwrap();
        let known = |element: &ElementRef| {
            element.attr("name").is_some_and(|known| known == name || known.split(':').next() == Some(name))
        };
        let found = document.select(&inputs).rfind(known);
        let found = found.unwrap_or_else(|| panic!("{}: no input {name} in {}", self.path, self.html));
        input_of(found).map(|(_, value)| value).unwrap_or_default()
    }

    /// What is written beside an input because it is wrong.
    #[track_caller]
    pub(crate) fn wrong(&self, name: &str) -> String {
        let document = Html::parse_document(&self.html);
        let inputs = Selector::parse("[aria-invalid]").unwrap();
        let known = |element: &ElementRef| {
            element.attr("name").is_some_and(|known| known == name || known.split(':').next() == Some(name))
        };
        let Some(input) = document.select(&inputs).find(known) else {
            panic!("{}: {name} is not marked in {}", self.path, self.html)
        };
        self.text(&format!("#{}", input.attr("aria-describedby").unwrap()))
    }

    /// A form as it stands there.
    #[track_caller]
    pub(crate) fn form(&self, selector: &str) -> Filled {
        let document = Html::parse_document(&self.html);
        let wanted = Selector::parse(selector).unwrap();
        let mut found = document.select(&wanted);
        let form = found.next().unwrap_or_else(|| panic!("{}: no {selector} in {}", self.path, self.html));
        let inputs = Selector::parse("input, select, textarea").unwrap();
        let buttons = Selector::parse("button").unwrap();
        let button = |button: ElementRef| {
            let (name, value) = (button.attr("name").unwrap_or_default(), button.attr("value").unwrap_or_default());
            (text_of(button), name.to_owned(), value.to_owned())
        };
        Filled {
            path: form.attr("action").filter(|action| !action.is_empty()).unwrap_or(&self.path).to_owned(),
            inputs: form.select(&inputs).filter_map(input_of).collect(),
            buttons: form.select(&buttons).map(button).collect(),
        }
    }
}

fn text_of(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a browser would send of an input.
fn input_of(element: ElementRef<'_>) -> Option<(String, String)> {
    let name = element.attr("name")?.to_owned();
    let value = match element.value().name() {
        "select" => {
            let options = Selector::parse("option").unwrap();
            let all: Vec<ElementRef<'_>> = element.select(&options).collect();
            let chosen = all.iter().find(|option| option.attr("selected").is_some()).or(all.first())?;
            chosen.attr("value").map_or_else(|| text_of(*chosen), str::to_owned)
        }
        "textarea" => element.text().collect(),
        _ if matches!(element.attr("type"), Some("checkbox" | "radio")) && element.attr("checked").is_none() => {
            return None;
        }
        _ => element.attr("value").unwrap_or_default().to_owned(),
    };
    Some((name, value))
}

/// A form that is being filled in.
#[derive(Clone, Debug)]
pub(crate) struct Filled {
    pub(crate) path: String,
    inputs: Vec<(String, String)>,
    buttons: Vec<(String, String, String)>,
}

impl Filled {
    /// Types or chooses something, by the input's name without its shape.
    #[track_caller]
    pub(crate) fn set(mut self, name: &str, value: &str) -> Self {
        let known = |input: &&mut (String, String)| input.0 == name || input.0.split(':').next() == Some(name);
        match self.inputs.iter_mut().rfind(known) {
            Some(input) => value.clone_into(&mut input.1),
            None => panic!("no input {name} among {:?}", self.inputs),
        }
        self
    }

    /// Ticks a box, by its whole name.
    pub(crate) fn tick(mut self, name: &str, value: &str) -> Self {
        self.inputs.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Presses the button with these words.
    #[track_caller]
    pub(crate) fn press(mut self, words: &str) -> Self {
        let button = self.buttons.iter().find(|(text, _, _)| text == words);
        let (_, name, value) = button.unwrap_or_else(|| panic!("no button {words} among {:?}", self.buttons)).clone();
        self.inputs.push((name, value));
        self
    }

    /// Presses the button with this value.
    #[track_caller]
    pub(crate) fn press_value(mut self, value: &str) -> Self {
        let button = self.buttons.iter().find(|(_, _, known)| known == value);
        let (_, name, value) = button.unwrap_or_else(|| panic!("no button {value} among {:?}", self.buttons)).clone();
        self.inputs.push((name, value));
        self
    }

    /// As a browser sends it.
    pub(crate) fn body(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.inputs).finish()
    }
}
