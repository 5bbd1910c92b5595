//! Packages are asked for by name.
//!
//! Where they come from is whoever builds this to say, by the configuration of cargo, pip, npm and apt: behind a
//! mirror, an address in a script is a build that fails. `Cargo.lock` is cargo's own and says what cargo calls its
//! registry.

use crate::repository::{files, no};

const GENERATED: &str = "Cargo.lock";

/// Written apart, so that this file does not hold them.
const HOSTS: [(&str, &str); 8] = [
    ("crates", ".io"),
    ("docs", ".rs/"),
    ("pypi", ".org"),
    ("files.python", "hosted.org"),
    ("registry.npm", "js.org"),
    ("deb.deb", "ian.org"),
    ("archive.ubu", "ntu.com"),
    ("proxy.go", "lang.org"),
];

#[test]
fn no_file_names_a_registry_s_host() {
    let endings = ["", ".lock", ".toml", ".rs", ".sh", ".py", ".yaml", ".json", ".md", ".js", ".mjs", ".txt"];
    let is_text = |name: &str| endings.iter().any(|ending| !ending.is_empty() && name.ends_with(ending));
    let mut complaints = Vec::new();
    for path in crate::repository::paths() {
        let script = path.starts_with(".ci/") || !path.rsplit('/').next().unwrap_or_default().contains('.');
        if path.ends_with(GENERATED) || !(script || is_text(&path)) {
            continue;
        }
        let Ok(text) = std::fs::read_to_string(crate::repository::root().join(&path)) else { continue };
        for host in HOSTS.map(|(one, two)| format!("{one}{two}")) {
            if text.contains(&host) {
                complaints.push(format!("{path} names {host}"));
            }
        }
    }
    no(complaints);
    assert!(files(&[".lock"]).iter().any(|file| file.path == GENERATED));
}
