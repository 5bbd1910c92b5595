//! Paths, as `steps[1].minutes`.

/// One part of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Segment {
    /// A member of an object.
    Member(String),
    /// An item of a list.
    Item(usize),
}

/// No list of a form is longer: an index beyond it was not written by us.
const MOST_ITEMS: usize = 5000;

/// A path's parts; none if it is not one of ours.
pub(super) fn segments(path: &str) -> Option<Vec<Segment>> {
    let mut segments = Vec::new();
    for member in path.split('.') {
        let (name, items) = member.split_once('[').map_or((member, None), |(name, items)| (name, Some(items)));
        if name.is_empty() {
            return None;
        }
        segments.push(Segment::Member(name.to_owned()));
        let Some(items) = items else { continue };
        for item in items.strip_suffix(']')?.split("][") {
            let place = item.parse().ok().filter(|place| *place < MOST_ITEMS)?;
            segments.push(Segment::Item(place));
        }
    }
    Some(segments)
}

/// The place and the rest of a path that leads into an item of a list: `[12].name` is 12 and `.name`.
pub(super) fn into_item(rest: &str) -> Option<(usize, &str)> {
    let (place, rest) = rest.strip_prefix('[')?.split_once(']')?;
    Some((place.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_taken_apart() {
        let member = |name: &str| Segment::Member(name.to_owned());
        assert_eq!(segments("name").unwrap(), [member("name")]);
        let deep = segments("layers[2].users[0][11].id").unwrap();
        let expected =
            [member("layers"), Segment::Item(2), member("users"), Segment::Item(0), Segment::Item(11), member("id")];
        assert_eq!(deep, expected);
        for wrong in ["", "a..b", "a[", "a[]", "a[x]", "a[1]b", "a[99999999]", "[1]", "a[1"] {
            assert_eq!(segments(wrong), None, "{wrong}");
        }
    }
}
