//! What stands in the inputs of a form.

use std::collections::{BTreeMap, BTreeSet};

use api::FieldError;
use serde_json::{Map, Value};

use super::{
    path::{Segment, into_item, segments},
    shape::Shape,
};

/// Inputs by path, each with its text. Those whose name begins with an underscore are the page's own, and no part of
/// what the form stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fields {
    inputs: Vec<Input>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Input {
    path: String,
    shape: Shape,
    text: String,
}

impl Fields {
    /// What a browser sent. The items of each list are numbered without gaps.
    pub(crate) fn submitted(body: &[u8]) -> Self {
        let inputs = form_urlencoded::parse(body).map(|(name, text)| {
            let (path, shape) = match name.rsplit_once(':') {
                Some((path, shape)) => (path, Shape::named(shape).unwrap_or_default()),
                None => (&*name, Shape::Text),
            };
            Input { path: path.to_owned(), shape, text: text.into_owned() }
        });
        let mut fields = Self { inputs: inputs.collect() };
        fields.renumber();
        fields
    }

    /// The inputs in which a value is shown.
    pub(crate) fn of(value: &Value) -> Self {
        let mut fields = Self::default();
        fields.flatten(String::new(), value, false);
        fields
    }

    fn flatten(&mut self, path: String, value: &Value, in_list: bool) {
        let before = self.inputs.len();
        match value {
            Value::Null => {}
            Value::Bool(flag) => self.push(path.clone(), Shape::Flag, if *flag { "on" } else { "off" }),
            Value::String(text) => self.push(path.clone(), Shape::Text, text),
            Value::Number(number) => self.push(path.clone(), Shape::Int, &number.to_string()),
            Value::Array(items) => {
                for (place, item) in items.iter().enumerate() {
                    self.flatten(format!("{path}[{place}]"), item, true);
                }
            }
            Value::Object(members) => {
                for (name, member) in members {
                    let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                    self.flatten(path, member, false);
                }
            }
        }
        if in_list && self.inputs.len() == before {
            // an empty item is an item
            self.inputs.push(Input { path, shape: Shape::Words, text: String::new() });
        }
    }

    fn push(&mut self, path: String, shape: Shape, text: &str) {
        self.inputs.push(Input { path, shape, text: text.to_owned() });
    }

    /// The text at a path; nothing if there is no such input.
    pub(crate) fn text(&self, path: &str) -> &str {
        self.find(path).unwrap_or_default()
    }

    /// The text at a path: the last one, since a box that is ticked follows the one that says that it was shown.
    pub(crate) fn find(&self, path: &str) -> Option<&str> {
        self.inputs.iter().rfind(|input| input.path == path).map(|input| input.text.as_str())
    }

    /// A list of words, whether each has an input or all have one.
    pub(crate) fn list(&self, path: &str) -> Vec<String> {
        let typed: Vec<&Input> = self.inputs.iter().filter(|input| input.path == path).collect();
        if let Some(last) = typed.last() {
            let texts: Vec<&str> = typed.iter().map(|input| input.text.as_str()).collect();
            let shape = if last.shape == Shape::Text { Shape::List } else { last.shape };
            let items = shape.read(&texts).ok().flatten();
            let items = items.as_ref().and_then(Value::as_array).into_iter().flatten();
            return items.filter_map(Value::as_str).map(str::to_owned).collect();
        }
        (0..self.count(path)).map(|place| self.text(&format!("{path}[{place}]")).to_owned()).collect()
    }

    /// How many items a list has.
    pub(crate) fn count(&self, path: &str) -> usize {
        let places = self.inputs.iter().filter_map(|input| into_item(input.path.strip_prefix(path)?));
        places.map(|(place, _)| place + 1).max().unwrap_or(0)
    }

    /// Whether there is anything at a path or below it.
    pub(crate) fn has_any(&self, path: &str) -> bool {
        self.inputs.iter().any(|input| is_within(&input.path, path))
    }

    /// Sets the text at a path.
    pub(crate) fn set(&mut self, path: &str, text: &str) {
        self.inputs.retain(|input| input.path != path);
        self.push(path.to_owned(), Shape::Text, text);
    }

    /// Puts an item at the end of a list.
    pub(crate) fn add(&mut self, list: &str, item: &Value) {
        let place = self.count(list);
        self.flatten(format!("{list}[{place}]"), item, true);
    }

    /// Puts something in the place of whatever is at a path.
    pub(crate) fn put(&mut self, path: &str, value: &Value) {
        self.inputs.retain(|input| !is_within(&input.path, path));
        self.flatten(path.to_owned(), value, false);
    }

    /// Takes something away: an item of a list, or all that is below a path.
    pub(crate) fn remove(&mut self, path: &str) {
        self.inputs.retain(|input| !is_within(&input.path, path));
        self.renumber();
    }

