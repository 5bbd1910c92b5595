//! Every public item of a crate says what it is.
//!
//! The compiler checks that (`missing_docs`), as long as every crate takes the workspace's lints and no file switches
//! them off; a crate's own documentation is its README.

use crate::repository::{files, no, read, room, workspace};

#[test]
fn every_crate_takes_the_workspace_s_lints() {
    assert!(read("Cargo.toml").contains("\nmissing_docs = \"warn\"\n"), "the workspace has no lint for documentation");
    let mut complaints = Vec::new();
    for package in workspace().workspace_packages() {
        let room = room(package);
        if !read(&format!("{room}/Cargo.toml")).contains("[lints]\nworkspace = true\n") {
            complaints.push(format!("{room} does not take the workspace's lints"));
        }
        if package.description.as_deref().unwrap_or_default().is_empty() {
            complaints.push(format!("{room} has no description"));
        }
        if !read(&format!("{room}/src/lib.rs")).starts_with("//! ") {
            complaints.push(format!("{room}/src/lib.rs does not begin with the crate's documentation"));
        }
    }
    no(complaints);
}

#[test]
fn no_file_switches_documentation_off() {
    let lint = concat!("missing", "_docs");
    let switched = files(&[".rs"])
        .into_iter()
        .filter(|file| ["allow", "expect"].iter().any(|switch| file.text.contains(&format!("{switch}({lint}"))));
    no(switched.map(|file| format!("{} switches {lint} off", file.path)).collect());
}

#[test]
fn unsafe_code_stands_in_one_room() {
    assert!(read("Cargo.toml").contains("\nunsafe_code = \"deny\""), "the workspace has no lint for unsafe code");
    let lint = concat!("unsafe", "_code");
    let allowed: Vec<_> = files(&[".rs"]).into_iter().filter(|file| file.text.contains(&format!("({lint}"))).collect();
    let elsewhere = allowed.iter().filter(|file| file.path != "shared/bare/src/lib.rs");
    no(elsewhere.map(|file| format!("{} allows {lint}", file.path)).collect());
    assert_eq!(allowed.len(), 1, "shared/bare needs no allowance any more");
}
