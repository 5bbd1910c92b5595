//! No drawer.
//!
//! A file called utils, helpers, common or misc is where things go that nobody has named; the next reader looks there
//! last. A name says what is inside.

use crate::repository::{no, paths};

const DRAWERS: [&str; 7] = ["common", "helper", "helpers", "misc", "shared_types", "util", "utils"];

#[test]
fn no_file_is_a_drawer() {
    let is_drawer = |path: &&String| {
        let name = path.rsplit('/').next().unwrap_or_default();
        let stem = name.split('.').next().unwrap_or_default();
        DRAWERS.contains(&stem)
    };
    no(paths().iter().filter(is_drawer).map(|path| format!("{path} says nothing about what is inside")).collect());
}
