//! Decisions can be cited.
//!
//! `docs/decisions/NNNN-what.md`, numbered without gaps, each with its context, what was decided and what follows,
//! on one screen: a record that is long is not read, and one whose number is reused cannot be cited.

use crate::repository::{files, no};

const MOST_LINES: usize = 25;

#[test]
fn decisions_are_numbered_without_gaps_and_short() {
    let mut complaints = Vec::new();
    let decisions: Vec<_> =
        files(&[".md"]).into_iter().filter(|file| file.path.starts_with("docs/decisions/")).collect();
    assert!(!decisions.is_empty(), "there are no decisions");
    for (index, file) in decisions.iter().enumerate() {
        let number = format!("{:04}", index + 1);
        let (path, text) = (&file.path, &file.text);
        if !path.starts_with(&format!("docs/decisions/{number}-")) {
            complaints.push(format!("{path}: the next number is {number}"));
        }
        if !text.starts_with(&format!("# {number} ")) {
            complaints.push(format!("{path}: its heading does not begin with its number"));
        }
        for part in ["\n**Context.** ", "\n**Decision.** ", "\n**Consequence.** "] {
            if !text.contains(part) {
                complaints.push(format!("{path}: has no {part:?}"));
            }
        }
        if text.lines().count() > MOST_LINES {
            complaints.push(format!("{path}: has more than {MOST_LINES} lines"));
        }
    }
    no(complaints);
}