    /// Puts an item of a list, as `steps[3]`, at another place of it.
    pub(crate) fn shift(&mut self, item: &str, to: usize) {
        let Some((list, from)) = item.strip_suffix(']').and_then(|item| item.rsplit_once('[')) else { return };
        let Ok(from) = from.parse::<usize>() else { return };
        let to = to.min(self.count(list).saturating_sub(1));
        for input in &mut self.inputs {
            let Some((place, rest)) = input.path.strip_prefix(list).and_then(into_item) else { continue };
            let shifted = if place == from {
                to
            } else if from < place && place <= to {
                place - 1
            } else if to <= place && place < from {
                place + 1
            } else {
                place
            };
            input.path = format!("{list}[{shifted}]{rest}");
        }
    }

    /// What the form stands for.
    pub(crate) fn to_json(&self) -> Result<Value, Vec<FieldError>> {
        let (mut tree, mut errors, mut seen) = (Node::default(), Vec::new(), BTreeSet::new());
        for input in self.inputs.iter().filter(|input| !input.path.starts_with('_')) {
            if !seen.insert(input.path.as_str()) {
                continue;
            }
            let Some(path) = segments(&input.path) else { continue };
            let same = self.inputs.iter().filter(|other| other.path == input.path);
            let typed: Vec<&str> = same.map(|input| input.text.as_str()).collect();
            match input.shape.read(&typed) {
                Ok(value) => tree.put(&path, value),
                Err(message) => errors.push(FieldError::new(&*input.path, message)),
            }
        }
        if errors.is_empty() { Ok(tree.into_json()) } else { Err(errors) }
    }

    /// Numbers the items of each list without gaps, so that places are those that the API will see.
    fn renumber(&mut self) {
        let mut places: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for input in &self.inputs {
            for (list, place) in items_on(&input.path) {
                places.entry(list.to_owned()).or_default().insert(place);
            }
        }
        for input in &mut self.inputs {
            let (mut renumbered, mut rest) = (String::new(), input.path.as_str());
            let mut done = 0;
            for (list, place) in items_on(&input.path.clone()) {
                let rank = places.get(list).map_or(place, |known| known.range(..place).count());
                let end = list.len() + place.to_string().len() + 2;
                renumbered.push_str(list.get(done..).unwrap_or_default());
                renumbered.push_str(&format!("[{rank}]"));
                rest = input.path.get(end..).unwrap_or_default();
                done = end;
            }
            renumbered.push_str(rest);
            input.path = renumbered;
        }
    }
}

