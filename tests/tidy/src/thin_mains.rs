//! A `main.rs` only wires.
//!
//! What stands in a function's `main.rs` runs in Lambda alone: no test and no laptop runs it. So there is little of
//! it, and the function is a library that everybody mounts.

use crate::repository::{files, no};

const MOST_LINES: usize = 30;

#[test]
fn a_function_s_main_only_wires() {
    let mains: Vec<_> =
        files(&["/src/main.rs"]).into_iter().filter(|file| file.path.starts_with("functions/")).collect();
    assert!(!mains.is_empty(), "no function was found");
    let long =
        mains.iter().map(|file| (&file.path, file.text.lines().count())).filter(|(_, lines)| *lines > MOST_LINES);
    no(long.map(|(path, lines)| format!("{path} has {lines} lines, more than {MOST_LINES}")).collect());
}
