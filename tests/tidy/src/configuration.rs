//! Everything that can be set stands in the README.
//!
//! An operator reads the README's tables, not the code: every parameter of the template and every variable that a
//! function reads has a row there, and no row is about something that is gone.

use std::collections::BTreeSet;

use crate::repository::{files, first_cells, read};
use crate::template;

#[test]
fn the_readme_lists_every_parameter() {
    let listed = first_cells(&read("README.md")).into_iter().filter(|cell| is_camel_case(cell));
    assert_eq!(listed.collect::<BTreeSet<_>>(), template::parameters().into_iter().collect::<BTreeSet<_>>());
}

#[test]
fn the_readme_lists_every_variable() {
    let listed = first_cells(&read("README.md")).into_iter().filter(|cell| is_variable(cell));
    assert_eq!(listed.collect::<BTreeSet<_>>(), variables_read());
}

#[test]
fn functions_read_what_the_template_sets() {
    let read = variables_read();
    let unread: Vec<_> = template::variables().into_iter().filter(|name| !read.contains(name)).collect();
    assert!(unread.is_empty(), "the template sets {unread:?}, which no function reads");
}

/// Names given to `Environment` by functions, by `entry` and by the laptop, outside tests.
fn variables_read() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in files(&[".rs"]) {
        let ours =
            ["functions/", "shared/entry/src/", "infra/local/src/"].iter().any(|room| file.path.starts_with(room));
        if !ours || file.path.contains("/tests") {
            continue;
        }
        let product = file.text.split("#[cfg(test)]").next().unwrap_or_default();
        let code: Vec<&str> = product.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        let code = code.join("\n");
        for call in ["text(\"", "optional(\"", "secret(\"", "parsed(\"", "parsed_or(\"", "variable(\""] {
            let names = code.split(call).skip(1).filter_map(|rest| rest.split('"').next());
            found.extend(names.filter(|name| is_variable(name)).map(str::to_owned));
        }
    }
    found
}

fn is_variable(name: &str) -> bool {
    name.contains('_') && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
}

fn is_camel_case(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && name.bytes().any(|byte| byte.is_ascii_lowercase())
}
