//! A file is read in one sitting.
//!
//! Half of the files have about a hundred lines; one that has more than 450 is two. Exceptions are lists that would
//! not be easier to read in two places.

use crate::repository::{files, no};

const MOST_LINES: usize = 450;

const LONGER: [(&str, &str); 0] = [];

#[test]
fn no_file_is_longer_than_one_reading() {
    let mut complaints = Vec::new();
    for file in files(&[".rs"]) {
        let lines = file.text.lines().count();
        let listed = LONGER.iter().any(|(path, _)| *path == file.path);
        if lines > MOST_LINES && !listed {
            complaints.push(format!("{} has {lines} lines, more than {MOST_LINES}", file.path));
        }
        if lines <= MOST_LINES && listed {
            complaints.push(format!("{} has only {lines} lines: take it off the list", file.path));
        }
    }
    no(complaints);
}