fn is_within(path: &str, whole: &str) -> bool {
    path.strip_prefix(whole).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// The lists on a path, each by what stands before its bracket, and the place in it.
fn items_on(path: &str) -> Vec<(&str, usize)> {
    let brackets = path.match_indices('[');
    let item = |(at, _): (usize, &str)| {
        let (list, rest) = path.split_at(at);
        let digits = rest.strip_prefix('[')?.split_once(']')?.0;
        // what is not written as we write it is left alone
        let place: usize = digits.parse().ok()?;
        (place.to_string() == digits).then_some((list, place))
    };
    brackets.filter_map(item).collect()
}

/// JSON in the making: a list knows its items by number, in whichever order they come.
#[derive(Debug, Default)]
enum Node {
    #[default]
    Nothing,
    Leaf(Value),
    Members(Vec<(String, Node)>),
    Items(BTreeMap<usize, Node>),
}

impl Node {
    fn put(&mut self, path: &[Segment], value: Option<Value>) {
        match path {
            [] => {
                if let (Self::Nothing, Some(value)) = (&self, value) {
                    *self = Self::Leaf(value);
                }
            }
            [Segment::Member(name), rest @ ..] => {
                if !matches!(self, Self::Members(_)) {
                    *self = Self::Members(Vec::new());
                }
                if let Self::Members(members) = self {
                    if !members.iter().any(|(known, _)| known == name) {
                        members.push((name.clone(), Self::Nothing));
                    }
                    if let Some((_, member)) = members.iter_mut().find(|(known, _)| known == name) {
                        member.put(rest, value);
                    }
                }
            }
            [Segment::Item(place), rest @ ..] => {
                if !matches!(self, Self::Items(_)) {
                    *self = Self::Items(BTreeMap::new());
                }
                if let Self::Items(items) = self {
                    items.entry(*place).or_default().put(rest, value);
                }
            }
        }
    }

    fn into_json(self) -> Value {
        match self {
            Self::Nothing => Value::Null,
            Self::Leaf(value) => value,
            Self::Items(items) => items.into_values().map(Self::into_json).collect(),
            Self::Members(members) => {
                let known = members.into_iter().filter(|(_, member)| !matches!(member, Self::Nothing));
                Value::Object(known.map(|(name, member)| (name, member.into_json())).collect::<Map<_, _>>())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn what_a_browser_sends_is_what_it_stands_for() {
        let body = b"_csrf=x&name=Ada+Lovelace&language:maybe=&enabled:flag=off&enabled:flag=on&ring_seconds:int=20\
                     &phones[3].number=%2B4791000001&phones[7].number=%2B4791000002&days:list=&days:list=mo&days:list=tu\
                     &users[0]:words=ada,+bo&users[2]:words=";
        let fields = Fields::submitted(body);
        let expected = json!({
            "name": "Ada Lovelace", "enabled": true, "ring_seconds": 20,
            "phones": [{"number": "+4791000001"}, {"number": "+4791000002"}],
            "days": ["mo", "tu"], "users": [["ada", "bo"], []],
        });
        assert_eq!(fields.to_json().unwrap(), expected);
        assert_eq!(fields.text("phones[1].number"), "+4791000002");
        assert_eq!((fields.count("phones"), fields.count("users")), (2, 2));
        assert_eq!(fields.list("users[0]"), ["ada", "bo"]);
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let errors = Fields::submitted(b"steps[4].minutes:int=soon").to_json().unwrap_err();
        assert_eq!(errors, [FieldError::new("steps[0].minutes", "must be a whole number")]);
    }

    #[test]
    fn lists_are_changed() {
        let mut fields = Fields::of(&json!({"steps": [{"type": "a", "x": [1]}, {"type": "b"}, {"type": "c"}]}));
        let types = |fields: &Fields| -> Vec<String> {
            (0..fields.count("steps")).map(|n| fields.text(&format!("steps[{n}].type")).to_owned()).collect()
        };
        fields.shift("steps[0]", 2);
        assert_eq!((types(&fields), fields.text("steps[2].x[0]")), (["b", "c", "a"].map(str::to_owned).to_vec(), "1"));
        fields.shift("steps[2]", 1);
        assert_eq!(types(&fields), ["b", "a", "c"]);
        fields.remove("steps[0]");
        assert_eq!(types(&fields), ["a", "c"]);
        fields.add("steps", &json!({"type": "d"}));
        assert_eq!(types(&fields), ["a", "c", "d"]);
        fields.add("steps[0].targets", &json!({}));
        assert_eq!(fields.count("steps[0].targets"), 1);
        fields.shift("steps[0]", 99);
        assert_eq!(types(&fields), ["c", "d", "a"]);
        fields.put("hours", &json!({"zone": "UTC", "days": ["MO"]}));
        fields.put("hours", &json!({"zone": "CET"}));
        assert_eq!(fields.to_json().unwrap()["hours"], json!({"zone": "CET"}));
    }

    fn anything() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            "[a-z]{0,5}".prop_map(Value::from),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
        ];
        let nested = leaf.prop_recursive(4, 32, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 1..4).prop_map(Value::from),
                prop::collection::btree_map("[a-z]{1,4}", inner, 1..4)
                    .prop_map(|members| { Value::Object(members.into_iter().collect()) }),
            ]
        });
        prop::collection::btree_map("[a-z]{1,4}", nested, 0..4)
            .prop_map(|members| Value::Object(members.into_iter().collect()))
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_shown_is_what_comes_back(value in anything()) {
            let shown = Fields::of(&value);
            let expected = match value {
                Value::Object(members) if members.is_empty() => Value::Null,
                other => other,
            };
            prop_assert_eq!(shown.to_json().unwrap(), expected);
        }

        #[test]
        fn any_body_is_read(body in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut fields = Fields::submitted(&body);
            let _either = fields.to_json();
            fields.shift("a[0]", 3);
            fields.remove("a");
        }

        #[test]
        fn numbers_have_no_gaps(places in prop::collection::vec((0..9usize, 0..9usize), 1..9)) {
            let name = |(a, b): &(usize, usize)| format!("list[{a}].in[{b}]={a}-{b}");
            let body = places.iter().map(name).collect::<Vec<_>>().join("&");
            let fields = Fields::submitted(body.as_bytes());
            let json = fields.to_json().unwrap();
            let outer: BTreeSet<usize> = places.iter().map(|(a, _)| *a).collect();
            prop_assert_eq!(json["list"].as_array().unwrap().len(), outer.len());
            for (rank, place) in outer.iter().enumerate() {
                let inner: BTreeSet<usize> = places.iter().filter(|(a, _)| a == place).map(|(_, b)| *b).collect();
                prop_assert_eq!(json["list"][rank]["in"].as_array().unwrap().len(), inner.len());
            }
        }
    }
}
