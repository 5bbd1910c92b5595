//! How text becomes JSON.

use serde_json::{Value, json};

/// What an input's name says after a colon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shape {
    /// Nothing: text, also if it is empty.
    #[default]
    Text,
    /// `maybe`: text; left out if it is empty.
    Maybe,
    /// `int`: a whole number; left out if it is empty.
    Int,
    /// `flag`: a box, `on` or not.
    Flag,
    /// `words`: a list, between commas or blanks.
    Words,
    /// `lines`: a list, one a line.
    Lines,
    /// `list`: a list, each item an input of its own of that name, as boxes that are ticked; nothing is no item.
    List,
}

impl Shape {
    /// The shape of that name; none if it is not ours.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "maybe" => Self::Maybe,
            "int" => Self::Int,
            "flag" => Self::Flag,
            "words" => Self::Words,
            "lines" => Self::Lines,
            "list" => Self::List,
            _ => return None,
        })
    }

    /// What was typed, as JSON; nothing if it is to be left out.
    pub(super) fn read(self, typed: &[&str]) -> Result<Option<Value>, &'static str> {
        let last = typed.last().copied().unwrap_or_default();
        let trimmed = last.trim();
        Ok(match self {
            Self::Text => Some(json!(last)),
            Self::Maybe => (!trimmed.is_empty()).then(|| json!(trimmed)),
            Self::Int if trimmed.is_empty() => None,
            Self::Int => Some(json!(trimmed.parse::<i64>().map_err(|_| "must be a whole number")?)),
            Self::Flag => Some(json!(last == "on")),
            Self::Words => {
                let words = last.split([',', ';', ' ', '\n', '\r', '\t']).filter(|word| !word.is_empty());
                Some(words.map(Value::from).collect())
            }
            Self::Lines => Some(last.lines().map(str::trim).filter(|line| !line.is_empty()).map(Value::from).collect()),
            Self::List => Some(typed.iter().filter(|item| !item.is_empty()).map(|item| Value::from(*item)).collect()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(shape: Shape, typed: &[&str], expected: Option<Value>) {
        assert_eq!(shape.read(typed).unwrap(), expected, "{shape:?} {typed:?}");
    }

    #[test]
    fn each_shape_is_read() {
        check(Shape::Text, &[""], Some(json!("")));
        check(Shape::Maybe, &["  "], None);
        check(Shape::Maybe, &[" a "], Some(json!("a")));
        check(Shape::Int, &[" -20 "], Some(json!(-20)));
        check(Shape::Int, &[""], None);
        check(Shape::Flag, &["off"], Some(json!(false)));
        check(Shape::Flag, &["off", "on"], Some(json!(true)));
        check(Shape::Words, &["ada, bo\n cy"], Some(json!(["ada", "bo", "cy"])));
        check(Shape::Lines, &["one two\r\n\r\nthree"], Some(json!(["one two", "three"])));
        check(Shape::List, &["", "mo", "tu"], Some(json!(["mo", "tu"])));
        check(Shape::List, &[""], Some(json!([])));
        assert_eq!(Shape::Int.read(&["ten"]), Err("must be a whole number"));
    }
}
