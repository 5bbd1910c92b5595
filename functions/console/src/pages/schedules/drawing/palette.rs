//! Which of eight colours a person has.

use std::collections::BTreeMap;

/// The colours of `style.css`.
const COLOURS: u32 = 8;

/// A colour for everybody of a schedule. It follows from the id, and gives way only to somebody who has the same one, so
/// that a person looks the same wherever the schedule is drawn.
#[derive(Clone, Debug, Default)]
pub(crate) struct Palette(BTreeMap<String, u32>);

impl Palette {
    /// Colours for people by their ids, in any order.
    pub(crate) fn of<'a>(people: impl IntoIterator<Item = &'a str>) -> Self {
        let mut people: Vec<&str> = people.into_iter().collect();
        people.sort_unstable();
        people.dedup();
        let mut taken: Vec<u32> = Vec::new();
        let mut colours = BTreeMap::new();
        for id in people {
            if taken.len() >= COLOURS as usize {
                taken.clear();
            }
            let wanted = hash(id);
            let tries = (0..COLOURS).map(|step| (wanted + step) % COLOURS);
            let colour = tries.into_iter().find(|colour| !taken.contains(colour)).unwrap_or(wanted);
            taken.push(colour);
            colours.insert(id.to_owned(), colour);
        }
        Self(colours)
    }

    /// The class of a person's bars.
    pub(crate) fn colour(&self, id: &str) -> u32 {
        self.0.get(id).copied().unwrap_or_else(|| hash(id))
    }
}

/// FNV-1a: the same on every machine and in every build.
fn hash(id: &str) -> u32 {
    let hash = id.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    (hash ^ (hash >> 16)) % COLOURS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_people_have_eight_colours() {
        let people = ["ada", "bo", "cy", "dee", "eva", "finn", "grace", "hal"];
        let palette = Palette::of(people);
        let mut colours: Vec<u32> = people.iter().map(|id| palette.colour(id)).collect();
        colours.sort_unstable();
        assert_eq!(colours, (0..8).collect::<Vec<_>>());
        // a ninth has one of them, too
        assert!(Palette::of(people.into_iter().chain(["ian"])).colour("ian") < 8);
    }

    #[test]
    fn a_colour_does_not_depend_on_the_order_in_which_people_are_named() {
        let (one, other) = (Palette::of(["ada", "bo", "cy"]), Palette::of(["cy", "ada", "bo", "ada"]));
        for id in ["ada", "bo", "cy", "somebody"] {
            assert_eq!(one.colour(id), other.colour(id));
        }
    }
}
